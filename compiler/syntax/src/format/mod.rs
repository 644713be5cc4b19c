//! The one canonical style of a text.
//!
//! Works on the sequence of tokens with the tree at hand: between each two tokens it decides for nothing, a blank or a new
//! line. So no token and no comment can get lost, and the decisions are small: `units` gathers what they need, `spacing`
//! knows blanks, `layout` knows lines, `lines` is the paper.
//!
//! What stands on one line stays there if it fits into [`WIDTH`]; what stands on several gets a line for each entry.

mod layout;
mod lines;
mod spacing;
mod units;

use crate::parse::parse;
use crate::tree::Tree;

/// How many columns a line may have, unless nothing in it can be broken.
const WIDTH: usize = 100;

/// The text in canonical style, or `None` if it has syntax errors.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let parsed = parse(text);
    parsed.errors.is_empty().then(|| format_tree(&parsed.tree))
}

/// The text of a tree without errors in canonical style.
#[must_use]
pub fn format_tree(tree: &Tree) -> String {
    layout::write(&units::gather(tree))
}
