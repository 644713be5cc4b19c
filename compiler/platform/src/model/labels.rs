//! Labels and annotations.

use std::collections::BTreeMap;

use super::{Long, Text};

/// Annotations.
pub type Annotations = BTreeMap<Long, Long>;

/// Labels, by the order of their keys. They are few, so looking at each is the fastest way to find one.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Labels(Vec<(Text, Text)>);

impl Labels {
    /// None.
    pub const NONE: Labels = Labels(Vec::new());

    /// The value of a key.
    pub fn get(&self, key: &Text) -> Option<&Text> {
        self.0.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// The value of a key that is known by its text.
    pub fn named(&self, key: &str) -> Option<&Text> {
        self.0.iter().find(|(own, _)| own.as_str() == key).map(|(_, value)| value)
    }

    /// Whether there is such a key.
    pub fn contains_key(&self, key: &Text) -> bool {
        self.get(key).is_some()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Keys and values.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &Text)> + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Sets the value of a key that has none.
    pub fn or_insert(&mut self, key: Text, value: Text) {
        if !self.contains_key(&key) {
            self.insert(key, value);
        }
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: Text, value: Text) {
        match self.0.binary_search_by(|(own, _)| own.cmp(&key)) {
            Ok(place) => {
                if let Some(of) = self.0.get_mut(place) {
                    of.1 = value;
                }
            }
            Err(place) => self.0.insert(place, (key, value)),
        }
    }
}

impl FromIterator<(Text, Text)> for Labels {
    fn from_iter<I: IntoIterator<Item = (Text, Text)>>(of: I) -> Labels {
        let mut labels = Labels::default();
        of.into_iter().for_each(|(key, value)| labels.insert(key, value));
        labels
    }
}

impl Extend<(Text, Text)> for Labels {
    fn extend<I: IntoIterator<Item = (Text, Text)>>(&mut self, of: I) {
        of.into_iter().for_each(|(key, value)| self.insert(key, value));
    }
}

impl<const N: usize> From<[(Text, Text); N]> for Labels {
    fn from(of: [(Text, Text); N]) -> Labels {
        of.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Labels {
    type Item = (&'a Text, &'a Text);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (Text, Text)>, fn(&'a (Text, Text)) -> (&'a Text, &'a Text)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}
