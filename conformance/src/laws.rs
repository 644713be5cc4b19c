//! Laws over every source: formatting keeps the meaning, and order carries none. Knows how to transform a case; must not
//! know how a case is stored or reported.

use std::fs;
use std::io;
use std::path::Path;

use crate::case::{Case, Expectation, Kind, Order, Source};
use crate::command::{End, Implementation};
use crate::observe::{Observed, Subject, lay_out};
use crate::permute::reversed;

const FORMAT_KEEPS: &str = "formatting keeps the meaning";
const FORMAT_ONCE: &str = "formatting twice is formatting once";
const FORMAT_ALL: &str = "what parses can be formatted";
const ORDER_FREE: &str = "the order of blocks and fields changes nothing";

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

/// Text that does not parse has no meaning to keep: neither the formatter nor a permutation speaks of it.
pub fn speak_of(case: &Case) -> bool {
    !case.expectations.iter().any(|expectation| {
        let about_syntax = expectation.text.lines().any(|line| line.starts_with("syntax/"));
        matches!(expectation.kind, Kind::Findings | Kind::Code) && about_syntax
    })
}

/// The formatted sources of each case, made in one call for all: starting an implementation is what takes time.
pub fn formatted(implementation: &Implementation, cases: &[&Case]) -> io::Result<Vec<Result<Vec<Source>, Breach>>> {
    let root = tempfile::tempdir()?;
    let place = |number: usize| root.path().join(number.to_string());
    for (number, case) in cases.iter().enumerate() {
        fs::create_dir(place(number))?;
        lay_out(&place(number), &case.sources)?;
    }
    let end = implementation.run(root.path(), &["fmt", "."], "")?.end;
    let read_all = || -> io::Result<Vec<Vec<Source>>> {
        let numbered = cases.iter().enumerate();
        numbered.map(|(number, case)| read_back(&place(number), &case.sources)).collect()
    };
    let once = read_all()?;
    implementation.run(root.path(), &["fmt", "."], "")?;
    let twice = read_all()?;
    let mut results = Vec::with_capacity(cases.len());
    for (case, (once, twice)) in cases.iter().zip(once.into_iter().zip(twice)) {
        results.push(match refusal(implementation, case, end)? {
            Some(breach) => Err(breach),
            None if once != twice => Err(breach(FORMAT_ONCE, &listing(&once), &listing(&twice))),
            None => Ok(once),
        });
    }
    Ok(results)
}

/// Whether formatting this case alone fails, asked only where formatting all of them did.
fn refusal(implementation: &Implementation, case: &Case, end: End) -> io::Result<Option<Breach>> {
    if end == End::Clean {
        return Ok(None);
    }
    let directory = tempfile::tempdir()?;
    lay_out(directory.path(), &case.sources)?;
    let answer = implementation.run(directory.path(), &["fmt", "."], "")?;
    Ok((answer.end != End::Clean).then(|| breach(FORMAT_ALL, "", &answer.err)))
}

fn read_back(directory: &Path, sources: &[Source]) -> io::Result<Vec<Source>> {
    let read = |source: &Source| {
        let text = fs::read_to_string(directory.join(&source.path))?;
        Ok(Source { path: source.path.clone(), text })
    };
    sources.iter().map(read).collect()
}

/// The law that a case breaks, given its formatted sources: they are asked in reverse order, and as they are only where
/// that gives something else, to tell which of the two laws it is.
pub fn breach_of(implementation: &Implementation, case: &Case, formatted: &[Source]) -> io::Result<Option<Breach>> {
    if case.order == Order::Fixed {
        return compare(implementation, case, formatted, FORMAT_KEEPS);
    }
    let turned: Vec<Source> = formatted.iter().map(turned).collect();
    let Some(breach) = compare(implementation, case, &turned, ORDER_FREE)? else {
        return Ok(None);
    };
    let by_formatting = compare(implementation, case, formatted, FORMAT_KEEPS)?;
    Ok(Some(by_formatting.unwrap_or(breach)))
}

fn turned(source: &Source) -> Source {
    let is_code = source.path.ends_with(".pl");
    let text = if is_code { reversed(&source.text) } else { source.text.clone() };
    Source { path: source.path.clone(), text }
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
    let subject = Subject { implementation, directory: directory.path(), case };
    // What is about the text itself changes with it.
    let holds =
        |expectation: &&Expectation| !matches!(expectation.kind, Kind::Format | Kind::Explain | Kind::Difference);
    for expectation in case.expectations.iter().filter(holds) {
        let before = essence(expectation.kind, &expectation.text);
        let after = match subject.observe(expectation)? {
            Observed::Text(text) => essence(expectation.kind, &text),
            Observed::Broken(why) => why,
        };
        if before != after {
            return Ok(Some(breach(law, &before, &format!("{after}\nof\n{}", listing(sources)))));
        }
    }
    Ok(None)
}

/// What of an observation may not change when the text moves: all of a value, but only the codes of findings.
fn essence(kind: Kind, text: &str) -> String {
    let mut lines: Vec<&str> = match kind {
        Kind::Output | Kind::Files | Kind::Value | Kind::Format | Kind::Explain | Kind::Lock | Kind::Difference => {
            return text.to_owned();
        }
        Kind::Findings | Kind::Clean | Kind::Code | Kind::Test | Kind::Locked => codes(text),
    };
    lines.sort_unstable();
    lines.join("\n")
}

fn codes(text: &str) -> Vec<&str> {
    let heads = text.lines().filter(|line| !line.starts_with(' '));
    heads.filter_map(|line| line.split_whitespace().next()).collect()
}

fn breach(law: &'static str, before: &str, after: &str) -> Breach {
    Breach { law, before: before.to_owned(), after: after.to_owned() }
}

fn listing(sources: &[Source]) -> String {
    sources.iter().map(|source| format!("--- {}\n{}", source.path, source.text)).collect()
}
