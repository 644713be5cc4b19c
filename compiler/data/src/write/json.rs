//! The JSON writer, pretty (two spaces) or compact.
//!
//! Knows layout and escapes; must not know what is written.

use super::invisible::{is_invisible, may_begin_invisible};
use super::{Sink, number};

/// Pushes values into a string of JSON.
///
/// JSON has no infinities and no "not a number": such a float is written as `null`, and a caller to
/// whom that matters refuses it before. Documents after the first begin a new line.
#[derive(Debug)]
pub struct Writer {
    out: String,
    layout: Layout,
    open: Vec<Entries>,
    place: Place,
    newlines: u32,
}

/// Where the line breaks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Pretty,
    Compact,
}

/// Whether a collection has entries yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entries {
    None,
    Some,
}

/// What the next value follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Its key.
    Key,
    /// Another entry, the opening of a list, or nothing at all.
    Entry,
}

impl Writer {
    /// A writer with one entry a line, two spaces deeper for each level, and a final line break.
    #[must_use]
    pub fn pretty() -> Writer {
        Writer::with_layout(Layout::Pretty)
    }

    /// A writer without any blanks and without a final line break.
    #[must_use]
    pub fn compact() -> Writer {
        Writer::with_layout(Layout::Compact)
    }

    fn with_layout(layout: Layout) -> Writer {
        Writer { out: String::new(), layout, open: Vec::new(), place: Place::Entry, newlines: 0 }
    }

    /// What has been written so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// What has been written.
    #[must_use]
    pub fn into_string(self) -> String {
        self.out
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.newlines += 1;
    }

    /// Begins a line at the current depth, where lines matter.
    fn indented_line(&mut self) {
        if self.layout == Layout::Pretty {
            self.newline();
            self.out.extend(self.open.iter().map(|_| "  "));
        }
    }

    /// Goes to where the next entry of the innermost collection begins.
    fn begin_entry(&mut self) {
        let Some(entries) = self.open.last_mut() else {
            return;
        };
        if std::mem::replace(entries, Entries::Some) == Entries::Some {
            self.out.push(',');
        }
        self.indented_line();
    }

    fn begin_value(&mut self) {
        match std::mem::replace(&mut self.place, Place::Entry) {
            Place::Key => {}
            Place::Entry => self.begin_entry(),
        }
    }

    fn end_value(&mut self) {
        if self.open.is_empty() && self.layout == Layout::Pretty {
            self.newline();
        }
    }

    fn begin_collection(&mut self, bracket: char) {
        self.begin_value();
        self.out.push(bracket);
        self.open.push(Entries::None);
    }

    fn end_collection(&mut self, bracket: char) {
        if self.open.pop() == Some(Entries::Some) {
            self.indented_line();
        }
        self.out.push(bracket);
        self.end_value();
    }

    fn word(&mut self, word: &str) {
        self.begin_value();
        self.out.push_str(word);
        self.end_value();
    }
}

impl Sink for Writer {
    fn document_start(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.newline();
        }
    }

    fn map_start(&mut self) {
        self.begin_collection('{');
    }

    fn key(&mut self, key: &str) {
        self.begin_entry();
        push_string(&mut self.out, key);
        self.out.push_str(match self.layout {
            Layout::Pretty => ": ",
            Layout::Compact => ":",
        });
        self.place = Place::Key;
    }

    fn map_end(&mut self) {
        self.end_collection('}');
    }

    fn list_start(&mut self) {
        self.begin_collection('[');
    }

    fn list_end(&mut self) {
        self.end_collection(']');
    }

    fn null(&mut self) {
        self.word("null");
    }

    fn bool(&mut self, value: bool) {
        self.word(if value { "true" } else { "false" });
    }

    fn int(&mut self, value: i128) {
        self.begin_value();
        number::push_int(&mut self.out, value);
        self.end_value();
    }

    fn float(&mut self, value: f64) {
        self.begin_value();
        if value.is_finite() {
            number::push_float(&mut self.out, value);
        } else {
            self.out.push_str("null");
        }
        self.end_value();
    }

    fn text(&mut self, value: &str) {
        self.begin_value();
        push_string(&mut self.out, value);
        self.end_value();
    }

    fn line(&self) -> u32 {
        let opens_line = self.layout == Layout::Pretty && self.place == Place::Entry && !self.open.is_empty();
        self.newlines + 1 + u32::from(opens_line)
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(index) = rest.bytes().position(needs_escape) {
        let (before, after) = rest.split_at(index);
        out.push_str(before);
        let mut characters = after.chars();
        if let Some(character) = characters.next() {
            push_escape(out, character);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn needs_escape(byte: u8) -> bool {
    matches!(byte, 0..0x20 | b'"' | b'\\' | 0x7f) || may_begin_invisible(byte)
}

fn push_escape(out: &mut String, character: char) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        _ if !character.is_ascii() && !is_invisible(character) => out.push(character),
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = u32::from(*unit >> shift) & 0xf;
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
        }
    }
}
