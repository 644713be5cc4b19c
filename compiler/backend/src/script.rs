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
    format!("'{}'", text.replace('\'', r"'\''"))
}
