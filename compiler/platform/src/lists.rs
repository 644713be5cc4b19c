//! Numbers by key: many short lists that share one run of memory, so that none of them costs an allocation.

use std::hash::Hash;

use rustc_hash::FxHashMap;

const END: u32 = u32::MAX;

/// Lists of numbers, each under a key and in the order in which they came.
#[derive(Clone, Debug)]
pub struct Lists<K> {
    ends: FxHashMap<K, Ends>,
    links: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
    count: u32,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    value: u32,
    next: u32,
}

impl<K> Default for Lists<K> {
    fn default() -> Lists<K> {
        Lists { ends: FxHashMap::default(), links: Vec::new() }
    }
}

impl<K: Hash + Eq> Lists<K> {
    /// None so far, with room for as many numbers.
    pub fn with_room(count: usize) -> Lists<K> {
        let mut lists = Lists { ends: FxHashMap::default(), links: Vec::with_capacity(count) };
        lists.ends.reserve(count);
        lists
    }

    /// Puts a number at the end of the list of a key.
    pub fn push(&mut self, key: K, value: usize) {
        let own = self.links.len() as u32;
        self.links.push(Link { value: value as u32, next: END });
        let ends = self.ends.entry(key).or_insert(Ends { first: own, last: own, count: 0 });
        if ends.count > 0
            && let Some(last) = self.links.get_mut(ends.last as usize)
        {
            last.next = own;
        }
        (ends.last, ends.count) = (own, ends.count + 1);
    }

    /// The list of a key, which is empty where there is none.
    pub fn of(&self, key: &K) -> List<'_> {
        let found = self.ends.get(key);
        let (next, count) = found.map_or((END, 0), |ends| (ends.first, ends.count));
        List { links: &self.links, next, count }
    }

    /// The keys, and how many numbers each has, in no order.
    pub fn counts(&self) -> impl Iterator<Item = (&K, usize)> {
        self.ends.iter().map(|(key, ends)| (key, ends.count as usize))
    }

    /// The keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.ends.keys()
    }
}

/// The numbers of a key.
#[derive(Clone, Copy, Debug)]
pub struct List<'l> {
    links: &'l [Link],
    next: u32,
    count: u32,
}

impl Iterator for List<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let link = self.links.get(self.next as usize)?;
        self.next = link.next;
        self.count -= 1;
        Some(link.value as usize)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.count as usize, Some(self.count as usize))
    }
}

impl ExactSizeIterator for List<'_> {}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn keeps_the_order_of_each_key() {
        let mut lists = Lists::with_room(4);
        for (key, value) in [("a", 3), ("b", 1), ("a", 2), ("a", 7)] {
            lists.push(key, value);
        }
        assert_eq!(lists.of(&"a").collect::<Vec<_>>(), [3, 2, 7]);
        assert_eq!(lists.of(&"b").len(), 1);
        assert_eq!(lists.of(&"c").len(), 0);
    }
}
