//! What fails before or after the compiler: arguments, the disk, a closed pipe.

use std::io::Read;
use std::process::Stdio;

use crate::Place;

#[test]
fn files_that_can_not_be_read_are_named_with_the_reason() {
    let place = Place::with(&[("directory/x.txt", "")]);
    place.run(&["check", "none.pl"]).stopped("can not read `none.pl`: it does not exist");
    place.run(&["check", "none/none.pl"]).stopped("can not read `none/none.pl`: it does not exist");
    place.run(&["check", "directory"]).stopped("there is no `.pl` file in `directory`");
}

#[test]
fn a_file_that_is_no_text_hides_no_other() {
    let place = Place::with(&[("main.pl", "let a = = 1\n")]);
    place.write("bytes.pl", b"let a = \"\xff\"");
    let said = place.run(&["check"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("error[syntax/encoding]: `bytes.pl` is not UTF-8 text"), "{}", said.err);
    assert!(said.err.contains("bytes.pl:1:10") && said.err.contains("main.pl:1:9"), "{}", said.err);
    assert_eq!(place.run(&["fmt"]).code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_refused() {
    let place = Place::with(&[("secret/a.pl", "let a = 1\n"), ("project/platc.toml", "")]);
    std::os::unix::fs::symlink("../secret/a.pl", place.path("project/a.pl")).unwrap();
    place.run(&["check", "project/a.pl"]).stopped("it lies outside the project");
}

#[test]
fn wrong_use_ends_with_two() {
    let place = Place::with(&[]);
    for arguments in [&["chekc"][..], &["check", "--format", "xml"], &["eval"], &["fmt", "--stdin", "--check"]] {
        let said = place.run(arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(said.err.contains("--help"), "{}", said.err);
    }
}

#[test]
fn help_says_how_commands_end() {
    let said = Place::with(&[]).run(&["--help"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains("Exit codes:"));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let place = Place::with(&[]);
    let mut child = place.command(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn completions_are_scripts() {
    let said = Place::with(&[]).run(&["completions", "bash"]);
    said.is_clean();
    assert!(said.out.contains("_platc()"));
}
