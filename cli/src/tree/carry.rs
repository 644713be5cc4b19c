//! Foreign files and directories, on their way into a new tree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, FileTimes, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, XattrFlags};
use rustix::fs::{fgetxattr, flistxattr, fsetxattr, statx};

use super::failure::{Failure, Result, to};
use super::look::Sight;

/// With more foreign files and directories than this, it is kinder to leave them all where they are.
const MANY: usize = 20_000;

/// What is foreign in a directory, by path.
#[derive(Default, Debug)]
pub struct Carried {
    /// Files, links, sockets, with their numbers in the file system.
    pub files: BTreeMap<PathBuf, u64>,
    /// Directories that hold nothing of platc's.
    pub directories: BTreeSet<PathBuf>,
}

/// How a directory shall be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dress {
    /// Like the old one, but open to us.
    Work,
    /// Like the old one; its time says when it was changed.
    Own,
    /// Like the old one, with its time.
    Foreign,
}

/// Finds everything foreign. Fails with an obstacle where it can not be carried.
pub fn survey(directory: &Path, sight: &Sight) -> Result<Carried> {
    let mut carried = Carried::default();
    if fs::symlink_metadata(directory).is_ok() {
        let inside = std::env::current_dir().is_ok_and(|here| here.starts_with(directory));
        if inside || is_mount(directory).map_err(to("read", directory))? {
            return Err(obstacle(directory));
        }
        find(directory, Path::new(""), sight, &mut carried)?;
    }
    Ok(carried)
}

fn find(root: &Path, below: &Path, sight: &Sight, carried: &mut Carried) -> Result {
    let directory = root.join(below);
    for entry in fs::read_dir(&directory).map_err(to("read", &directory))? {
        let entry = entry.map_err(to("read", &directory))?;
        let (path, full) = (below.join(entry.file_name()), entry.path());
        let about = entry.metadata().map_err(to("read", &full))?;
        if carried.files.len() + carried.directories.len() > MANY {
            return Err(obstacle(root));
        }
        let name = path.to_str();
        if about.is_dir() {
            if is_mount(&full).map_err(to("read", &full))? {
                return Err(obstacle(&full));
            }
            if !name.is_some_and(|name| sight.directories.contains(name)) {
                carried.directories.insert(path.clone());
            }
            find(root, &path, sight, carried)?;
        } else if !(about.is_file() && name.is_some_and(|name| sight.files.contains(name))) {
            carried.files.insert(path, about.ino());
        }
    }
    Ok(())
}

fn obstacle(path: &Path) -> Failure {
    to("exchange", path)(io::ErrorKind::ResourceBusy.into())
}

/// Whether another file system, or another part of this one, begins here.
fn is_mount(path: &Path) -> io::Result<bool> {
    match statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty()) {
        Ok(about) => Ok(about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)),
        // Old kernels: a file can have no second name across a mount, which then is the obstacle.
        Err(rustix::io::Errno::NOSYS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Gives a new directory what the old one at its path has. There need not be an old one.
pub fn dress(old: &Path, new: &Path, dress: Dress) -> Result {
    match fs::symlink_metadata(old) {
        Ok(about) if about.is_dir() => give(old, &about, new, dress).map_err(to("copy", old)),
        Ok(_) => Ok(()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        Err(error) => Err(to("read", old)(error)),
    }
}

fn give(old: &Path, about: &Metadata, new: &Path, dress: Dress) -> io::Result<()> {
    let (from, to) = (File::open(old)?, File::open(new)?);
    let now = to.metadata()?;
    if (now.uid(), now.gid()) != (about.uid(), about.gid()) {
        fchown(&to, Some(about.uid()), Some(about.gid()))?;
    }
    give_attributes(&from, &to)?;
    let ours = if dress == Dress::Work { 0o700 } else { 0 };
    to.set_permissions(Permissions::from_mode(about.mode() & 0o7777 | ours))?;
    if dress == Dress::Foreign {
        to.set_times(FileTimes::new().set_modified(about.modified()?).set_accessed(about.accessed()?))?;
    }
    Ok(())
}

/// Access lists, labels and whatever else a directory can have.
fn give_attributes(from: &File, to: &File) -> io::Result<()> {
    let mut names = vec![0; 64 << 10];
    let length = match flistxattr(from, &mut names[..]) {
        Err(rustix::io::Errno::NOTSUP) => return Ok(()),
        result => result?,
    };
    for name in names.get(..length).unwrap_or_default().split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let value = attribute(from, name)?;
        if attribute(to, name).ok().as_ref() != Some(&value) {
            fsetxattr(to, name, &value, XattrFlags::empty())?;
        }
    }
    Ok(())
}

fn attribute(file: &File, name: &[u8]) -> io::Result<Vec<u8>> {
    let mut value = vec![0; 64 << 10];
    let length = fgetxattr(file, name, &mut value[..])?;
    value.truncate(length);
    Ok(value)
}
