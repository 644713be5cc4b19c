//! `platc fmt`: files in the one canonical style.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use compiler::secrets::secrets;
use similar::TextDiff;

use super::Product;
use crate::arguments::Fmt;
use crate::edge::{self, Outcome, Result};
use crate::inputs::{self, File, Unreadable};
use crate::report::files::masked;
use crate::report::{Findings, Text, visible};
use crate::session::syntax_findings;
use crate::terminal::Terminal;
use crate::write::replace;

/// Formats standard input, or files. What does not parse is reported and left as it is.
pub fn run(arguments: &Fmt, terminal: &Terminal) -> Result {
    let mut findings = Findings::default();
    let mut outcome = Outcome::Clean;
    let stdin = arguments.stdin || arguments.paths == [Path::new("-")];
    if stdin {
        format_stdin(&mut findings)?;
    } else {
        for path in files(&arguments.paths)? {
            outcome = outcome.max(format_file(&path, arguments, &mut findings, terminal)?);
        }
    }
    Ok(outcome.max(super::report(arguments.report, Product::Values, &findings, terminal)?))
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for path in paths {
        if path.is_dir() {
            files.extend(inputs::sources(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn format_stdin(findings: &mut Findings) -> Result<()> {
    let file = File::open(Path::new("-"))?;
    if let Some((_, formatted)) = formatted(&file.shown(), file.text, findings) {
        io::stdout().write_all(formatted.as_bytes())?;
    }
    Ok(())
}

fn format_file(path: &Path, arguments: &Fmt, findings: &mut Findings, terminal: &Terminal) -> Result {
    let file = File::open(path)?;
    let shown = file.shown();
    let Some((text, formatted)) = formatted(&shown, file.text, findings) else {
        return Ok(Outcome::Clean);
    };
    if formatted == text {
        return Ok(Outcome::Clean);
    }
    if arguments.check {
        show_difference(&shown, &text, &formatted)?;
        return Ok(Outcome::Findings);
    }
    replace(path, formatted.as_bytes()).map_err(|error| edge::failed("write", path, &error))?;
    terminal.say(&format!("formatted {}", visible::line(&shown)))?;
    Ok(Outcome::Clean)
}

/// The text and its formatted form; nothing, and findings, where it can not be read or does not parse.
fn formatted(
    path: &str,
    text: std::result::Result<String, Unreadable>,
    findings: &mut Findings,
) -> Option<(String, String)> {
    let text = match text {
        Ok(text) => text,
        Err((text, finding)) => {
            findings.add(&text, vec![finding]);
            return None;
        }
    };
    let formatted = syntax::format(&text);
    if formatted.is_none() {
        let found = syntax_findings(Text::FILE, &text);
        findings.add(&Text { path: path.to_owned(), text: text.clone() }, found);
    }
    formatted.map(|formatted| (text, formatted))
}

fn show_difference(path: &str, before: &str, after: &str) -> io::Result<()> {
    let [before, after] = [before, after].map(|text| masked(text, secrets(path, text)));
    let difference = TextDiff::from_lines(&before, &after);
    let path = visible::line(path);
    let text = difference.unified_diff().header(&path, &path).to_string();
    writeln!(io::stdout(), "{}", visible::lines(&text))
}
