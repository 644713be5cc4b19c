//! `platc completions`: a script for a shell.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::arguments::{Arguments, Completions};
use crate::edge::{Outcome, Result};

/// Writes the script.
pub fn run(arguments: &Completions) -> Result {
    let mut script = vec![];
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "platc", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}
