//! One text that belongs to no project.

use diagnostics::FileId;

use super::Sources;

/// One text that belongs to no project.
pub struct Text {
    /// How it is called where its lines are shown.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Text {
    /// The number of its only file.
    pub const FILE: FileId = FileId(0);
}

impl Sources for Text {
    fn path(&self, _: FileId) -> &str {
        &self.path
    }

    fn text(&self, _: FileId) -> &str {
        &self.text
    }
}
