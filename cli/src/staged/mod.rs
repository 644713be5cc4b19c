//! What is staged: the index of the repository around, as files. The files of the working directory are never looked at, and
//! nothing is written.
//!
//! ```text
//! git ls-files, diff-index --> entries, changed --Folder--> a `Store` for a project
//!                                    blobs: contents, by their ids, when they are asked for
//! ```

mod blobs;
mod folder;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::edge::Result;
use crate::git;
use crate::project::Refusal;

use blobs::Blobs;
pub use folder::Folder;

/// The index of a repository. Paths are from the root of the repository.
#[derive(Debug)]
pub struct Staged {
    /// The real path of the working directory's root.
    pub top: PathBuf,
    /// What is in it. What has no path that is text is left out: no source can name it.
    pub entries: BTreeMap<String, Entry>,
    /// What is not as in the last commit: gone, if there is no entry.
    pub changed: BTreeSet<String>,
    /// What two sides of a merge say differently.
    pub unmerged: BTreeSet<String>,
    blobs: RefCell<Blobs>,
}

/// An entry of the index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The name of its content.
    id: String,
    /// What it is.
    pub what: What,
}

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A file.
    File,
    /// A file that can be run.
    Program,
    /// A symbolic link.
    Link,
    /// Another repository, of which nothing is read.
    Repository,
}

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope<'a> {
    /// What is to be committed, and besides these files.
    Changes(&'a [PathBuf]),
    /// All that is in the index.
    Everything,
}

impl Staged {
    /// Reads the index, without the contents.
    pub fn read(scope: Scope<'_>) -> Result<Self> {
        let top = git::start(&["rev-parse", "--show-toplevel"])?;
        let listed = git::start(&["ls-files", "--stage", "-z", "--full-name", "--", ":/"])?;
        let changes = ["diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD", "--", ":/"];
        let changed = git::start(&changes)?;
        let (is_there, top) = git::finish(top)?;
        let ((is_listed, listed), (is_compared, changed)) = (git::finish(listed)?, git::finish(changed)?);
        if !is_there {
            return Err(git::no_repository());
        }
        if !is_listed {
            return Err(miette::miette!("git can not read its index: `git status` says why").into());
        }
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']));
        let top = top.canonicalize().map_err(|error| crate::edge::failed("read", &top, &error))?;
        let (entries, unmerged) = entries(&listed);
        let mut staged = Self { top, entries, changed: texts(&changed), unmerged, blobs: RefCell::default() };
        match scope {
            // Before the first commit everything is new.
            Scope::Changes(_) if !is_compared => staged.changed = staged.entries.keys().cloned().collect(),
            Scope::Changes(files) => staged.name(files)?,
            Scope::Everything => staged.changed.extend(staged.entries.keys().cloned()),
        }
        Ok(staged)
    }

    /// Takes files for changed that the user, or who calls us, names. One that is not staged is none, and passes: who calls us
    /// may know of more files than git does.
    fn name(&mut self, files: &[PathBuf]) -> Result<()> {
        for file in files {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let path = folder.canonicalize().ok().zip(file.file_name()).map(|(folder, name)| folder.join(name));
            let within = path.as_deref().and_then(|path| path.strip_prefix(&self.top).ok()).and_then(slashed);
            match within.filter(|within| self.entries.contains_key(within)) {
                Some(within) => drop(self.changed.insert(within)),
                None if file.symlink_metadata().is_ok() => {}
                None => {
                    let shown = file.display().to_string();
                    let shown = crate::report::visible::line(&shown).into_owned();
                    return Err(miette::miette!("`{shown}` is no file, on the disk or staged").into());
                }
            }
        }
        Ok(())
    }

    /// Whether there is anything below a path.
    fn is_directory(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// The entries below a directory, in order.
    pub fn below(&self, directory: &str) -> impl Iterator<Item = (&str, &Entry)> {
        let begin = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let range = self.entries.range(begin.clone()..);
        range.take_while(move |(path, _)| path.starts_with(&begin)).map(|(path, entry)| (path.as_str(), entry))
    }

    /// What is in a file, or where a link leads.
    pub fn content(&self, entry: &Entry) -> std::result::Result<Vec<u8>, Refusal> {
        self.blobs.borrow_mut().read(&entry.id)
    }
}

/// A list of texts, each ended by a zero.
fn texts(listed: &[u8]) -> BTreeSet<String> {
    let parts = listed.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.filter_map(|part| std::str::from_utf8(part).ok()).map(str::to_owned).collect()
}

/// What `git ls-files --stage -z` lists: `MODE ID STAGE<tab>PATH`, and of a path that is not merged several.
fn entries(listed: &[u8]) -> (BTreeMap<String, Entry>, BTreeSet<String>) {
    let (mut entries, mut unmerged) = (BTreeMap::new(), BTreeSet::new());
    for line in texts(listed) {
        let Some((about, path)) = line.split_once('\t') else { continue };
        let mut words = about.split(' ');
        let (Some(mode), Some(id), Some(stage)) = (words.next(), words.next(), words.next()) else { continue };
        let what = match mode {
            "120000" => What::Link,
            "160000" => What::Repository,
            "100755" => What::Program,
            _ => What::File,
        };
        match stage {
            "0" => entries.insert(path.to_owned(), Entry { id: id.to_owned(), what }).is_some(),
            _ => unmerged.insert(path.to_owned()),
        };
    }
    (entries, unmerged)
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_read() {
        let listed = b"100644 aa 0\ta b.pl\x00100755 bb 0\tx/run\x00120000 cc 0\tlink\x00160000 dd 0\tother\x00\
            100644 e1 1\tboth.pl\x00100644 e2 2\tboth.pl\x00100644 e3 3\tboth.pl\x00100644 ff 0\t\xff.pl\x00";
        let (entries, unmerged) = entries(listed);
        let told: Vec<(&str, What)> = entries.iter().map(|(path, entry)| (path.as_str(), entry.what)).collect();
        let expected =
            [("a b.pl", What::File), ("link", What::Link), ("other", What::Repository), ("x/run", What::Program)];
        assert_eq!(told, expected);
        assert_eq!(unmerged, BTreeSet::from(["both.pl".to_owned()]));
    }
}
