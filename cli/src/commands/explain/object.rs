//! `platc explain KIND/NAMESPACE/NAME`: which lines of the source made an object, by what it is called in its cluster.

use std::io::{self, Write};
use std::path::Path;

use super::line::{Place, candidates};
use super::shown::{self, Answer};
use crate::arguments::Values;
use crate::commands::{Product, report};
use crate::edge::{Outcome, Result};
use crate::report::{Findings, Format};
use crate::session::{self, Called};
use crate::terminal::Terminal;

/// What a subject calls an object: `deployment/web/shop`, or `clusterrole/reader` for what lives in no namespace.
pub fn called(text: &str) -> Option<Called<'_>> {
    let words: Vec<&str> = text.split('/').collect();
    let is_word =
        |word: &&str| !word.is_empty() && !word.contains(|letter: char| letter.is_whitespace() || letter == ':');
    let (kind, namespace, name) = match words.as_slice() {
        [kind, name] => (kind, "", name),
        [kind, namespace, name] => (kind, *namespace, name),
        _ => return None,
    };
    // `apps/v1.Deployment` is a kind.
    let is_version = name.split_once('.').is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase));
    (words.iter().all(is_word) && !is_version).then_some(Called { kind, namespace, name })
}

/// Says where the objects of that name come from; nothing where no platform makes one.
pub fn run(called: &Called<'_>, platform: Option<&Path>, terminal: &Terminal) -> Result<Option<Outcome>> {
    let mut wrong = Findings::default();
    for input in candidates(Path::new("."), platform)? {
        let input = input?;
        let (mut answers, mut sound) = (vec![], false);
        for session in &mut session::open(&input) {
            let errors = session::errors(session.check());
            if !errors.is_empty() {
                wrong.add(&*session, errors);
                continue;
            }
            sound = true;
            for (document, of) in session.called(called, Values::Yaml) {
                let Some(origin) = session.origin(&document, &[]) else { continue };
                let place = Place { path: called.to_string().into(), line: 1, column: None };
                let line = document.text.lines().next().unwrap_or_default().to_owned();
                let answer = Answer { place: &place, line: &line, of: Some(of), origin };
                answers.push(shown::render(&answer, &*session, terminal.output_screen()));
            }
        }
        if !answers.is_empty() {
            io::stdout().write_all(answers.join("\n").as_bytes())?;
            return Ok(Some(Outcome::Clean));
        }
        if !sound && !wrong.list.is_empty() {
            return report(Format::Human, Product::Values, &wrong, terminal).map(Some);
        }
    }
    Ok(None)
}
