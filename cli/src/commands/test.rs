//! `platc test`: the tests of platforms.

use std::fmt::Write as _;
use std::io::{self, Write};

use diagnostics::Diagnostic;

use super::Product;
use crate::arguments::Test;
use crate::edge::{Outcome, Result};
use crate::report::{Count, Findings, Format, junit, visible};
use crate::session::{Session, Tested, Verdict};
use crate::terminal::Terminal;
use crate::{inputs, session};

/// Runs the tests, and lists them on the output stream: on the error stream where the output is a report for a machine.
pub fn run(arguments: &Test, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    let mut beside = Findings::default();
    let mut tally = Tally::default();
    for mut input in inputs::gather(&arguments.paths)? {
        super::report_unreadable(&mut input, &mut findings);
        for mut session in session::open(&input) {
            let (tests, found) = session.test(arguments.filter.as_deref());
            let found = super::held(&session, found, arguments.locked);
            tests.iter().for_each(|test| tally.add(&session, test));
            let is_of_test = |finding: &Diagnostic| tests.iter().any(|test| test.failures.contains(finding));
            beside.add(&session, found.iter().filter(|finding| !is_of_test(finding)).cloned().collect());
            findings.add(&session, found);
        }
    }
    if arguments.report == Format::Junit {
        return tally.junit(&beside, terminal);
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
    cases: Vec<junit::Case>,
}

impl Tally {
    fn add(&mut self, session: &Session<'_>, test: &Tested) {
        let (word, counter) = match test.verdict {
            Verdict::Passed => ("ok    ", &mut self.passed),
            Verdict::Failed => ("failed", &mut self.failed),
        };
        *counter += 1;
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "{word}  {}", visible::line(&test.title));
        let class = session.shown_entry();
        let failures = junit::failures(session, &test.failures);
        self.cases.push(junit::Case { class, name: test.title.clone(), failures, said: None });
    }

    fn summary(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    /// The tests as one suite, and as another what else is wrong.
    fn junit(self, beside: &Findings, terminal: &Terminal) -> Result {
        let summary = self.summary();
        let mut suites = vec![("tests", self.cases)];
        if !beside.list.is_empty() {
            suites.push(("findings", junit::found(beside, &beside.list)));
        }
        let mut text = vec![];
        junit::write(&suites, &mut text)?;
        io::stdout().write_all(&text)?;
        terminal.say(&summary)?;
        let is_wrong = self.failed > 0 || Count::of(&beside.list).errors > 0;
        Ok(if is_wrong { Outcome::Findings } else { Outcome::Clean })
    }
}
