//! `platc build`: the outputs of a platform.

use std::io::{self, Write};

use super::Product;
use crate::arguments::Build;
use crate::edge::{self, Result};
use crate::inputs;
use crate::report::Findings;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::write::replace;

/// Writes the outputs, unless there is an error.
pub fn run(arguments: &Build, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    let mut input = inputs::one(&arguments.path)?;
    super::report_unreadable(&mut input, &mut findings);
    let mut text = None;
    if let Some(entry) = input.entries.first() {
        let mut session = Session::of(&input.project, Some(entry));
        let (outputs, found) = session.build(arguments.format);
        findings.add(&session, found);
        text = outputs;
    }
    let outcome = super::report(arguments.report, Product::Values, &findings, terminal)?;
    match (text, &arguments.output) {
        (None, _) => {}
        (Some(text), None) => io::stdout().write_all(text.as_bytes())?,
        (Some(text), Some(path)) => replace(path, &text).map_err(|error| edge::failed("write", path, &error))?,
    }
    Ok(outcome)
}
