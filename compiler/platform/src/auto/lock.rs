//! The form of `platc.lock`: one line for each value, in the order of their paths, so that two branches that each add one
//! rarely meet in a merge.
//!
//! ```text
//! # Chosen for `auto` by `platc build`, ..
//! main.pl lab.host.one.address = 192.168.1.11
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use super::{Chosen, by_path};

/// What stands above the lines.
const HEADER: &str = "\
# What `platc build` chose for `auto`: commit this file, so that nothing is ever renumbered.
# Without its line, a value is chosen anew.
";

/// What a lock says, and what of it can not be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock {
    /// Its lines, in their order.
    pub lines: Vec<Line>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// A value that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The file of the platform and the path of the field: `main.pl lab.host.one.address`.
    pub key: String,
    /// The value.
    pub value: Chosen,
    /// The bytes of the line.
    pub range: Range<u32>,
}

/// A line that can not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// Its bytes.
    pub range: Range<u32>,
    /// The line before that it contradicts.
    pub first: Option<Range<u32>>,
    /// What is said.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// What a merge leaves where two branches meet.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Reads a lock.
pub fn read(text: &str) -> Lock {
    let mut lock = Lock::default();
    let mut known: BTreeMap<String, Range<u32>> = BTreeMap::new();
    let mut start = 0;
    let mut marked = false;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let range = start..start + line.len() as u32;
        start += whole.len() as u32;
        let is_mark = MARKS.iter().any(|mark| line.starts_with(mark));
        if line.is_empty() || line.starts_with('#') || is_mark && marked {
            continue;
        }
        if is_mark {
            marked = true;
            let message = "a merge left its marks here: two branches wrote the same lines".to_owned();
            let help = "keep the lines of both, remove the marks, and build";
            lock.wrong.push(Wrong { range, first: None, message, help });
            continue;
        }
        match parse(line) {
            Ok((key, value)) => match known.get(key) {
                Some(first) => {
                    let message = format!("`{key}` stands here twice");
                    let help = "remove one of the two lines";
                    lock.wrong.push(Wrong { range, first: Some(first.clone()), message, help });
                }
                None => {
                    known.insert(key.to_owned(), range.clone());
                    lock.lines.push(Line { key: key.to_owned(), value, range });
                }
            },
            Err(message) => {
                let help = "a line is written like `main.pl lab.host.one.address = 192.168.1.11`; remove it to have \
                            the value chosen anew";
                lock.wrong.push(Wrong { range, first: None, message, help });
            }
        }
    }
    if marked {
        // What else is wrong follows from the marks.
        lock.wrong.truncate(1);
    }
    lock
}

fn parse(line: &str) -> Result<(&str, Chosen), String> {
    let Some((key, value)) = line.rsplit_once(" = ") else {
        return Err("this line does not say which value is kept for what".to_owned());
    };
    let value = value.trim();
    let Some(chosen) = Chosen::parse(value) else {
        return Err(format!("`{value}` is no address, no network and no port"));
    };
    match after_file(key) {
        Some(path) if !path.trim().is_empty() => Ok((key, chosen)),
        _ => Err(format!("`{key}` names no file and no field in it")),
    }
}

/// What stands behind the name of the file, which is in quotes where it has a space.
fn after_file(key: &str) -> Option<&str> {
    let Some(quoted) = key.strip_prefix('"') else {
        return key.split_once(' ').map(|(_, path)| path);
    };
    let end = quoted.replace("\\\\", "__").replace("\\\"", "__").find('"')?;
    quoted.get(end + 1..)?.strip_prefix(' ')
}

/// What stands before the paths of a platform: the name of its file.
pub fn beginning(file: &str) -> String {
    let is_plain = !file.is_empty() && !file.contains(|letter: char| letter.is_whitespace() || letter == '"');
    if is_plain { format!("{file} ") } else { format!("{file:?} ") }
}

/// Writes a lock.
pub fn write<'a>(entries: impl IntoIterator<Item = (&'a str, Chosen)>) -> String {
    let mut entries: Vec<(&str, Chosen)> = entries.into_iter().collect();
    entries.sort_by(|one, other| by_path(one.0, other.0));
    let mut text = HEADER.to_owned();
    for (key, value) in entries {
        // Writing into a string does not fail.
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(String, String)> {
        let cut = |range: &Range<u32>| text[range.start as usize..range.end as usize].to_owned();
        read(text).wrong.iter().map(|wrong| (cut(&wrong.range), wrong.message.clone())).collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let entries = [
            ("main.pl lab.host.worker-10.address", "192.168.1.2"),
            ("main.pl lab.host.worker-2.address", "fd00::1"),
            ("\"a \\\"b\\\".pl\" lab.network.pods", "10.64.0.0/16"),
            ("main.pl lab.namespace.web.service.shop.expose.\"a.b\".number", "30001"),
        ];
        let entries = entries.map(|(key, value)| (key, Chosen::parse(value).expect("a value")));
        let lock = read(&write(entries));
        assert_eq!(lock.wrong, []);
        let read: Vec<_> = lock.lines.iter().map(|line| (line.key.as_str(), line.value)).collect();
        assert_eq!(read, [entries[2], entries[1], entries[0], entries[3]]);
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        assert_eq!(wrong("x.pl a = 1.2.3\n")[0].1, "`1.2.3` is no address, no network and no port");
        assert_eq!(wrong("nonsense\n")[0].1, "this line does not say which value is kept for what");
        assert_eq!(wrong("a = 10.0.0.1\n")[0].1, "`a` names no file and no field in it");
        assert_eq!(wrong("x.pl a = 1\nx.pl a = 2\n"), [("x.pl a = 2".into(), "`x.pl a` stands here twice".into())]);
    }

    #[test]
    fn marks_of_a_merge_are_one_mistake() {
        let text = "x.pl a = 1\n<<<<<<< ours\nx.pl b = 2\n=======\nx.pl b = 3\n>>>>>>> theirs\n";
        assert_eq!(wrong(text).len(), 1);
        assert_eq!(wrong(text)[0].0, "<<<<<<< ours");
    }
}
