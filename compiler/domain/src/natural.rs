//! The order of names that contain numbers. Knows texts only.

use std::cmp::Ordering;

/// Compares texts as people do: runs of decimal digits by their number, everything else by character, so that `host-2`
/// stands before `host-10`. Texts that differ only in leading zeros are compared as plain texts; only equal texts are
/// equal.
pub fn natural_cmp(one: &str, other: &str) -> Ordering {
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
}
