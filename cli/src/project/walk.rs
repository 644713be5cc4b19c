//! The sources below a directory that the user gave.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Every file below a directory whose name ends in one of these ways, in the order of the paths. Names that begin with a
/// dot are left out, and symbolic links to directories are not followed.
pub fn files(directory: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![];
    let mut waiting = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory)? {
            let entry = entry?;
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if hidden {
                continue;
            }
            if entry.file_type()?.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending)) && path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The same, passing over directories that can not be read, and links to files: an editor looks around, and nobody named these.
pub fn readable_files(directory: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut waiting = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
            let (path, about) = (entry.path(), entry.file_type());
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let ends = || path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending));
            match about {
                Ok(about) if about.is_dir() && !is_hidden => waiting.push(path),
                Ok(about) if about.is_file() && !is_hidden && ends() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}
