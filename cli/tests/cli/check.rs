//! `platc check`.

use crate::Place;

const WRONG: &str = "let a = = 3\n";
const RIGHT: &str = "let a = 3\n";

#[test]
fn a_clean_file_is_silent() {
    let said = Place::with(&[("main.pl", RIGHT)]).run(&["check", "main.pl"]);
    said.is_clean();
    assert_eq!(said.out, "");
}

#[test]
fn a_person_reads_findings_on_the_error_stream() {
    let said = Place::with(&[("main.pl", WRONG)]).run(&["check", "main.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.starts_with("error[syntax/unexpected]: "), "{}", said.err);
    assert!(said.err.contains("main.pl:1:9"), "{}", said.err);
    assert!(said.err.ends_with("1 error\n"), "{}", said.err);
}

#[test]
fn quiet_leaves_the_summary_out() {
    let said = Place::with(&[("main.pl", WRONG)]).run(&["check", "-q", "main.pl"]);
    assert!(said.err.contains("syntax/unexpected") && !said.err.contains("1 error"), "{}", said.err);
}

#[test]
fn a_directory_means_all_sources_below() {
    let place = Place::with(&[
        ("a.pl", WRONG),
        ("x/b.pl", WRONG),
        ("x/c.pl", RIGHT),
        ("x/d.txt", WRONG),
        (".hidden/e.pl", WRONG),
    ]);
    let said = place.run(&["check", "--format", "json"]);
    let files: Vec<&str> = said.out.lines().map(|line| line.split("\"file\":").nth(1).unwrap()).collect();
    assert_eq!(files.len(), 2, "{}", said.out);
    assert!(files[0].starts_with("\"a.pl\"") && files[1].starts_with("\"x/b.pl\""), "{}", said.out);
}

#[test]
fn files_of_several_projects_make_one_report() {
    let place = Place::with(&[("x/platc.toml", ""), ("x/a.pl", WRONG), ("y/platc.toml", ""), ("y/a.pl", WRONG)]);
    let said = place.run(&["check", "y/a.pl", "x/a.pl", "x/a.pl"]);
    let first = said.err.find("x/a.pl:1:9").unwrap();
    assert!(first < said.err.find("y/a.pl:1:9").unwrap());
    assert!(said.err.ends_with("2 errors\n"), "{}", said.err);
}

#[test]
fn standard_input_is_a_file_of_the_working_directory() {
    let said = Place::with(&[]).feed(&["check", "-"], WRONG);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("<stdin>:1:9"), "{}", said.err);
}

#[test]
fn paths_are_shown_from_the_working_directory() {
    let place = Place::with(&[("platc.toml", ""), ("x/a.pl", WRONG), ("x/y/b.pl", RIGHT)]);
    let mut command = place.command(&["check", "../a.pl"]);
    let output = command.current_dir(place.path("x/y")).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("[ ../a.pl:1:9 ]"), "{err}");
}
