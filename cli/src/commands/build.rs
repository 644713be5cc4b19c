//! `platc build`: the outputs of a platform.

use std::io::{self, Write};

use super::Product;
use crate::arguments::Build;
use crate::edge::{self, Result};
use crate::inputs;
use crate::report::Findings;
use crate::terminal::Terminal;
use crate::write::replace;

/// Writes the outputs, unless there is an error.
pub fn run(arguments: &Build, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    let mut session = super::open(inputs::one(&arguments.path)?, &mut findings);
    let (text, found) = session.build(arguments.format);
    findings.add(&session, found);
    let outcome = super::report(arguments.report, Product::Values, &findings, terminal)?;
    match (text, &arguments.output) {
        (None, _) => {}
        (Some(text), None) => io::stdout().write_all(text.as_bytes())?,
        (Some(text), Some(path)) => {
            replace(path, &text).map_err(|error| edge::failed("write", path, &error))?
        }
    }
    Ok(outcome)
}
