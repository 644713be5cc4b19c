//! After an edit, only what depends on what was edited runs again.
//!
//! Every test says which queries behind the text ran. `parsed`, `units` and `code` are left out: they run for the
//! edited file whatever was edited, and are there to stop the rest.

mod common;

use std::sync::{Arc, Mutex};

use common::{Files, MAIN, edit, in_words, open, seen};
use compiler::Database;

/// Replaces one text in a file of a project, and compares which queries that made run.
///
/// What is seen afterwards must be what a fresh compilation sees.
#[track_caller]
fn check(files: &[(&str, &str)], path: &str, (before, after): (&str, &str), expected: &[&str]) {
    let mut files = Files::new(files);
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut session = open(&files, Database::logged(log.clone()));
    let first = seen(&session);
    assert!(first.0.is_empty(), "a test begins with a sound platform: {first:?}");
    let text = files.0.get_mut(path).expect("the file is one of the project");
    assert!(text.contains(before), "`{before}` stands in `{path}`");
    *text = text.replacen(before, after, 1);
    log.lock().expect("no query panicked").clear();
    edit(&mut session, &files, path);
    let seen_now = seen(&session);
    let ran = log.lock().expect("no query panicked").clone();
    let ran = in_words(&session, &ran);
    let behind: Vec<&str> = ran.iter().map(String::as_str).filter(|line| !is_of_text(line)).collect();
    assert_eq!(behind, expected, "these ran after the edit");
    assert_eq!(seen_now, seen(&open(&files, Database::default())), "an edit leads to what a fresh start sees");
}

fn is_of_text(line: &str) -> bool {
    ["parsed ", "units ", "code "].iter().any(|query| line.starts_with(query))
}

const SHOP: &str = r#"let domain = "example.net"

schema App {
  team: String
  port: Int = 8000
  replicas: Int = 2
  host: String = "\(name).\(team).\(domain)"
  address: String = "\(host):\(port)"
  check replicas > 0 else "\(name) runs nowhere"
}

schema Fleet {
  region: String
  each app: App
}

output east: Fleet {
  region: "east"
  app shop { team: "sales" }
  app bank {
    team: "money"
    port: 9000
  }
  app desk { team: "sales", port: east.app.bank.port + 1 }
}

output west: Fleet {
  region: "west"
  app shop { team: "sales", replicas: 5 }
}

test "the bank" {
  assert east.app.bank.port == 9000
}
"#;

#[test]
fn nothing() {
    check(&[(MAIN, SHOP)], MAIN, ("money", "money"), &[]);
}

#[test]
fn comments_and_blank_lines() {
    let edits = [
        ("let domain", "// The domain.\nlet domain"),
        ("output east", "\n\n\noutput east"),
        ("  app bank {\n", "  app bank {\n\n    // All of it.\n"),
        ("port: 9000\n", "port: 9000 // not 8000\n\n"),
        ("    port: 9000", "        port:    9000"),
        ("assert", "// Where else?\n  assert"),
        ("}\n\ntest", "}\n// The end.\n\n\n\n\ntest"),
    ];
    for edit in edits {
        check(&[(MAIN, SHOP)], MAIN, edit, &[]);
    }
}

#[test]
fn a_field_that_nobody_reads() {
    check(&[(MAIN, SHOP)], MAIN, ("replicas: 5", "replicas: 6"), &["x"]);
}

#[test]
fn a_field_that_others_read() {
    check(&[(MAIN, SHOP)], MAIN, ("port: 9000", "port: 9001"), &["x"]);
}

#[test]
fn a_field_beside_one_that_others_read() {
    check(&[(MAIN, SHOP)], MAIN, ("team: \"money\"", "team: \"gold\""), &["x"]);
}

#[test]
fn a_name() {
    check(&[(MAIN, SHOP)], MAIN, ("app shop { team: \"sales\" }", "app stall { team: \"sales\" }"), &["x"]);
}

#[test]
fn a_new_block_at_the_end() {
    check(&[(MAIN, SHOP)], MAIN, ("  app desk", "  app lamp { team: \"light\" }\n  app desk"), &["x"]);
}

#[test]
fn a_default_that_all_read() {
    check(&[(MAIN, SHOP)], MAIN, ("port: Int = 8000", "port: Int = 8001"), &["x"]);
}

#[test]
fn a_let_that_all_read() {
    check(&[(MAIN, SHOP)], MAIN, ("example.net", "example.org"), &["x"]);
}

#[test]
fn a_test() {
    check(&[(MAIN, SHOP)], MAIN, ("== 9000", "== 9000 and true"), &["x"]);
}
