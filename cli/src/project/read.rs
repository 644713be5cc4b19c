//! Reads one file, or says why not.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// No source is larger than this.
const LIMIT: u64 = 64 << 20;

/// Why a file is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is no such file.
    NotFound,
    /// It lies outside the project, perhaps behind a symbolic link.
    OutsideRoot,
    /// It is a directory.
    Directory,
    /// It is a pipe, a socket or a device.
    Special,
    /// It is larger than the limit.
    TooLarge,
    /// Its bytes are not UTF-8.
    NotText {
        /// Where the first wrong byte is.
        offset: usize,
        /// The text with a replacement for every wrong byte.
        readable: String,
    },
    /// The system does not let us.
    Unreadable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotFound => write!(formatter, "it does not exist"),
            Refusal::OutsideRoot => write!(formatter, "it lies outside the project"),
            Refusal::Directory => write!(formatter, "it is a directory"),
            Refusal::Special => write!(formatter, "it is no ordinary file"),
            Refusal::TooLarge => write!(formatter, "it is larger than {} MiB", LIMIT >> 20),
            Refusal::NotText { offset, .. } => {
                write!(formatter, "it is not UTF-8 from byte {offset} on")
            }
            Refusal::Unreadable(why) => write!(formatter, "{why}"),
        }
    }
}

impl Refusal {
    /// What an error of the system means to the user.
    pub fn from_error(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::NotFound,
            io::ErrorKind::IsADirectory => Refusal::Directory,
            io::ErrorKind::PermissionDenied => Refusal::Unreadable("permission denied".to_owned()),
            _ => Refusal::Unreadable(error.to_string()),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::from_error(&error)
    }
}

/// Bytes as text. A byte order mark is part of it: the compiler knows it.
pub fn decoded(bytes: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(bytes).map_err(|error| Refusal::NotText {
        offset: error.utf8_error().valid_up_to(),
        readable: String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

/// The bytes of a reader, unless there are too many.
pub fn limited(reader: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = vec![];
    reader.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

/// Where a path really leads, if that is within the root.
pub fn real(root: &Path, path: &str) -> Result<PathBuf, Refusal> {
    let real = root.join(path).canonicalize()?;
    if real.starts_with(root) { Ok(real) } else { Err(Refusal::OutsideRoot) }
}

/// Asks what the file is before opening it: to open a pipe is to wait for its writer.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(Refusal::Directory);
    }
    if !about.is_file() {
        return Err(Refusal::Special);
    }
    if about.len() > LIMIT {
        return Err(Refusal::TooLarge);
    }
    limited(File::open(path)?)
}
