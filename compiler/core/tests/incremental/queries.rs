//! After an edit, only what depends on what was edited runs again.
//!
//! Every test says which queries that check or evaluate may run; that what ran was enough is seen by comparing with a
//! fresh start. `* app shop` are all queries about that declaration.

use std::sync::{Arc, Mutex};

use crate::project::{Files, MAIN, edit, in_words, open, seen};
use compiler::Database;

/// Replaces one text in a file of a project; at most these checks and evaluations may run then, where `*` stands for any words.
///
/// What is seen afterwards must be what a fresh start sees.
#[track_caller]
fn check(files: &[(&str, &str)], path: &str, (before, after): (&str, &str), allowed: &[&str]) {
    let mut files = Files::new(files);
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut session = open(&files, Database::logged(log.clone()));
    let mut seen_now = seen(&session);
    assert!(seen_now.0.is_empty(), "a test begins with a sound platform: {seen_now:?}");
    let text = files.0.get(path).expect("the file is one of the project").clone();
    assert!(text.contains(before), "`{before}` stands in `{path}`");
    // From its first edit on, a block is expected to change, which all that depends on it must hear once.
    for text in [text.replacen(before, after, 1), text.clone(), text.replacen(before, after, 1)] {
        files.0.insert(path.to_string(), text);
        log.lock().expect("no query panicked").clear();
        edit(&mut session, &files, path);
        seen_now = seen(&session);
    }
    let ran = log.lock().expect("no query panicked").clone();
    let ran = in_words(&session, &ran);
    let worked: Vec<&str> = ran.iter().map(String::as_str).filter(|line| is_work(line)).collect();
    let excess: Vec<&&str> =
        worked.iter().filter(|line| !allowed.iter().any(|pattern| matches(pattern, line))).collect();
    assert!(excess.is_empty(), "`{before}` to `{after}` ran too much: {excess:#?}\nof {worked:#?}");
    assert_eq!(seen_now, seen(&open(&files, Database::default())), "an edit leads to what a fresh start sees");
}

/// The queries that check and evaluate; the others gather, and keep these from running.
const WORK: [&str; 9] =
    ["checked", "schema", "global", "global_type", "entries", "placed", "instance", "field", "data_value"];

fn is_work(line: &str) -> bool {
    line.split(' ').next().is_some_and(|query| WORK.contains(&query))
}

fn matches(pattern: &str, line: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == line;
    };
    let Some(rest) = line.strip_prefix(before) else {
        return false;
    };
    (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| matches(after, rest)))
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

/// What a block consists of is looked at again only where a block changed that was not expected to: what an edit costs
/// must not depend on how much there is.
#[test]
fn an_edit_does_not_look_at_all_blocks() {
    let blocks: String = (0..6_000).map(|number| format!("  app a-{number} {{ team: \"t\" }}\n")).collect();
    let text = SHOP.replace("  app desk", &format!("{blocks}  app desk"));
    let mut files = Files::new(&[(MAIN, &text)]);
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut session = open(&files, Database::validations(log.clone()));
    let file = session.set_file(MAIN, &text);
    session.expect_edits(file, text.len() as u32);
    seen(&session);
    for (before, after) in
        [("// None.", ""), ("", "// All.\n"), ("replicas: 5", "replicas: 6"), ("replicas: 6", "replicas: 7")]
    {
        let text = files.0[MAIN].replacen(before, after, 1);
        files.0.insert(MAIN.to_string(), text);
        log.lock().expect("no query panicked").clear();
        edit(&mut session, &files, MAIN);
        seen(&session);
        let looked = log.lock().expect("no query panicked").iter().filter(|key| key.starts_with("checked")).count();
        assert!(looked <= 1_200, "{looked} blocks were looked at from `{before}` to `{after}`");
    }
}

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
    let allowed = ["* output west > app shop", "* west.app.shop"];
    check(&[(MAIN, SHOP)], MAIN, ("replicas: 5", "replicas: 6"), &allowed);
}

#[test]
fn a_field_that_others_read() {
    let allowed = ["* output east > app bank", "* east.app.bank", "field", "instance east.app.desk"];
    check(&[(MAIN, SHOP)], MAIN, ("port: 9000", "port: 9001"), &allowed);
}

#[test]
fn a_field_of_a_block_around_others() {
    let own = ["* output east", "* east", "placed east.app.*", "entries"];
    let allowed = [&own[..], &READERS].concat();
    check(&[(MAIN, SHOP)], MAIN, ("region: \"east\"", "region: \"orient\""), &allowed);
}

/// What reads an entry by a path is asked again when the body changes in which the path begins.
const READERS: [&str; 2] = ["field", "instance east.app.desk"];

/// What stands beside it is asked again whether it stands; nothing in it is.
const NEIGHBOURS: [&str; 4] = ["* output east", "* east", "placed east.app.*", "entries"];

#[test]
fn a_name() {
    let own = ["* output east > app stall", "* east.app.stall"];
    let allowed = [&NEIGHBOURS[..], &READERS, &own].concat();
    check(&[(MAIN, SHOP)], MAIN, ("app shop { team: \"sales\" }", "app stall { team: \"sales\" }"), &allowed);
}

#[test]
fn a_new_block_between_others() {
    let own = ["* output east > app lamp", "* east.app.lamp"];
    let allowed = [&NEIGHBOURS[..], &READERS, &own].concat();
    check(&[(MAIN, SHOP)], MAIN, ("  app desk", "  app lamp { team: \"light\" }\n  app desk"), &allowed);
}

#[test]
fn a_block_less() {
    check(&[(MAIN, SHOP)], MAIN, ("  app shop { team: \"sales\" }\n", ""), &[&NEIGHBOURS[..], &READERS].concat());
}

#[test]
fn a_default_of_a_schema() {
    let allowed = ["* schema App", "placed *.app.*", "instance *.app.*", "field"];
    check(&[(MAIN, SHOP)], MAIN, ("port: Int = 8000", "port: Int = 8001"), &allowed);
}

#[test]
fn the_documentation_of_a_schema() {
    let allowed = ["* schema App"];
    check(&[(MAIN, SHOP)], MAIN, ("  port: Int", "  /// Where it listens.\n  port: Int"), &allowed);
}

#[test]
fn a_let_that_all_read() {
    let allowed = ["* let domain", "instance *.app.*", "field"];
    check(&[(MAIN, SHOP)], MAIN, ("example.net", "example.org"), &allowed);
}

#[test]
fn a_let_more() {
    let allowed = ["* main.pl", "* let zone", "schema *", "checked schema *", "checked output *", "checked test *"];
    check(&[(MAIN, SHOP)], MAIN, ("schema App", "let zone = 1\n\nschema App"), &allowed);
}

#[test]
fn a_test() {
    check(&[(MAIN, SHOP)], MAIN, ("== 9000", "== 9000 and true"), &["* test the bank"]);
}

#[test]
fn a_test_more() {
    let allowed = ["* main.pl", "* test the desk"];
    let test = "test \"the desk\" { assert east.app.desk.port == 9001 }\ntest \"the bank\"";
    check(&[(MAIN, SHOP)], MAIN, ("test \"the bank\"", test), &allowed);
}

const OUTPUTS: &str = r#"schema App {
  team: String
  port: Int = 8000
}

output shop: App { team: "sales" }
output bank: App { team: "money" }
output desk: App { team: "sales", port: bank.port + 1 }
output sum: shop.port + bank.port
"#;

#[test]
fn an_output_of_its_own() {
    let allowed = ["* output shop", "* shop", "field"];
    check(&[(MAIN, OUTPUTS)], MAIN, ("App { team: \"sales\" }", "App { team: \"toys\" }"), &allowed);
}

#[test]
fn an_output_more() {
    let allowed = ["* main.pl", "* platform", "entries", "placed *", "* lamp"];
    check(&[(MAIN, OUTPUTS)], MAIN, ("output sum", "output lamp: App { team: \"light\" }\noutput sum"), &allowed);
}

const PROJECT: [(&str, &str); 4] = [
    (
        MAIN,
        r#"import "./app.pl" as app
import "./teams/*.pl"

output main: app.App { port: app.first }
"#,
    ),
    (
        "app.pl",
        r#"let first = 8000
let last = 9000

schema App {
  port: Int
  text: String = "\(name) at \(port)"
  check port <= last else "\(port) is too high"
}
"#,
    ),
    (
        "teams/money.pl",
        r#"import "../app.pl" as app

output bank: app.App { port: app.first + 10 }
output desk: app.App { port: bank.port + 10 }
"#,
    ),
    (
        "teams/sales.pl",
        r#"import "../app.pl" as app
import "../ports.json" as ports: {String: Int}

output shop: app.App { port: ports.shop }
output stall: app.App { port: 8100 }
"#,
    ),
];

fn project() -> Vec<(&'static str, &'static str)> {
    let mut files = PROJECT.to_vec();
    files.push(("ports.json", "{\"shop\": 8200, \"stall\": 8300}"));
    files
}

#[test]
fn another_file_stays_checked() {
    let allowed = ["* output stall", "* stall", "field"];
    check(&project(), "teams/sales.pl", ("port: 8100", "port: 8101"), &allowed);
}

#[test]
fn a_comment_in_a_file_that_all_import() {
    check(&project(), "app.pl", ("let last", "// The last.\nlet last"), &[]);
}

#[test]
fn a_let_that_few_read() {
    let allowed = ["* let first", "instance main", "instance bank", "instance desk", "field"];
    check(&project(), "app.pl", ("8000", "8001"), &allowed);
}

#[test]
fn a_let_more_in_a_file_that_all_import() {
    let allowed = ["* let more", "schema *", "checked *"];
    check(&project(), "app.pl", ("let last", "let more = 1\nlet last"), &allowed);
}

#[test]
fn a_data_file() {
    let allowed = ["data_*", "instance shop", "field"];
    check(&project(), "ports.json", ("8200", "8201"), &allowed);
}

#[test]
fn what_nobody_reads_of_a_data_file() {
    let allowed = ["data_*", "instance shop", "field"];
    check(&project(), "ports.json", ("8300", "8301"), &allowed);
}
