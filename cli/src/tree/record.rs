//! What an unfinished build has put where, for the one that finds it.
//!
//! A record lies in the place where a new tree is made, written before the first change to the old tree. As long as there is none,
//! everything in that place can be thrown away.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use backend::Hash;

use super::failure::{Result, to};

/// The new tree, or its new files, within the place where they are made.
pub const TREE: &str = "tree";
const RECORD: &str = "record";
const UNFINISHED: &str = "record.part";

/// All names that a place of work has.
pub const NAMES: [&str; 3] = [TREE, RECORD, UNFINISHED];

/// What an unfinished build knew.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Record {
    /// The files that are platc's, with the contents that they have in the old tree and in the new one.
    pub own: BTreeMap<PathBuf, BTreeSet<Hash>>,
    /// Those of them that the new tree does not have.
    pub removed: BTreeSet<PathBuf>,
    /// Foreign files that are in both trees: one file with two names. With their numbers in the file system.
    pub shared: BTreeMap<PathBuf, u64>,
}

impl Record {
    /// Whether this is a file of platc with a content that it was known to have.
    pub fn knows(&self, path: &Path, content: &Hash) -> bool {
        self.own.get(path).is_some_and(|contents| contents.contains(content))
    }

    /// Writes the record into a place of work. It is there whole, and on disk, or not at all.
    pub fn write(&self, work: &Path) -> Result {
        let (unfinished, finished) = (work.join(UNFINISHED), work.join(RECORD));
        let write = || {
            let mut file = File::create_new(&unfinished)?;
            file.write_all(&self.bytes())?;
            file.sync_all()?;
            fs::rename(&unfinished, &finished)
        };
        write().map_err(to("write", &finished))?;
        super::disk::sync_directory(work)
    }

    /// The record of a place of work, if the build came that far.
    pub fn read(work: &Path) -> Result<Option<Self>> {
        let path = work.join(RECORD);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Self::parse(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(to("read", &path)(error)),
        }
    }

    /// Removes the record.
    pub fn remove(work: &Path) -> Result {
        let path = work.join(RECORD);
        fs::remove_file(&path).map_err(to("remove", &path))
    }

    /// `kind value path`, each ended by a zero, which no path contains.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![];
        let mut line = |kind: &str, value: &str, path: &Path| {
            bytes.extend_from_slice(format!("{kind} {value} ").as_bytes());
            bytes.extend_from_slice(path.as_os_str().as_encoded_bytes());
            bytes.push(0);
        };
        for (path, contents) in &self.own {
            contents.iter().for_each(|content| line("own", &content.to_string(), path));
        }
        self.removed.iter().for_each(|path| line("removed", "-", path));
        self.shared.iter().for_each(|(path, number)| line("shared", &number.to_string(), path));
        bytes
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut record = Self::default();
        for line in bytes.split(|byte| *byte == 0) {
            let mut parts = line.splitn(3, |byte| *byte == b' ');
            let (Some(kind), Some(value), Some(path)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let (value, path) = (String::from_utf8_lossy(value), path_of(path));
            if !path.components().all(|part| matches!(part, Component::Normal(_))) {
                continue;
            }
            match (kind, Hash::parse(&value), value.parse()) {
                (b"own", Some(content), _) => {
                    record.own.entry(path).or_default().insert(content);
                }
                (b"removed", ..) => {
                    record.removed.insert(path);
                }
                (b"shared", _, Ok(number)) => {
                    record.shared.insert(path, number);
                }
                _ => {}
            }
        }
        record
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// No foreign file is recorded here, and the others have names that are text.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_no_path_leads_out() {
        let mut record = Record::default();
        record.own.insert("a/b c.yaml".into(), BTreeSet::from([Hash::of(b"1"), Hash::of(b"2")]));
        record.removed.insert("old\n.yaml".into());
        record.shared.insert("x y".into(), 17);
        assert_eq!(Record::parse(&record.bytes()), record);
        let hostile = b"removed - ../x\0removed - /etc/passwd\0removed - a/../../b\0shared x y\0\0own";
        assert_eq!(Record::parse(hostile), Record::default());
    }
}
