//! The standard library: modules written in the language, embedded as text.
//!
//! Domain knowledge lives in these files and not in Rust. A new module is a new `.pl` file and one line here.

/// The modules: `std:name.pl`, a path that no file of a project can have, and the text.
const MODULES: &[(&str, &str)] =
    &[("std:k8s.pl", include_str!("../k8s.pl")), ("std:prelude.pl", include_str!("../prelude.pl"))];

/// All modules: path and text.
pub fn modules() -> impl Iterator<Item = (&'static str, &'static str)> {
    MODULES.iter().copied()
}

/// The text of a module by its path, `std:name.pl`.
#[must_use]
pub fn find(path: &str) -> Option<&'static str> {
    MODULES.iter().find(|module| module.0 == path).map(|module| module.1)
}
