//! `platc hook`: looks at what is about to be committed, and nothing else.
//!
//! ```text
//! staged (the index) --projects--> the platforms that a change concerns --look--> style, findings
//!                                                                       --trees--> what is built of them
//! ```

mod install;
mod look;
mod projects;
mod trees;

use crate::arguments::{Hook, HookAction};
use crate::edge::Result;
use crate::terminal::Terminal;

/// Installs or removes the hook, or is it.
pub fn run(arguments: &Hook, terminal: &Terminal) -> Result {
    match &arguments.action {
        HookAction::Install(arguments) => install::install(arguments, terminal),
        HookAction::Uninstall => install::uninstall(terminal),
        HookAction::Run(arguments) => look::run(arguments, terminal),
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./+@%=".contains(letter);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let begin = if word.starts_with('-') { "./" } else { "" };
    format!("'{begin}{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_a_word_as_it_is() {
        assert_eq!(quoted("out/lab.pl"), "out/lab.pl");
        assert_eq!(quoted("two words.pl"), "'two words.pl'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("-x"), "'./-x'");
    }
}
