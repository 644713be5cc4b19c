//! Offsets in bytes, as the compiler counts, and lines with columns, as an editor does.
//!
//! A column is a number of units of UTF-16, unless the editor asked for another unit: an emoji is two of these and four
//! bytes. Lines end with `\n`, `\r\n` or `\r`. A position that is none is the nearest one before it, as the protocol says.

use tower_lsp_server::gen_lsp_types::{Position, Range};

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// By the word of the protocol.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        }
    }

    /// The word of the protocol.
    pub fn word(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    fn width(self, letter: char) -> u32 {
        let width = match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        };
        width as u32
    }
}

/// Where the lines of a text begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        let mut starts = vec![0];
        if text.contains('\r') {
            let bytes = text.as_bytes();
            let ends = |(at, byte): (usize, &u8)| match byte {
                b'\n' => Some(at as u32 + 1),
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at as u32 + 1),
                _ => None,
            };
            starts.extend(bytes.iter().enumerate().filter_map(ends));
        } else {
            starts.extend(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        }
        Self { starts }
    }

    /// How many lines there are; the last may be empty.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The bytes of a line, without what ends it.
    fn line<'t>(&self, text: &'t str, line: u32) -> (u32, &'t str) {
        let start = self.starts.get(line as usize).copied().unwrap_or(text.len() as u32);
        let end = self.starts.get(line as usize + 1).copied().unwrap_or(text.len() as u32);
        let line = text.get(start as usize..end as usize).unwrap_or_default();
        (start, line.strip_suffix('\n').map_or(line, |line| line).trim_end_matches('\r'))
    }

    /// The offset of a position.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        if position.line >= self.count() {
            return text.len() as u32;
        }
        let (start, line) = self.line(text, position.line);
        let mut column = 0;
        for (at, letter) in line.char_indices() {
            column += encoding.width(letter);
            if column > position.character {
                return start + at as u32;
            }
        }
        start + line.len() as u32
    }

    /// The position of an offset.
    pub fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let offset = boundary(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1) as u32;
        let (start, content) = self.line(text, line);
        let before = content.get(..(offset - start) as usize).unwrap_or(content);
        let character = match before.is_ascii() {
            true => before.len() as u32,
            false => before.chars().map(|letter| encoding.width(letter)).sum(),
        };
        Position { line, character }
    }

    /// The range of offsets.
    pub fn range(&self, text: &str, start: u32, end: u32, encoding: Encoding) -> Range {
        Range { start: self.position(text, start, encoding), end: self.position(text, end.max(start), encoding) }
    }

    /// The offsets of a range; one that is the wrong way round is turned.
    pub fn offsets(&self, text: &str, range: Range, encoding: Encoding) -> (u32, u32) {
        let start = self.offset(text, range.start, encoding);
        let end = self.offset(text, range.end, encoding);
        (start.min(end), start.max(end))
    }
}

/// The end of a character at an offset or before it.
fn boundary(text: &str, offset: u32) -> u32 {
    let end = offset.min(text.len() as u32);
    (0..=end).rev().find(|at| text.is_char_boundary(*at as usize)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_units_of_utf_16() {
        let text = "a🦀b\r\nе́x\rlast";
        let lines = Lines::of(text);
        let check = |offset: u32, position: Position| {
            assert_eq!(lines.offset(text, position, Encoding::Utf16), offset, "{position:?}");
            assert_eq!(lines.position(text, offset, Encoding::Utf16), position, "{offset}");
        };
        check(0, at(0, 0));
        check(1, at(0, 1));
        check(5, at(0, 3));
        check(6, at(0, 4));
        check(8, at(1, 0));
        check(12, at(1, 2));
        check(13, at(1, 3));
        check(14, at(2, 0));
        check(18, at(2, 4));
    }

    #[test]
    fn what_is_no_position_is_the_nearest_before() {
        let text = "a🦀b\r\nx";
        let lines = Lines::of(text);
        let offset = |position| lines.offset(text, position, Encoding::Utf16);
        assert_eq!(offset(at(0, 2)), 1, "in the middle of an emoji");
        assert_eq!(offset(at(0, 99)), 6, "behind the end of the line");
        assert_eq!(offset(at(9, 0)), 9, "behind the last line");
        assert_eq!(lines.position(text, 3, Encoding::Utf16), at(0, 1));
        assert_eq!(lines.position(text, 7, Encoding::Utf16), at(0, 4), "between `\\r` and `\\n`");
    }

    #[test]
    fn other_units_can_be_asked_for() {
        let text = "a🦀b";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 5, Encoding::Utf8), at(0, 5));
        assert_eq!(lines.position(text, 5, Encoding::Utf32), at(0, 2));
        assert_eq!(lines.offset(text, at(0, 2), Encoding::Utf32), 5);
    }
}
