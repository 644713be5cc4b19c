//! JSON as RFC 8259 has it, and nothing beside: no comments, no trailing commas, no duplicate keys.
//!
//! Knows the grammar of JSON; must not know what the data is for. Nesting is recursion, which the
//! depth limit bounds.

mod lexeme;

use std::sync::Arc;

use super::entries::Entries;
use crate::datum::{Datum, DatumKind, Document, Key, TextRange};
use crate::error::{ReadError, shown};
use crate::limits::{Budget, Limits};

/// Reads the one document of a JSON text.
pub(super) fn read(text: &str, limits: Limits) -> Result<Vec<Document>, Vec<ReadError>> {
    let mut reader = Reader {
        text,
        // A mark of the byte order may be ignored, and files from Windows begin with one.
        position: if text.starts_with('\u{feff}') { 3 } else { 0 },
        limits,
        budget: Budget::new(limits),
        depth: 0,
        duplicates: Vec::new(),
    };
    let root = reader.document();
    let mut errors = reader.duplicates;
    match root {
        Ok(root) if errors.is_empty() => return Ok(vec![Document { root }]),
        Ok(_) => {}
        Err(error) => errors.push(error),
    }
    Err(errors)
}

struct Reader<'t> {
    text: &'t str,
    position: usize,
    limits: Limits,
    budget: Budget,
    depth: usize,
    /// Keys given twice do not stop the reading, so that all of them are reported at once.
    duplicates: Vec<ReadError>,
}

type Parsed<T> = Result<T, ReadError>;

/// More duplicate keys than this help nobody.
const MOST_DUPLICATES: usize = 100;

impl Reader<'_> {
    fn document(&mut self) -> Parsed<Datum> {
        let root = self.value()?;
        self.skip_blanks();
        match self.peek() {
            None => Ok(root),
            Some(_) => Err(self.unexpected("the end of the file")),
        }
    }

    fn value(&mut self) -> Parsed<Datum> {
        self.skip_blanks();
        let start = self.position;
        if self.budget.charge(1).is_err() {
            let range = TextRange::new(start, start + 1);
            return Err(ReadError::too_many_values(range, self.limits));
        }
        let kind = match self.peek() {
            Some(b'{') => self.nested(Reader::map)?,
            Some(b'[') => self.nested(Reader::list)?,
            Some(b'"') => DatumKind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        let range = TextRange::new(start, self.position);
        Ok(Datum { kind, range })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<DatumKind>) -> Parsed<DatumKind> {
        if self.depth >= self.limits.depth {
            let range = TextRange::new(self.position, self.position + 1);
            return Err(ReadError::nested_too_deeply(range, self.limits));
        }
        self.depth += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn list(&mut self) -> Parsed<DatumKind> {
        let open = self.position;
        self.position += 1;
        let mut items = Vec::new();
        if self.take_after_blanks(b']') {
            return Ok(DatumKind::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.ends(b']', open, "list")? {
                return Ok(DatumKind::List(items));
            }
        }
    }

    fn map(&mut self) -> Parsed<DatumKind> {
        let open = self.position;
        self.position += 1;
        let mut entries = Entries::default();
        if self.take_after_blanks(b'}') {
            return Ok(DatumKind::Map(Vec::new()));
        }
        loop {
            let key = self.key()?;
            let value = self.value()?;
            if let Err((key, first)) = entries.insert(key, value)
                && self.duplicates.len() < MOST_DUPLICATES
            {
                let error = ReadError::duplicate_key(&key.text, key.range, first.range);
                self.duplicates.push(error);
            }
            if self.ends(b'}', open, "map")? {
                return Ok(DatumKind::Map(entries.into_vec()));
            }
        }
    }

    fn key(&mut self) -> Parsed<Key> {
        self.skip_blanks();
        let start = self.position;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        let text = self.string()?;
        let range = TextRange::new(start, self.position);
        if !self.take_after_blanks(b':') {
            return Err(self.unexpected("`:` after the key"));
        }
        Ok(Key { text, range })
    }

    /// Whether the collection that was opened at `open` ends here; if not, another entry follows.
    fn ends(&mut self, bracket: u8, open: usize, noun: &str) -> Parsed<bool> {
        if self.take_after_blanks(bracket) {
            return Ok(true);
        }
        let comma = self.position;
        if !self.take_after_blanks(b',') {
            let expected = format!("`,` or `{}`", char::from(bracket));
            let error = self.unexpected(&expected);
            let note = format!("the {noun} begins here");
            return Err(error.with_related(TextRange::new(open, open + 1), note));
        }
        self.skip_blanks();
        if self.peek() == Some(bracket) {
            let range = TextRange::new(comma, comma + 1);
            let message = format!("JSON allows no comma after the last entry of a {noun}");
            return Err(ReadError::new(range, message).with_help("remove the comma"));
        }
        Ok(false)
    }

    fn word(&mut self) -> Parsed<DatumKind> {
        let kind = match self.word_here() {
            "null" => DatumKind::Null,
            "true" => DatumKind::Bool(true),
            "false" => DatumKind::Bool(false),
            _ => return Err(self.unexpected("a value")),
        };
        self.position += self.word_here().len();
        Ok(kind)
    }

    fn number(&mut self) -> Parsed<DatumKind> {
        let start = self.position;
        let length = lexeme::number_length(self.rest());
        self.position += length;
        // What sticks to the number belongs to what the user meant to write.
        let written = &self.text.get(start..).unwrap_or_default();
        let written = lexeme::word(written);
        let range = TextRange::new(start, start + written.len().max(1));
        if length == 0 || written.len() > length {
            let message = format!("`{}` is not a number of JSON", shown(written));
            return Err(ReadError::new(range, message));
        }
        let too_large = || {
            let message = format!("the number `{}` is too large", shown(written));
            ReadError::new(range, message)
        };
        if !written.contains(['.', 'e', 'E']) {
            let value = written.parse().map_err(|_| too_large())?;
            return Ok(DatumKind::Int(value));
        }
        match written.parse() {
            Ok(value) if f64::is_finite(value) => Ok(DatumKind::Float(value)),
            _ => Err(too_large()),
        }
    }

    fn string(&mut self) -> Parsed<Arc<str>> {
        let start = self.position;
        let (text, length) = lexeme::string(self.rest()).map_err(|problem| {
            let range = TextRange::new(start + problem.start, start + problem.end);
            ReadError::new(range, problem.message)
        })?;
        self.position += length;
        Ok(text)
    }

    /// The error that something else than `expected` stands here.
    fn unexpected(&self, expected: &str) -> ReadError {
        let rest = self.rest();
        let word = self.word_here();
        let length = match rest.chars().next() {
            Some(character) => word.len().max(character.len_utf8()),
            None => 0,
        };
        let range = TextRange::new(self.position, self.position + length);
        let found = match rest.get(..length) {
            None | Some("") => "the end of the file".to_owned(),
            Some(found) => format!("`{}`", shown(found)),
        };
        let error = ReadError::new(range, format!("expected {expected}, found {found}"));
        match rest.as_bytes() {
            [b'/', b'/' | b'*', ..] | [b'#', ..] => error.with_help("JSON has no comments"),
            [b'\'', ..] => error.with_help("use double quotes"),
            _ => error,
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn word_here(&self) -> &str {
        lexeme::word(self.rest())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.position += 1;
        }
    }

    fn take_after_blanks(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }
}
