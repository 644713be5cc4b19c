//! What the disk did not let us do.

use std::io;
use std::path::{Path, PathBuf};

use crate::edge::{self, Stop};

/// An error of the system, with what was tried and where.
#[derive(Debug)]
pub struct Failure {
    what: &'static str,
    path: PathBuf,
    error: io::Error,
}

/// The result of work on disk.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// Says what was tried, where it fails.
pub fn to<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Failure + 'a {
    move |error| Failure { what, path: path.to_owned(), error }
}

impl Failure {
    /// A failure that no system call made.
    pub fn new(what: &'static str, path: &Path, why: impl Into<String>) -> Self {
        to(what, path)(io::Error::other(why.into()))
    }

    /// Whether another way could work: this one needs something that the file system, or our rights, do not give. A full
    /// or a broken disk is no such reason.
    pub fn is_obstacle(&self) -> bool {
        use io::ErrorKind as Kind;
        matches!(
            self.error.kind(),
            Kind::PermissionDenied
                | Kind::ReadOnlyFilesystem
                | Kind::CrossesDevices
                | Kind::TooManyLinks
                | Kind::ResourceBusy
                | Kind::Unsupported
                | Kind::InvalidInput
                | Kind::InvalidFilename
        )
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        edge::failed(failure.what, &failure.path, &failure.error)
    }
}
