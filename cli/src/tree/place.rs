//! Where a tree is, once links are followed.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::failure::{Failure, Result, to};

/// The directory of a tree, which need not exist yet.
#[derive(Debug)]
pub struct Place {
    /// Its real path: a link to it stays a link to it.
    pub directory: PathBuf,
    /// The directory that it is in; nothing for the root of the file system.
    pub parent: Option<PathBuf>,
}

/// What to do about directories above that do not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Above {
    /// Make them.
    Make,
    /// Leave it.
    Leave,
}

impl Place {
    /// The place that a user calls so.
    pub fn of(path: &Path, above: Above) -> Result<Self> {
        // Without a slash at the end, which would follow a link.
        let path: &Path = &path.components().collect::<PathBuf>();
        if let Ok(about) = fs::metadata(path) {
            if !about.is_dir() {
                return Err(Failure::new("write into", path, "it is a file, not a directory"));
            }
            return Ok(Self::at(path.canonicalize().map_err(to("find", path))?));
        }
        if fs::symlink_metadata(path).is_ok() {
            return Err(Failure::new("write into", path, "it is a link that leads nowhere"));
        }
        let (Some(name), Some(parent)) = (path.file_name(), path.parent()) else {
            return Err(Failure::new("write into", path, "it does not exist"));
        };
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        if above == Above::Make {
            fs::create_dir_all(parent).map_err(to("create", parent))?;
        }
        Ok(Self::at(parent.canonicalize().unwrap_or(parent.to_owned()).join(name)))
    }

    fn at(directory: PathBuf) -> Self {
        Self { parent: directory.parent().map(Path::to_owned), directory }
    }

    /// Where a new tree is made beside the old one, if there can be such a place.
    pub fn beside(&self) -> Option<PathBuf> {
        const LONGEST: usize = 255;
        let mut name = OsString::from(".platc-new.");
        name.push(self.directory.file_name()?);
        (name.len() <= LONGEST).then_some(self.parent.as_ref()?.join(name))
    }

    /// Where new files are made within the old tree.
    pub fn within(&self) -> PathBuf {
        self.directory.join(WITHIN)
    }
}

const WITHIN: &str = ".platc-new";

/// Whether an entry of the directory itself is the place where new files are made.
pub fn is_within(name: &OsStr) -> bool {
    name == WITHIN
}

/// Whether all directories above a path below `root` are directories there: none is missing, or a link.
pub fn is_reached(root: &Path, path: &Path) -> bool {
    let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
    above.into_iter().all(|above| fs::symlink_metadata(root.join(above)).is_ok_and(|about| about.is_dir()))
}
