//! Every rule has a whole page, and every page has a rule. That the examples do what they say is tested where they can
//! be compiled.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use diagnostics::{Diagnostic, FileId, Fix, Level, Span, Verdict, examples, rules, tidy};

/// Rules whose cause can not be written down as the text of a small file.
const WITHOUT_EXAMPLE: &[&str] = &["syntax/too-deep", "syntax/encoding", "import/unreadable"];

#[test]
fn every_page_has_a_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut pages = BTreeSet::new();
    for group in std::fs::read_dir(root).unwrap() {
        let group = group.unwrap();
        for page in std::fs::read_dir(group.path()).unwrap() {
            let name = page.unwrap().file_name().into_string().unwrap();
            let name = name.strip_suffix(".md").unwrap().to_owned();
            pages.insert(format!("{}/{name}", group.file_name().into_string().unwrap()));
        }
    }
    let listed: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(pages, listed);
    assert_eq!(listed.len(), rules::ALL.len(), "a code is listed twice");
}

#[test]
fn every_page_is_whole() {
    for rule in rules::ALL {
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{}: the summary", rule.code);
        let (before, advice) = rule.page.split_once("## What to do\n").unwrap_or_else(|| panic!("{}", rule.code));
        assert!(!advice.trim().is_empty(), "{} gives no advice", rule.code);
        assert!(before.lines().nth(2).is_some_and(|line| !line.is_empty()), "{} explains nothing", rule.code);
        let verdicts: Vec<Verdict> = examples(rule.page).iter().map(|example| example.verdict).collect();
        if WITHOUT_EXAMPLE.contains(&rule.code) {
            assert_eq!(verdicts, [], "{}", rule.code);
        } else {
            assert_eq!(verdicts, [Verdict::Wrong, Verdict::Right], "{}", rule.code);
        }
    }
}

#[test]
fn examples_of_several_files_are_one_program() {
    let page = "# a/b: c\n\n## Wrong\n\n```pl\nx\n```\n\n```pl file=lib/y.pl\ny\n```\n\n## Right\n\n```pl\nz\n```\n";
    let found = examples(page);
    let paths: Vec<Vec<&str>> =
        found.iter().map(|example| example.files.iter().map(|file| file.path.as_str()).collect()).collect();
    assert_eq!(paths, [vec!["main.pl", "lib/y.pl"], vec!["main.pl"]]);
    assert_eq!(found[0].files[1].text, "y\n");
}

#[test]
fn rules_are_found_by_code() {
    assert_eq!(rules::find("type/mismatch"), Some(&rules::TYPE_MISMATCH));
    assert_eq!(rules::find("type"), None);
    assert_eq!(rules::TYPE_MISMATCH.group(), "type");
    assert_eq!(rules::IMPORT_UNUSED.level, Level::Warning);
}

#[test]
fn findings_are_tidied_by_place() {
    let at = |start| Span::new(FileId(0), start, start + 1);
    let late = Diagnostic::new(&rules::TYPE_MISMATCH, at(9), "late");
    let early = Diagnostic::new(&rules::WRITE_TWICE, at(1), "early").also(at(9), "and here");
    let mut found = vec![late.clone(), early.clone(), late.clone()];
    tidy(&mut found);
    assert_eq!(found, [early, late]);
}

#[test]
fn every_place_is_mapped() {
    let fix = Fix::new("swap").edit(3, "x");
    let finding = Diagnostic::new(&rules::TYPE_MISMATCH, 1, "m").also(2, "other").fix(fix);
    let mapped = finding.map_place(|place| place * 10);
    assert_eq!((mapped.at, mapped.others[0].0, mapped.fix.unwrap().edits[0].0), (10, 20, 30));
}
