//! The way from a text to its tree: lexer, grammar, tree, and the errors of all of them in the order of the text.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::SyntaxError;
use crate::grammar;
use crate::habit;
use crate::kind::SyntaxKind;
use crate::lexer::{Lexed, lex};
use crate::problem::{Problem, Source};
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
    /// Where all that is wrong follows from one of these errors.
    pub follows: Vec<TextRange>,
}

/// Parses a text, which is shorter than 4 GiB.
#[must_use]
pub fn parse(text: &str) -> Parse {
    let Lexed { kinds, starts, places, errors: mut said, silenced, balanced } = lex(text);
    let tokens = Arc::new(TokenTable { text: Arc::from(text), kinds, starts });
    let (events, problems) = grammar::run(Significant::of(&tokens), places.len(), balanced);
    let nodes = events.into_nodes(&places, tokens.count());
    let tree = Tree::new(tokens, nodes);
    let source = Source { tree: &tree, places: &places };
    let (found, follows) = errors(&source, &problems, &silenced, &said);
    said.extend(found);
    said.extend(directions(&tree));
    said.sort_by_key(|error| (error.range.start, error.range.end));
    Parse { tree, errors: said, follows }
}

/// What the grammar found, without what would only follow from a mistake that is told already; and where all follows from
/// a habit.
fn errors(
    source: &Source<'_>,
    problems: &[Problem],
    silenced: &[TextRange],
    lexed: &[SyntaxError],
) -> (Vec<SyntaxError>, Vec<TextRange>) {
    let is_within = |ranges: &[TextRange], at: u32| ranges.iter().any(|range| range.start <= at && at <= range.end);
    let told: BTreeSet<u32> = lexed.iter().map(|error| error.range.start).collect();
    let mut habits: Vec<TextRange> = Vec::new();
    let mut found = Vec::new();
    for problem in problems {
        let error = source.error(problem);
        let at = error.range.start;
        let follows = habits.last().is_some_and(|habit| is_within(&[*habit], at));
        if follows || told.contains(&at) || is_within(silenced, at) {
            continue;
        }
        match source.misfit(problem).and_then(|place| habit::found(source, place)) {
            Some((error, extent)) => {
                habits.push(extent);
                found.push(error);
            }
            None => {
                // Without `then`, the values of an `if` can not be told from bodies.
                if matches!(problem, Problem::Expected { expected: "`then`", .. }) {
                    habits.push(habit::extent(source, problem.token(), problem.token()));
                }
                found.push(error);
            }
        }
    }
    (found, habits)
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
