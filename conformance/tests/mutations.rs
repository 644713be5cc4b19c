//! A case with a token left out, doubled or exchanged is still answered: with findings or without, but never with a crash
//! or a hang. What it means is nobody's business here.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::path::Path;

use conformance::case::{Case, Source};
use conformance::command::{End, Implementation};
use conformance::observe::lay_out;
use conformance::parallel::map;
use conformance::suite::cases;
use proptest::prelude::Rng;
use proptest::test_runner::{TestRng, TestRunner};

/// Words, numbers and strings as one piece each, everything else by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let length = match first {
            '"' => rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 2),
            _ if is_word(first) => rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = &rest[length..];
    }
    tokens
}

/// The text with one to three small accidents.
fn mutated(text: &str, random: &mut TestRng) -> String {
    let mut tokens = tokens(text);
    for _ in 0..=pick(random, 3) {
        let places: Vec<usize> = (0..tokens.len()).filter(|place| !tokens[*place].trim().is_empty()).collect();
        if places.is_empty() {
            break;
        }
        let (one, other) = (places[pick(random, places.len())], places[pick(random, places.len())]);
        match pick(random, 4) {
            0 => tokens[one] = "",
            1 => tokens[one] = tokens[other],
            2 => tokens.swap(one, other),
            _ => tokens.insert(one, tokens[other]),
        }
    }
    tokens.concat()
}

fn pick(random: &mut TestRng, count: usize) -> usize {
    usize::try_from(random.next_u64() % (count.max(1) as u64)).unwrap_or_default()
}

fn accident(case: &Case, random: &mut TestRng) -> Vec<Source> {
    let change = |source: &Source| Source {
        path: source.path.clone(),
        text: if source.path.ends_with(".pl") { mutated(&source.text, random) } else { source.text.clone() },
    };
    case.sources.iter().map(change).collect()
}

#[test]
fn accidents_are_answered() {
    let implementation = Implementation::locate().expect("an implementation");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cases = cases(&repository).expect("cases").expect("cases that read");
    let mut random = TestRunner::deterministic().new_rng();
    let accidents: Vec<Vec<Source>> = cases.iter().map(|case| accident(case, &mut random)).collect();
    let bad = map(&accidents, |sources| {
        let directory = tempfile::tempdir().ok()?;
        lay_out(directory.path(), sources).ok()?;
        let answer = implementation.run(directory.path(), &["build", "main.pl"], "").ok()?;
        let text: String = sources.iter().map(|source| format!("--- {}\n{}", source.path, source.text)).collect();
        let is_answer = matches!(answer.end, End::Clean | End::Findings);
        let is_silent = answer.end == End::Findings && answer.err.trim().is_empty();
        (!is_answer || is_silent).then(|| format!("{:?}\n{text}\n{}", answer.end, answer.err))
    });
    let bad: Vec<String> = bad.into_iter().flatten().collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
