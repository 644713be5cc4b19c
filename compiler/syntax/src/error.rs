//! What is wrong with a text, as values.

use crate::range::TextRange;

/// One mistake in the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// The stable code, such as `syntax/unclosed`.
    pub code: &'static str,
    /// The place of the mistake.
    pub range: TextRange,
    /// One line that stands alone.
    pub message: String,
    /// One action that mends it.
    pub help: Option<String>,
    /// Other places that take part.
    pub labels: Vec<(TextRange, String)>,
    /// The action as edits, where it can be written by machine.
    pub fix: Option<Fix>,
}

/// Edits that mend a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What the edits do, as an imperative.
    pub title: String,
    /// Replacements; the ranges do not overlap.
    pub edits: Vec<(TextRange, String)>,
}

impl SyntaxError {
    pub(crate) fn new(code: &'static str, range: TextRange, message: impl Into<String>) -> SyntaxError {
        SyntaxError { code, range, message: message.into(), help: None, labels: Vec::new(), fix: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> SyntaxError {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn label(mut self, range: TextRange, text: impl Into<String>) -> SyntaxError {
        self.labels.push((range, text.into()));
        self
    }

    pub(crate) fn fix(mut self, title: impl Into<String>, range: TextRange, text: impl Into<String>) -> SyntaxError {
        self.fix = Some(Fix { title: title.into(), edits: vec![(range, text.into())] });
        self
    }
}
