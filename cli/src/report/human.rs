//! Findings for a person: the source lines, with a label at every place that takes part.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use ariadne::{Cache, Color, Config, IndexType, Label, Report, ReportKind, Source};
use diagnostics::{Diagnostic, FileId, Fix, Level, Span};

use super::files::Files;
use super::view::View;
use super::{Paint, Screen, visible, wrap};

/// Stands before a group's number where its file, line and column belong: what is drawn has cut lines, so only we know
/// the real column. No text that is drawn contains it.
const PLACE: char = '\u{1}';

/// Columns that the margin and the label arrows need.
const MARGIN: usize = 12;

/// Writes every finding, with an empty line after each.
pub fn write(screen: Screen, files: &Files<'_>, findings: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}", one(screen, files, finding)?)?;
    }
    Ok(())
}

fn one(screen: Screen, files: &Files<'_>, finding: &Diagnostic) -> io::Result<String> {
    let groups = groups(finding);
    let views: Vec<View> = groups.iter().map(|group| group.view(screen, files)).collect();
    let mut report = Report::build(ReportKind::Error, (0, first_mark(&views)))
        .with_config(config(screen))
        .with_labels(labels(files, finding, &groups, &views));
    let width = screen.width.saturating_sub(MARGIN).max(20);
    if let Some(help) = help(files, finding, width) {
        report = report.with_help(help);
    }
    for note in &finding.notes {
        report = report.with_note(wrap::wrap(&visible::lines(note), width));
    }
    let mut drawn = vec![];
    let sources = views.into_iter().map(|view| Source::from(view.text));
    report.finish().write(Shelf(sources.collect()), &mut drawn)?;
    let drawn = String::from_utf8_lossy(&drawn);
    // The first line is the drawing crate's own heading, which has its own idea of colours.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let body = with_places(body, files, &groups);
    Ok(format!("{}\n{body}", heading(screen, finding)))
}

/// ``error[type/mismatch]: `replicas` is an `Int`, not a `String` ``
fn heading(screen: Screen, finding: &Diagnostic) -> String {
    let rule = format!("{}[{}]", finding.level.word(), finding.rule.code);
    let message = visible::line(&finding.message);
    if screen.paint == Paint::Plain {
        return format!("{rule}: {message}");
    }
    let (style, bold) = (heading_style(finding.level), anstyle::Style::new().bold());
    format!("{style}{rule}{style:#}{bold}: {message}{bold:#}")
}

fn heading_style(level: Level) -> anstyle::Style {
    let color = match level {
        Level::Error => anstyle::AnsiColor::Red,
        Level::Warning => anstyle::AnsiColor::Yellow,
        Level::Note => anstyle::AnsiColor::Blue,
    };
    color.on_default().bold()
}

/// What is shown of one file: its places, with their texts.
struct Group<'d> {
    places: Vec<(Span, &'d str, Role)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Primary,
    Other,
}

impl Group<'_> {
    fn view(&self, screen: Screen, files: &Files<'_>) -> View {
        let spans: Vec<Span> = self.places.iter().map(|(span, _, _)| *span).collect();
        View::new(files, &spans, screen.width.saturating_sub(MARGIN).max(20))
    }

    /// The place that stands in the group's heading.
    fn heading(&self) -> Option<Span> {
        self.places.first().map(|(span, _, _)| *span)
    }
}

/// The places by file: the primary one first, and each file's primary or uppermost place first.
fn groups(finding: &Diagnostic) -> Vec<Group<'_>> {
    let mut order: Vec<FileId> = vec![];
    let mut by_file: BTreeMap<FileId, Vec<(Span, &str, Role)>> = BTreeMap::new();
    let primary = (finding.at, finding.label.as_deref().unwrap_or("here"), Role::Primary);
    let others = finding.others.iter().map(|(span, text)| (*span, text.as_str(), Role::Other));
    for place in std::iter::once(primary).chain(others) {
        let places = by_file.entry(place.0.file).or_default();
        if places.is_empty() {
            order.push(place.0.file);
        }
        places.push(place);
    }
    let group = |file| {
        let mut places = by_file.remove(&file).unwrap_or_default();
        places.sort_by_key(|(span, _, role)| (*role == Role::Other, *span));
        Group { places }
    };
    order.into_iter().map(group).collect()
}

fn first_mark(views: &[View]) -> Range<usize> {
    views.first().and_then(|view| view.marks.first()).cloned().unwrap_or(0..1)
}

type Place = (usize, Range<usize>);

/// The labels. Their order keeps a file's lines together and in order, or they would be drawn as several groups.
fn labels(files: &Files<'_>, finding: &Diagnostic, groups: &[Group<'_>], views: &[View]) -> Vec<Label<Place>> {
    let mut labels = vec![];
    for (number, (group, view)) in groups.iter().zip(views).enumerate() {
        for ((span, text, role), mark) in group.places.iter().zip(&view.marks) {
            let color = match (role, finding.level) {
                (Role::Other, _) => Color::Cyan,
                (Role::Primary, level) => color(level),
            };
            let label = Label::new((number, mark.clone())).with_message(visible::line(text)).with_color(color);
            labels.push(((number, files.extent(*span).start.line), label));
        }
    }
    labels.sort_by_key(|(key, _)| *key);
    let mut lines: Vec<(usize, usize)> = labels.iter().map(|(key, _)| *key).collect();
    lines.dedup();
    let order = |key: &(usize, usize)| lines.partition_point(|line| line < key);
    labels.into_iter().map(|(key, label)| label.with_order(i32::try_from(order(&key)).unwrap_or(i32::MAX))).collect()
}

fn config(screen: Screen) -> Config {
    Config::new().with_index_type(IndexType::Char).with_color(screen.paint == Paint::Colored)
}

fn color(level: Level) -> Color {
    match level {
        Level::Error => Color::Red,
        Level::Warning => Color::Yellow,
        Level::Note => Color::Blue,
    }
}

/// The help, and below it the line as the fix would leave it.
fn help(files: &Files<'_>, finding: &Diagnostic, width: usize) -> Option<String> {
    let fixed = finding.fix.as_ref().and_then(|fix| fixed_line(files, fix));
    let said = finding.help.as_deref().or(finding.fix.as_ref().map(|fix| fix.title.as_str()))?;
    let said = wrap::wrap(&visible::lines(said), width);
    Some(match fixed.filter(|line| line.len() <= width) {
        Some(line) => format!("{said}\n  {line}"),
        None => said,
    })
}

/// The line that a fix of one small edit leaves.
fn fixed_line(files: &Files<'_>, fix: &Fix) -> Option<String> {
    let [(span, text)] = fix.edits.as_slice() else {
        return None;
    };
    let extent = files.extent(*span);
    if extent.start.line != extent.end.line || text.contains('\n') {
        return None;
    }
    let (line, start) = files.line(span.file, extent.start.line);
    let range = files.range(*span);
    let (before, after) = (line.get(..range.start - start)?, line.get(range.end - start..)?);
    Some(visible::line(format!("{before}{text}{after}").trim()).into_owned())
}

/// The views, as the drawing crate wants them.
struct Shelf(Vec<Source<String>>);

impl Cache<usize> for Shelf {
    type Storage = String;

    fn fetch(&mut self, number: &usize) -> Result<&Source<String>, impl fmt::Debug> {
        self.0.get(*number).ok_or(*number)
    }

    fn display<'a>(&self, number: &'a usize) -> Option<impl fmt::Display + 'a> {
        Some(format!("{PLACE}{number}"))
    }
}

/// Puts the real places into the headings, and takes the blanks from the ends of lines.
fn with_places(drawn: &str, files: &Files<'_>, groups: &[Group<'_>]) -> String {
    let mut text = String::with_capacity(drawn.len());
    for line in drawn.lines() {
        match line.split_once(PLACE) {
            Some((before, rest)) => {
                let number_end = rest.find(':').unwrap_or(rest.len());
                let (number, rest) = rest.split_at(number_end);
                let after = rest.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit());
                let place = number.parse().ok().and_then(|number: usize| groups.get(number)?.heading());
                text.push_str(before);
                text.push_str(&place.map(|span| place_of(files, span)).unwrap_or_default());
                text.push_str(after);
            }
            None => text.push_str(line.trim_end()),
        }
        text.push('\n');
    }
    text
}

/// `platform.pl:4:13`
fn place_of(files: &Files<'_>, span: Span) -> String {
    let start = files.extent(span).start;
    format!("{}:{}:{}", visible::line(files.path(span.file)), start.line, start.column)
}
