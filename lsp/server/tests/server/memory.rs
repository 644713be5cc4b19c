//! A disk in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use compiler::{LoadError, Loader};
use server::disk::{Disk, Files, Settings};

#[derive(Clone, Default)]
pub struct Memory {
    files: Arc<Mutex<BTreeMap<PathBuf, String>>>,
    /// Every path that was read.
    read: Arc<Mutex<Vec<PathBuf>>>,
}

impl Memory {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let memory = Self::default();
        files.iter().for_each(|(path, text)| memory.write(path, text));
        memory
    }

    pub fn write(&self, path: &str, text: &str) {
        self.files.lock().unwrap().insert(PathBuf::from(path), text.to_owned());
    }

    pub fn remove(&self, path: &str) {
        self.files.lock().unwrap().remove(Path::new(path));
    }

    pub fn was_read(&self) -> Vec<PathBuf> {
        self.read.lock().unwrap().clone()
    }

    fn text(&self, path: &Path) -> Option<String> {
        self.read.lock().unwrap().push(path.to_owned());
        self.files.lock().unwrap().get(path).cloned()
    }
}

impl Disk for Memory {
    fn real(&self, path: &Path) -> Option<PathBuf> {
        Some(path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.lock().unwrap().contains_key(path)
    }

    fn root(&self, folder: &Path) -> PathBuf {
        let files = self.files.lock().unwrap();
        let is_root = |folder: &&Path| files.contains_key(&folder.join("platc.toml"));
        folder.ancestors().find(is_root).unwrap_or(folder).to_owned()
    }

    fn sources(&self, folder: &Path) -> Vec<PathBuf> {
        let files = self.files.lock().unwrap();
        files
            .keys()
            .filter(|path| path.starts_with(folder) && path.extension().is_some_and(|it| it == "pl"))
            .cloned()
            .collect()
    }

    fn project(&self, root: &Path) -> Box<dyn Files> {
        Box::new(Within { memory: self.clone(), root: root.to_owned() })
    }
}

pub struct Within {
    pub memory: Memory,
    pub root: PathBuf,
}

impl Loader for Within {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let message = format!("`{path}` can not be imported: it does not exist");
        self.memory.text(&self.root.join(path)).ok_or(LoadError { code: "import/not-found", message })
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        let (folder, _) = pattern.split_once('*').unwrap_or((pattern, ""));
        let sources = self.memory.sources(&self.root);
        let paths = sources.iter().filter_map(|path| path.strip_prefix(&self.root).ok()?.to_str().map(str::to_owned));
        Ok(paths.filter(|path| path.starts_with(folder)).collect())
    }
}

impl Files for Within {
    fn settings(&self) -> Settings {
        Settings::default()
    }

    fn lock(&self) -> Option<String> {
        self.memory.text(&self.root.join("platc.lock"))
    }
}
