//! `platc.lock`: who writes it, when, and where.

use std::fs;
use std::time::SystemTime;

use crate::{Place, Said};

const LAB: &str = "cluster lab {
  network { nodes: 10.0.0.0/24, gateway: 10.0.0.1 }
  host a { address: auto, cpu: 4, memory: 8GiB }
  // more
}
test \"it is chosen\" { assert lab.host.a.address == 10.0.0.2 }
";

const KEPT: &str = "main.pl lab.host.a.address = 10.0.0.2\n";

fn lab() -> Place {
    Place::with(&[("main.pl", LAB), ("platc.toml", "")])
}

/// The lines of the lock that are no comments.
fn lines(place: &Place) -> String {
    place.read("platc.lock").lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

fn is_written(place: &Place) -> bool {
    place.path("platc.lock").exists()
}

fn changed(place: &Place) -> SystemTime {
    fs::metadata(place.path("platc.lock")).unwrap().modified().unwrap()
}

#[track_caller]
fn found(said: &Said, code: &str) {
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains(code) || said.out.contains(code), "{said:?}");
}

#[test]
fn a_build_keeps_what_it_chose() {
    let place = lab();
    place.run(&["build", "main.pl", "-o", "out/"]).is_clean();
    assert_eq!(lines(&place), KEPT);
    assert!(place.read("out/platform.yaml").contains("address: '10.0.0.2'"));
    let before = changed(&place);
    place.run(&["build", "main.pl"]).is_clean();
    assert_eq!(changed(&place), before, "what says the same is not written again");
}

#[test]
fn nobody_else_writes_it() {
    let place = lab();
    for arguments in [
        &["check", "main.pl"][..],
        &["test", "main.pl"],
        &["eval", "main.pl", "-e", "lab.host.a.address"],
        &["graph", "main.pl", "--format", "dot"],
    ] {
        let said = place.run(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(!is_written(&place), "{arguments:?}");
    }
    assert_eq!(place.run(&["eval", "main.pl", "-e", "lab.host.a.address"]).out, "'10.0.0.2'\n");
    assert!(place.run(&["graph", "main.pl", "--format", "dot"]).out.contains("10.0.0.2"));
}

#[test]
fn a_platform_with_errors_keeps_nothing() {
    let place = Place::with(&[("main.pl", &format!("{LAB}\nlet wrong: Int = \"one\"\n"))]);
    found(&place.run(&["build", "main.pl"]), "type/mismatch");
    assert!(!is_written(&place));
}

#[test]
fn a_locked_build_chooses_nothing() {
    let place = lab();
    let said = place.run(&["build", "main.pl", "-o", "out/", "--locked"]);
    found(&said, "`lab.host.a.address` is not in the lock");
    assert!(!is_written(&place) && !place.path("out").exists());
    found(&place.run(&["check", "main.pl", "--locked"]), "lock/outdated");
    found(&place.run(&["test", "main.pl", "--locked"]), "lock/outdated");

    place.run(&["build", "main.pl"]).is_clean();
    place.run(&["build", "main.pl", "-o", "out/", "--locked"]).is_clean();
    place.run(&["check", "main.pl", "--locked"]).is_clean();

    place.write("main.pl", LAB.replace("host a", "host b").replace("lab.host.a", "lab.host.b"));
    let said = place.run(&["check", "main.pl", "--locked"]);
    found(&said, "`lab.host.b.address` is not in the lock");
    found(&said, "`lab.host.a.address` is in the lock, and nothing asks for it");
}

#[test]
fn a_check_of_the_tree_sees_the_lock_too() {
    let place = lab();
    place.run(&["build", "main.pl", "-o", "out/"]).is_clean();
    place.run(&["build", "main.pl", "-o", "out/", "--check"]).is_clean();
    fs::remove_file(place.path("platc.lock")).unwrap();
    let said = place.run(&["build", "main.pl", "-o", "out/", "--check"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), "would write `platc.lock`\n"), "{said:?}");
    assert!(!is_written(&place));
}

#[test]
fn what_comes_and_goes_renumbers_nobody() {
    let place = lab();
    place.run(&["build", "main.pl"]).is_clean();
    let more = |text: &str| place.write("main.pl", LAB.replace("  // more", text));
    more("  host a-first { address: auto }\n  host Z { address: auto }");
    place.run(&["build", "main.pl"]).is_clean();
    let all = "main.pl lab.host.Z.address = 10.0.0.3\nmain.pl lab.host.a-first.address = 10.0.0.4\n";
    let mut both: Vec<String> = format!("{KEPT}{all}").lines().map(str::to_owned).collect();
    let mut kept: Vec<String> = lines(&place).lines().map(str::to_owned).collect();
    both.sort();
    kept.sort();
    assert_eq!(kept, both);
    more("  host Z { address: auto }");
    place.run(&["build", "main.pl"]).is_clean();
    assert_eq!(lines(&place), "main.pl lab.host.Z.address = 10.0.0.3\nmain.pl lab.host.a.address = 10.0.0.2\n");
}

#[test]
fn what_is_given_up_is_said() {
    let place = lab();
    place.run(&["build", "main.pl"]).is_clean();
    place.write("main.pl", LAB.replace("10.0.0.", "10.0.9."));
    let said = place.run(&["build", "main.pl", "-o", "out/"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(0), "note: `lab.host.a.address` was 10.0.0.2 and is 10.0.9.2 now\n")
    );
    place.run(&["build", "main.pl"]).is_clean();
}

#[test]
fn platforms_of_a_project_share_one_lock() {
    let place = lab();
    place.write("sites/two words.pl", LAB.replace("lab", "hut").replace("10.0.0.2", "10.0.0.3"));
    place.run(&["build", "main.pl"]).is_clean();
    place.run(&["build", "sites/two words.pl"]).is_clean();
    let other = "\"sites/two words.pl\" hut.host.a.address = 10.0.0.3\n";
    assert_eq!(lines(&place), format!("{other}{KEPT}"), "what another platform has is taken");
    place.run(&["build", "main.pl"]).is_clean();
    assert_eq!(lines(&place), format!("{other}{KEPT}"));
    place.run(&["check", "--locked", "."]).is_clean();
    assert!(!place.path("sites/platc.lock").exists());
}

#[test]
fn nothing_is_kept_of_standard_input() {
    let place = lab();
    let said = place.feed(&["build", "-"], LAB);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("10.0.0.2"));
    assert!(!is_written(&place));
}

#[test]
fn a_lock_that_can_not_be_read_stops_everything() {
    let place = lab();
    fs::create_dir(place.path("platc.lock")).unwrap();
    let said = place.run(&["build", "main.pl"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("platc.lock"), "{}", said.err);
}

#[test]
fn a_merge_in_the_lock_is_an_error_that_changes_nothing() {
    let place = lab();
    let text = format!("<<<<<<< ours\n{KEPT}=======\nmain.pl lab.host.a.address = 10.0.0.9\n>>>>>>> theirs\n");
    place.write("platc.lock", &text);
    let said = place.run(&["build", "main.pl", "-o", "out/"]);
    found(&said, "lock/unreadable");
    assert!(said.err.contains("platc.lock:1:1"), "{}", said.err);
    assert!(place.read("platc.lock") == text && !place.path("out").exists());
}

#[test]
fn ends_of_lines_are_no_change() {
    let place = lab();
    place.run(&["build", "main.pl"]).is_clean();
    place.write("platc.lock", place.read("platc.lock").replace('\n', "\r\n"));
    let before = changed(&place);
    place.run(&["check", "--locked", "main.pl"]).is_clean();
    place.run(&["build", "main.pl"]).is_clean();
    assert_eq!(changed(&place), before);
}
