//! `platc test`: the tests of platforms.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Product;
use crate::arguments::Test;
use crate::edge::{Outcome, Result};
use crate::report::{Findings, Format, visible};
use crate::session::Verdict;
use crate::terminal::Terminal;
use crate::{inputs, session};

/// Runs the tests, and lists them on the output stream: on the error stream where the output is a report for a machine.
pub fn run(arguments: &Test, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    let mut tally = Tally::default();
    for mut input in inputs::gather(&arguments.paths)? {
        super::report_unreadable(&mut input, &mut findings);
        for mut session in session::open(&input) {
            let (tests, found) = session.test(arguments.filter.as_deref());
            tests.iter().for_each(|(name, verdict)| tally.add(name, *verdict));
            let found = super::held(&session, found, arguments.locked);
            findings.add(&session, found);
        }
    }
    let outcome = super::report(arguments.report, Product::Report, &findings, terminal)?;
    let list = format!("{}{}\n", tally.text, tally.summary());
    match arguments.report {
        Format::Human => io::stdout().write_all(list.as_bytes())?,
        _ => terminal.say(list.trim_end())?,
    }
    Ok(if tally.failed > 0 { Outcome::Findings } else { outcome })
}

/// The tests so far.
#[derive(Default)]
struct Tally {
    text: String,
    passed: usize,
    failed: usize,
}

impl Tally {
    fn add(&mut self, name: &str, verdict: Verdict) {
        let (word, counter) = match verdict {
            Verdict::Passed => ("ok    ", &mut self.passed),
            Verdict::Failed => ("failed", &mut self.failed),
        };
        *counter += 1;
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "{word}  {}", visible::line(name));
    }

    fn summary(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}
