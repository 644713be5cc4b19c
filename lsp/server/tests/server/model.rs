//! A document as an editor keeps it: units of UTF-16 and lines, written without a look at how the server does it.

use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Model {
    units: Vec<u16>,
}

impl Model {
    pub fn new(text: &str) -> Self {
        Self { units: text.encode_utf16().collect() }
    }

    pub fn text(&self) -> String {
        String::from_utf16(&self.units).unwrap()
    }

    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// The line and the column of a unit.
    pub fn position(&self, unit: usize) -> (usize, usize) {
        let (mut line, mut start) = (0, 0);
        let mut at = 0;
        while at < unit {
            let next = self.units.get(at + 1).copied();
            match self.units[at] {
                10 => (line, start) = (line + 1, at + 1),
                13 if next == Some(10) && at + 1 < unit => {
                    (line, start) = (line + 1, at + 2);
                    at += 1;
                }
                13 if next == Some(10) => {}
                13 => (line, start) = (line + 1, at + 1),
                _ => {}
            }
            at += 1;
        }
        (line, unit - start)
    }

    /// The nearest unit before this one where a character begins and no end of a line is cut in two.
    pub fn boundary(&self, unit: usize) -> usize {
        let mut at = unit.min(self.units.len());
        while at > 0 && at < self.units.len() {
            let inside_character = (0xDC00..0xE000).contains(&self.units[at]);
            let inside_end = self.units[at] == 10 && self.units[at - 1] == 13;
            if !inside_character && !inside_end {
                break;
            }
            at -= 1;
        }
        at
    }

    /// Replaces units, and says how the protocol says so.
    pub fn replace(&mut self, start: usize, end: usize, text: &str) -> Value {
        let (start, end) = (self.boundary(start), self.boundary(end));
        let (start, end) = (start.min(end), start.max(end));
        let range = json!({ "start": self.place(start), "end": self.place(end) });
        self.units.splice(start..end, text.encode_utf16());
        json!({ "range": range, "text": text })
    }

    /// A position as the protocol has it.
    pub fn place(&self, unit: usize) -> Value {
        let (line, character) = self.position(unit);
        json!({ "line": line, "character": character })
    }
}
