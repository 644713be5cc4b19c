//! The disk as the language server sees it: projects, each within its root.

use std::path::{Path, PathBuf};

use server::disk::{Files, Settings};

use crate::project::{self, Project};
use crate::settings;

/// The disk.
pub struct Disk;

impl server::disk::Disk for Disk {
    fn real(&self, path: &Path) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?);
        // A file that is a link stays what it is called; where its folder really is, decides whose it is.
        match path.ends_with(".") || path.is_dir() {
            true => path.canonicalize().ok(),
            false => folder.canonicalize().ok().map(|folder| folder.join(name)),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn root(&self, folder: &Path) -> PathBuf {
        project::root_of(folder)
    }

    fn sources(&self, folder: &Path) -> Vec<PathBuf> {
        project::readable_files(folder, &["pl"])
    }

    fn project(&self, root: &Path) -> Box<dyn Files> {
        Box::new(Project::rooted(root))
    }
}

impl Files for Project {
    fn settings(&self) -> Settings {
        let read = settings::Settings::of(self);
        Settings { levels: read.levels, found: read.found, text: read.text }
    }

    fn lock(&self) -> Option<String> {
        Project::read(self, project::LOCK).ok()
    }
}
