//! The `platc` command: the only part that touches the disk, the terminal and the arguments.
//!
//! ```text
//! arguments -> inputs (files of projects) -> session (the compiler) -> report (findings), values
//! ```
//!
//! Everything that the compiler finds is a value; what fails here is the edge: a file that can not be opened, a closed
//! pipe, a wrong argument.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod arguments;
mod commands;
mod disk;
mod edge;
mod fault;
mod git;
mod inputs;
mod place;
mod product;
mod project;
mod report;
mod seal;
mod session;
mod settings;
mod staged;
mod terminal;
mod tree;
mod write;

use std::process::ExitCode;

use clap::Parser;
use terminal::{Talk, Terminal};

fn main() -> ExitCode {
    fault::guarded(|| {
        let arguments = arguments::Arguments::parse();
        let talk = if arguments.quiet { Talk::Quiet } else { Talk::Usual };
        let terminal = Terminal::new(arguments.color, talk);
        let outcome = commands::run(arguments.command, &terminal);
        edge::exit_code(outcome, &terminal)
    })
}
