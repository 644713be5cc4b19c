//! What the grammar is written with: a thin layer over chumsky.
//!
//! A rule recognises; it makes no values. It pushes an [`Event`] for each node that it closes and a [`Problem`] for each
//! mistake that it meets. A rule may refuse only before it has taken a token; from then on it always succeeds, so that
//! nothing that was read is ever lost and recovery is part of the grammar. Rules live as long as the thread, hence `'static`.

use chumsky::input::{Checkpoint, Cursor, InputRef, Stream};
use chumsky::inspector::Inspector;
use chumsky::prelude::*;

use crate::build::Event;
use crate::kind::{KindSet, SyntaxKind as K};
use crate::lexer::Tok;
use crate::problem::Problem;

pub(crate) type Tokens = Stream<std::vec::IntoIter<Tok>>;
pub(crate) type Extra = extra::Full<EmptyErr, State, ()>;
pub(crate) type Rule = Boxed<'static, 'static, Tokens, (), Extra>;
pub(crate) type Later =
    Recursive<chumsky::recursive::Indirect<'static, 'static, Tokens, (), Extra>>;
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
    /// Directly inside round brackets: a `-` at the start of a line goes on.
    pub round: bool,
}

/// What the rules write to.
pub(crate) struct State {
    pub events: Vec<Event>,
    pub problems: Vec<Problem>,
    pub context: Context,
    pub depth: u32,
    /// How high the tree is that was parsed since this was last set to zero.
    pub height: u32,
    /// Whether every bracket of the text has its partner; if not, indentation tells which one lacks it.
    pub balanced: bool,
    /// A place where everything wrong has been said.
    pub quiet: Option<u32>,
    /// How far the line is indented on which the entry starts that is being read.
    pub indent: u16,
    /// Where the entry starts, its attributes included.
    pub start: u32,
}

impl State {
    pub(crate) fn new(balanced: bool, capacity: usize) -> State {
        State {
            events: Vec::with_capacity(capacity),
            problems: Vec::new(),
            context: Context::default(),
            depth: 0,
            height: 0,
            balanced,
            quiet: None,
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
    inp.peek()
        .is_some_and(|tok| tok.kind == kind && !tok.first_on_line)
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
    ahead(inp, 1).map_or(
        K::File,
        |tok| if tok.first_on_line { K::File } else { tok.kind },
    )
}

// ---- writing

pub(crate) fn close(inp: &mut In, kind: K, start: u32) {
    let end = place(inp);
    if end > start {
        inp.state().events.push(Event { kind, start, end });
    }
}

/// Reports a problem, unless one has been reported at the same token.
pub(crate) fn report(inp: &mut In, problem: Problem) {
    let token = problem.token();
    let state = inp.state();
    if state.quiet == Some(token) {
        return;
    }
    match state.problems.last_mut() {
        Some(last) if last.token() == token => last.absorb(problem),
        _ => state.problems.push(problem),
    }
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
    rule(move |inp| {
        if guard(inp) {
            inp.parse(&inner)
        } else {
            refuse()
        }
    })
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
    garbage(inp);
    inp.state().quiet = Some(place(inp));
}

// ---- recovery

pub(crate) const CLOSERS: KindSet = KindSet::of(&[
    K::RightBrace,
    K::RightBracket,
    K::RightParen,
    K::InterpolationClose,
]);
const OPENERS: KindSet = KindSet::of(&[
    K::LeftBrace,
    K::LeftBracket,
    K::LeftParen,
    K::InterpolationOpen,
]);

/// Takes at least one token and then all up to the end of the line or of the bracket, brackets inside included.
pub(crate) fn garbage(inp: &mut In) {
    let start = place(inp);
    let indent = inp.peek().map_or(0, |tok| tok.indent);
    let mut open = 0u32;
    while let Some(tok) = inp.peek() {
        let begun = place(inp) > start;
        let ends_line = tok.first_on_line || matches!(tok.kind, K::Comma | K::Semicolon);
        if begun && open == 0 && (ends_line || CLOSERS.has(tok.kind)) {
            break;
        }
        if begun && !inp.state().balanced && tok.first_on_line && tok.indent <= indent && open > 0 {
            break;
        }
        inp.skip();
        if OPENERS.has(tok.kind) {
            open += 1;
        } else if CLOSERS.has(tok.kind) {
            open = open.saturating_sub(1);
        }
    }
    close(inp, K::Garbage, start);
}

/// Reports what comes next as out of place and skips it.
pub(crate) fn unexpected(inp: &mut In, expected: &'static str) {
    let token = place(inp);
    report(inp, Problem::Unexpected { token, expected });
    garbage(inp);
}

/// What stands between two brackets, or in a whole file.
#[derive(Clone, Copy)]
pub(crate) struct Entries {
    /// The bracket that closes; none for a file.
    pub close: Option<K>,
    /// Whether what comes next starts another entry, so that only a comma is missing.
    pub starts: fn(&mut In<'_>) -> bool,
    /// What an entry is called in messages.
    pub expected: &'static str,
}

/// Entries on lines of their own or with commas between them. The opening bracket, if there is one, is part of this rule.
pub(crate) fn entries(spec: Entries, entry: Rule) -> Rule {
    rule(move |inp| {
        let opener = place(inp);
        let mut indent = None;
        if spec.close.is_some() {
            indent = inp.peek().map(|tok| tok.indent);
            inp.skip();
        }
        let context = std::mem::take(&mut inp.state().context);
        while !at_end(inp, spec, indent) {
            one_entry(inp, spec, &entry);
        }
        inp.state().context = context;
        if let Some(kind) = spec.close {
            close_bracket(inp, opener, kind, indent);
        }
        Ok(())
    })
}

/// Takes the closing bracket, or reports that it is missing.
pub(crate) fn close_bracket(inp: &mut In, opener: u32, kind: K, indent: Option<u16>) {
    if at(inp, kind) && !belongs_outside(inp, indent) {
        inp.skip();
    } else {
        let token = place(inp);
        report(
            inp,
            Problem::Unclosed {
                token,
                openers: vec![opener],
            },
        );
    }
}

fn at_end(inp: &mut In, spec: Entries, indent: Option<u16>) -> bool {
    while inp.peek().is_some_and(|tok| CLOSERS.has(tok.kind)) {
        if spec.close.is_some() {
            return true;
        }
        let token = place(inp);
        report(inp, Problem::NothingOpen { token });
        inp.skip();
        close(inp, K::Garbage, token);
    }
    inp.peek().is_none() || belongs_outside(inp, indent)
}

/// In a text with a bracket too few or too many: whether the indentation says that the next token stands outside of the
/// bracket that was opened on a line with the given indentation.
fn belongs_outside(inp: &mut In, indent: Option<u16>) -> bool {
    let (Some(indent), false) = (indent, inp.state().balanced) else {
        return false;
    };
    let Some(tok) = inp.peek() else { return true };
    tok.first_on_line
        && if CLOSERS.has(tok.kind) {
            tok.indent < indent
        } else {
            tok.indent <= indent
        }
}

fn one_entry(inp: &mut In, spec: Entries, entry: &Rule) {
    let start = place(inp);
    let indent = inp.peek().map_or(0, |tok| tok.indent);
    let outer = std::mem::replace(&mut inp.state().indent, indent);
    let done = inp.parse(entry);
    inp.state().indent = outer;
    if done.is_err() {
        if matches!(next_kind(inp), K::Comma | K::Semicolon) {
            let token = place(inp);
            report(
                inp,
                Problem::Unexpected {
                    token,
                    expected: spec.expected,
                },
            );
            inp.skip();
            return;
        }
        if place(inp) == start {
            unexpected(inp, spec.expected);
        }
    }
    let Some(tok) = inp.peek() else { return };
    if matches!(tok.kind, K::Comma | K::Semicolon) {
        inp.skip();
    } else if !tok.first_on_line && !CLOSERS.has(tok.kind) {
        if (spec.starts)(inp) {
            let token = place(inp);
            report(inp, Problem::MissingComma { token });
        } else {
            unexpected(inp, "a new line or `,`");
        }
    }
}
