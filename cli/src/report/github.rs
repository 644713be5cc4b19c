//! Findings for GitHub Actions: workflow commands, which become annotations at the lines of a change.

use std::borrow::Cow;
use std::io::{self, Write};

use diagnostics::{Diagnostic, Level};

use super::files::Files;
use super::visible;

/// Writes a command for each finding.
pub fn write(files: &Files<'_>, findings: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let extent = files.extent(finding.at);
        let (start, end) = (extent.start, extent.end);
        // Columns are only taken where both are of one line.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        writeln!(
            out,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            command(finding.level),
            property(files.path(finding.at.file)),
            start.line,
            end.line,
            property(finding.rule.code),
            data(&message(files, finding)),
        )?;
    }
    Ok(())
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

/// The message, and a line for each other place and for the help: an annotation shows no labels.
fn message(files: &Files<'_>, finding: &Diagnostic) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.label.clone());
    for (span, text) in &finding.others {
        lines.push(format!("{}:{}: {text}", files.path(span.file), files.extent(*span).start.line));
    }
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.iter().map(|line| visible::lines(line)).collect::<Vec<_>>().join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    let shown: Cow<'_, str> = visible::line(text);
    data(&shown).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(property("a,b:c%d"), "a%2Cb%3Ac%25d");
        assert_eq!(data("50%\nmore: a, b"), "50%25%0Amore: a, b");
    }
}
