//! Platforms opened in the compiler.

use compiler::{LoadError, Loader, Session, eval, keys};
use workload::File;

/// Files in memory.
pub struct Files<'a>(pub &'a [File]);

impl Loader for Files<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let found = self.0.iter().find(|file| file.0 == path).map(|file| file.1.clone());
        found.ok_or_else(|| LoadError { code: "import/not-found", message: format!("there is no `{path}`") })
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let paths = self.0.iter().map(|file| file.0.clone());
        Ok(paths.filter(|path| path.starts_with(before) && path.ends_with(after)).collect())
    }
}

/// A platform whose text is known and nothing more.
pub fn open(files: &[File]) -> Session {
    Session::open(&Files(files), &[workload::MAIN]).0
}

/// Evaluates everything that stands in a platform; how many instances that is.
#[allow(dead_code, reason = "not every benchmark evaluates by itself")]
pub fn evaluate(session: &Session) -> usize {
    let db = session.db();
    let mut count = 0;
    let mut queue = vec![keys::root(db)];
    while let Some(home) = queue.pop() {
        if let Some(instance) = eval::instance(db, home) {
            count += 1;
            queue.extend(instance.children.iter().copied());
        }
    }
    count
}
