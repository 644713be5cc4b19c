//! Renders outcomes for people. Knows differences of texts; must not decide what is right.

use std::fmt::Write;

use similar::TextDiff;

use crate::case::Kind;
use crate::observe::Observed;
use crate::suite::{Miss, Outcome};

/// Everything that is wrong with one case.
pub fn failure(outcome: &Outcome) -> String {
    let mut text = format!("\n{} ({}:{})\n", outcome.case, outcome.case.file, outcome.case.line);
    if let Some(trouble) = &outcome.trouble {
        let _ = writeln!(text, "  {trouble}");
    }
    for miss in &outcome.misses {
        let _ = writeln!(text, "{}", indented(&missed(miss)));
    }
    if let Some(breach) = &outcome.breach {
        let _ = writeln!(text, "  law: {}\n{}", breach.law, indented(&difference(&breach.before, &breach.after)));
    }
    text
}

fn missed(miss: &Miss) -> String {
    let what = match miss.expectation.kind {
        Kind::Output => "output",
        Kind::Value => "values",
        Kind::Explain => "explanations",
        Kind::Files => "files",
        Kind::Difference => "differences",
        Kind::Findings => "findings",
        Kind::Code => "codes of findings",
        Kind::Format => "formatted text",
        Kind::Test => "test results",
        Kind::Locked => "findings with `--locked`",
        Kind::Lock => "lock",
        Kind::Clean => "findings, of which there should be none",
    };
    match &miss.observed {
        Observed::Text(text) => format!("{what} (- expected, + got):\n{}", difference(&miss.expectation.text, text)),
        Observed::Broken(why) => format!("{what}: {why}"),
    }
}

/// The lines that differ between two texts, with the lines around them.
pub fn difference(before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).to_string()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
