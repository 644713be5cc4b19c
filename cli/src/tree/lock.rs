//! One build at a time for one place.
//!
//! The locks are the kernel's, on directories that are there anyway: a build that is killed holds none, and no file is
//! left. First the directory above is locked, which no build exchanges; then the tree itself, since the directory above
//! may not be readable, or may be another one for a build in a container.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::failure::{Result, to};
use super::place::Place;
use crate::terminal::Terminal;

/// Held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _above: Option<File>,
    _tree: Option<File>,
}

/// Who else may hold the lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Share {
    /// Nobody.
    Alone,
    /// Others who only read.
    Readers,
}

/// Waits for the place.
pub fn take(place: &Place, share: Share, terminal: &Terminal) -> Result<Lock> {
    let above = match place.parent.as_deref().map(open) {
        Some(Ok(file)) => Some(file),
        Some(Err(error)) if is_absent(&error) || error.kind() == io::ErrorKind::PermissionDenied => None,
        Some(Err(error)) => return Err(to("lock", place.parent.as_deref().unwrap_or(&place.directory))(error)),
        None => None,
    };
    if let Some(above) = &above {
        wait(above, share, place, terminal)?;
    }
    loop {
        let tree = match open(&place.directory) {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(Lock { _above: above, _tree: None }),
            Err(error) => return Err(to("lock", &place.directory)(error)),
        };
        wait(&tree, share, place, terminal)?;
        if is_still(&tree, &place.directory) {
            return Ok(Lock { _above: above, _tree: Some(tree) });
        }
    }
}

fn wait(file: &File, share: Share, place: &Place, terminal: &Terminal) -> Result<()> {
    let now = match share {
        Share::Alone => file.try_lock(),
        Share::Readers => file.try_lock_shared(),
    };
    match now {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            // A build that waits works as well where nobody can be told.
            let _ = terminal.say(&format!("waiting for another build into {}", super::shown(&place.directory)));
            let later = match share {
                Share::Alone => file.lock(),
                Share::Readers => file.lock_shared(),
            };
            later.map_err(to("lock", &place.directory))
        }
        Err(TryLockError::Error(error)) => Err(to("lock", &place.directory)(error)),
    }
}

fn is_absent(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

#[cfg(unix)]
fn open(directory: &Path) -> io::Result<File> {
    File::open(directory)
}

/// Whether the directory has not been exchanged while we waited.
#[cfg(unix)]
fn is_still(file: &File, directory: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |about: std::fs::Metadata| (about.dev(), about.ino());
    match (file.metadata(), std::fs::symlink_metadata(directory)) {
        (Ok(open), Ok(there)) => id(open) == id(there),
        _ => false,
    }
}

/// Directories can not be locked here: a file for each, where temporary files are.
#[cfg(not(unix))]
fn open(directory: &Path) -> io::Result<File> {
    std::fs::symlink_metadata(directory)?;
    let name = backend::Hash::of(directory.as_os_str().as_encoded_bytes());
    File::create(std::env::temp_dir().join(format!("platc-{name}.lock")))
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
