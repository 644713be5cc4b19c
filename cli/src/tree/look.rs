//! What is in a directory now, as far as a plan needs to know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use backend::{Disk, Entry, Hash, MANIFEST, Manifest, Mode, Tree, directories};

use super::failure::{Result, to};
use super::place::is_within;

/// What was seen.
#[derive(Default, Debug)]
pub struct Sight {
    /// The entries by path.
    pub disk: Disk,
    /// The list of files, if there is one.
    pub list: Option<String>,
    /// The paths of files that are in it, or in the new tree, and the list itself.
    pub files: BTreeSet<String>,
    /// The directories above these.
    pub directories: BTreeSet<String>,
}

/// Looks into the directory and everything below it where an earlier build or the new tree have files. Links are not
/// followed.
pub fn look(directory: &Path, tree: &Tree) -> Result<Sight> {
    let list = list(directory)?;
    let old = Manifest::parse(list.as_deref().unwrap_or_default());
    let mut sight = Sight { list, ..Sight::default() };
    sight.files.extend(tree.files().keys().chain(old.files.keys()).cloned());
    sight.directories = sight.files.iter().flat_map(|path| directories(path)).map(str::to_owned).collect();
    sight.files.insert(MANIFEST.to_owned());
    if fs::symlink_metadata(directory).is_ok() {
        sight.see(directory, "")?;
        // In their order, so that each is seen before what is in it.
        for below in sight.directories.clone() {
            if sight.disk.get(&below) == Some(&Entry::Directory) {
                sight.see(directory, &format!("{below}/"))?;
            }
        }
    }
    Ok(sight)
}

/// The list of files. What is no text is one that is damaged.
fn list(directory: &Path) -> Result<Option<String>> {
    let path = directory.join(MANIFEST);
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_file() => {
            let bytes = fs::read(&path).map_err(to("read", &path))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(to("read", &path)(error)),
    }
}

impl Sight {
    fn see(&mut self, root: &Path, prefix: &str) -> Result<()> {
        let directory = root.join(prefix);
        let mut seen = BTreeMap::new();
        for entry in fs::read_dir(&directory).map_err(to("read", &directory))? {
            let entry = entry.map_err(to("read", &directory))?;
            if prefix.is_empty() && is_within(&entry.file_name()) {
                continue;
            }
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(to("read", &entry.path()))?;
            let what = if kind.is_dir() {
                Entry::Directory
            } else if kind.is_file() && self.files.contains(&path) {
                let seen = || Ok(Entry::File(content(&entry.path())?, mode(&entry.metadata()?)));
                seen().map_err(to("read", &entry.path()))?
            } else {
                Entry::Other
            };
            seen.insert(path, what);
        }
        self.disk.append(&mut seen);
        Ok(())
    }
}

/// The content of a file.
pub fn content(path: &Path) -> io::Result<Hash> {
    fs::read(path).map(|bytes| Hash::of(&bytes))
}

/// Whether whoever may read a file may run it.
#[cfg(unix)]
fn mode(about: &fs::Metadata) -> Mode {
    use std::os::unix::fs::PermissionsExt;
    let mode = about.permissions().mode();
    if executable(mode) == mode { Mode::Executable } else { Mode::Plain }
}

/// Files have no such thing here, so that nothing is missing.
#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> Mode {
    Mode::Executable
}

/// Permissions with which whoever may read a file may run it.
#[cfg(unix)]
pub fn executable(mode: u32) -> u32 {
    mode | (mode & 0o444) >> 2
}
