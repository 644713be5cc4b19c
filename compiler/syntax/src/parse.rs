//! The way from a text to its tree: lexer, grammar, tree, and the errors of all of them in the order of the text.

use std::sync::Arc;

use crate::error::SyntaxError;
use crate::grammar;
use crate::kind::SyntaxKind;
use crate::lexer::{Lexed, lex};
use crate::problem::Source;
use crate::range::TextRange;
use crate::teach;
use crate::tokens::{Significant, TokenTable};
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
    let Lexed { kinds, starts, places, mut errors, silenced, balanced } = lex(text);
    let tokens = Arc::new(TokenTable { text: Arc::from(text), kinds, starts });
    let (events, problems) = grammar::run(Significant::of(&tokens), places.len(), balanced);
    let nodes = events.into_nodes(&places, tokens.count());
    let tree = Tree::new(tokens, nodes);
    let source = Source { tree: &tree, places: &places };
    let is_silenced = |error: &SyntaxError| {
        silenced.iter().any(|range| range.start <= error.range.start && error.range.start <= range.end)
    };
    let found = problems.iter().map(|problem| source.error(problem));
    errors.extend(found.filter(|error| !is_silenced(error)));
    errors.extend(directions(&tree));
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    Parse { tree, errors }
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
