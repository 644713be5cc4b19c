//! The one canonical style of a text.

use crate::parse::parse;
use crate::tree::Tree;

/// The text in canonical style, or `None` if it has syntax errors.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let parsed = parse(text);
    parsed.errors.is_empty().then(|| format_tree(&parsed.tree))
}

/// The text of a tree without errors in canonical style.
#[must_use]
pub fn format_tree(tree: &Tree) -> String {
    tree.text().to_owned()
}
