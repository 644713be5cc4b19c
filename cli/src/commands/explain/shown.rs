//! The origin of a line as a terminal shows it: the places from outside in, each with its line of source.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use diagnostics::Span;
use unicode_width::UnicodeWidthStr;

use super::line::Place;
use crate::report::files::masked;
use crate::report::{Files, Paint, Screen, Sources, visible};
use crate::session::{Layer, Origin};

const PLACE: Style = AnsiColor::Cyan.on_default();
const NOTE: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// The narrowest that a line of source is cut to.
const NARROWEST: usize = 24;

/// What is shown.
pub struct Answer<'a> {
    /// The line of the output.
    pub place: &'a Place,
    /// Its text.
    pub line: &'a str,
    /// The object that it belongs to.
    pub of: Option<String>,
    /// Where it comes from.
    pub origin: Origin<Span>,
}

/// One place with its line of source.
struct Row {
    place: String,
    source: String,
    note: String,
    depth: usize,
}

/// The answer as text.
pub fn render(answer: &Answer<'_>, sources: &dyn Sources, screen: Screen) -> String {
    let files = Files::new(sources);
    let path = answer.place.path.to_string_lossy();
    let mut text = String::new();
    let paint = |style: Style, text: &str| painted(screen.paint, style, text);
    let line = answer.line.trim();
    let line = masked(line, compiler::secrets::secrets("", line));
    // Writing into a string does not fail.
    let place = format!("{}:{}", visible::line(&path), answer.place.line);
    let _ = writeln!(text, "{}  {}", paint(PLACE, &place), paint(STRONG, &visible::line(&line)));
    let of = answer.of.as_ref().map_or(String::new(), |of| format!(" of {of}"));
    let what = if answer.origin.path.is_empty() { "all" } else { answer.origin.path.as_str() };
    let _ = writeln!(text, "{}", visible::line(&format!("{what}{of}")));
    let layers = rows(&files, &answer.origin.layers);
    let reads = rows(&files, &answer.origin.reads);
    let width = layers.iter().chain(&reads).map(|row| row.place.width()).max().unwrap_or_default();
    for (title, rows) in [("from", layers), ("which reads", reads)] {
        if !rows.is_empty() {
            let _ = writeln!(text, "\n{title}");
        }
        for row in &rows {
            write_row(row, width, screen, &mut text);
        }
    }
    text
}

/// The places; those of one line are one row.
fn rows(files: &Files<'_>, layers: &[Layer<Span>]) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    for layer in layers {
        let note = layer.note.as_str();
        let line = files.extent(layer.at).start.line;
        let place = format!("{}:{line}", files.path(layer.at.file));
        let known = rows.last_mut().filter(|row| row.place == place && row.depth == layer.depth);
        match known {
            Some(_) if note.is_empty() => {}
            Some(row) if row.note.is_empty() => row.note = note.to_owned(),
            Some(row) => row.note = format!("{}; {note}", row.note),
            None => {
                let source = visible::line(files.line(layer.at.file, line).0.trim()).into_owned();
                rows.push(Row { place, source, note: note.to_owned(), depth: layer.depth });
            }
        }
    }
    rows
}

fn write_row(row: &Row, width: usize, screen: Screen, text: &mut String) {
    let indent = "  ".repeat(row.depth + 1);
    let taken = indent.len() + width + 2 + row.note.width() + 5;
    let source = cut(&row.source, screen.width.saturating_sub(taken).max(NARROWEST));
    let padding = " ".repeat(width - row.place.width());
    let _ = write!(text, "{indent}{}{padding}  {source}", painted(screen.paint, PLACE, &row.place));
    if !row.note.is_empty() {
        let note = format!("// {}", visible::line(&row.note));
        let _ = write!(text, "  {}", painted(screen.paint, NOTE, &note));
    }
    text.push('\n');
}

fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if short.width() + 2 > width {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

fn painted(paint: Paint, style: Style, text: &str) -> String {
    match paint {
        Paint::Plain => text.to_owned(),
        Paint::Colored => format!("{style}{text}{style:#}"),
    }
}
