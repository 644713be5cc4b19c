//! A list or map of YAML that has begun and not ended.
//!
//! Knows entries, merge keys and where a collection ends; must not know the parser's events.

use granit_parser::StructureStyle;

use super::anchors::Size;
use crate::datum::{Datum, DatumKind, Key, TextRange};
use crate::error::ReadError;
use crate::read::entries::Entries;

pub(super) struct Frame {
    /// Where the collection begins.
    pub(super) range: TextRange,
    style: StructureStyle,
    /// The number of its anchor, zero if there is none.
    pub(super) anchor: usize,
    pub(super) size: Size,
    /// Where the last value in it ended so far.
    end: u32,
    content: Content,
}

enum Content {
    List(Vec<Datum>),
    Map(Map),
}

struct Map {
    slot: Slot,
    entries: Entries,
    merge: Option<Merge>,
}

/// What the next value of a map is for.
pub(super) enum Slot {
    /// It is a key.
    Empty,
    /// It is the value of this key.
    Key(Key),
    /// It is what the `<<` here merges.
    Merge(TextRange),
    /// Its key is wrong, and has been reported.
    Ignored,
}

/// `<<` and its value.
struct Merge {
    key: TextRange,
    /// How many entries precede it.
    position: usize,
    value: Datum,
}

impl Frame {
    pub(super) fn list(range: TextRange, style: StructureStyle, anchor: usize) -> Frame {
        Frame::new(range, style, anchor, Content::List(Vec::new()))
    }

    pub(super) fn map(range: TextRange, style: StructureStyle, anchor: usize) -> Frame {
        let map = Map { slot: Slot::Empty, entries: Entries::default(), merge: None };
        Frame::new(range, style, anchor, Content::Map(map))
    }

    fn new(range: TextRange, style: StructureStyle, anchor: usize, content: Content) -> Frame {
        Frame { range, style, anchor, size: Size::EMPTY, end: range.end, content }
    }

    pub(super) fn expects_key(&self) -> bool {
        matches!(&self.content, Content::Map(Map { slot: Slot::Empty, .. }))
    }

    /// Where the key is whose value comes next.
    pub(super) fn key_range(&self) -> Option<TextRange> {
        match &self.content {
            Content::Map(Map { slot: Slot::Key(Key { range, .. }) | Slot::Merge(range), .. }) => Some(*range),
            _ => None,
        }
    }

    pub(super) fn fill_slot(&mut self, slot: Slot) {
        if let Content::Map(map) = &mut self.content {
            map.slot = slot;
        }
    }

    /// Adds a value; `written` is where it stands, which for an alias is the alias.
    pub(super) fn add(
        &mut self,
        datum: Datum,
        written: TextRange,
        size: Size,
        text: &str,
        errors: &mut Vec<ReadError>,
    ) {
        self.size.add(size);
        self.end = self.end.max(written.end);
        match &mut self.content {
            Content::List(items) => items.push(datum),
            Content::Map(map) => map.add(datum, text, errors),
        }
    }

    /// The finished value. `end` is where the parser saw its end, which for a collection without
    /// brackets is where the next thing begins.
    pub(super) fn into_datum(self, end: TextRange, errors: &mut Vec<ReadError>) -> Datum {
        let range = TextRange {
            start: self.range.start,
            end: match self.style {
                StructureStyle::Flow => end.end.max(self.range.end),
                StructureStyle::Block => self.end,
            },
        };
        let kind = match self.content {
            Content::List(items) => DatumKind::List(items),
            Content::Map(map) => DatumKind::Map(map.into_entries(errors)),
        };
        Datum { kind, range }
    }
}

impl Map {
    fn add(&mut self, datum: Datum, text: &str, errors: &mut Vec<ReadError>) {
        match std::mem::replace(&mut self.slot, Slot::Empty) {
            Slot::Empty => self.slot = slot_of(datum, text, errors),
            Slot::Ignored => {}
            Slot::Key(key) => {
                if let Err((key, first)) = self.entries.insert(key, datum) {
                    let error = ReadError::duplicate_key(&key.text, key.range, first.range);
                    errors.push(error);
                }
            }
            Slot::Merge(key) => match &self.merge {
                Some(first) => errors.push(ReadError::duplicate_key("<<", key, first.key)),
                None => {
                    self.merge = Some(Merge { key, position: self.entries.len(), value: datum });
                }
            },
        }
    }

    /// The entries, with those of `<<` in its place. An entry of the map itself goes before a merged
    /// one, and of several merged maps the first goes before the others.
    fn into_entries(self, errors: &mut Vec<ReadError>) -> Vec<(Key, Datum)> {
        let Some(merge) = self.merge else {
            return self.entries.into_vec();
        };
        let mut merged = Entries::default();
        for (key, value) in merged_entries(merge.value, merge.key, errors) {
            if self.entries.get(&key.text).is_none() {
                // That an earlier map has the key already is what merging is for.
                let _ = merged.insert(key, value);
            }
        }
        let mut entries = self.entries.into_vec();
        let position = merge.position.min(entries.len());
        entries.splice(position..position, merged.into_vec());
        entries
    }
}

/// The entries that a `<<` at `key` takes from its value, in order of precedence.
fn merged_entries(value: Datum, key: TextRange, errors: &mut Vec<ReadError>) -> Vec<(Key, Datum)> {
    match value.kind {
        DatumKind::Map(entries) => entries,
        DatumKind::List(items) => items
            .into_iter()
            .flat_map(|item| match item.kind {
                DatumKind::Map(entries) => entries,
                other => refuse_merge(&other, item.range, errors),
            })
            .collect(),
        other => refuse_merge(&other, key, errors),
    }
}

fn refuse_merge(kind: &DatumKind, range: TextRange, errors: &mut Vec<ReadError>) -> Vec<(Key, Datum)> {
    let message = format!("`<<` takes in maps, and this is {}", kind.noun());
    errors.push(ReadError::new(range, message));
    Vec::new()
}

/// What a value means that stands where a key is expected: one with an anchor, an alias, or none.
fn slot_of(datum: Datum, text: &str, errors: &mut Vec<ReadError>) -> Slot {
    let spelled = datum.range.slice(text);
    let text = match &datum.kind {
        DatumKind::Text(text) => text.clone(),
        DatumKind::List(_) | DatumKind::Map(_) => {
            let message = format!("a key has to be text, and this is {}", datum.kind.noun());
            errors.push(ReadError::new(datum.range, message));
            return Slot::Ignored;
        }
        _ if spelled.is_empty() => {
            errors.push(ReadError::new(datum.range, "the entry has no key"));
            return Slot::Ignored;
        }
        _ => spelled.into(),
    };
    Slot::Key(Key { text, range: datum.range })
}
