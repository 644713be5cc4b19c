//! What the grammar is written with: a thin layer over chumsky.
//!
//! A rule recognises; it makes no values. It pushes an event for each node that it closes and a [`Problem`] for each
//! mistake that it meets. A rule may refuse only before it has taken a token; from then on it always succeeds, so that
//! nothing that was read is ever lost and recovery is part of the grammar. Rules live as long as the thread, hence `'static`.

use chumsky::input::{Checkpoint, Cursor, InputRef, Stream};
use chumsky::inspector::Inspector;
use chumsky::prelude::*;

use crate::build::Events;
use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::recovery::garbage;
use crate::tokens::{Significant, Tok};

pub(crate) type Tokens = Stream<Significant>;
pub(crate) type Extra = extra::Full<EmptyErr, State, ()>;
pub(crate) type Rule = Boxed<'static, 'static, Tokens, (), Extra>;
pub(crate) type In<'p> = InputRef<'static, 'p, Tokens, Extra>;
pub(crate) type Done = Result<(), EmptyErr>;

/// How deep expressions, types and bodies may stand in each other.
pub(crate) const MAX_NESTING: u32 = 200;
/// How deep a tree may be, the links of `a.b.c` and of `a + b + c` counted too.
pub(crate) const MAX_HEIGHT: u32 = 400;

/// What an expression must leave to those around it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Context {
    /// In the head of a block: `{` opens the block's body.
    pub head: bool,
    /// In the head of a list element: `=>` ends the head.
    pub arrow: bool,
    /// In a condition: a lone `=` can only be meant as `==`.
    pub condition: bool,
    /// Directly inside round brackets: a `-` at the start of a line goes on.
    pub round: bool,
}

/// What the rules write to.
pub(crate) struct State {
    pub events: Events,
    pub problems: Vec<Problem>,
    pub context: Context,
    pub depth: u32,
    /// How high the tree is that was parsed since this was last set to zero.
    pub height: u32,
    /// Whether every bracket of the text has its partner; if not, indentation tells which one lacks it.
    pub balanced: bool,
    /// A place where everything wrong has been said.
    pub quiet: Option<u32>,
    /// Whether the body that comes next has no `{`, which has been reported.
    pub brace_missing: bool,
    /// How far the line is indented on which the entry starts that is being read.
    pub indent: u16,
    /// Where the entry starts, its attributes included.
    pub start: u32,
}

impl State {
    pub(crate) fn new(balanced: bool, capacity: usize) -> State {
        State {
            events: Events::with_capacity(capacity),
            problems: Vec::new(),
            context: Context::default(),
            depth: 0,
            height: 0,
            balanced,
            quiet: None,
            brace_missing: false,
            indent: 0,
            start: 0,
        }
    }
}

impl Inspector<'static, Tokens> for State {
    type Checkpoint = usize;
    fn on_token(&mut self, _: &Tok) {}
    fn on_save<'parse>(&self, _: &Cursor<'static, 'parse, Tokens>) -> usize {
        self.events.len()
    }
    fn on_rewind<'parse>(&mut self, point: &Checkpoint<'static, 'parse, Tokens, usize>) {
        self.events.truncate(*point.inspector());
    }
}

// ---- looking

pub(crate) fn place(inp: &mut In) -> u32 {
    u32::try_from(*inp.cursor().inner()).unwrap_or(u32::MAX)
}

pub(crate) fn at(inp: &mut In, kind: K) -> bool {
    inp.peek().is_some_and(|tok| tok.kind == kind)
}

/// The kind of the next token; `File` stands for the end of the text.
pub(crate) fn next_kind(inp: &mut In) -> K {
    inp.peek().map_or(K::File, |tok| tok.kind)
}

/// Whether the next token is of this kind and on the same line as the one before.
pub(crate) fn at_same_line(inp: &mut In, kind: K) -> bool {
    inp.peek().is_some_and(|tok| tok.kind == kind && !tok.first_on_line)
}

/// The token `distance` after the next one.
pub(crate) fn ahead(inp: &mut In, distance: usize) -> Option<Tok> {
    let before = inp.save();
    for _ in 0..distance {
        inp.skip();
    }
    let tok = inp.peek();
    inp.rewind(before);
    tok
}

/// The kind of the token after the next one, if it is on the same line; `File` otherwise.
pub(crate) fn second(inp: &mut In) -> K {
    ahead(inp, 1).map_or(K::File, |tok| if tok.first_on_line { K::File } else { tok.kind })
}

// ---- writing

pub(crate) fn close(inp: &mut In, kind: K, start: u32) {
    let end = place(inp);
    if end > start {
        inp.state().events.close(kind, start, end);
    }
}

/// Reports a problem, unless one has been reported at the same token.
pub(crate) fn report(inp: &mut In, problem: Problem) {
    let token = problem.token();
    let state = inp.state();
    if state.quiet == Some(token) {
        return;
    }
    let other = match state.problems.last_mut() {
        Some(last) if last.token() == token => last.absorb(problem),
        _ => Some(problem),
    };
    state.problems.extend(other);
}

/// The token before is a mistake that has been reported: what is wrong with the next one follows from it.
pub(crate) fn said_enough(inp: &mut In) {
    inp.state().quiet = Some(place(inp));
}

pub(crate) fn missing(inp: &mut In, expected: &'static str) {
    let token = place(inp);
    report(inp, Problem::Expected { token, expected });
}

// ---- small rules

pub(crate) fn rule(run: impl Fn(&mut In<'_>) -> Done + Clone + 'static) -> Rule {
    custom(run).boxed()
}

pub(crate) fn refuse() -> Done {
    Err(EmptyErr::default())
}

pub(crate) fn node(kind: K, inner: Rule) -> Rule {
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&inner)?;
        close(inp, kind, start);
        Ok(())
    })
}

pub(crate) fn token(kind: K) -> Rule {
    rule(move |inp| if eat(inp, kind) { Ok(()) } else { refuse() })
}

/// A token that must come.
pub(crate) fn expect(kind: K, expected: &'static str) -> Rule {
    rule(move |inp| {
        if !eat(inp, kind) {
            missing(inp, expected);
        }
        Ok(())
    })
}

/// A rule that may refuse.
pub(crate) fn optional(inner: Rule) -> Rule {
    inner.or_not().ignored().boxed()
}

/// A rule that must not refuse.
pub(crate) fn required(inner: Rule, expected: &'static str) -> Rule {
    rule(move |inp| {
        if inp.parse(&inner).is_err() {
            missing(inp, expected);
        }
        Ok(())
    })
}

/// A rule, if what comes next fits the guard.
pub(crate) fn when(guard: fn(&mut In<'_>) -> bool, inner: Rule) -> Rule {
    rule(move |inp| if guard(inp) { inp.parse(&inner) } else { refuse() })
}

/// A rule with another context.
pub(crate) fn within(context: Context, inner: Rule) -> Rule {
    rule(move |inp| {
        let before = std::mem::replace(&mut inp.state().context, context);
        let done = inp.parse(&inner);
        inp.state().context = before;
        done
    })
}

/// A condition: an expression in which a lone `=` is a mistake for `==`.
pub(crate) fn condition(inner: Rule) -> Rule {
    rule(move |inp| {
        let before = inp.state().context;
        inp.state().context.condition = true;
        let done = inp.parse(&inner);
        inp.state().context = before;
        done
    })
}

macro_rules! seq {
    ($($rule:expr),* $(,)?) => { chumsky::Parser::boxed(chumsky::Parser::ignored(chumsky::prelude::group(($($rule,)*)))) }
}
macro_rules! first_of {
    ($($rule:expr),* $(,)?) => { chumsky::Parser::boxed(chumsky::prelude::choice(($($rule,)*))) }
}
pub(crate) use {first_of, seq};

/// Takes the next token if it is of this kind.
pub(crate) fn eat(inp: &mut In, kind: K) -> bool {
    let found = at(inp, kind);
    if found {
        inp.skip();
    }
    found
}

// ---- depth

/// A rule that can stand in itself. Past the deepest level its text becomes garbage.
pub(crate) fn nested(inner: Rule) -> Rule {
    rule(move |inp| {
        if inp.state().depth >= MAX_NESTING {
            if inp.peek().is_none() {
                return refuse();
            }
            too_deep(inp);
            return Ok(());
        }
        inp.state().depth += 1;
        let before = std::mem::take(&mut inp.state().height);
        let done = inp.parse(&inner);
        let state = inp.state();
        state.depth -= 1;
        state.height = before.max(state.height + 1);
        done
    })
}

/// Counts a link of a chain; `false` if the tree would become too high.
pub(crate) fn link(inp: &mut In) -> bool {
    let state = inp.state();
    state.height += 1;
    state.depth + state.height <= MAX_HEIGHT
}

/// Reports that the tree is too deep and skips what would make it deeper.
pub(crate) fn too_deep(inp: &mut In) {
    let token = place(inp);
    report(inp, Problem::TooDeep { token });
    garbage(inp, |_| true);
    inp.state().quiet = Some(place(inp));
}
