//! The folders that are open, and which project a document belongs to.
//!
//! Whoever opens a folder looks into it, and no further: without the client's word that the folder is trusted, a project does
//! not reach above the folder that is open, whatever lies there.

use std::path::{Path, PathBuf};

use tower_lsp_server::gen_lsp_types::Uri;

use crate::convert::{self, Name};
use crate::disk::Disk;
use crate::documents::{Documents, Place};

/// How far a project may reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Trust {
    /// Not above the folder that is open.
    #[default]
    Folder,
    /// As far as its root, as for the command line.
    Project,
}

/// A folder that is open.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its name, as the editor writes it.
    pub uri: String,
    /// Where it really is.
    pub path: PathBuf,
}

/// What is open.
pub struct Workspace {
    /// The disk.
    pub disk: Box<dyn Disk>,
    /// How far projects may reach.
    pub trust: Trust,
    /// The folders.
    pub folders: Vec<Folder>,
}

/// The path of a text that is on no disk.
const UNTITLED: &str = "untitled.pl";

impl Workspace {
    /// Without folders.
    pub fn new(disk: Box<dyn Disk>) -> Self {
        Self { disk, trust: Trust::default(), folders: vec![] }
    }

    /// Opens a folder, if there is one of this name.
    pub fn open(&mut self, uri: &str) -> Option<&Folder> {
        let Name::File(path) = Name::of(uri) else {
            return None;
        };
        // The folder itself is looked for, not one of this name in the real folder around it.
        let path = self.disk.real(&path.join("."))?;
        let path = path.components().as_path().to_owned();
        self.folders.push(Folder { uri: uri.trim_end_matches('/').to_owned(), path });
        self.folders.last()
    }

    /// Closes a folder.
    pub fn close(&mut self, uri: &str) {
        self.folders.retain(|folder| folder.uri != uri.trim_end_matches('/'));
    }

    /// Where a document stands; nothing where it belongs to no project.
    pub fn place(&self, uri: &Uri) -> Option<Place> {
        match Name::of(&uri.0) {
            Name::Own(_) => None,
            Name::Other(name) => Some(Place { root: PathBuf::from(name), path: UNTITLED.to_owned() }),
            Name::File(path) => {
                let unknown = || Place { root: PathBuf::from(uri.0.clone()), path: UNTITLED.to_owned() };
                Some(self.disk.real(&path).and_then(|real| self.place_of(&real)).unwrap_or_else(unknown))
            }
        }
    }

    /// Where a file stands, by its real path.
    pub fn place_of(&self, real: &Path) -> Option<Place> {
        let root = self.root(real.parent()?);
        let path = slashed(real.strip_prefix(&root).ok()?)?;
        Some(Place { root, path })
    }

    /// Where a file will stand that is not there yet, perhaps in folders that are not either.
    pub fn place_of_new(&self, uri: &Uri) -> Option<Place> {
        let Name::File(path) = Name::of(&uri.0) else {
            return None;
        };
        let around = path.ancestors().find_map(|around| Some((around, self.disk.real(&around.join("."))?)));
        let (around, real) = around?;
        let real: PathBuf = real.components().collect();
        let root = self.root(&real);
        let full = real.join(path.strip_prefix(around).ok()?);
        let path = slashed(full.strip_prefix(&root).ok()?)?;
        Some(Place { root, path })
    }

    /// The root of the project around a real folder.
    pub fn root(&self, folder: &Path) -> PathBuf {
        let root = self.disk.root(folder);
        let around = self.folders.iter().map(|folder| &folder.path).filter(|around| folder.starts_with(around));
        match around.min_by_key(|around| around.as_os_str().len()) {
            Some(around) if self.trust == Trust::Folder && around.starts_with(&root) => around.clone(),
            _ => root,
        }
    }

    /// How the editor calls a file of a project.
    pub fn uri(&self, documents: &Documents, root: &Path, path: &str) -> Uri {
        // What the compiler writes of a file of schemas stands beside it, and on no disk.
        if path.starts_with("std:") || path.ends_with("#types") {
            return Uri(convert::of_own(path));
        }
        if let Some(open) = documents.at(root, path) {
            return open.uri.clone();
        }
        let full = root.join(path);
        let folders = self.folders.iter().filter_map(|folder| Some((folder, full.strip_prefix(&folder.path).ok()?)));
        match folders.min_by_key(|(_, rest)| rest.as_os_str().len()) {
            Some((folder, rest)) => {
                Uri(format!("{}/{}", folder.uri, convert::encoded(&slashed(rest).unwrap_or_default())))
            }
            None => Uri(convert::of_path(&full)),
        }
    }
}

/// A relative path with `/` between its parts.
pub fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
