//! The five platforms of `examples/platforms`, each complete and as somebody wrote it down before.
//!
//! `UPDATE=1` builds the trees, writes what is found in the old ones, and the table of what is built where.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use conformance::command::{End, Implementation};
use conformance::findings::{Details, written};

/// The platform, what its document wrote, what is wrong with that, and where each thing of the document is built.
const PLATFORM: &str = "platform.pl";
const AS_WRITTEN: &str = "as-written.pl";
const FOUND: &str = "as-written.txt";
const BUILT: &str = "built.txt";
const OUT: &str = "out";

/// Around the table in the page of all platforms.
const BEGIN: &str =
    "<!-- what is built where: written by `UPDATE=1 cargo test -p platc-conformance --test platforms` -->\n";
const END: &str = "<!-- until here -->\n";

fn platforms() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/platforms");
    let mut found: Vec<PathBuf> = fs::read_dir(directory)
        .expect("the platforms")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join(PLATFORM).is_file())
        .collect();
    found.sort();
    found
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn name(platform: &Path) -> String {
    platform.file_name().expect("a name").to_string_lossy().into_owned()
}

/// What is found in a file of a platform.
fn found(platform: &Path, command: &str, file: &str) -> String {
    let implementation = Implementation::locate().expect("platc");
    let answer = implementation.run(platform, &[command, file, "--report", "json"], "").expect("an answer");
    assert!(matches!(answer.end, End::Clean | End::Findings), "{}: {}", name(platform), answer.err);
    written(&answer.out, &Details::default()).expect("findings")
}

#[test]
fn nothing_is_wrong_with_them_and_their_trees_are_what_they_build() {
    for platform in platforms() {
        assert_eq!(found(&platform, "check", PLATFORM), "", "{}", name(&platform));
        assert_eq!(found(&platform, "test", PLATFORM), "", "{}", name(&platform));
        let how: &[&str] = if updates() { &["--force"] } else { &["--check"] };
        let arguments = [&["build", PLATFORM, "-o", OUT], how].concat();
        let answer = Implementation::locate().expect("platc").run(&platform, &arguments, "").expect("an answer");
        assert_eq!(answer.end, End::Clean, "{}: {}{}", name(&platform), answer.out, answer.err);
    }
}

#[test]
fn each_as_it_was_written_is_told_its_defects() {
    for platform in platforms() {
        let now = found(&platform, "check", AS_WRITTEN);
        let file = platform.join(FOUND);
        if updates() {
            fs::write(&file, &now).expect("written");
        }
        assert_eq!(now, fs::read_to_string(&file).unwrap_or_default(), "{}", name(&platform));
        assert!(!now.is_empty(), "{} has nothing wrong with it", name(&platform));
    }
}

/// A row: `component | Istio | lab/manifests/istio/istiod/helmchart.yaml: chart: istiod`. Behind the path may stand what the file
/// says; a path that ends with `/` is a directory. What can not be a file of the tree is commands of `platc`, which there must be: `platc init, platc build`.
#[test]
fn everything_that_the_documents_have_is_built_somewhere() {
    let mut table = String::new();
    for platform in platforms() {
        let rows = fs::read_to_string(platform.join(BUILT)).expect("what is built where");
        let _ = writeln!(table, "### {}\n\n| | In the document | Here |\n|---|---|---|", name(&platform));
        for row in rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let cells: Vec<&str> = row.splitn(3, " | ").collect();
            let [kind, what, place] = cells[..] else { panic!("{}: a row has three cells: {row}", name(&platform)) };
            assert!(stands(&platform, place), "{}: {what} is not built at {place}", name(&platform));
            let _ = writeln!(table, "| {kind} | {what} | `{place}` |");
        }
        table.push('\n');
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/platforms/README.md");
    let text = fs::read_to_string(&page).expect("the page");
    let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    let new = format!("{before}{BEGIN}\n{table}{END}{after}");
    if updates() {
        fs::write(&page, &new).expect("written");
    }
    assert_eq!(new, fs::read_to_string(&page).expect("the page"), "run it with UPDATE=1");
}

fn stands(platform: &Path, place: &str) -> bool {
    if let Some(commands) = place.strip_prefix("platc ") {
        let implementation = Implementation::locate().expect("platc");
        return commands.split(", platc ").all(|command| {
            let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
            implementation.run(platform, &words, "").is_ok_and(|answer| answer.end == End::Clean)
        });
    }
    let (path, says) = place.split_once(": ").unwrap_or((place, ""));
    let path = platform.join(OUT).join(path);
    match fs::read_to_string(&path) {
        Ok(text) => text.contains(says),
        Err(_) => path.is_dir() && says.is_empty(),
    }
}

/// No two platforms share a file by accident: one that was copied would prove nothing.
#[test]
fn no_two_trees_are_one() {
    let lists: Vec<_> = platforms()
        .iter()
        .map(|platform| fs::read_to_string(platform.join(OUT).join(".platc-tree")).expect("the list of the tree"))
        .collect();
    for (at, list) in lists.iter().enumerate() {
        assert!(!lists[at + 1..].contains(list));
    }
}
