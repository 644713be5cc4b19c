//! `platc check --watch`: checks again whenever a file changes. Everything that did not change is kept from round to round.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::eyes::{Eyes, Way};
use crate::arguments::Check;
use crate::edge::{Result, Stop};
use crate::report::{self, Count, Findings, Format};
use crate::session::{Change, Kept};
use crate::terminal::Terminal;
use crate::{commands, inputs, session};

/// Back to the upper left, with nothing on the screen and nothing above it.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Checks until somebody ends it, or nobody reads what it says any more.
pub fn run(arguments: &Check, terminal: &Terminal) -> Result {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        let help = "name files or directories, or leave them out for the working directory";
        return Err(
            miette::miette!(help = help, "standard input does not change, so `--watch` has nothing to do").into()
        );
    }
    let way = if arguments.poll { Way::Asking } else { Way::Told };
    let mut eyes = Eyes::on(&arguments.paths, way);
    let mut kept = vec![];
    let mut before = None;
    loop {
        let began = Instant::now();
        let (change, said) = match round(arguments, terminal, &mut kept) {
            Ok((change, said)) => (change, said),
            // What is wrong from the beginning is a wrong use; later it is a file that is about to come back.
            Err(Stop::Failed(report)) if before.is_some() => (Change::Nothing, Said::failed(&report)),
            Err(stop) => return Err(stop),
        };
        if change != Change::Nothing || before.as_ref() != Some(&said) {
            said.show(began.elapsed(), terminal)?;
        }
        before = Some(said);
        eyes.wait();
    }
}

/// What one round says.
#[derive(PartialEq, Eq)]
struct Said {
    report: Vec<u8>,
    summary: String,
}

/// Checks all platforms, and how much of them was new.
fn round(arguments: &Check, terminal: &Terminal, kept: &mut Vec<Kept>) -> Result<(Change, Said)> {
    let mut findings = Findings::default();
    let mut change = Change::Nothing;
    let inputs = inputs::gather(&arguments.paths)?;
    let (mut before, mut after) = (std::mem::take(kept), vec![]);
    for mut input in inputs {
        commands::report_unreadable(&mut input, &mut findings);
        let mut resumed = vec![];
        let (here, elsewhere) = before.into_iter().partition(|kept: &Kept| kept.is_of(&input));
        before = elsewhere;
        for kept in here {
            match kept.resume(&input) {
                Some((session, new)) => {
                    change = change.max(new);
                    resumed.push(session);
                }
                None => change = Change::Texts,
            }
        }
        let known = resumed.len();
        let sessions = session::open_beside(&input, resumed);
        if sessions.len() != known {
            change = Change::Texts;
        }
        for mut session in sessions {
            let found = session.check();
            let found = commands::held(&session, found, arguments.locked);
            findings.add(&session, found);
            after.push(session.keep());
        }
    }
    *kept = after;
    let mut report = vec![];
    let left_out = report::write(Format::Human, terminal.error_screen(), &findings, &findings.list, &mut report)?;
    if left_out > 0 {
        writeln!(report, "and {left_out} more, which are not shown")?;
    }
    let summary = Count::of(&findings.list).summary().unwrap_or_else(|| "nothing is wrong".to_owned());
    Ok((change, Said { report, summary }))
}

impl Said {
    /// Why nothing could be checked.
    fn failed(report: &miette::Report) -> Self {
        Self { report: vec![], summary: format!("error: {report}") }
    }

    /// Shows it: alone on the screen, or behind what was said before where there is none.
    fn show(&self, took: Duration, terminal: &Terminal) -> io::Result<()> {
        let mut err = io::stderr().lock();
        if err.is_terminal() {
            err.write_all(CLEAR.as_bytes())?;
        }
        err.write_all(&self.report)?;
        err.flush()?;
        drop(err);
        terminal.say(&format!("{} ({} ms); waiting for changes", self.summary, took.as_millis()))
    }
}
