//! The files of a text that was never saved: there are none.

use compiler::{LoadError, Loader};

use crate::disk::{Files, Settings};

/// No files.
pub struct Nowhere;

impl Loader for Nowhere {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let message = format!("`{path}` can not be imported: this text is not saved, so nothing lies beside it");
        Err(LoadError { code: "import/not-found", message })
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(vec![])
    }
}

impl Files for Nowhere {
    fn settings(&self) -> Settings {
        Settings::default()
    }

    fn lock(&self) -> Option<String> {
        None
    }
}
