//! `platc check`: everything that is wrong.

use super::Product;
use crate::arguments::Check;
use crate::edge::{Outcome, Result};
use crate::inputs;
use crate::report::{Count, Findings};
use crate::terminal::Terminal;

/// Checks the entries of every project.
pub fn run(arguments: &Check, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    for input in inputs::gather(&arguments.paths)? {
        let mut session = super::open(input, &mut findings);
        let found = session.check();
        findings.add(&session, found);
    }
    let outcome = super::report(arguments.report, Product::Report, &findings, terminal)?;
    let denied = arguments.deny_warnings && Count::of(&findings.list).warnings > 0;
    Ok(if denied { Outcome::Findings } else { outcome })
}
