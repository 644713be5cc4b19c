//! Lines and columns of places. They are counted only here, and only when something is shown.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use diagnostics::{FileId, Span};

use super::Sources;

/// The sources, with the beginnings of their lines once they were needed.
pub struct Files<'s> {
    sources: &'s dyn Sources,
    starts: RefCell<BTreeMap<FileId, Rc<[usize]>>>,
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
        Self { sources, starts: RefCell::default() }
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &'s str {
        self.sources.path(file)
    }

    /// Where a span begins and ends. A span beyond the text ends at its end.
    pub fn extent(&self, span: Span) -> Extent {
        Extent { start: self.position(span.file, span.start), end: self.position(span.file, span.end.max(span.start)) }
    }

    /// The text of a line without its end, and the offset of its first byte. Lines are counted from one.
    pub fn line(&self, file: FileId, line: usize) -> (&'s str, usize) {
        let text = self.sources.text(file);
        let starts = self.starts(file);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = starts.get(line).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default();
        (line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)), start)
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
        let starts = self.starts(file);
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = text.get(start..offset).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }

    fn starts(&self, file: FileId) -> Rc<[usize]> {
        let count = || line_starts(self.sources.text(file));
        Rc::clone(self.starts.borrow_mut().entry(file).or_insert_with(count))
    }
}

fn line_starts(text: &str) -> Rc<[usize]> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
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
        assert_eq!(files.line(FileId(0), 1), ("ab", 0));
        assert_eq!(files.line(FileId(0), 2), ("cd", 4));
        assert_eq!(files.line(FileId(0), 3), ("", 7));
        assert_eq!(files.line(FileId(0), 9), ("", 7));
    }
}
