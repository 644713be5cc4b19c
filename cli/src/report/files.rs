//! Lines and columns of places. They are counted only here, and only when something is shown.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use compiler::secrets::secrets;
use diagnostics::{FileId, Span};

use super::Sources;

/// The sources, with the layout of their lines once it was needed, and with nothing to be read of the secrets in them.
pub struct Files<'s> {
    sources: &'s dyn Sources,
    layouts: RefCell<BTreeMap<FileId, Rc<Layout>>>,
    shown: RefCell<BTreeMap<FileId, Rc<str>>>,
    /// Where a secret is due, or was found.
    secret: Vec<Span>,
}

/// A line and a column, both counted from one. Columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A place as a user counts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// Its first character.
    pub start: Position,
    /// The character after its last.
    pub end: Position,
}

impl<'s> Files<'s> {
    /// Nothing is counted yet.
    pub fn new(sources: &'s dyn Sources) -> Self {
        Self { sources, layouts: RefCell::default(), shown: RefCell::default(), secret: vec![] }
    }

    /// Nothing that is quoted in these places is shown either.
    pub fn hiding(self, secret: Vec<Span>) -> Self {
        Self { secret, ..self }
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &'s str {
        self.sources.path(file)
    }

    /// Where a span begins and ends. A span beyond the text ends at its end.
    pub fn extent(&self, span: Span) -> Extent {
        Extent { start: self.position(span.file, span.start), end: self.position(span.file, span.end.max(span.start)) }
    }

    /// What is not shown of a file.
    pub fn secrets(&self, file: FileId) -> Vec<Range<usize>> {
        let text = self.sources.text(file);
        let mut secrets = secrets(self.sources.path(file), text);
        let here = self.secret.iter().filter(|span| span.file == file);
        secrets.extend(here.flat_map(|span| quoted(text, self.range(*span))));
        secrets
    }

    /// The text of a file as it may be shown, with each byte where it was.
    fn shown(&self, file: FileId) -> Rc<str> {
        let hide = || Rc::from(masked(self.sources.text(file), self.secrets(file)));
        Rc::clone(self.shown.borrow_mut().entry(file).or_insert_with(hide))
    }

    /// The text of a line without its end, as it may be shown, and the offset of its first byte. Lines are counted from one.
    pub fn line(&self, file: FileId, line: usize) -> (String, usize) {
        let text = self.shown(file);
        let layout = self.layout(file);
        let start = layout.starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = layout.starts.get(line).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default();
        (line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)).to_owned(), start)
    }

    /// The bytes of a span within the text, at whole characters.
    pub fn range(&self, span: Span) -> Range<usize> {
        let text = self.sources.text(span.file);
        let start = boundary(text, span.start as usize);
        start..boundary(text, span.end as usize).max(start)
    }

    fn position(&self, file: FileId, offset: u32) -> Position {
        let text = self.sources.text(file);
        let offset = boundary(text, offset as usize);
        let layout = self.layout(file);
        let line = layout.starts.partition_point(|start| *start <= offset);
        let start = layout.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Position { line, column: layout.characters(text, offset) - layout.characters(text, start) + 1 }
    }

    fn layout(&self, file: FileId) -> Rc<Layout> {
        let measure = || Rc::new(Layout::of(self.sources.text(file)));
        Rc::clone(self.layouts.borrow_mut().entry(file).or_insert_with(measure))
    }
}

/// A text in which some bytes can not be read, and lines are as they were.
pub fn masked(text: &str, secret: Vec<Range<usize>>) -> String {
    let mut shown = text.as_bytes().to_vec();
    for range in secret {
        let hidden = shown.get_mut(boundary(text, range.start)..boundary(text, range.end));
        hidden.into_iter().flatten().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'*');
    }
    String::from_utf8(shown).unwrap_or_default()
}

/// What stands between quotes in a part of a text, unless it is the name of what follows.
fn quoted(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let within = text.get(part.clone()).unwrap_or_default();
    let quotes: Vec<usize> = within.match_indices('"').map(|(at, _)| part.start + at).collect();
    let between = quotes.chunks(2).filter_map(|pair| Some(pair.first()? + 1..*pair.get(1)?));
    let is_name =
        |range: &Range<usize>| text.get(range.end + 1..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    between.filter(|range| !range.is_empty() && !is_name(range)).collect()
}

/// How far the milestones of a text stand apart, in bytes.
const STRIDE: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before each milestone: a text of a single long line
/// can have very many places.
struct Layout {
    starts: Vec<usize>,
    milestones: Vec<usize>,
}

impl Layout {
    fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut milestones = vec![0];
        let mut before = 0;
        for piece in text.as_bytes().chunks(STRIDE) {
            before += characters(piece);
            milestones.push(before);
        }
        Self { starts, milestones }
    }

    /// How many characters stand before an offset.
    fn characters(&self, text: &str, offset: usize) -> usize {
        let milestone = offset / STRIDE;
        let rest = text.as_bytes().get(milestone * STRIDE..offset).unwrap_or_default();
        self.milestones.get(milestone).copied().unwrap_or_default() + characters(rest)
    }
}

/// How many characters begin in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(&'static str);

    impl Sources for One {
        fn path(&self, _: FileId) -> &str {
            "main.pl"
        }
        fn text(&self, _: FileId) -> &str {
            self.0
        }
    }

    #[track_caller]
    fn check(text: &'static str, start: u32, end: u32, expected: [usize; 4]) {
        let extent = Files::new(&One(text)).extent(Span::new(FileId(0), start, end));
        let found = [extent.start.line, extent.start.column, extent.end.line, extent.end.column];
        assert_eq!(found, expected);
    }

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        check("", 0, 0, [1, 1, 1, 1]);
        check("ab\ncd", 0, 2, [1, 1, 1, 3]);
        check("ab\ncd", 3, 5, [2, 1, 2, 3]);
        check("äb\r\nc", 2, 3, [1, 2, 1, 3]);
        check("ab\n", 3, 3, [2, 1, 2, 1]);
        let long: &str = Box::leak("ä".repeat(5_000).into_boxed_str());
        check(long, 2_046, 6_000, [1, 1_024, 1, 3_001]);
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        check("ab", 7, 9, [1, 3, 1, 3]);
        check("ab", 2, 1, [1, 3, 1, 3]);
        check("ä", 1, 1, [1, 1, 1, 1]);
    }

    #[test]
    fn lines_lose_their_ends() {
        let files = Files::new(&One("ab\r\ncd\n"));
        assert_eq!(files.line(FileId(0), 1), ("ab".to_owned(), 0));
        assert_eq!(files.line(FileId(0), 2), ("cd".to_owned(), 4));
        assert_eq!(files.line(FileId(0), 3), (String::new(), 7));
        assert_eq!(files.line(FileId(0), 9), (String::new(), 7));
    }
}
