//! Places in source files, as bytes. Lines and columns are not known here: they are computed where something is shown.

/// A file of the platform, numbered by whoever loaded it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// The bytes `start..end` of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file that the bytes are of.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte; equal to `start` where something is missing.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The gap before the byte `offset`, where something could be inserted.
    pub fn gap(file: FileId, offset: u32) -> Self {
        Self::new(file, offset, offset)
    }
}
