//! `platc check --watch`: what it says while files change. Nothing here depends on how long anything takes, but for a limit that
//! nobody reaches.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::Place;

const GOOD: &str = "import \"./part.pl\" as part\n\noutput shop: { port: part.port }\n";
const PART: &str = "let port = 80\n";

/// A check that goes on, and the lines that it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let said = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// The lines of rounds until one ends with these words.
    #[track_caller]
    fn says(&self, summary: &str) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(120));
            let line = line.map_err(|_| format!("`{summary}` was not said, but\n{said}")).unwrap();
            said.push_str(&line);
            said.push('\n');
            if line.starts_with(&format!("{summary} (")) && line.ends_with(" ms); waiting for changes") {
                return said;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn files_change(arguments: &[&str]) {
    let place = Place::with(&[("main.pl", GOOD), ("part.pl", PART), ("platc.toml", "")]);
    let watching = Watching::start(&place, arguments);
    watching.says("nothing is wrong");

    place.write("part.pl", "let port: Int = \"a\"\n");
    let said = watching.says("1 error");
    assert!(said.contains("part.pl:1:") && !said.contains('\u{1b}'), "{said}");

    // As most editors save.
    place.write("part.new", PART);
    fs::rename(place.path("part.new"), place.path("part.pl")).unwrap();
    watching.says("nothing is wrong");

    place.write("main.pl", format!("{GOOD}output other: {{\n"));
    assert!(watching.says("1 error").contains("syntax/"));
    place.write("main.pl", GOOD);
    watching.says("nothing is wrong");

    fs::rename(place.path("part.pl"), place.path("gone.txt")).unwrap();
    assert!(watching.says("1 error").contains("import/not-found"));
    fs::rename(place.path("gone.txt"), place.path("part.pl")).unwrap();
    watching.says("nothing is wrong");

    fs::remove_file(place.path("main.pl")).unwrap();
    place.write("note.txt", "");
    place.write("main.pl", GOOD.replace("part.port", "part.prot"));
    assert!(watching.says("1 error").contains("name/unknown"));
}

#[test]
fn it_checks_again_whatever_happens_to_files() {
    files_change(&["check", "--watch", "main.pl"]);
}

#[test]
fn it_looks_for_changes_where_nobody_tells() {
    files_change(&["check", "--watch", "--poll", "main.pl"]);
}

#[test]
fn a_file_that_is_named_may_go_and_come_back() {
    let place = Place::with(&[("main.pl", "output a: 1\n")]);
    let watching = Watching::start(&place, &["check", "--watch", "main.pl"]);
    watching.says("nothing is wrong");
    fs::remove_file(place.path("main.pl")).unwrap();
    watching.says("error: can not read `main.pl`: it does not exist");
    place.write("main.pl", "output a: nope\n");
    watching.says("1 error");
}

#[test]
fn files_and_settings_come_and_go() {
    let place = Place::with(&[("main.pl", "output a: 1\n"), ("platc.toml", "")]);
    let watching = Watching::start(&place, &["check", "--watch"]);
    watching.says("nothing is wrong");
    place.write("teams/new.pl", "output b: nope\n");
    assert!(watching.says("1 error").contains("teams/new.pl:1:"));
    fs::remove_dir_all(place.path("teams")).unwrap();
    watching.says("nothing is wrong");
    place.write("platc.toml", "wrong = 1\n");
    assert!(watching.says("1 error").contains("project/settings"));
}

#[test]
fn what_can_not_be_watched() {
    let place = Place::with(&[]);
    place.run(&["check", "--watch", "-"]).stopped("standard input does not change");
    place.run(&["check", "--watch", "none.pl"]).stopped("can not read `none.pl`");
    assert_eq!(place.run(&["check", "--watch", "--format", "json"]).code, Some(2));
}
