//! Laws over every source: formatting keeps the meaning, and order carries none. Knows how to transform a case; must not
//! know how a case is stored or reported.

use std::fs;
use std::io;
use std::path::Path;

use crate::case::{Case, Kind, Order, Source};
use crate::command::{End, Implementation};
use crate::observe::{Observed, Subject, lay_out};
use crate::permute::reversed;

/// A law that did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The law, as a sentence.
    pub law: &'static str,
    /// What held before.
    pub before: String,
    /// What came instead, below the sources that made it.
    pub after: String,
}

/// The breaches of a case whose own expectations hold.
pub fn breaches(implementation: &Implementation, case: &Case) -> io::Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    if !reads_badly(case) {
        breaches.extend(formatting(implementation, case)?);
        breaches.extend(order(implementation, case)?);
    }
    Ok(breaches)
}

/// Text that does not parse has no meaning to keep: neither the formatter nor a permutation speaks of it.
fn reads_badly(case: &Case) -> bool {
    case.expectations.iter().any(|expectation| {
        let about_syntax = expectation
            .text
            .lines()
            .any(|line| line.starts_with("syntax/"));
        matches!(expectation.kind, Kind::Findings | Kind::Code) && about_syntax
    })
}

fn formatting(implementation: &Implementation, case: &Case) -> io::Result<Option<Breach>> {
    let directory = tempfile::tempdir()?;
    lay_out(directory.path(), &case.sources)?;
    let answer = implementation.run(directory.path(), &["fmt", "."], "")?;
    if answer.end != End::Clean {
        return Ok(Some(breach(
            "what parses can be formatted",
            "",
            &answer.err,
        )));
    }
    let sources = read_back(directory.path(), &case.sources)?;
    implementation.run(directory.path(), &["fmt", "."], "")?;
    let again = read_back(directory.path(), &case.sources)?;
    if sources != again {
        return Ok(Some(breach(
            "formatting twice is formatting once",
            &listing(&sources),
            &listing(&again),
        )));
    }
    compare(
        implementation,
        case,
        &sources,
        "formatting keeps the meaning",
    )
}

fn read_back(directory: &Path, sources: &[Source]) -> io::Result<Vec<Source>> {
    let read = |source: &Source| {
        let text = fs::read_to_string(directory.join(&source.path))?;
        Ok(Source {
            path: source.path.clone(),
            text,
        })
    };
    sources.iter().map(read).collect()
}

fn order(implementation: &Implementation, case: &Case) -> io::Result<Option<Breach>> {
    if case.order == Order::Fixed {
        return Ok(None);
    }
    let turn = |source: &Source| Source {
        path: source.path.clone(),
        text: if source.path.ends_with(".pl") {
            reversed(&source.text)
        } else {
            source.text.clone()
        },
    };
    let sources: Vec<Source> = case.sources.iter().map(turn).collect();
    compare(
        implementation,
        case,
        &sources,
        "the order of blocks and fields changes nothing",
    )
}

/// Whether the transformed sources of a case give what the case expects of its own.
fn compare(
    implementation: &Implementation,
    case: &Case,
    sources: &[Source],
    law: &'static str,
) -> io::Result<Option<Breach>> {
    let directory = tempfile::tempdir()?;
    lay_out(directory.path(), sources)?;
    let subject = Subject {
        implementation,
        directory: directory.path(),
        case,
    };
    for expectation in case
        .expectations
        .iter()
        .filter(|expectation| expectation.kind != Kind::Format)
    {
        let before = essence(expectation.kind, &expectation.text);
        let after = match subject.observe(expectation)? {
            Observed::Text(text) => essence(expectation.kind, &text),
            Observed::Broken(why) => why,
        };
        if before != after {
            return Ok(Some(breach(
                law,
                &before,
                &format!("{after}\nof\n{}", listing(sources)),
            )));
        }
    }
    Ok(None)
}

/// What of an observation may not change when the text moves: all of a value, but only the codes of findings.
fn essence(kind: Kind, text: &str) -> String {
    let mut lines: Vec<&str> = match kind {
        Kind::Output | Kind::Value | Kind::Format => return text.to_owned(),
        Kind::Findings | Kind::Clean | Kind::Code | Kind::Test => codes(text),
    };
    lines.sort_unstable();
    lines.join("\n")
}

fn codes(text: &str) -> Vec<&str> {
    let heads = text.lines().filter(|line| !line.starts_with(' '));
    heads
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

fn breach(law: &'static str, before: &str, after: &str) -> Breach {
    Breach {
        law,
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

fn listing(sources: &[Source]) -> String {
    sources
        .iter()
        .map(|source| format!("--- {}\n{}", source.path, source.text))
        .collect()
}
