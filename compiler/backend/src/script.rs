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

use crate::node::quote;

/// The programs by their names.
const PROGRAMS: &[(&str, &str)] = &[
    ("talos", include_str!("operator/talos.sh")),
    ("k3d", include_str!("operator/k3d.sh")),
    ("fetch", include_str!("operator/fetch.sh")),
    ("operate", include_str!("operator/operate.sh")),
    ("seal", include_str!("operator/seal.sh")),
];

/// What all of them use.
const TOOLS: &str = include_str!("operator/tools.sh");

/// A program with its lists of texts; nothing where there is no such program.
pub fn script<T: AsRef<str>>(program: &str, data: &[(&str, Vec<T>)]) -> Option<String> {
    let (_, text) = PROGRAMS.iter().find(|(name, _)| *name == program)?;
    let mut script = [*text, TOOLS].concat();
    script.push_str("\n# What it works with.\n");
    for (name, texts) in data {
        // No shell can hold the character zero: it ends the text.
        let texts = texts.iter().map(|text| quote(text.as_ref().split('\0').next().unwrap_or_default()));
        let texts: Vec<String> = texts.collect();
        // A `String` takes everything.
        let _ = writeln!(script, "{}=({})", name.replace('-', "_"), texts.join(" "));
    }
    script.push_str("\nmain \"$@\"\n");
    Some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_script_of_another_name() {
        assert!(script::<String>("other", &[]).is_none());
        assert!(script("fetch", &[("a-b", vec!["it's"])]).is_some_and(|text| text.contains("\na_b=('it'\\''s')\n")));
    }
}
