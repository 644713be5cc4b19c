//! `platc explain`: the page of a rule, the list of all rules, where a line of the output comes from, or what a kind of
//! objects holds.

mod kind;
mod line;
mod object;
mod shown;
mod written;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use diagnostics::{Level, Levels, Rule, rules};

use self::line::Place;
use super::markdown;
use crate::arguments::Explain;
use crate::edge::{Outcome, Result, Stop};
use crate::inputs::{self, Input};
use crate::report::visible;
use crate::session::Session;
use crate::session::describe::{Description, Reach, Unknown};
use crate::settings::{FILE, Settings};
use crate::terminal::Terminal;

/// Writes what is known of the subject.
pub fn run(arguments: &Explain, terminal: &Terminal) -> Result {
    let platform = arguments.platform.as_deref();
    let text = match arguments.subject.as_deref().map(Subject::of) {
        None => list(&levels(None)?),
        Some(Subject::Line(place)) => return line::run(&place, platform, terminal),
        Some(Subject::Rule(rule)) => {
            let page = format!("{}\n{}\n", rule.page.trim_end(), said_of(rule, &levels(platform)?));
            markdown::render(&page, terminal.output_screen())
        }
        Some(Subject::Kind(subject)) => {
            if let Some(called) = object::called(subject)
                && let Some(outcome) = object::run(&called, platform, terminal)?
            {
                return Ok(outcome);
            }
            if subject.matches('/').count() == 2 {
                let help = "`-f PLATFORM` names the one that shall know it; its name is that in the cluster";
                return Err(miette::miette!(help = help, "no platform here makes `{}`", visible::line(subject)).into());
            }
            let reach = if arguments.recursive { Reach::All } else { Reach::Fields };
            let found = describe(&qualified(subject, arguments), platform, reach)?;
            kind::render(&found.map_err(|why| unknown(subject, why))?, terminal.output_screen())
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

/// What is asked about.
enum Subject<'a> {
    /// A finding.
    Rule(&'static Rule),
    /// A line of an output.
    Line(Place),
    /// A kind, or a field of it.
    Kind(&'a str),
}

impl<'a> Subject<'a> {
    fn of(text: &'a str) -> Self {
        match (Place::parse(text), rules::find(text)) {
            (Some(place), _) => Self::Line(place),
            (None, Some(rule)) => Self::Rule(rule),
            (None, None) => Self::Kind(text),
        }
    }
}

/// The levels of rules in the project of a platform, or of the working directory.
fn levels(platform: Option<&Path>) -> Result<Levels> {
    let input = match platform {
        Some(platform) => inputs::one(platform)?,
        None => Input::empty(Path::new("."))?,
    };
    Ok(Settings::of(&input.project).levels)
}

/// How much findings of a rule matter here.
fn said_of(rule: &Rule, levels: &Levels) -> String {
    let usual = rule.level.word();
    match levels.choice(rule) {
        Some((pattern, choice)) => {
            format!("\n## Level\n\n`{}` here, by `\"{pattern}\"` in `{FILE}`; `{usual}` elsewhere.", choice.word())
        }
        None if rule.is_fixed() => format!("\n## Level\n\n`{usual}`, in every project."),
        None => format!("\n## Level\n\n`{usual}`, unless the `[rules]` of a project say otherwise in its `{FILE}`."),
    }
}

/// The subject with the version that an option asks for.
fn qualified(subject: &str, arguments: &Explain) -> String {
    match &arguments.api_version {
        Some(version) => format!("{version}.{subject}"),
        None => subject.to_owned(),
    }
}

/// What is known of a kind: of those of a platform too, if one is named.
fn describe(subject: &str, platform: Option<&Path>, reach: Reach) -> Result<Described> {
    let input = match platform {
        Some(platform) => inputs::one(platform)?,
        None => Input::empty(Path::new("."))?,
    };
    let session = Session::of(&input.project, input.entries.first().map(String::as_str));
    Ok(session.describe(subject, reach))
}

type Described = std::result::Result<Description, Unknown>;

fn unknown(subject: &str, why: Unknown) -> Stop {
    let shown = visible::line(subject);
    match why {
        Unknown::Field(owner, field, near, known) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it has no fields".to_owned(),
                None => {
                    format!("it has {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
                }
            };
            miette::miette!(help = help, "`{owner}` has no `{}`", visible::line(&field)).into()
        }
        Unknown::Kind(_) if Path::new(subject).is_file() => {
            miette::miette!(help = format!("write `{shown}:1`"), "which line of `{shown}`?").into()
        }
        Unknown::Kind(_) if is_code(subject) => {
            let help = match domain::nearest(subject, rules::ALL.iter().map(|rule| rule.code)) {
                Some(code) => format!("`{code}` is the nearest"),
                None => "`platc explain` lists all codes".to_owned(),
            };
            miette::miette!(help = help, "there is no code `{shown}`").into()
        }
        Unknown::Kind(near) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "`platc explain` lists all codes; a kind is called as in `Deployment` or `apps/v1.Deployment`, \
                         and a line of an output as in `out.yaml:12`"
                        .to_owned()
                }
            };
            miette::miette!(help = help, "there is no kind `{shown}`").into()
        }
    }
}

/// Whether somebody means a finding: `group/name` in lower case, where a version has no such group.
fn is_code(text: &str) -> bool {
    text.split_once('/').is_some_and(|(group, _)| rules::ALL.iter().any(|rule| rule.group() == group))
}

/// The codes by group, in the order of the list, with their summaries in one column.
fn list(levels: &Levels) -> String {
    let width = rules::ALL.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut group = None;
    for rule in rules::ALL {
        if group.is_some_and(|group| group != rule.group()) {
            text.push('\n');
        }
        group = Some(rule.group());
        write_rule(&mut text, rule, levels, width);
    }
    text
}

fn write_rule(text: &mut String, rule: &Rule, levels: &Levels, width: usize) {
    let level = match levels.level(rule) {
        Some(Level::Error) => String::new(),
        level => format!(" ({})", level.map_or("off", Level::word)),
    };
    // Writing into a string does not fail.
    let _ = writeln!(text, "{:width$}  {}{level}", rule.code, rule.summary);
}
