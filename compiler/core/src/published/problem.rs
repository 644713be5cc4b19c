//! What is wrong in a document of schemas, at its place.

use data::TextRange;

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub range: TextRange,
    /// What.
    pub message: String,
}
