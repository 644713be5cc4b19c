//! Scripts: a readable program that is always the same, and behind it what it works with, as data.
//!
//! ```sh
//! …the program…
//! hosts=('cp-1' 'cp-2')
//! main "$@"
//! ```
//!
//! What a user wrote stands between single quotes and nowhere else, so that no name, path or label can become a command.

use std::fmt::Write;

/// The programs by their names.
const PROGRAMS: &[(&str, &str)] = &[
    ("talos", include_str!("operator/talos.sh")),
    ("k3d", include_str!("operator/k3d.sh")),
    ("fetch", include_str!("operator/fetch.sh")),
];

/// What all of them use.
const TOOLS: &str = include_str!("operator/tools.sh");

/// A program with its lists of texts; nothing where there is no such program.
pub fn script<T: AsRef<str>>(program: &str, data: &[(&str, Vec<T>)]) -> Option<String> {
    let (_, text) = PROGRAMS.iter().find(|(name, _)| *name == program)?;
    let mut script = [*text, TOOLS].concat();
    script.push_str("\n# What it works with.\n");
    for (name, texts) in data {
        let texts: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
        // A `String` takes everything.
        let _ = writeln!(script, "{}=({})", name.replace('-', "_"), texts.join(" "));
    }
    script.push_str("\nmain \"$@\"\n");
    Some(script)
}

/// A text as one word of a shell that says exactly this, whatever it is. No shell can hold the character zero: it ends the text.
pub fn quoted(text: &str) -> String {
    let text = text.split('\0').next().unwrap_or_default();
    // Behind what would begin something outside of quotes these are closed and opened again: who reads a script for mistakes,
    // person or machine, sees at once that it begins nothing.
    let text = text.replace('\'', r"'\''").replace('$', "$''").replace('`', "`''");
    format!("'{text}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_word_that_a_shell_reads_back() {
        let hostile = [
            "",
            "a b",
            "it's",
            "'; touch pwned; '",
            "$(id) `id` ${HOME} $HOME",
            "a\nb\t\r",
            "\\",
            "\\'",
            "\"\"",
            "!!",
            "*",
            "~",
            "\u{1b}[31m",
            "ü \u{202e}",
            "-n",
            "#",
            "a\\\nb",
        ];
        let words: Vec<String> = hostile.iter().map(|text| quoted(text)).collect();
        let program = format!("printf '%s\\0' {}", words.join(" "));
        let Ok(answer) = std::process::Command::new("bash").arg("-c").arg(program).output() else { return };
        let read = String::from_utf8_lossy(&answer.stdout).into_owned();
        let read: Vec<&str> = read.trim_end_matches('\0').split('\0').collect();
        assert_eq!(read, hostile);
    }

    #[test]
    fn there_is_no_script_of_another_name() {
        assert!(script::<String>("other", &[]).is_none());
        assert!(script("fetch", &[("a-b", vec!["it's"])]).is_some_and(|text| text.contains("\na_b=('it'\\''s')\n")));
    }
}
