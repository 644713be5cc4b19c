//! Where a project begins.

use std::path::{Path, PathBuf};

/// What was chosen for the platforms of a project, at its root.
pub const LOCK: &str = "platc.lock";

/// A directory that holds one of these is a root.
const MARKS: [&str; 3] = ["platc.toml", LOCK, ".git"];

/// The nearest directory above with a mark; the directory itself where there is none.
pub fn of(directory: &Path) -> PathBuf {
    let marked = |directory: &&Path| MARKS.iter().any(|mark| directory.join(mark).exists());
    directory.ancestors().find(marked).unwrap_or(directory).to_owned()
}
