//! What is wrong with a text or a calculation, told so that the user can act on it. Knows no place and no code: whoever
//! reports it adds both.

use std::fmt;

/// Why a value could not be made.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Problem {
    /// One line in lower case without a final period; the user's text stands in backticks.
    pub message: String,
    /// What to do about it, where the message alone does not say.
    pub help: Option<String>,
    /// The text that was probably meant, which can stand in place of the whole text that was read.
    pub fix: Option<String>,
}

impl Problem {
    /// A problem with neither help nor fix.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, fix: None }
    }

    /// The same problem with a help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with the text that was probably meant.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// The same problem with the text that was probably meant, where one is known.
    #[must_use]
    pub fn with_fix_if(mut self, fix: Option<String>) -> Self {
        self.fix = fix.or(self.fix);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
