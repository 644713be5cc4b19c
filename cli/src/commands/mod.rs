//! One file for each command. A command takes its arguments and the terminal, and says how it ended.

mod access;
mod build;
mod check;
mod completions;
mod diff;
mod eval;
mod explain;
mod fmt;
mod graph;
mod hook;
mod import;
mod init;
mod lsp;
mod markdown;
mod pulls;
mod seal;
mod test;
mod upgrade;

use std::io::{self, Write};

use diagnostics::{Diagnostic, tidy};

use crate::arguments::Command;
use crate::edge::{Outcome, Result};
use crate::inputs::Input;
use crate::report::{self, Count, Findings, Format};
use crate::session::{Session, is_sound};
use crate::terminal::Terminal;

/// Runs a command.
pub fn run(command: Command, terminal: &Terminal) -> Result {
    match command {
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Build(arguments) => build::run(&arguments, terminal),
        Command::Eval(arguments) => eval::run(&arguments, terminal),
        Command::Graph(arguments) => graph::run(&arguments, terminal),
        Command::Images(arguments) => pulls::images(&arguments.asked, terminal),
        Command::Urls(arguments) if arguments.external => pulls::urls(&arguments.asked, terminal),
        Command::Urls(arguments) => access::run(&arguments.asked, terminal),
        Command::Diff(arguments) => diff::run(&arguments, terminal),
        Command::UpgradePlan(arguments) => upgrade::run(&arguments, terminal),
        Command::Test(arguments) => test::run(&arguments, terminal),
        Command::Fmt(arguments) => fmt::run(&arguments, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Import(arguments) => import::run(&arguments, terminal),
        Command::Seal(arguments) => seal::run(&arguments, terminal),
        Command::Hook(arguments) => hook::run(&arguments, terminal),
        Command::Init(arguments) => init::run(&arguments, terminal),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}

/// Reports the entries that can not be part of a platform, and the settings that can not be.
fn report_unreadable(input: &mut Input, findings: &mut Findings) {
    for (text, finding) in std::mem::take(&mut input.unreadable) {
        findings.add(&text, vec![finding]);
    }
}

/// What was found, with what would change in the lock where it must not.
fn held(session: &Session<'_>, mut found: Vec<Diagnostic>, locked: bool) -> Vec<Diagnostic> {
    if locked && is_sound(&found) {
        found.extend(session.outdated());
        tidy(&mut found);
    }
    found
}

/// What a command is for, which decides who gets the output stream.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Product {
    /// The report itself.
    Report,
    /// Values, or changed files.
    Values,
}

/// Writes the report, and how much was found.
fn report(format: Format, product: Product, findings: &Findings, terminal: &Terminal) -> Result {
    let mut text = vec![];
    let left_out = report::write(format, terminal.error_screen(), findings, &findings.list, &mut text)?;
    if format == Format::Human || product == Product::Values {
        io::stderr().write_all(&text)?;
    } else {
        io::stdout().write_all(&text)?;
    }
    if left_out > 0 {
        writeln!(io::stderr(), "and {left_out} more, which are not shown")?;
    }
    let count = Count::of(&findings.list);
    if let (Format::Human, Some(summary)) = (format, count.summary()) {
        terminal.say(&summary)?;
    }
    Ok(if count.errors > 0 { Outcome::Findings } else { Outcome::Clean })
}
