//! `platc check`: everything that is wrong.

mod eyes;
mod watch;

use super::Product;
use crate::arguments::Check;
use crate::edge::{Outcome, Result};
use crate::report::{Count, Findings};
use crate::terminal::Terminal;
use crate::{inputs, session};

/// Checks every platform of every project.
pub fn run(arguments: &Check, terminal: &Terminal) -> Result {
    if arguments.watch {
        return watch::run(arguments, terminal);
    }
    let mut findings = Findings::default();
    for mut input in inputs::gather(&arguments.paths)? {
        super::report_unreadable(&mut input, &mut findings);
        for mut session in session::open(&input) {
            let found = session.check();
            let found = super::held(&session, found, arguments.locked);
            findings.add(&session, found);
        }
    }
    let outcome = super::report(arguments.report, Product::Report, &findings, terminal)?;
    let denied = arguments.deny_warnings && Count::of(&findings.list).warnings > 0;
    Ok(if denied { Outcome::Findings } else { outcome })
}
