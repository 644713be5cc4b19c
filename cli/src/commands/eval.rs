//! `platc eval`: the value of one expression.

use std::io::{self, Write};
use std::path::Path;

use super::Product;
use crate::arguments::Eval;
use crate::edge::Result;
use crate::inputs::{self, Input};
use crate::report::Findings;
use crate::session::Session;
use crate::terminal::Terminal;

/// Writes the value, unless there is an error.
pub fn run(arguments: &Eval, terminal: &Terminal) -> Result {
    let mut input = match &arguments.path {
        Some(path) => inputs::one(path)?,
        None => Input::empty(Path::new("."))?,
    };
    let mut findings = Findings::default();
    super::report_unreadable(&mut input, &mut findings);
    let mut session = Session::of(&input.project, input.entries.first().map(String::as_str));
    let (text, found) = session.eval(&arguments.expression, arguments.format);
    findings.add(&session, found);
    let outcome = super::report(arguments.report, Product::Values, &findings, terminal)?;
    io::stdout().write_all(text.unwrap_or_default().as_bytes())?;
    Ok(outcome)
}
