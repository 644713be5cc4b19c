//! `platc fmt`.

use crate::Place;

const UGLY: &str = "let a   =   3\n";
const NICE: &str = "let a = 3\n";

#[test]
fn files_are_replaced_and_named() {
    let place = Place::with(&[("a.pl", UGLY), ("x/b.pl", NICE)]);
    let said = place.run(&["fmt"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert_eq!(said.err, "formatted a.pl\n");
    assert_eq!(place.read("a.pl"), NICE);
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 2, "nothing else is left behind");
}

#[test]
fn check_shows_the_difference_and_changes_nothing() {
    let place = Place::with(&[("a.pl", UGLY), ("b.pl", NICE)]);
    let said = place.run(&["fmt", "--check"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    assert_eq!(said.out, "--- a.pl\n+++ a.pl\n@@ -1 +1 @@\n-let a   =   3\n+let a = 3\n");
    assert_eq!(place.read("a.pl"), UGLY);
    place.run(&["fmt", "--check", "b.pl"]).is_clean();
}

#[test]
fn standard_input_goes_to_standard_output() {
    let said = Place::with(&[]).feed(&["fmt", "--stdin"], UGLY);
    said.is_clean();
    assert_eq!(said.out, NICE);
}

#[test]
fn what_does_not_parse_is_reported_and_left() {
    let wrong = "let a   = = 3\n";
    let place = Place::with(&[("a.pl", wrong), ("b.pl", UGLY)]);
    let said = place.run(&["fmt"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("a.pl:1:11") && said.err.contains("formatted b.pl"), "{}", said.err);
    assert_eq!((place.read("a.pl").as_str(), place.read("b.pl").as_str()), (wrong, NICE));
    let said = place.feed(&["fmt", "--stdin"], wrong);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("<stdin>:1:11"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::with(&[("real.pl", UGLY)]);
    symlink("real.pl", place.path("link.pl")).unwrap();
    std::fs::set_permissions(place.path("real.pl"), PermissionsExt::from_mode(0o640)).unwrap();
    place.run(&["-q", "fmt", "link.pl"]).is_clean();
    assert_eq!(place.read("real.pl"), NICE);
    assert!(place.path("link.pl").is_symlink());
    assert_eq!(place.path("real.pl").metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
