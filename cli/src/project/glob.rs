//! Files by pattern: `teams/*.pl`, `teams/**/platform.pl`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{Refusal, read};

/// The paths within `root` of the files that match. Names that begin with a dot match only where the pattern's part does,
/// and `**` does not follow symbolic links.
pub fn list(root: &Path, pattern: &str) -> Result<Vec<String>, Refusal> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let mut found = BTreeSet::new();
    descend(root, String::new(), &parts, &mut found)?;
    Ok(found.into_iter().collect())
}

fn descend(root: &Path, at: String, parts: &[&str], found: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let Some((part, rest)) = parts.split_first() else {
        return Ok(());
    };
    if *part == "**" {
        descend(root, at.clone(), rest, found)?;
        for name in names(root, &at)? {
            let path = joined(&at, &name);
            let about = fs::symlink_metadata(root.join(&path))?;
            if about.is_dir() && !name.starts_with('.') {
                descend(root, path, parts, found)?;
            }
        }
        return Ok(());
    }
    for name in names(root, &at)?.into_iter().filter(|name| matches(part, name)) {
        let path = joined(&at, &name);
        // A link that leads nowhere is no file: it matches nothing.
        let about = match read::real(root, &path).and_then(|real| Ok(fs::metadata(real)?)) {
            Ok(about) => about,
            Err(Refusal::NotFound) => continue,
            Err(other) => return Err(other),
        };
        if rest.is_empty() && about.is_file() {
            found.insert(path);
        } else if !rest.is_empty() && about.is_dir() {
            descend(root, path, rest, found)?;
        }
    }
    Ok(())
}

/// The names in a directory; none where there is no such directory. Names that are not UTF-8 can not be written in a
/// source, so they are not listed.
fn names(root: &Path, at: &str) -> Result<Vec<String>, Refusal> {
    let directory = match read::real(root, at) {
        Err(Refusal::NotFound) => return Ok(vec![]),
        directory => directory?,
    };
    let mut names = vec![];
    for entry in fs::read_dir(directory)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    Ok(names)
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
