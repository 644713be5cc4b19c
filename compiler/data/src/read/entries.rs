//! The entries of one map while it is read: in order, each key once.
//!
//! Knows keys and places; must not know the format.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::datum::{Datum, Key};

/// Entries under construction.
#[derive(Default)]
pub(in crate::read) struct Entries {
    entries: Vec<(Key, Datum)>,
    /// Where each key is, once there are too many to look through.
    places: BTreeMap<Arc<str>, usize>,
}

/// Up to this many entries, comparing with each is faster than a search.
const FEW: usize = 12;

impl Entries {
    /// The entry with this key.
    pub(in crate::read) fn get(&self, key: &str) -> Option<&(Key, Datum)> {
        if self.entries.len() <= FEW {
            return self.entries.iter().find(|(it, _)| &*it.text == key);
        }
        self.entries.get(*self.places.get(key)?)
    }

    /// Adds an entry, or gives back its key and the key that is already there.
    pub(in crate::read) fn insert(&mut self, key: Key, value: Datum) -> Result<(), (Key, Key)> {
        if let Some((first, _)) = self.get(&key.text) {
            return Err((key, first.clone()));
        }
        let place = self.entries.len();
        self.entries.push((key, value));
        if place == FEW {
            self.places = self.entries.iter().zip(0..).map(place_of).collect();
        } else if place > FEW {
            self.places.extend(self.entries.last().map(|it| place_of((it, place))));
        }
        Ok(())
    }

    pub(in crate::read) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(in crate::read) fn into_vec(self) -> Vec<(Key, Datum)> {
        self.entries
    }
}

fn place_of(((key, _), place): (&(Key, Datum), usize)) -> (Arc<str>, usize) {
    (key.text.clone(), place)
}

#[cfg(test)]
mod tests {
    use super::Entries;
    use crate::datum::{Datum, DatumKind, Key, TextRange};

    fn null_at(place: TextRange) -> Datum {
        Datum { kind: DatumKind::Null, range: place }
    }

    #[test]
    fn a_key_is_found_among_few_and_among_many() {
        let mut entries = Entries::default();
        for number in 0..100 {
            let range = TextRange::new(number, number);
            let key = || Key { text: number.to_string().into(), range };
            assert!(entries.insert(key(), null_at(range)).is_ok(), "{number}");
            for earlier in 0..=number {
                let found = entries.get(&earlier.to_string()).map(|(key, _)| key.range);
                assert_eq!(found, Some(TextRange::new(earlier, earlier)));
            }
            let again = entries.insert(key(), null_at(range));
            assert_eq!(again, Err((key(), key())), "{number}");
        }
        assert_eq!(entries.into_vec().len(), 100);
    }
}
