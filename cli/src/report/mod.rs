//! Shows findings: to a person, to a script, to a code host. Knows texts, lines and columns; must not know how findings
//! came about, nor where the output goes.

pub mod files;
mod findings;
mod fingerprint;
mod github;
mod gitlab;
mod hidden;
mod human;
mod json;
pub mod junit;
mod sarif;
mod text;
mod view;
pub mod visible;
pub mod wrap;

use std::io::{self, Write};

use diagnostics::{Diagnostic, FileId, Level};

pub use files::Files;
pub use findings::Findings;
pub use text::Text;

/// Where the texts come from.
pub trait Sources {
    /// The path of a file, as the user shall see it.
    fn path(&self, file: FileId) -> &str;
    /// The text of a file.
    fn text(&self, file: FileId) -> &str;
}

/// Who reads the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// A person: source lines with labels.
    Human,
    /// A script: one JSON object a line.
    Json,
    /// A code scanner: one SARIF 2.1.0 document.
    Sarif,
    /// GitHub Actions: annotations at the lines of a change.
    Github,
    /// GitLab: one report of code quality.
    Gitlab,
    /// Most pipelines: one JUnit document, with a case for each test and each finding.
    Junit,
}

/// What the reader's screen can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Screen {
    /// How many columns it has.
    pub width: usize,
    /// Whether colours are wanted.
    pub paint: Paint,
}

/// Whether colours are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    /// With escape sequences for colours.
    Colored,
    /// Nothing but text.
    Plain,
}

impl Format {
    /// The most findings that one report shows: nobody reads more, and no file of ten million mistakes shall fill a disk.
    fn most(self) -> usize {
        match self {
            Format::Human => 100,
            _ => 100_000,
        }
    }
}

/// Writes the findings, errors before all else where there are too many; the result is how many were left out.
pub fn write(
    format: Format,
    screen: Screen,
    sources: &dyn Sources,
    findings: &[Diagnostic],
    out: &mut dyn Write,
) -> io::Result<usize> {
    let chosen = chosen(findings, format.most());
    let files = Files::new(sources).hiding(hidden::places(&chosen));
    let hidden = hidden::hide(&files, sources, &chosen);
    let shown: Vec<&Diagnostic> = hidden.iter().collect();
    match format {
        Format::Human => human::write(screen, &files, &shown, out)?,
        Format::Json => json::write(&files, &shown, out)?,
        Format::Sarif => sarif::write(&files, &shown, out)?,
        Format::Github => github::write(&files, &shown, out)?,
        Format::Gitlab => gitlab::write(&files, &shown, out)?,
        Format::Junit => junit::write(&[("platc", junit::cases(&files, &shown))], out)?,
    }
    Ok(findings.len() - shown.len())
}

/// As many findings as are shown, in their order.
fn chosen(findings: &[Diagnostic], most: usize) -> Vec<&Diagnostic> {
    if findings.len() <= most {
        return findings.iter().collect();
    }
    let mut numbers: Vec<usize> = (0..findings.len()).collect();
    let level = |number: &usize| findings.get(*number).map(|finding| finding.level);
    numbers.sort_by_key(level);
    numbers.truncate(most);
    numbers.sort_unstable();
    numbers.into_iter().filter_map(|number| findings.get(number)).collect()
}

/// How many findings there are of each level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Findings that make the platform wrong.
    pub errors: usize,
    /// Findings that are probably not meant.
    pub warnings: usize,
    /// The rest.
    pub notes: usize,
}

impl Count {
    /// Counts findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let level = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self { errors: level(Level::Error), warnings: level(Level::Warning), notes: level(Level::Note) }
    }

    /// `2 errors, 1 warning`; nothing where nothing was found.
    pub fn summary(self) -> Option<String> {
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let said: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(counted).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}

fn counted((number, word): (usize, &str)) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

#[cfg(test)]
mod tests;
