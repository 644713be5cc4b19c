//! Runs the files of a case and writes what came of them in the form that its expectation is written in.
//! Knows the command line and the form of its machine-readable findings; must not know how cases are stored.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::case::{Case, Expectation, Kind, Source};
use crate::command::{Answer, End, Implementation};

/// What an implementation made of one expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// Text to compare with the expectation's.
    Text(String),
    /// It broke: a crash, a hang, an answer that nobody can read.
    Broken(String),
}

impl Observed {
    /// Whether this is what was expected. A finding that is expected by code and place alone may say anything.
    pub fn meets(&self, expectation: &Expectation) -> bool {
        let Observed::Text(text) = self else {
            return false;
        };
        if expectation.kind != Kind::Findings {
            return *text == expectation.text;
        }
        let (expected, observed) = (expectation.text.lines(), text.lines());
        expected.clone().count() == observed.clone().count()
            && expected
                .zip(observed)
                .all(|(expected, observed)| says(expected, observed))
    }
}

fn says(expected: &str, observed: &str) -> bool {
    let is_short = !expected.starts_with(' ') && expected.split(' ').count() == 2;
    expected == observed
        || (is_short
            && observed
                .strip_prefix(expected)
                .is_some_and(|rest| rest.starts_with(' ')))
}

/// Writes the files of a case into an empty directory. The marker makes that directory the root of the project.
pub fn lay_out(directory: &Path, sources: &[Source]) -> io::Result<()> {
    fs::write(directory.join("platc.toml"), "")?;
    for source in sources {
        let path = directory.join(&source.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &source.text)?;
    }
    Ok(())
}

/// What the implementation makes of the files in `directory`, in the form of this expectation.
pub fn observe(
    implementation: &Implementation,
    directory: &Path,
    case: &Case,
    expectation: &Expectation,
) -> io::Result<Observed> {
    match expectation.kind {
        Kind::Output => output(implementation, directory, case),
        Kind::Value => values(implementation, directory, &expectation.text),
        Kind::Findings => findings(implementation, directory, &Details::of(&expectation.text)),
        Kind::Clean => findings(implementation, directory, &Details::default()),
        Kind::Code => Ok(codes(findings(
            implementation,
            directory,
            &Details::default(),
        )?)),
        Kind::Format => formatted(implementation, directory, case),
        Kind::Test => tests(implementation, directory),
    }
}

/// The printed document; findings stand in its place where there are any that the case does not expect.
fn output(implementation: &Implementation, directory: &Path, case: &Case) -> io::Result<Observed> {
    let answer = implementation.run(directory, &["build", "main.pl"], "")?;
    if let Some(broken) = broken(&answer) {
        return Ok(broken);
    }
    let expects_findings = case
        .expectations
        .iter()
        .any(|other| other.kind == Kind::Findings);
    if answer.end == End::Findings || !(answer.err.trim().is_empty() || expects_findings) {
        return findings(implementation, directory, &Details::default());
    }
    Ok(Observed::Text(answer.out))
}

/// Each expression of a `value` fence, followed by its value behind `= `.
fn values(
    implementation: &Implementation,
    directory: &Path,
    expected: &str,
) -> io::Result<Observed> {
    let mut text = String::new();
    for expression in expected
        .lines()
        .filter(|line| !line.starts_with("= ") && !line.starts_with("  "))
    {
        let answer = implementation.run(directory, &["eval", "main.pl", "-e", expression], "")?;
        if let Some(broken) = broken(&answer) {
            return Ok(broken);
        }
        let said = if answer.end == End::Clean {
            answer.out
        } else {
            format!("! {}", answer.err)
        };
        let _ = writeln!(
            text,
            "{expression}\n= {}",
            said.trim_end().replace('\n', "\n  ")
        );
    }
    Ok(Observed::Text(text))
}

/// Which lines below a finding's first one the case speaks of.
#[derive(Default)]
struct Details {
    help: bool,
    fix: bool,
    also: bool,
}

impl Details {
    fn of(expected: &str) -> Details {
        let speaks_of = |word: &str| {
            expected
                .lines()
                .any(|line| line.trim_start().starts_with(word))
        };
        Details {
            help: speaks_of("help: "),
            fix: speaks_of("fix: "),
            also: speaks_of("also: "),
        }
    }
}

fn findings(
    implementation: &Implementation,
    directory: &Path,
    details: &Details,
) -> io::Result<Observed> {
    let answer = implementation.run(directory, &["check", "--format", "json", "main.pl"], "")?;
    if let Some(broken) = broken(&answer) {
        return Ok(broken);
    }
    let mut text = String::new();
    for line in answer.out.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(finding) => describe(&finding, details, &mut text),
            Err(_) => {
                return Ok(Observed::Broken(format!(
                    "not one JSON object on a line: {line}"
                )));
            }
        }
    }
    Ok(Observed::Text(text))
}

/// The codes of findings, each once.
fn codes(observed: Observed) -> Observed {
    let Observed::Text(text) = observed else {
        return observed;
    };
    let codes: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    Observed::Text(codes.into_iter().map(|code| format!("{code}\n")).collect())
}

/// `code line:col message`, and below it what else the case speaks of.
fn describe(finding: &Value, details: &Details, text: &mut String) {
    let _ = writeln!(
        text,
        "{} {} {}",
        word(finding, "code"),
        place(finding),
        word(finding, "message")
    );
    if details.also {
        for label in list(finding, "labels") {
            let _ = writeln!(text, "  also: {} {}", place(label), word(label, "message"));
        }
    }
    if details.help && !word(finding, "help").is_empty() {
        let _ = writeln!(text, "  help: {}", word(finding, "help"));
    }
    if details.fix
        && let Some(fix) = finding.get("fix").filter(|fix| !fix.is_null())
    {
        let edits: Vec<String> = list(fix, "edits")
            .iter()
            .map(|edit| format!("{} `{}`", extent(edit), word(edit, "text")))
            .collect();
        let _ = writeln!(text, "  fix: {} [{}]", word(fix, "title"), edits.join(", "));
    }
}

fn word<'a>(object: &'a Value, field: &str) -> &'a str {
    object
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn list<'a>(object: &'a Value, field: &str) -> &'a [Value] {
    object
        .get(field)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn number(object: &Value, field: &str) -> u64 {
    object
        .get(field)
        .and_then(Value::as_u64)
        .unwrap_or_default()
}

/// `line:col`, behind the file where that is not `main.pl`.
fn place(object: &Value) -> String {
    let file = word(object, "file");
    let place = format!("{}:{}", number(object, "line"), number(object, "column"));
    if file == "main.pl" {
        place
    } else {
        format!("{file}:{place}")
    }
}

/// `line:col-line:col` of an edit.
fn extent(edit: &Value) -> String {
    format!(
        "{}-{}:{}",
        place(edit),
        number(edit, "end_line"),
        number(edit, "end_column")
    )
}

fn formatted(
    implementation: &Implementation,
    directory: &Path,
    case: &Case,
) -> io::Result<Observed> {
    let main = case.sources.iter().find(|source| source.path == "main.pl");
    let text = main.map_or("", |source| source.text.as_str());
    let answer = implementation.run(directory, &["fmt", "--stdin"], text)?;
    Ok(broken(&answer).unwrap_or(Observed::Text(answer.out)))
}

fn tests(implementation: &Implementation, directory: &Path) -> io::Result<Observed> {
    let answer = implementation.run(directory, &["test", "main.pl"], "")?;
    Ok(broken(&answer).unwrap_or(Observed::Text(answer.out)))
}

fn broken(answer: &Answer) -> Option<Observed> {
    match answer.end {
        End::Clean | End::Findings => None,
        End::TimedOut => Some(Observed::Broken("it did not end in time".to_owned())),
        End::Broken(code) => {
            let code =
                code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
            Some(Observed::Broken(format!(
                "it ended with {code}\n{}{}",
                answer.err, answer.out
            )))
        }
    }
}
