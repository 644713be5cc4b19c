//! The files of a project: what may be read, and by which path. Knows the disk; must not know the language.
//!
//! A platform is what its project says. Nothing outside the project's root is read, not over `..`, not by an absolute
//! path and not through a symbolic link, so that a platform means the same on every machine.

mod glob;
mod path;
mod read;
mod root;
mod store;
mod walk;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use read::{Refusal, decoded, limited};
pub use root::{LOCK, of as root_of};
pub use store::{Kind, Store};
pub use walk::{files, readable_files};

/// A directory and everything beneath it. Paths within it are relative, with `/` between their parts.
#[derive(Debug)]
pub struct Project {
    /// The real path of the directory.
    root: PathBuf,
    /// Where its files are read from.
    store: Box<dyn Store>,
    /// Texts that stand in for files, such as standard input.
    overlay: BTreeMap<String, String>,
    /// The text of the lock, once it is read.
    lock: Option<String>,
    /// How files are called that are not where they seem: a copy of a revision lies in a directory of its own.
    called: Option<(PathBuf, String)>,
    /// How single files are called.
    aliases: BTreeMap<String, String>,
}

impl Project {
    /// The project that a file belongs to. The file itself need not exist, its directory must.
    pub fn of(file: &Path) -> io::Result<Self> {
        Self::around(file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
    }

    /// The project that a directory belongs to.
    pub fn around(directory: &Path) -> io::Result<Self> {
        Ok(Self::rooted(&root::of(&directory.canonicalize()?)))
    }

    /// The project in a directory, whose real path this is, whatever lies above it.
    pub fn rooted(root: &Path) -> Self {
        Self::stored(root, Box::new(store::Disk(root.to_owned())))
    }

    /// The project that is called as if it were in a directory, and whose files are somewhere else.
    pub fn stored(root: &Path, store: Box<dyn Store>) -> Self {
        let root = root.to_owned();
        Self { root, store, overlay: BTreeMap::new(), lock: None, called: None, aliases: BTreeMap::new() }
    }

    /// The real path of the root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path within the project of a path that the user gave.
    pub fn entry(&self, given: &Path) -> io::Result<String> {
        let directory = given.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = given.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        let real = directory.canonicalize()?.join(name);
        let within = real.strip_prefix(&self.root).map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        path::slashed(within).ok_or_else(|| io::Error::other("its path is not UTF-8"))
    }

    /// Lets a text stand in for the file at this path.
    pub fn overlay(&mut self, path: &str, text: String) {
        self.overlay.insert(path.to_owned(), text);
    }

    /// Lets what lies in a directory be called as if a prefix stood for that.
    pub fn call(&mut self, directory: &Path, prefix: &str) {
        let real = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
        self.called = Some((real, prefix.to_owned()));
    }

    /// Lets a file be called otherwise.
    pub fn alias(&mut self, path: &str, shown: String) {
        self.aliases.insert(path.to_owned(), shown);
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> Result<String, Refusal> {
        match self.overlay.get(path) {
            Some(text) => Ok(text.clone()),
            None => decoded(self.store.bytes(&path::normal(path)?)?),
        }
    }

    /// The paths of the files that match a pattern, in the order of their bytes. `*` stands for any characters of one
    /// part of a path, `?` for one character, `**` for any number of directories.
    pub fn list(&self, pattern: &str) -> Result<Vec<String>, Refusal> {
        glob::list(&*self.store, &path::normal(pattern)?)
    }

    /// Reads the lock, if there is one, so that all stages see the same.
    pub fn read_lock(&mut self) -> Result<(), Refusal> {
        self.lock = match self.store.bytes(LOCK).and_then(decoded) {
            Ok(text) => Some(text),
            Err(Refusal::NotFound) => None,
            Err(why) => return Err(why),
        };
        Ok(())
    }

    /// The text of the lock.
    pub fn lock(&self) -> Option<&str> {
        self.lock.as_deref()
    }

    /// How the user would write a path of the project from the working directory.
    pub fn shown(&self, path: &str) -> String {
        if let Some(alias) = self.aliases.get(path) {
            return alias.clone();
        }
        if let Some((directory, prefix)) = &self.called
            && let Some(within) = self.root.join(path).strip_prefix(directory).ok().and_then(path::slashed)
        {
            return format!("{prefix}{within}");
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        here.ok().and_then(|here| path::from_directory(&here, &self.root.join(path))).unwrap_or_else(|| path.to_owned())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
