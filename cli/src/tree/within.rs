//! New files made within the old tree, each of which is renamed to its place. The steps are in the header of the module
//! above.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use backend::MANIFEST;

use super::Change;
use super::disk;
use super::failure::{Failure, Result, to};
use super::look;
use super::place::{Place, is_reached};
use super::record::{Record, TREE};

/// Finishes what an earlier build began, or throws it away where it had not begun.
pub fn finish(place: &Place) -> Result {
    let work = place.within();
    if disk::is_left(&work)? {
        if let Some(record) = Record::read(&work)? {
            // What was changed in between stays as it is, and the plan says so.
            apply(place, &work, &record)?;
        }
        disk::discard(&work)?;
    }
    Ok(())
}

/// Writes the tree.
pub fn write(place: &Place, change: &Change) -> Result {
    if fs::symlink_metadata(&place.directory).is_err() {
        fs::create_dir(&place.directory).map_err(to("create", &place.directory))?;
    }
    let work = place.within();
    let record = change.record();
    if let Err(failure) = prepare(place, &work, change, &record) {
        // What can not be removed now is thrown away by the next build.
        let _ = disk::discard(&work);
        return Err(failure);
    }
    let changed = apply(place, &work, &record)?;
    disk::discard(&work)?;
    match changed.first() {
        None => Ok(()),
        Some(path) => {
            Err(Failure::new("write", &place.directory.join(path), "it was changed while the tree was written"))
        }
    }
}

fn prepare(place: &Place, work: &Path, change: &Change, record: &Record) -> Result {
    disk::begin(work)?;
    let tree = work.join(TREE);
    let new =
        change.plan.write.iter().filter_map(|path| Some((path.as_str(), change.tree.files().get(path)?.as_slice())));
    let mut paths = BTreeSet::from([Path::new("")]);
    for (path, content) in new.chain([(MANIFEST, change.list.as_bytes())]) {
        disk::make_above(&tree, Path::new(path))?;
        disk::write(&tree.join(path), content, change.tree.mode(path), &place.directory.join(path))?;
        paths.extend(Path::new(path).ancestors());
    }
    disk::sync(&tree, paths.into_iter().collect::<Vec<_>>().into_iter())?;
    record.write(work)
}

/// Does what the record says and has not been done. Returns what has another content now than the record knows.
fn apply(place: &Place, work: &Path, record: &Record) -> Result<Vec<PathBuf>> {
    let root = &place.directory;
    let mut changed = vec![];
    let mut touched = BTreeSet::from([PathBuf::new()]);
    for path in &record.removed {
        if is_reached(root, path) && fs::symlink_metadata(root.join(path)).is_ok() {
            match may_replace(root, path, record)? {
                true => fs::remove_file(root.join(path)).map_err(to("remove", &root.join(path)))?,
                false => changed.push(path.clone()),
            }
        }
        remove_empty_above(root, path)?;
        touched.extend(path.ancestors().skip(1).map(Path::to_owned));
    }
    let list = Path::new(MANIFEST);
    let files = record.own.keys().map(PathBuf::as_path).filter(|path| *path != list);
    for path in files.chain([list]) {
        let new = work.join(TREE).join(path);
        if fs::symlink_metadata(&new).is_err() {
            continue;
        }
        if reach(root, path)? && may_replace(root, path, record)? {
            fs::rename(&new, root.join(path)).map_err(to("write", &root.join(path)))?;
            touched.extend(path.ancestors().skip(1).map(Path::to_owned));
        } else {
            changed.push(path.to_owned());
        }
    }
    for directory in touched.iter().filter(|directory| is_reached(root, &directory.join("x"))) {
        disk::sync_directory(&root.join(directory))?;
    }
    Ok(changed)
}

/// Whether there is nothing, or a file with a content that the record knows.
fn may_replace(root: &Path, path: &Path, record: &Record) -> Result<bool> {
    let full = root.join(path);
    match fs::symlink_metadata(&full) {
        Ok(about) if about.is_file() => Ok(record.knows(path, &look::content(&full).map_err(to("read", &full))?)),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(to("read", &full)(error)),
    }
}

/// Removes the directories above a file that is gone, as far as they are empty.
fn remove_empty_above(root: &Path, path: &Path) -> Result {
    use io::ErrorKind as Kind;
    let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
    for above in above.filter(|above| is_reached(root, above)) {
        let full = root.join(above);
        match fs::remove_dir(&full) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), Kind::NotFound | Kind::NotADirectory) => {}
            // Something foreign is in it, or it is a mount point.
            Err(error) if matches!(error.kind(), Kind::DirectoryNotEmpty | Kind::ResourceBusy) => break,
            Err(error) => return Err(to("remove", &full)(error)),
        }
    }
    Ok(())
}

/// Makes the directories above a path, unless something else is where one of them should be.
fn reach(root: &Path, path: &Path) -> Result<bool> {
    let mut above: Vec<&Path> = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()).collect();
    above.reverse();
    for directory in above {
        let full = root.join(directory);
        match fs::symlink_metadata(&full) {
            Ok(about) if about.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir(&full).map_err(to("create", &full))?;
            }
            Err(error) => return Err(to("read", &full)(error)),
        }
    }
    Ok(true)
}
