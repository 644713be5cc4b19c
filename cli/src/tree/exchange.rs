//! A new tree made beside the old one, which takes its place in one step. The steps are in the header of the module above.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use backend::{MANIFEST, Mode};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::carry::{self, Carried, Dress};
use super::disk;
use super::failure::{Failure, Result, to};
use super::look;
use super::place::{Place, is_reached};
use super::record::{Record, TREE};
use super::{Attempt, Change};

/// Removes what an earlier build left.
pub fn finish(place: &Place) -> Result {
    match place.beside() {
        Some(work) if disk::is_left(&work)? => clear(place, &work),
        _ => Ok(()),
    }
}

/// Exchanges the tree, unless there is a reason why that can not be done here.
pub fn write(place: &Place, change: &Change) -> Result<Attempt> {
    let Some(work) = place.beside() else { return Ok(Attempt::Impossible) };
    match prepare(place, &work, change).and_then(|()| exchange(place, &work)) {
        Ok(()) => {}
        Err(failure) => {
            let discarded = disk::discard(&work);
            if !failure.is_obstacle() {
                return Err(failure);
            }
            return discarded.map(|()| Attempt::Impossible);
        }
    }
    if let Some(parent) = &place.parent {
        disk::sync_directory(parent)?;
    }
    clear(place, &work)?;
    Ok(Attempt::Done)
}

fn prepare(place: &Place, work: &Path, change: &Change) -> Result {
    let carried = carry::survey(&place.directory, &change.sight)?;
    disk::begin(work)?;
    let tree = work.join(TREE);
    let directories = directories(&carried, change);
    for directory in &directories {
        let (old, new) = (place.directory.join(directory), tree.join(directory));
        if !directory.as_os_str().is_empty() {
            fs::create_dir(&new).map_err(to("create", &new))?;
        }
        carry::dress(&old, &new, Dress::Work)?;
    }
    for path in carried.files.keys() {
        let (old, new) = (place.directory.join(path), tree.join(path));
        fs::hard_link(&old, &new).map_err(to("link", &old))?;
    }
    let mut written: Vec<&Path> = write_files(place, &tree, change)?;
    written.extend(directories.iter().map(PathBuf::as_path));
    disk::sync(&tree, written.into_iter())?;
    for directory in directories.iter().rev() {
        let (old, new) = (place.directory.join(directory), tree.join(directory));
        let dress = if carried.directories.contains(directory) { Dress::Foreign } else { Dress::Own };
        carry::dress(&old, &new, dress)?;
    }
    Record { shared: carried.files, ..change.record() }.write(work)
}

/// All directories of the new tree, each behind the one that it is in.
fn directories(carried: &Carried, change: &Change) -> BTreeSet<PathBuf> {
    let mut directories = carried.directories.clone();
    let own = change.tree.files().keys().map(Path::new);
    for path in own.chain(carried.files.keys().map(PathBuf::as_path)) {
        directories.extend(path.ancestors().skip(1).map(Path::to_owned));
    }
    for directory in &carried.directories {
        directories.extend(directory.ancestors().map(Path::to_owned));
    }
    directories.insert(PathBuf::new());
    directories
}

/// Writes the new files, and gives the others a second name. Returns those that were written.
fn write_files<'c>(place: &Place, tree: &Path, change: &'c Change) -> Result<Vec<&'c Path>> {
    let new: BTreeSet<&str> = change.plan.write.iter().map(String::as_str).collect();
    let mut written = vec![];
    for (path, content) in change.tree.files() {
        let (old, target) = (place.directory.join(path), tree.join(path));
        if new.contains(path.as_str()) || fs::hard_link(&old, &target).is_err() {
            disk::write(&target, content, change.tree.mode(path), &old)?;
            written.push(Path::new(path));
        }
    }
    disk::write(&tree.join(MANIFEST), change.list.as_bytes(), Mode::Plain, &place.directory.join(MANIFEST))?;
    written.push(Path::new(MANIFEST));
    Ok(written)
}

/// The step. A directory that was not there is not exchanged with anything.
fn exchange(place: &Place, work: &Path) -> Result {
    let (tree, directory) = (work.join(TREE), &place.directory);
    let flags = if fs::symlink_metadata(directory).is_ok() { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
    renameat_with(CWD, &tree, CWD, directory, flags).map_err(io::Error::from).map_err(to("write", directory))
}

/// Removes what is left in the place of work: an old tree, or a new one that never took its place.
fn clear(place: &Place, work: &Path) -> Result {
    if let Some(record) = Record::read(work)? {
        let mut sweep = Sweep { tree: work.join(TREE), directory: &place.directory, record, kept: vec![] };
        sweep.sweep(Path::new(""))?;
        if let Some(path) = sweep.kept.first() {
            let why = "it came while the tree was exchanged, and has no place in the new one: move it away";
            return Err(Failure::new("remove", path, why));
        }
    }
    disk::discard(work)
}

struct Sweep<'p> {
    tree: PathBuf,
    directory: &'p Path,
    record: Record,
    kept: Vec<PathBuf>,
}

impl Sweep<'_> {
    fn sweep(&mut self, below: &Path) -> Result {
        let directory = self.tree.join(below);
        let Ok(entries) = disk::list(&directory)? else { return Ok(()) };
        for entry in entries {
            let (path, full) = (below.join(entry.file_name()), entry.path());
            if entry.file_type().map_err(to("read", &full))?.is_dir() {
                self.sweep(&path)?;
            } else if self.is_known(&path).map_err(to("read", &full))? {
                fs::remove_file(&full).map_err(to("remove", &full))?;
            } else if !self.rescue(&path) {
                self.kept.push(full);
            }
        }
        match fs::remove_dir(&directory) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty && !self.kept.is_empty() => Ok(()),
            result => result.map_err(to("remove", &directory)),
        }
    }

    /// Whether a file is platc's, or is in the other tree, or was when that one was made.
    fn is_known(&self, path: &Path) -> io::Result<bool> {
        let full = self.tree.join(path);
        let about = fs::symlink_metadata(&full)?;
        let other = fs::symlink_metadata(self.directory.join(path));
        if other.is_ok_and(|other| (other.dev(), other.ino()) == (about.dev(), about.ino())) {
            return Ok(true);
        }
        if self.record.shared.get(path) == Some(&about.ino()) {
            return Ok(true);
        }
        let is_own = about.is_file() && self.record.own.contains_key(path);
        Ok(is_own && self.record.knows(path, &look::content(&full)?))
    }

    /// Moves a file that came in between into the tree that is valid.
    fn rescue(&self, path: &Path) -> bool {
        let (from, to) = (self.tree.join(path), self.directory.join(path));
        is_reached(self.directory, path) && renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).is_ok()
    }
}
