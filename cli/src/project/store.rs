//! Where the files of a project are: on the disk, or in what somebody is about to commit. Paths are below the root of the
//! project, with `/` between their parts.

use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use super::Refusal;
use super::read;

/// A place that has files. Nothing that leads out of the project is read from it.
pub trait Store: Debug {
    /// The bytes of a file; links are followed.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal>;
    /// What a path is once links are followed.
    fn kind(&self, path: &str) -> Result<Kind, Refusal>;
    /// Whether it is a directory itself, and no link to one.
    fn is_own_directory(&self, path: &str) -> Result<bool, Refusal>;
    /// The names in a directory, in order; none where there is no such directory. Names that are not UTF-8 can not be
    /// written in a source, so they are not listed.
    fn names(&self, directory: &str) -> Result<Vec<String>, Refusal>;
}

/// What a path is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A directory.
    Directory,
    /// A pipe, a socket or a device.
    Other,
}

/// The directory of a project on the disk, by its real path.
#[derive(Debug)]
pub struct Disk(pub PathBuf);

impl Store for Disk {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        read::bytes(&read::real(&self.0, path)?)
    }

    fn kind(&self, path: &str) -> Result<Kind, Refusal> {
        let about = fs::metadata(read::real(&self.0, path)?)?;
        Ok(if about.is_dir() {
            Kind::Directory
        } else if about.is_file() {
            Kind::File
        } else {
            Kind::Other
        })
    }

    fn is_own_directory(&self, path: &str) -> Result<bool, Refusal> {
        Ok(fs::symlink_metadata(self.0.join(path))?.is_dir())
    }

    fn names(&self, directory: &str) -> Result<Vec<String>, Refusal> {
        let directory = match read::real(&self.0, directory) {
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
}
