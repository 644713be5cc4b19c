//! What is wrong with a text, as a value.
//!
//! Knows places and sentences; must not know how they are shown.

use crate::datum::TextRange;
use crate::limits::Limits;

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// One line that stands alone: lower case, no final period, the user's things in backticks.
    pub message: String,
    /// Where it is wrong.
    pub range: TextRange,
    /// The other place that takes part, if there is one.
    pub related: Option<Related>,
    /// One action that would help, if there is one.
    pub help: Option<String>,
}

/// Another place that takes part in an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What this place has to do with it.
    pub note: String,
    /// Where it is.
    pub range: TextRange,
}

impl ReadError {
    pub(crate) fn new(range: TextRange, message: impl Into<String>) -> ReadError {
        ReadError { message: message.into(), range, related: None, help: None }
    }

    pub(crate) fn with_related(mut self, range: TextRange, note: impl Into<String>) -> ReadError {
        self.related = Some(Related { note: note.into(), range });
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> ReadError {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn too_many_values(range: TextRange, limits: Limits) -> ReadError {
        let message = format!("the file has more than {} values", limits.nodes);
        ReadError::new(range, message)
    }

    pub(crate) fn nested_too_deeply(range: TextRange, limits: Limits) -> ReadError {
        let message = format!("lists and maps are nested deeper than {} levels", limits.depth);
        ReadError::new(range, message)
    }

    pub(crate) fn duplicate_key(key: &str, range: TextRange, first: TextRange) -> ReadError {
        ReadError::new(range, format!("the key `{}` is given twice", shown(key)))
            .with_related(first, "given here first")
            .with_help("remove one of the two entries")
    }
}

/// A piece of the user's text, short enough and plain enough to stand in a one-line message.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut result = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            result.push('…');
            break;
        }
        if character.is_control() {
            result.extend(character.escape_default());
        } else {
            result.push(character);
        }
    }
    result
}
