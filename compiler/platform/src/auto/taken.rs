//! A set of numbers as ranges: of addresses or ports that somebody has.

use std::collections::BTreeMap;

/// Ranges by their first number, none of which touch.
#[derive(Clone, Debug, Default)]
pub struct Taken(BTreeMap<u128, u128>);

impl Taken {
    /// Adds all numbers from one to another, and says how many of them are new.
    pub fn add(&mut self, first: u128, last: u128) -> u128 {
        let (mut from, mut to) = (first, last);
        let mut known = 0_u128;
        // Ranges that overlap or touch become one.
        while let Some((start, end)) = self.last_up_to(to.saturating_add(1)).filter(|(_, end)| touches(*end, from)) {
            self.0.remove(&start);
            known = known.saturating_add(common((start, end), (first, last)));
            (from, to) = (from.min(start), to.max(end));
        }
        self.0.insert(from, to);
        count(first, last).saturating_sub(known)
    }

    /// The first number from one to another that is free.
    pub fn first_free(&self, first: u128, last: u128) -> Option<u128> {
        let free = match self.last_up_to(first) {
            Some((_, end)) if end >= first => end.checked_add(1)?,
            _ => first,
        };
        (free <= last).then_some(free)
    }

    /// The last number from one to another that is free.
    pub fn last_free(&self, first: u128, last: u128) -> Option<u128> {
        let free = match self.last_up_to(last) {
            Some((start, end)) if end >= last => start.checked_sub(1)?,
            _ => last,
        };
        (free >= first && free <= last).then_some(free)
    }

    /// The first of the blocks of a size, from one number to another, of which everything is free.
    pub fn first_block(&self, first: u128, last: u128, size: u128) -> Option<u128> {
        let mut block = first;
        loop {
            let end = block.checked_add(size - 1).filter(|end| *end <= last)?;
            match self.last_up_to(end) {
                Some((_, taken)) if taken >= block => block = taken.checked_add(1)?.checked_next_multiple_of(size)?,
                _ => return Some(block),
            }
        }
    }

    /// The last range that begins at a number or before it.
    fn last_up_to(&self, number: u128) -> Option<(u128, u128)> {
        self.0.range(..=number).next_back().map(|(start, end)| (*start, *end))
    }
}

fn touches(end: u128, from: u128) -> bool {
    end.saturating_add(1) >= from
}

fn count(first: u128, last: u128) -> u128 {
    (last - first).saturating_add(1)
}

fn common(one: (u128, u128), other: (u128, u128)) -> u128 {
    let (first, last) = (one.0.max(other.0), one.1.min(other.1));
    if first <= last { count(first, last) } else { 0 }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_the_set_of_its_numbers(ranges in prop::collection::vec((0_u128..60, 0_u128..12), 0..12), size in 1_u128..5) {
            let mut taken = Taken::default();
            let mut known = BTreeSet::new();
            for (first, length) in ranges {
                let new = (first..=first + length).filter(|number| known.insert(*number)).count();
                prop_assert_eq!(taken.add(first, first + length), new as u128);
            }
            let free = |number: &u128| !known.contains(number);
            for start in 0..70 {
                prop_assert_eq!(taken.first_free(start, 70), (start..=70).find(free));
                prop_assert_eq!(taken.last_free(3, start.max(3)), (3..=start.max(3)).rev().find(free));
            }
            let blocks = (0..).map(|number| number * size).take_while(|block| block + size - 1 <= 70);
            let first = blocks.into_iter().find(|block| (*block..block + size).all(|number| free(&number)));
            prop_assert_eq!(taken.first_block(0, 70, size), first);
        }
    }
}
