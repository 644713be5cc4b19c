//! The grammar, rule by rule; `spec/` describes the same language in prose.
//!
//! Knows which tokens may follow which. Knows nothing of their text: names are resolved and literals are read elsewhere.

mod expr;
mod item;
mod list;
mod look;
mod operators;
mod statement;
mod types;

use chumsky::prelude::*;

use crate::build::Events;
use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::recovery::{CLOSERS, Entries, entries, lacks_brace, skip_to_brace, unexpected};
use crate::tokens::Significant;
use crate::toolkit::{
    Context, In, Rule, State, Tokens, at, at_same_line, close, eat, expect, first_of, missing, nested, next_kind, node,
    optional, place, refuse, report, rule, seq, token, when, within,
};

pub(crate) use look::continues_a_line;

/// The rules that others are made of.
#[derive(Clone)]
struct Rules {
    /// An expression; refuses where none starts.
    expr: Rule,
    types: Types,
    /// `{ .. }` with statements.
    body: Rule,
    /// A body that must come.
    block: Rule,
}

/// The rules that types are made of, expressions and strings among them.
#[derive(Clone)]
struct Types {
    /// An expression that must come.
    value: Rule,
    string: Rule,
    /// A type without `where`; refuses where none starts.
    union: Rule,
    /// A type; refuses where none starts.
    some_type: Rule,
    /// A type that must come.
    ty: Rule,
}

thread_local! {
    static FILE: Rule = file();
}

/// Runs the grammar over `count` tokens.
pub(crate) fn run(tokens: Significant, count: usize, balanced: bool) -> (Events, Vec<Problem>) {
    let mut state = State::new(balanced, count / 4 * 3);
    let tokens: Tokens = chumsky::input::Stream::from_iter(tokens);
    let run = |file: &Rule| {
        let _: ParseResult<(), EmptyErr> = file.parse_with_state(tokens, &mut state);
    };
    FILE.with(run);
    (state.events, state.problems)
}

/// A file. A rule that stands in itself refers to itself weakly, lest a thread that ends leaves its grammar behind; that is why
/// each is made inside the one around it.
fn file() -> Rule {
    let expr = recursive(|expr| nested(expr::expr(&rules(expr.boxed())))).boxed();
    item::file(&rules(expr))
}

fn rules(expr: Rule) -> Rules {
    let value = value(expr.clone());
    let string = string(value.clone());
    let types = |union: Rule| {
        let some_type = types::ty(&union, &value);
        let ty = required_here(some_type.clone(), "a type");
        Types { value: value.clone(), string: string.clone(), union, some_type, ty }
    };
    let union = recursive(|union| nested(types::union(&types(union.boxed())))).boxed();
    let types = types(union);
    let with_body = |body: Rule| {
        let block = block(body.clone());
        Rules { expr: expr.clone(), types: types.clone(), body, block }
    };
    let body = recursive(|body| nested(statement::body(&with_body(body.boxed())))).boxed();
    with_body(body)
}

/// An expression that must come, not from the statement that follows.
fn value(expr: Rule) -> Rule {
    required_here(expr, "a value")
}

fn required_here(inner: Rule, expected: &'static str) -> Rule {
    rule(move |inp| {
        if look::starts_line_of_its_own(inp) || inp.parse(&inner).is_err() {
            missing(inp, expected);
        }
        Ok(())
    })
}

/// A body that must come, on the same line.
fn block(body: Rule) -> Rule {
    rule(move |inp| {
        if !at(inp, K::LeftBrace) && !skip_to_brace(inp, "`{`") {
            if lacks_brace(inp, "`{`") {
                return inp.parse(&body);
            }
            missing(inp, "`{`");
            return Ok(());
        }
        if !at_same_line(inp, K::LeftBrace) {
            let token = place(inp);
            report(inp, Problem::BraceOnNextLine { token });
        }
        inp.parse(&body)
    })
}

fn string(value: Rule) -> Rule {
    let interpolation = node(K::Interpolation, interpolation(value));
    let pieces = rule(move |inp| {
        if !next_kind(inp).is_quote() {
            return refuse();
        }
        inp.skip();
        loop {
            match next_kind(inp) {
                K::StringText | K::StringEscape | K::BadEscape => inp.skip(),
                K::InterpolationOpen => inp.parse(&interpolation)?,
                _ => break,
            }
        }
        eat(inp, K::CloseQuote);
        Ok(())
    });
    node(K::String, pieces)
}

fn interpolation(value: Rule) -> Rule {
    let value = within(Context::default(), value);
    rule(move |inp| {
        inp.skip();
        inp.parse(&value)?;
        while inp.peek().is_some() && !at(inp, K::InterpolationClose) {
            unexpected_inside(inp);
        }
        eat(inp, K::InterpolationClose);
        Ok(())
    })
}

/// Skips what an interpolation holds after its expression.
fn unexpected_inside(inp: &mut In) {
    if CLOSERS.has(next_kind(inp)) || at(inp, K::Comma) || at(inp, K::Semicolon) {
        let token = place(inp);
        report(inp, Problem::Unexpected { token, expected: "`)`" });
        inp.skip();
        close(inp, K::Garbage, token);
    } else {
        unexpected(inp, "`)`", |_| true);
    }
}

// ---- names

/// A name that is declared.
fn name() -> Rule {
    node(
        K::Name,
        rule(|inp| {
            if next_kind(inp).is_name() {
                inp.skip();
                return Ok(());
            }
            refuse()
        }),
    )
}

fn required_name() -> Rule {
    required_here(name(), "a name")
}

/// A name or a string.
fn key(string: Rule) -> Rule {
    rule(move |inp| {
        if next_kind(inp).is_name() {
            inp.skip();
            return Ok(());
        }
        inp.parse(&string)
    })
}

/// Names joined by dots.
fn path() -> Rule {
    node(
        K::Path,
        rule(|inp| {
            if !next_kind(inp).is_name() {
                return refuse();
            }
            inp.skip();
            while at(inp, K::Dot) {
                inp.skip();
                if next_kind(inp).is_name() {
                    inp.skip();
                } else {
                    missing(inp, "a name");
                    break;
                }
            }
            Ok(())
        }),
    )
}

/// `(a: T = v)`
fn params(rules: &Rules) -> Rule {
    let default = optional(seq![token(K::Equals), rules.types.value.clone()]);
    let param = seq![name(), expect(K::Colon, "`:` and a type"), rules.types.ty.clone(), default];
    param_list(param, look::starts_field)
}

/// `(a, b: T)`
fn lambda_params(rules: &Rules) -> Rule {
    let ty = optional(seq![token(K::Colon), rules.types.ty.clone()]);
    param_list(seq![name(), ty], look::starts_name)
}

fn param_list(param: Rule, starts: fn(&mut In<'_>) -> bool) -> Rule {
    let spec = Entries { close: Some(K::RightParen), starts, expected: "a parameter" };
    node(K::Params, entries(spec, node(K::Param, param)))
}

/// `(a, name: b)`
fn args(rules: &Rules) -> Rule {
    let label = when(look::starts_field, seq![name(), token(K::Colon)]);
    let labelled = seq![label, rules.types.value.clone()];
    let arg = node(K::Arg, first_of![labelled, rules.expr.clone()]);
    let spec = Entries { close: Some(K::RightParen), starts: look::starts_expr, expected: "an argument" };
    node(K::Args, entries(spec, arg))
}

/// `@name(args)`, any number of them.
fn attributes(rules: &Rules) -> Rule {
    let args = when(|inp| at_same_line(inp, K::LeftParen), args(rules));
    let attribute = node(K::Attribute, seq![token(K::At), required_name(), optional(args)]);
    rule(move |inp| {
        while at(inp, K::At) {
            inp.parse(&attribute)?;
        }
        Ok(())
    })
}
