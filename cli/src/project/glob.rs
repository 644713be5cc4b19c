//! Files by pattern: `teams/*.pl`, `teams/**/platform.pl`.

use std::collections::BTreeSet;

use super::{Kind, Refusal, Store};

/// The paths of the files that match. Names that begin with a dot match only where the pattern's part does,
/// and `**` does not follow symbolic links.
pub fn list(store: &dyn Store, pattern: &str) -> Result<Vec<String>, Refusal> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let mut found = BTreeSet::new();
    descend(store, String::new(), &parts, &mut found)?;
    Ok(found.into_iter().collect())
}

fn descend(store: &dyn Store, at: String, parts: &[&str], found: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let Some((part, rest)) = parts.split_first() else {
        return Ok(());
    };
    if *part == "**" {
        descend(store, at.clone(), rest, found)?;
        for name in store.names(&at)? {
            let path = joined(&at, &name);
            if store.is_own_directory(&path)? && !name.starts_with('.') {
                descend(store, path, parts, found)?;
            }
        }
        return Ok(());
    }
    for name in store.names(&at)?.into_iter().filter(|name| matches(part, name)) {
        let path = joined(&at, &name);
        // A link that leads nowhere is no file: it matches nothing.
        let kind = match store.kind(&path) {
            Err(Refusal::NotFound) => continue,
            kind => kind?,
        };
        if rest.is_empty() && kind == Kind::File {
            found.insert(path);
        } else if !rest.is_empty() && kind == Kind::Directory {
            descend(store, path, rest, found)?;
        }
    }
    Ok(())
}

fn joined(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") }
}

/// Whether a name matches one part of a pattern.
fn matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // `reached[n]`: the pattern so far matches the first `n` characters of the name.
    let mut reached = vec![false; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut any_before = false;
        for (place, (before, after)) in reached.iter().zip(next.iter_mut()).enumerate() {
            any_before |= before;
            *after = if sign == '*' { any_before } else { step(&reached, &name, place, sign) };
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

fn step(reached: &[bool], name: &[char], place: usize, sign: char) -> bool {
    let Some(before) = place.checked_sub(1) else {
        return false;
    };
    let fits = name.get(before).is_some_and(|character| sign == '?' || sign == *character);
    fits && reached.get(before).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names() {
        for (pattern, name) in
            [("*.pl", "a.pl"), ("*", "a"), ("a?c", "abc"), ("a*b*c", "axbxbc"), ("", ""), (".*", ".x")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.pl", "a.plx"), ("*", ".hidden"), ("a?c", "ac"), ("a*b", "abc"), ("A", "a")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!matches(&"*a".repeat(50), &"a".repeat(49)));
    }
}
