//! The way from a text to its tree: lexer, grammar, tree, and the errors of all of them in the order of the text.

use std::sync::Arc;

use crate::build;
use crate::error::SyntaxError;
use crate::lexer::lex;
use crate::tree::Tree;

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parse {
    /// The tree, complete even where the text is wrong.
    pub tree: Tree,
    /// Every mistake once, in the order of the text.
    pub errors: Vec<SyntaxError>,
}

/// Parses a text, which is shorter than 4 GiB.
#[must_use]
pub fn parse(text: &str) -> Parse {
    let lexed = lex(text);
    let token_count = u32::try_from(lexed.kinds.len()).unwrap_or(u32::MAX);
    let rows = build::nodes(&[], &lexed.places, token_count);
    let tree = Tree::new(Arc::from(text), lexed.kinds, lexed.starts, rows);
    Parse {
        tree,
        errors: lexed.errors,
    }
}
