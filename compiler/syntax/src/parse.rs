//! The way from a text to its tree: lexer, grammar, tree, and the errors of all of them in the order of the text.

use std::sync::Arc;

use crate::build;
use crate::error::SyntaxError;
use crate::grammar;
use crate::kind::SyntaxKind;
use crate::lexer::lex;
use crate::problem::Source;
use crate::range::TextRange;
use crate::teach;
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
    let mut lexed = lex(text);
    let token_count = u32::try_from(lexed.kinds.len()).unwrap_or(u32::MAX);
    let (events, problems) = grammar::run(lexed.significant, lexed.balanced);
    let rows = build::nodes(&events, &lexed.places, token_count);
    let tree = Tree::new(Arc::from(text), lexed.kinds, lexed.starts, rows);
    let source = Source { tree: &tree, places: &lexed.places };
    let silenced = |error: &SyntaxError| {
        lexed.silenced.iter().any(|range| range.start <= error.range.start && error.range.start <= range.end)
    };
    let found = problems.iter().map(|problem| source.error(problem));
    lexed.errors.extend(found.filter(|error| !silenced(error)));
    lexed.errors.extend(directions(&tree));
    lexed.errors.sort_by_key(|error| (error.range.start, error.range.end));
    Parse { tree, errors: lexed.errors }
}

/// Characters inside comments and strings that make a line look like another one.
fn directions(tree: &Tree) -> Vec<SyntaxError> {
    if tree.text().is_ascii() {
        return Vec::new();
    }
    let found = tree.text().match_indices(teach::is_direction).filter_map(|(at, text)| {
        let start = u32::try_from(at).ok()?;
        let range = TextRange::new(start, start + u32::try_from(text.len()).ok()?);
        tree.token_at(start).filter(|token| token.kind() != SyntaxKind::BadCharacter)?;
        Some(teach::direction(text.chars().next()?, range))
    });
    found.collect()
}
