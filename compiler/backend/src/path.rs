//! Which names a file of an output may have: those that every system can write, and that lead nowhere else.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// A name that begins with this belongs to platc itself: its list of files, its unfinished builds.
pub const RESERVED: &str = ".platc-";

/// What Windows takes for a device, whatever stands behind a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Bytes that a name may have, and a path.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 1024;

/// Why a path can not be that of a file in a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadPath {
    /// It has no name, or an empty one between two `/`.
    Empty,
    /// It begins at the root of the file system.
    Absolute,
    /// It contains `.` or `..`.
    Relative,
    /// It contains a character that some system can not write.
    Character(char),
    /// A name ends with a blank or a dot, which some systems drop.
    End,
    /// A name has another meaning: platc's own, version control's, or that of a device.
    Reserved,
    /// A name has more than 255 bytes, or the path more than 1024.
    Long,
}

impl fmt::Display for BadPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadPath::Empty => write!(formatter, "a name in it is empty"),
            BadPath::Absolute => write!(formatter, "it is absolute"),
            BadPath::Relative => write!(formatter, "`.` and `..` are no names"),
            BadPath::Character(character) => {
                write!(formatter, "not every system can write the character `{}`", character.escape_default())
            }
            BadPath::End => write!(formatter, "a name ends with a blank or a dot"),
            BadPath::Reserved => write!(formatter, "a name in it is reserved"),
            BadPath::Long => {
                write!(formatter, "a name has at most {LONGEST_NAME} bytes, a path {LONGEST_PATH}")
            }
        }
    }
}

/// Whether a file of a tree may have this path, whose names stand between `/`.
pub(crate) fn judge(path: &str) -> Result<(), BadPath> {
    if path.starts_with('/') {
        return Err(BadPath::Absolute);
    }
    if path.len() > LONGEST_PATH {
        return Err(BadPath::Long);
    }
    path.split('/').try_for_each(judge_name)
}

fn judge_name(name: &str) -> Result<(), BadPath> {
    if name.is_empty() {
        return Err(BadPath::Empty);
    }
    if name == "." || name == ".." {
        return Err(BadPath::Relative);
    }
    if name.len() > LONGEST_NAME {
        return Err(BadPath::Long);
    }
    if let Some(character) = name.chars().find(|character| is_foreign(*character)) {
        return Err(BadPath::Character(character));
    }
    if name.ends_with([' ', '.']) {
        return Err(BadPath::End);
    }
    if is_reserved(name) { Err(BadPath::Reserved) } else { Ok(()) }
}

fn is_foreign(character: char) -> bool {
    character.is_control() || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// A file below `.git` could be run by it.
fn is_reserved(name: &str) -> bool {
    let folded = fold(name);
    let stem = folded.split('.').next().unwrap_or_default();
    let numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    folded.starts_with(RESERVED)
        || folded == ".git"
        || DEVICES.contains(&stem)
        || NUMBERED_DEVICES.into_iter().any(numbered)
}

/// The path as a file system sees it that knows neither case nor the forms of Unicode: where two paths have one fold,
/// some system has one file for both.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Through upper case, so that letters with two lower forms (`s` and the long `ſ`) become one.
    let upper: String = path.nfd().flat_map(char::to_uppercase).collect();
    upper.chars().flat_map(char::to_lowercase).nfd().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_that_some_system_can_not_write() {
        let check = |path: &str, expected| assert_eq!(judge(path), expected, "{path}");
        for good in ["a", "a/b.yaml", ".hidden", "..a", "console.yaml", "com10.yaml", "größe/ß", "a b", ".gitignore"]
        {
            check(good, Ok(()));
        }
        for empty in ["", "a//b", "a/"] {
            check(empty, Err(BadPath::Empty));
        }
        check("/etc/passwd", Err(BadPath::Absolute));
        for relative in ["..", "../a", "a/../b", "a/.", "./a"] {
            check(relative, Err(BadPath::Relative));
        }
        check("a\0b", Err(BadPath::Character('\0')));
        check("a\\b", Err(BadPath::Character('\\')));
        check("c:/x", Err(BadPath::Character(':')));
        check("a\nb", Err(BadPath::Character('\n')));
        check("a./b", Err(BadPath::End));
        check("a /b", Err(BadPath::End));
        for reserved in [".platc-tree", "a/.PLATC-new", ".git", ".Git/config", "nul", "a/Con.yaml", "lpt1", "COM0.x.y"]
        {
            check(reserved, Err(BadPath::Reserved));
        }
        check(&"ä".repeat(128), Err(BadPath::Long));
        check(&"a".repeat(255), Ok(()));
        check(&"a/".repeat(600), Err(BadPath::Long));
    }

    #[test]
    fn one_fold_for_what_some_system_takes_for_one_file() {
        for (one, other) in
            [("A/b", "a/B"), ("caf\u{e9}", "cafe\u{301}"), ("\u{17f}", "S"), ("Σ", "ς"), ("Å", "\u{212b}")]
        {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("a"), fold("b"));
    }
}
