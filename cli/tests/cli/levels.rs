//! The levels of rules in a project.

use serde_json::Value;

use crate::Place;

/// A pool that begins with the address of its network, which is a warning.
const EDGE: &str =
    "cluster lab { network { nodes: 192.168.1.0/24, pool lan { range: 192.168.1.0..192.168.1.20 } } }\noutput a: 1\n";

fn project(settings: &str) -> Place {
    Place::with(&[("platc.toml", settings), ("main.pl", EDGE)])
}

#[test]
fn a_rule_that_is_raised_fails() {
    let said = project("").run(&["check", "main.pl"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let raised = project("[rules]\n\"pool/*\" = \"error\"\n");
    let said = raised.run(&["check", "main.pl"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.starts_with("error[pool/edge]") && said.err.ends_with("1 error\n"), "{}", said.err);
    let said = raised.run(&["build", "main.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
}

#[test]
fn every_report_says_the_level_of_the_project() {
    let place = project("[rules]\n\"pool/edge\" = \"note\"\n");
    let json = place.run(&["check", "--format", "json", "main.pl"]);
    assert_eq!(serde_json::from_str::<Value>(&json.out).unwrap()["level"], "note");
    let sarif: Value = serde_json::from_str(&place.run(&["check", "--format", "sarif", "main.pl"]).out).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["level"], "note");
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "warning");
    let github = place.run(&["check", "--format", "github", "main.pl"]);
    assert!(github.out.starts_with("::notice file=main.pl"), "{}", github.out);
}

#[test]
fn only_warnings_of_the_project_are_denied() {
    let denied = |settings: &str| project(settings).run(&["check", "--deny-warnings", "main.pl"]).code;
    assert_eq!(denied(""), Some(1));
    assert_eq!(denied("[rules]\n\"pool/edge\" = \"note\"\n"), Some(0));
    assert_eq!(denied("[rules]\n\"pool/edge\" = { level = \"off\", reason = \"it is ours\" }\n"), Some(0));
}

#[test]
fn nothing_is_built_with_wrong_settings() {
    let said = project("[rules]\n\"pool/egde\" = \"error\"\n").run(&["build", "main.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("platc.toml:2:1") && said.err.contains("did you mean `pool/edge`?"), "{}", said.err);
}

#[test]
fn a_page_says_the_level_of_the_project() {
    let place = project("[rules]\n\"pool/*\" = \"note\"\n");
    let said = place.run(&["explain", "pool/edge"]);
    assert!(said.out.ends_with("`note` here, by `\"pool/*\"` in `platc.toml`; `warning` elsewhere.\n"), "{}", said.out);
    assert!(place.run(&["explain"]).out.contains("means a whole network (note)"));
    let said = place.run(&["explain", "type/mismatch"]);
    assert!(said.out.ends_with("`error`, in every project.\n"), "{}", said.out);
}
