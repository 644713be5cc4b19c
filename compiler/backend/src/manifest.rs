//! The list of the files that an earlier build made, which lies among them.
//!
//! ```text
//! # The files that `platc build` wrote here, with their SHA-256. Commit this file, do not edit it.
//! 6f1e…  apps/shop.yaml
//! 03ab…  platform.yaml
//! ```
//!
//! One line a file, sorted by path, so that version control merges it; in the form that `sha256sum -c` reads. A merge
//! may leave a path twice, or marks of a conflict: the first is read as two contents that are both ours, the second as
//! damage.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::hash::Hash;
use crate::path;
use crate::tree::Tree;

/// The name of the list in its directory.
pub const MANIFEST: &str = ".platc-tree";

const HEADER: &str =
    "# The files that `platc build` wrote here, with their SHA-256. Commit this file, do not edit it.\n";

/// What earlier builds wrote.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Manifest {
    /// The files by path, each with its contents as they were written: one, or after a merge several.
    pub files: BTreeMap<String, BTreeSet<Hash>>,
    /// Lines that say something else.
    pub damaged: Vec<String>,
}

impl Manifest {
    /// The list of a new tree.
    pub fn of(tree: &Tree) -> Self {
        let files = tree.files().iter().map(|(path, content)| (path.clone(), BTreeSet::from([Hash::of(content)])));
        Self { files: files.collect(), damaged: vec![] }
    }

    /// Reads a list. A line that is none, or whose path could lead elsewhere, is damage and names no file.
    pub fn parse(text: &str) -> Self {
        let mut manifest = Self::default();
        for line in text.lines() {
            match entry(line) {
                _ if line.is_empty() || line.starts_with('#') => {}
                Some((hash, path)) => {
                    manifest.files.entry(path.to_owned()).or_default().insert(hash);
                }
                None => manifest.damaged.push(line.to_owned()),
            }
        }
        manifest
    }

    /// The list as text.
    pub fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        for (path, hashes) in &self.files {
            for hash in hashes {
                // A `String` takes everything.
                let _ = writeln!(text, "{hash}  {path}");
            }
        }
        text
    }

    /// Whether a build wrote this content to this path.
    pub fn wrote(&self, path: &str, content: &Hash) -> bool {
        self.files.get(path).is_some_and(|hashes| hashes.contains(content))
    }
}

fn entry(line: &str) -> Option<(Hash, &str)> {
    let (hash, path) = line.split_once("  ")?;
    path::judge(path).is_ok().then_some((Hash::parse(hash)?, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_list_is_still_one() {
        let (a, b) = (Hash::of(b"a"), Hash::of(b"b"));
        let text = format!("# x\n{a}  one/x.yaml\r\n{b}  one/x.yaml\n{a}  two.yaml\n");
        let manifest = Manifest::parse(&text);
        assert!(manifest.damaged.is_empty());
        assert!(manifest.wrote("one/x.yaml", &a) && manifest.wrote("one/x.yaml", &b));
        assert!(manifest.wrote("two.yaml", &a) && !manifest.wrote("two.yaml", &b));
    }

    #[test]
    fn what_is_no_list_names_no_file() {
        let a = Hash::of(b"a");
        let lines = [
            "<<<<<<< ours".to_owned(),
            format!("{a}  ../x.yaml"),
            format!("{a}  /etc/passwd"),
            format!("{a}  a/../../x"),
            format!("{a}  .git/config"),
            format!("{a} x.yaml"),
            format!("{}  x.yaml", "A".repeat(64)),
        ];
        let manifest = Manifest::parse(&lines.join("\n"));
        assert_eq!(manifest, Manifest { files: BTreeMap::new(), damaged: lines.to_vec() });
    }
}
