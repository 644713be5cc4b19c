//! Computing ahead changes nothing: the same findings come, whoever asked first.

use std::fmt::Write;

use compiler::{LoadError, Loader, Session};
use diagnostics::{Diagnostic, Span};

struct One(String);

impl Loader for One {
    fn read(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

fn findings(text: &str, hands: usize) -> Vec<Diagnostic<Span>> {
    let (mut session, _) = Session::open(&One(text.to_string()), &["main.pl"]);
    session.ahead(hands);
    session.check()
}

/// So many services, each with a body of its own.
fn check(count: usize, body: impl Fn(usize) -> String) {
    let mut text = String::from(
        "schema Service { port: Int where it < 9000, next: Int = port }\nschema Fleet { each service: Service }\n\
         output fleet: Fleet {\n",
    );
    for number in 0..count {
        _ = writeln!(text, "  service s-{number} {{ {} }}", body(number));
    }
    text.push_str("}\n");
    let alone = findings(&text, 1);
    for hands in [2, 3] {
        assert_eq!(findings(&text, hands), alone);
    }
}

#[test]
fn what_is_sound_stays_sound() {
    check(200, |number| format!("port: {}", 8000 + number));
}

#[test]
fn each_mistake_is_found_once() {
    check(200, |number| format!("port: {}", 8900 + number));
}

#[test]
fn chains_are_followed_both_ways() {
    check(1500, |number| match number {
        0 => "port: 1".to_string(),
        _ => format!("port: fleet.service.s-{}.next", number - 1),
    });
    check(1500, |number| match number {
        1499 => "port: 1".to_string(),
        _ => format!("port: fleet.service.s-{}.next", number + 1),
    });
}

#[test]
fn rings_are_told_alike() {
    check(70, |number| format!("port: fleet.service.s-{}.next", (number + 1) % 70));
    check(70, |number| format!("port: fleet.service.s-{}.next", number ^ 1));
}
