//! The files of an output, by their paths.
//!
//! A tree that exists can be written everywhere: its names are good, and no two of its files, and no file and a
//! directory, are one to any file system.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::path::{BadPath, fold, judge};

/// A file that shall be in the output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Artifact<P> {
    /// Its path, with `/` between the names.
    pub path: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// What it is for.
    pub mode: Mode,
    /// Where it comes from, for messages.
    pub origin: P,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub enum Mode {
    /// To be read.
    #[default]
    Plain,
    /// To be run, too.
    Executable,
}

/// Why an artifact is not in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Conflict<P> {
    /// Its path can not be written, or leads elsewhere.
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        why: BadPath,
        /// Whose it is.
        origin: P,
    },
    /// Another artifact has this path, at least to some file systems.
    Twice {
        /// The two paths, or the two spellings of one directory.
        paths: [String; 2],
        /// Whose they are.
        origins: [P; 2],
    },
    /// The path of one artifact is a directory of the other.
    Directory {
        /// The path of the first, and the directory of the second.
        paths: [String; 2],
        /// Whose they are.
        origins: [P; 2],
    },
}

impl<P> fmt::Display for Conflict<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Path { path, why, .. } => {
                write!(formatter, "`{}` can not be the path of a file: {why}", path.escape_debug())
            }
            Conflict::Twice { paths: [one, other], .. } if one == other => {
                write!(formatter, "two artifacts have the path `{one}`")
            }
            Conflict::Twice { paths: [one, other], .. } => {
                write!(formatter, "`{one}` and `{other}` are the same path to some file systems")
            }
            Conflict::Directory { paths: [file, _], .. } => {
                write!(formatter, "`{file}` is the path of an artifact and a directory of another")
            }
        }
    }
}

/// The files of an output. It holds no name that some system can not write.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tree {
    files: BTreeMap<String, Vec<u8>>,
    executable: BTreeSet<String>,
}

/// What has a folded path so far.
struct Taken<P> {
    path: String,
    kind: Kind,
    origin: P,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Directory,
}

impl Tree {
    /// The tree of the artifacts, and those that can not be in it. The order of the artifacts does not matter, except
    /// that of two with one path the first is taken.
    pub fn new<P: Clone>(mut artifacts: Vec<Artifact<P>>) -> (Self, Vec<Conflict<P>>) {
        artifacts.sort_by(|one, other| one.path.cmp(&other.path));
        let mut taken = BTreeMap::new();
        let mut tree = Self::default();
        let mut conflicts = vec![];
        for artifact in artifacts {
            match judge(&artifact.path) {
                Err(why) => conflicts.push(Conflict::Path { path: artifact.path, why, origin: artifact.origin }),
                Ok(()) => match take(&mut taken, &artifact) {
                    Some(conflict) => conflicts.push(conflict),
                    None => {
                        if artifact.mode == Mode::Executable {
                            tree.executable.insert(artifact.path.clone());
                        }
                        tree.files.insert(artifact.path, artifact.content);
                    }
                },
            }
        }
        (tree, conflicts)
    }

    /// The files by path.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// What a file is for.
    pub fn mode(&self, path: &str) -> Mode {
        if self.executable.contains(path) { Mode::Executable } else { Mode::Plain }
    }
}

/// Notes the path and the directories above it, or says what has one of them already.
fn take<P: Clone>(taken: &mut BTreeMap<String, Taken<P>>, artifact: &Artifact<P>) -> Option<Conflict<P>> {
    let steps = || {
        let directories = directories(&artifact.path).map(|path| (path, Kind::Directory));
        directories.chain([(artifact.path.as_str(), Kind::File)])
    };
    for (path, kind) in steps() {
        if let Some(conflict) = taken.get(&fold(path)).and_then(|other| conflict(other, path, kind, &artifact.origin)) {
            return Some(conflict);
        }
    }
    for (path, kind) in steps() {
        let new = || Taken { path: path.to_owned(), kind, origin: artifact.origin.clone() };
        taken.entry(fold(path)).or_insert_with(new);
    }
    None
}

fn conflict<P: Clone>(other: &Taken<P>, path: &str, kind: Kind, origin: &P) -> Option<Conflict<P>> {
    let paths = [other.path.clone(), path.to_owned()];
    let origins = [other.origin.clone(), origin.clone()];
    match (other.kind, kind) {
        (Kind::Directory, Kind::Directory) if other.path == path => None,
        (Kind::File, Kind::File) | (Kind::Directory, Kind::Directory) => Some(Conflict::Twice { paths, origins }),
        (Kind::File, Kind::Directory) => Some(Conflict::Directory { paths, origins }),
        (Kind::Directory, Kind::File) => {
            let ([one, two], [first, second]) = (paths, origins);
            Some(Conflict::Directory { paths: [two, one], origins: [second, first] })
        }
    }
}

/// The directories above a path, from the outermost: of `a/b/c`, `a` and `a/b`.
pub fn directories(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of the tree, and the messages with the origins, which are the numbers of the paths.
    fn check(paths: &[&str], kept: &[&str], messages: &[&str]) {
        let artifacts = paths.iter().enumerate();
        let artifacts = artifacts.map(|(origin, path)| Artifact {
            path: (*path).to_owned(),
            content: vec![],
            mode: Mode::Plain,
            origin,
        });
        let (tree, conflicts) = Tree::new(artifacts.collect());
        assert_eq!(tree.files().keys().collect::<Vec<_>>(), kept);
        let said = conflicts.iter().map(|conflict| match conflict {
            Conflict::Path { origin, .. } => format!("{origin}: {conflict}"),
            Conflict::Twice { origins: [one, two], .. } | Conflict::Directory { origins: [one, two], .. } => {
                format!("{one} {two}: {conflict}")
            }
        });
        assert_eq!(said.collect::<Vec<_>>(), messages);
    }

    #[test]
    fn artifacts_with_one_path_are_told_with_both_places() {
        check(&["b", "a/b", "a/c"], &["a/b", "a/c", "b"], &[]);
        check(&["b", "a", "b"], &["a", "b"], &["0 2: two artifacts have the path `b`"]);
        check(&["a/x", "a/X"], &["a/X"], &["1 0: `a/X` and `a/x` are the same path to some file systems"]);
        check(&["A/x", "a/y"], &["A/x"], &["0 1: `A` and `a` are the same path to some file systems"]);
        check(
            &["caf\u{e9}", "cafe\u{301}"],
            &["cafe\u{301}"],
            &["1 0: `cafe\u{301}` and `caf\u{e9}` are the same path to some file systems"],
        );
    }

    #[test]
    fn a_path_is_a_file_or_a_directory() {
        check(&["a", "a/b"], &["a"], &["0 1: `a` is the path of an artifact and a directory of another"]);
        check(&["A/b", "a"], &["A/b"], &["1 0: `a` is the path of an artifact and a directory of another"]);
    }

    #[test]
    fn a_bad_path_is_told_with_the_reason() {
        check(&["../a", "b"], &["b"], &["0: `../a` can not be the path of a file: `.` and `..` are no names"]);
        check(
            &["a\0"],
            &[],
            &["0: `a\\0` can not be the path of a file: not every system can write the character `\\u{0}`"],
        );
    }
}
