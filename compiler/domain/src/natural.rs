//! The order of names that contain numbers. Knows texts only.

use std::cmp::Ordering;

/// Compares texts as people do: runs of decimal digits by their number, everything else by character, so that `host-2`
/// stands before `host-10`. Texts that differ only in leading zeros are compared as plain texts; only equal texts are
/// equal.
pub fn natural_cmp(one: &str, other: &str) -> Ordering {
    if differ_in_a_number(one.as_bytes(), other.as_bytes()) { by_chunks(one, other) } else { one.cmp(other) }
}

/// Whether the first difference of two texts is in a run of digits, or ends one.
fn differ_in_a_number(one: &[u8], other: &[u8]) -> bool {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let is_digit = |text: &[u8], at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    match (is_digit(one, same), is_digit(other, same)) {
        (true, true) => true,
        (false, false) => false,
        _ => same.checked_sub(1).is_some_and(|before| is_digit(one, before)),
    }
}

fn by_chunks(one: &str, other: &str) -> Ordering {
    let (mut rest, mut other_rest) = (one, other);
    loop {
        let (chunk, next) = first_chunk(rest);
        let (other_chunk, other_next) = first_chunk(other_rest);
        if chunk.is_empty() || other_chunk.is_empty() {
            return chunk.len().cmp(&other_chunk.len()).then_with(|| one.cmp(other));
        }
        match compare_chunks(chunk, other_chunk) {
            Ordering::Equal => (rest, other_rest) = (next, other_next),
            order => return order,
        }
    }
}

/// A run of digits or a single character; empty only at the end.
fn first_chunk(text: &str) -> (&str, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = if digits > 0 { digits } else { text.chars().next().map_or(0, char::len_utf8) };
    text.split_at_checked(length).unwrap_or((text, ""))
}

fn compare_chunks(one: &str, other: &str) -> Ordering {
    let is_number = |chunk: &str| chunk.starts_with(|first: char| first.is_ascii_digit());
    if is_number(one) && is_number(other) {
        let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
        return one.len().cmp(&other.len()).then_with(|| one.cmp(other));
    }
    one.cmp(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ascending: &[&str]) {
        for (place, one) in ascending.iter().enumerate() {
            for (other_place, other) in ascending.iter().enumerate() {
                assert_eq!(natural_cmp(one, other), place.cmp(&other_place), "`{one}` to `{other}`");
            }
        }
    }

    #[test]
    fn order() {
        check(&["", "host", "host-1", "host-2", "host-2a", "host-10", "host-a", "hosts"]);
        check(&["a01", "a1", "a1b", "a02", "a2", "a99999999999999999999998", "a99999999999999999999999"]);
        check(&["1", "9", "10", "a", "\u{e9}"]);
    }

    #[test]
    fn a_quick_look_decides_alike() {
        let letters = ['a', '-', '0', '1', '9', '\u{e9}'];
        let mut texts = vec![String::new()];
        for length in 0..4 {
            let longer = texts.iter().filter(|text| text.chars().count() == length);
            let longer: Vec<String> = longer.flat_map(|text| letters.map(|letter| format!("{text}{letter}"))).collect();
            texts.extend(longer);
        }
        for one in texts.iter().step_by(3) {
            for other in &texts {
                assert_eq!(natural_cmp(one, other), by_chunks(one, other), "`{one}` to `{other}`");
            }
        }
    }
}
