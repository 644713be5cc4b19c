//! `platc explain`: the page of a rule, the list of all rules, or where a line of the output comes from.

mod line;
mod shown;
mod written;

use std::fmt::Write as _;
use std::io::{self, Write};

use diagnostics::{Rule, rules};

use self::line::Place;
use super::markdown;
use crate::arguments::Explain;
use crate::edge::{Outcome, Result, Stop};
use crate::report::visible;
use crate::terminal::Terminal;

/// Writes what is known of the subject.
pub fn run(arguments: &Explain, terminal: &Terminal) -> Result {
    let platform = arguments.platform.as_deref();
    let text = match arguments.subject.as_deref().map(Subject::of) {
        None => list(),
        Some(Subject::Line(place)) => return line::run(&place, platform, terminal),
        Some(Subject::Code(code)) => {
            let rule = rules::find(code).ok_or_else(|| unknown(code))?;
            markdown::render(rule.page, terminal.output_screen())
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

/// What is asked about.
enum Subject<'a> {
    /// A finding.
    Code(&'a str),
    /// A line of an output.
    Line(Place),
}

impl<'a> Subject<'a> {
    fn of(text: &'a str) -> Self {
        Place::parse(text).map_or(Self::Code(text), Self::Line)
    }
}

fn unknown(code: &str) -> Stop {
    let help = match domain::nearest(code, rules::ALL.iter().map(|rule| rule.code)) {
        Some(code) => format!("`{code}` is the nearest"),
        None => "`platc explain` lists all codes".to_owned(),
    };
    miette::miette!(help = help, "there is no code `{}`", visible::line(code)).into()
}

/// The codes by group, in the order of the list, with their summaries in one column.
fn list() -> String {
    let width = rules::ALL.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut group = None;
    for rule in rules::ALL {
        if group.is_some_and(|group| group != rule.group()) {
            text.push('\n');
        }
        group = Some(rule.group());
        write_rule(&mut text, rule, width);
    }
    text
}

fn write_rule(text: &mut String, rule: &Rule, width: usize) {
    let level = match rule.level {
        diagnostics::Level::Error => String::new(),
        level => format!(" ({})", level.word()),
    };
    // Writing into a string does not fail.
    let _ = writeln!(text, "{:width$}  {}{level}", rule.code, rule.summary);
}
