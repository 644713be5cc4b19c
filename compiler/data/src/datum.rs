//! What was read: plain data in which every key and every value knows its place in the text.
//!
//! Knows nothing of the format it came from; must not know how it is read.

use std::sync::Arc;

use crate::write::Sink;

/// A half-open range of bytes in the text that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextRange {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl TextRange {
    /// The range from `start` up to but not including `end`.
    ///
    /// Offsets beyond 4 GiB do not occur, because [`Limits`](crate::Limits) refuses such texts;
    /// they would saturate.
    #[must_use]
    pub fn new(start: usize, end: usize) -> TextRange {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        TextRange { start: narrow(start), end: narrow(end) }
    }

    /// The part of `text` that lies in the range; empty where the range does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// One document of a file. JSON and TOML files hold exactly one, YAML files any number.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The outermost value; an empty YAML document between two `---` is null.
    pub root: Datum,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Datum {
    /// The value.
    pub kind: DatumKind,
    /// Where it is written. A value that came through a YAML alias has the place where its anchor
    /// wrote it; a null that is not written at all has the place of its key or an empty one.
    pub range: TextRange,
}

/// The values that JSON, YAML and TOML share.
#[derive(Clone, Debug, PartialEq)]
pub enum DatumKind {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number, exact. What does not fit is refused when reading.
    Int(i128),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Text; also a date or time of TOML, as it was written.
    Text(Arc<str>),
    /// Values in order.
    List(Vec<Datum>),
    /// Entries in the order they were written, no two of one key.
    Map(Vec<(Key, Datum)>),
}

/// The key of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key itself. A YAML key that is a number or a truth value is taken as it is spelled.
    pub text: Arc<str>,
    /// Where it is written.
    pub range: TextRange,
}

impl Datum {
    /// The value of the entry called `key`, if this is a map that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Datum> {
        match &self.kind {
            DatumKind::Map(entries) => {
                entries.iter().find(|(candidate, _)| &*candidate.text == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Pushes the value into `sink`.
    ///
    /// Recursion is bounded by the depth limit under which the value was read.
    pub fn write_to(&self, sink: &mut impl Sink) {
        match &self.kind {
            DatumKind::Null => sink.null(),
            DatumKind::Bool(value) => sink.bool(*value),
            DatumKind::Int(value) => sink.int(*value),
            DatumKind::Float(value) => sink.float(*value),
            DatumKind::Text(value) => sink.text(value),
            DatumKind::List(items) => {
                sink.list_start();
                items.iter().for_each(|item| item.write_to(sink));
                sink.list_end();
            }
            DatumKind::Map(entries) => {
                sink.map_start();
                for (key, value) in entries {
                    sink.key(&key.text);
                    value.write_to(sink);
                }
                sink.map_end();
            }
        }
    }
}

impl DatumKind {
    /// What a person calls this kind of value, with its article.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            DatumKind::Null => "null",
            DatumKind::Bool(_) => "a truth value",
            DatumKind::Int(_) | DatumKind::Float(_) => "a number",
            DatumKind::Text(_) => "text",
            DatumKind::List(_) => "a list",
            DatumKind::Map(_) => "a map",
        }
    }
}
