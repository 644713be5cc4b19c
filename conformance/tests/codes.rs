//! Every rule is in the specification's table, and some case expects it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use conformance::case::Kind;
use conformance::suite::{cases, files_below};

/// Codes that no source in Markdown can cause; the tests of the command line do.
const NOT_IN_MARKDOWN: [&str; 1] = ["syntax/encoding"];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The codes that have a page, by the names of the files.
fn pages() -> BTreeSet<String> {
    let root = repository().join("compiler/diagnostics/rules");
    let code = |path: &PathBuf| {
        let path = path.strip_prefix(&root).ok()?.with_extension("");
        Some(path.display().to_string().replace('\\', "/"))
    };
    files_below(&root, "md").unwrap_or_default().iter().filter_map(code).collect()
}

#[test]
fn the_specification_lists_every_rule() {
    let text = fs::read_to_string(repository().join("spec/diagnostics.md")).unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    // The table of properties has signatures in its place.
    let codes = rows.map(|(code, _)| code).filter(|code| !code.contains('('));
    let listed: BTreeSet<String> = codes.map(str::to_owned).collect();
    assert_eq!(listed, pages());
}

#[test]
fn some_case_expects_every_rule() {
    let all = cases(&repository()).ok().and_then(Result::ok).unwrap_or_default();
    let expectations = all.iter().flat_map(|case| &case.expectations);
    let findings =
        expectations.filter(|expectation| matches!(expectation.kind, Kind::Findings | Kind::Test | Kind::Locked));
    let lines = findings.flat_map(|expectation| expectation.text.lines());
    let expected: BTreeSet<&str> = lines.filter_map(|line| line.split_whitespace().next()).collect();
    let known = pages();
    let missing: Vec<&String> = known
        .iter()
        .filter(|code| !expected.contains(code.as_str()) && !NOT_IN_MARKDOWN.contains(&code.as_str()))
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
}
