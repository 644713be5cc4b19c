//! What stands as `auto`, as an editor asks for it; and what runs again when something is chosen.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use compiler::{Database, LoadError, Loader, Session};

struct Nothing;

impl Loader for Nothing {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        Err(LoadError { code: "import/not-found", message: path.to_owned() })
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

const LAB: &str = "cluster lab {
  network { nodes: 10.0.0.0/24, gateway: 10.0.0.1 }
  host a { address: auto, labels: { \"at\": \"\\(self.address)\" } }
  host b { address: auto }
}
";

fn session(database: Database, text: &str, lock: Option<&str>) -> Session {
    let mut session = Session::new(database);
    let file = session.set_file("main.pl", text);
    session.set_entries(vec![file]);
    session.load_imports(&Nothing);
    session.set_lock("main.pl", "platc.lock", lock);
    session
}

/// What is chosen, as an editor shows it.
fn shown(session: &Session) -> Vec<(u32, String, String)> {
    let value = |auto: &compiler::auto::Auto| auto.value.map_or("nothing".to_owned(), |value| value.to_string());
    session.autos().iter().map(|auto| (auto.at.start, auto.path.clone(), value(auto))).collect()
}

#[test]
fn each_auto_has_a_place_and_a_value() {
    let mut session = session(Database::default(), LAB, None);
    assert!(session.check().is_empty(), "what is not chosen yet is no mistake");
    session.choose();
    let places: Vec<u32> = LAB.match_indices("auto").map(|(place, _)| place as u32).collect();
    assert_eq!(
        shown(&session),
        [
            (places[0], "lab.host.a.address".to_owned(), "10.0.0.2".to_owned()),
            (places[1], "lab.host.b.address".to_owned(), "10.0.0.3".to_owned()),
        ]
    );
    assert!(session.check().is_empty());
}

#[test]
fn an_edit_keeps_what_was_chosen() {
    let mut session = session(Database::default(), LAB, None);
    session.choose();
    session.set_file("main.pl", &LAB.replace("host a", "host 0a { address: auto }\n  host a").replace("0a", "aa"));
    session.choose();
    let values: Vec<String> = shown(&session).into_iter().map(|(_, path, value)| format!("{path} {value}")).collect();
    assert_eq!(values, ["lab.host.aa.address 10.0.0.4", "lab.host.a.address 10.0.0.2", "lab.host.b.address 10.0.0.3"]);
}

#[test]
fn a_line_that_is_removed_is_chosen_anew() {
    let mut session = session(Database::default(), LAB, Some("main.pl lab.host.a.address = 10.0.0.77\n"));
    session.choose();
    assert_eq!(shown(&session)[0].2, "10.0.0.77");
    session.set_lock("main.pl", "platc.lock", Some(""));
    session.choose();
    assert_eq!(shown(&session)[0].2, "10.0.0.2");
}

#[test]
fn nothing_is_chosen_where_there_is_nothing_to_choose_from() {
    let mut session = session(Database::default(), "cluster lab {\n  host a { address: auto }\n}\n", None);
    session.choose();
    assert_eq!(shown(&session)[0].2, "nothing");
    let found = session.check();
    assert_eq!(found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["auto/source"]);
    session.set_file("main.pl", "cluster lab {\n  network { nodes: 10.0.0.0/24 }\n  host a { address: auto }\n}\n");
    session.choose();
    assert!(session.check().is_empty());
}

/// A platform in which nobody writes `auto` is not searched for it.
#[test]
fn no_default_of_the_standard_library_is_chosen() {
    for (path, text) in stdlib::modules() {
        assert!(!text.contains("= auto") && !text.contains(": auto"), "{path}");
    }
}

#[test]
fn one_new_value_runs_its_readers_alone() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let kept = "main.pl lab.host.a.address = 10.0.0.2\n";
    let mut session = session(Database::logged(log.clone()), LAB, Some(kept));
    session.check();
    log.lock().expect("no query panicked").clear();
    session.choose();
    session.check();
    let ran = log.lock().expect("no query panicked").clone();
    // Host `b` is evaluated again, and the cluster and the platform that it stands in are looked at; `a` is not.
    let instances = ran.iter().filter(|line| line.starts_with("instance(")).count();
    assert!(instances <= 3, "{ran:#?}");
}
