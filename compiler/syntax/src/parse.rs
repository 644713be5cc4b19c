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
    let (found, follows) = errors(&source, &problems, reaches(silenced), &said);
    said.extend(found);
    said.extend(deceptions(&tree));
    said.sort_by_key(|error| (error.range.start, error.range.end));
    Parse { tree, errors: said, follows }
}

/// Of how many mistakes it is asked what was meant: a file of more than that is nothing that somebody is used to write.
const ASKED: usize = 200;

/// What the grammar found, without what would only follow from a mistake that is told already; and where all follows from
/// a habit.
fn errors(
    source: &Source<'_>,
    problems: &[Problem],
    silenced: Vec<(u32, u32)>,
    lexed: &[SyntaxError],
) -> (Vec<SyntaxError>, Vec<TextRange>) {
    let is_silenced = |at: u32| {
        let before = silenced.partition_point(|(start, _)| *start <= at);
        silenced.get(before.wrapping_sub(1)).is_some_and(|(_, end)| at <= *end)
    };
    let told: BTreeSet<u32> = lexed.iter().map(|error| error.range.start).collect();
    let mut habits: Vec<TextRange> = Vec::new();
    let mut found = Vec::new();
    for (number, problem) in problems.iter().enumerate() {
        let error = source.error(problem);
        let at = error.range.start;
        let follows = habits.last().is_some_and(|habit| habit.touches(at));
        if follows || told.contains(&at) || is_silenced(at) {
            continue;
        }
        let misfit = source.misfit(problem).filter(|_| number < ASKED);
        match misfit.and_then(|place| habit::found(source, place)) {
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

/// Ranges by where they start, each with the farthest end so far.
fn reaches(mut ranges: Vec<TextRange>) -> Vec<(u32, u32)> {
    ranges.sort_by_key(|range| range.start);
    let farthest = ranges.into_iter().scan(0, |end, range| {
        *end = range.end.max(*end);
        Some((range.start, *end))
    });
    farthest.collect()
}

/// Characters that nobody sees inside comments and strings, and that make a line look like another one.
fn deceptions(tree: &Tree) -> Vec<SyntaxError> {
    let text = tree.text();
    if !text.bytes().any(teach::may_begin_deception) {
        return Vec::new();
    }
    let found = text.match_indices(teach::is_deceptive).filter_map(|(at, found)| {
        let start = u32::try_from(at).ok()?;
        let range = TextRange::new(start, start + u32::try_from(found.len()).ok()?);
        let is_said = tree.token_at(start).is_none_or(|token| token.kind() == SyntaxKind::BadCharacter);
        let is_byte_order_mark = at == 0 && found == "\u{feff}";
        (!is_said && !is_byte_order_mark).then_some(teach::deception(found.chars().next()?, range))
    });
    found.collect()
}
