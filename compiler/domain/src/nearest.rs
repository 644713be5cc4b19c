//! What a misspelled word was probably meant to be. Knows texts only.

use std::cmp::{Ordering, Reverse};

use crate::natural_cmp;

/// The candidate that was probably meant by the word, if one is near enough.
///
/// The distance counts inserted, left out, replaced and swapped characters without regard to case; words that differ in
/// case, hyphens and underscores only are always near. A word of up to four characters may be 1 away, a longer one 2, and
/// none more than a third of its length. Of several, the one at the least distance wins, then the one with the longer
/// common beginning, then the first in natural order. The word itself is never an answer.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Word::new(word);
    let limit = if wanted.characters.len() <= 4 { 1 } else { 2 }.min(wanted.characters.len() / 3);
    let mut best: Option<((usize, Reverse<usize>), &str)> = None;
    let letters = Letters::of(word);
    for candidate in candidates.into_iter().filter(|candidate| *candidate != word) {
        if letters.edits_to(Letters::of(candidate)) > limit {
            continue;
        }
        let farthest = best.as_ref().map_or(limit, |((distance, _), _)| *distance);
        let offered = Word::new(candidate);
        let Some(distance) = wanted.distance_to(&offered, farthest) else {
            continue;
        };
        let rank = (distance, Reverse(wanted.common_beginning(&offered)));
        let is_better = best.as_ref().is_none_or(|(best_rank, best_candidate)| {
            rank.cmp(best_rank).then_with(|| natural_cmp(candidate, best_candidate)) == Ordering::Less
        });
        if is_better {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters occur in a word, without regard to case and joints: enough to see quickly that most words are far from
/// each other.
#[derive(Clone, Copy)]
struct Letters(Option<u64>);

impl Letters {
    /// Those of a word of ASCII; of others nothing is known.
    fn of(word: &str) -> Self {
        let bit = |byte: u8| if is_joint(char::from(byte)) { 0 } else { 1 << (byte.to_ascii_lowercase() % 64) };
        Self(word.is_ascii().then(|| word.bytes().fold(0, |letters, byte| letters | bit(byte))))
    }

    /// No fewer edits lead from one word to the other: an edit takes one letter away and brings another.
    fn edits_to(self, other: Self) -> usize {
        match (self.0, other.0) {
            (Some(one), Some(other)) => (one & !other).count_ones().max((other & !one).count_ones()) as usize,
            _ => 0,
        }
    }
}

struct Word {
    characters: Vec<char>,
    has_joints: bool,
}

impl Word {
    fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let has_joints = characters.iter().any(|character| is_joint(*character));
        Self { characters, has_joints }
    }

    /// The distance, unless it is over the limit.
    fn distance_to(&self, other: &Self, limit: usize) -> Option<usize> {
        if (self.has_joints || other.has_joints) && self.without_joints().eq(other.without_joints()) {
            return Some(0);
        }
        let difference = self.characters.len().abs_diff(other.characters.len());
        if difference > limit { None } else { distance(&self.characters, &other.characters, limit) }
    }

    fn common_beginning(&self, other: &Self) -> usize {
        self.characters.iter().zip(&other.characters).take_while(|(one, other)| one == other).count()
    }

    fn without_joints(&self) -> impl Iterator<Item = char> {
        self.characters.iter().copied().filter(|character| !is_joint(*character))
    }
}

fn is_joint(character: char) -> bool {
    matches!(character, '-' | '_')
}

/// The number of edits (insertions, deletions, replacements and swaps of neighbours) from one text to the other, unless it
/// is over the limit. Of the table, which has a row for each character of the first text, two rows are kept.
fn distance(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for character in one {
        let row = next_row(&before_last, &last, (previous, *character), other);
        let is_over = |row: &[usize]| row.iter().all(|distance| *distance > limit);
        if is_over(&row) && is_over(&last) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
        previous = Some(*character);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

/// The distances from the first text up to its second character of the pair to every beginning of the other text, out of
/// the same for the two shorter beginnings.
fn next_row(before_last: &[usize], last: &[usize], pair: (Option<char>, char), other: &[char]) -> Vec<usize> {
    let (previous, character) = pair;
    let mut left = last.first().map_or(0, |first| first + 1);
    let mut row = Vec::with_capacity(last.len());
    row.push(left);
    // Two columns to the left, two rows up: where a swap comes from.
    let mut swap_origins = std::iter::once(None).chain(before_last.iter().map(Some));
    let mut previous_other = None;
    for (above, other_character) in last.windows(2).zip(other) {
        let (diagonal, above) = if let [diagonal, above] = above { (*diagonal, *above) } else { (left, left) };
        left = (diagonal + usize::from(character != *other_character)).min(left + 1).min(above + 1);
        let is_swapped = previous == Some(*other_character) && previous_other == Some(character);
        if let Some(origin) = swap_origins.next().flatten().filter(|_| is_swapped) {
            left = left.min(origin + 1);
        }
        row.push(left);
        previous_other = Some(*other_character);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, candidates: &str, expected: Option<&str>) {
        assert_eq!(nearest(word, candidates.split(' ')), expected, "`{word}` among `{candidates}`");
    }

    #[test]
    fn suggestions() {
        check("replcas", "replicas resources image", Some("replicas"));
        check("prot", "port ports host", Some("port"));
        check("imgae", "image images", Some("image"));
        check("Replicas", "replicas", Some("replicas"));
        check("replaceKubeProxy", "replace-kube-proxy", Some("replace-kube-proxy"));
        check("cpus", "cpu cpus", Some("cpu"));
        check("environmnt", "environment env", Some("environment"));
        check("host", "post hosts most", Some("hosts"));
        check("node1x", "node10 node2x node12", Some("node10"));
        check("node3", "node10 node2", Some("node2"));
    }

    #[test]
    fn no_suggestion() {
        check("memory", "cpu image replicas", None);
        check("ab", "ac", None);
        check("port", "part-time", None);
        check("xyz", "", None);
        check("", "a", None);
        check("image", "image", None);
        check("cpu", "gpus", None);
    }

    #[test]
    fn distances() {
        let measure = |one: &str, other: &str| {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&characters(one), &characters(other), 9)
        };
        assert_eq!(measure("kitten", "sitting"), Some(3));
        assert_eq!(measure("ab", "ba"), Some(1));
        assert_eq!(measure("", "abc"), Some(3));
        assert_eq!(measure("abc", ""), Some(3));
        assert_eq!(measure("same", "same"), Some(0));
    }
}
