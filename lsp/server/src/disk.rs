//! What the server may know of the disk: a trait, which the command line implements. Nothing else here reads anything.

use std::path::{Path, PathBuf};

use compiler::Loader;
use diagnostics::{Diagnostic, Levels};

/// The disk.
pub trait Disk: Send {
    /// The path of a file with all links of its folder followed. The file itself need not exist, its folder must.
    fn real(&self, path: &Path) -> Option<PathBuf>;
    /// Whether there is a file at a path.
    fn is_file(&self, path: &Path) -> bool;
    /// The root of the project that a folder belongs to.
    fn root(&self, folder: &Path) -> PathBuf;
    /// The sources below a folder, in order; not those in hidden folders or behind links to others.
    fn sources(&self, folder: &Path) -> Vec<PathBuf>;
    /// A project, of which nothing above its root is read.
    fn project(&self, root: &Path) -> Box<dyn Files>;
}

/// The files of one project, by their paths below its root.
pub trait Files: Loader {
    /// What the project says about itself.
    fn settings(&self) -> Settings;
    /// What was chosen for it before.
    fn lock(&self) -> Option<String>;
}

/// What a project says about itself.
#[derive(Default)]
pub struct Settings {
    /// The levels of rules.
    pub levels: Levels,
    /// What is wrong in the file that says so, whose text is the second.
    pub found: Vec<Diagnostic>,
    /// Its text.
    pub text: String,
}

/// Where a project says so.
pub const SETTINGS: &str = "platc.toml";

/// Where it is kept what was chosen for a project.
pub const LOCK: &str = "platc.lock";
