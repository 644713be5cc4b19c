//! Expressions: what is written behind a value, and values themselves.

use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::recovery::{CLOSERS, Entries, close_bracket, entries, unexpected};
use crate::toolkit::{
    Context, In, Rule, ahead, at, at_same_line, close, condition, eat, expect, link, missing, next_kind, node, place,
    refuse, report, required, rule, second, seq, token, too_deep, when, within,
};

use super::types::literal_token;
use super::{Rules, args, key, lambda_params, look, path};

/// An expression.
pub(super) fn expr(rules: &Rules) -> Rule {
    let operators = super::operators::operators(rules);
    let if_expr = if_expr(rules);
    rule(move |inp| match next_kind(inp) {
        K::IfWord => inp.parse(&if_expr),
        _ => inp.parse(&operators),
    })
}

// ---- behind a value

/// `a.b?.c[d](e) with { .. }`
pub(super) fn postfix(rules: &Rules) -> Rule {
    let atom = atom(rules);
    let field = key(rules.types.string.clone());
    let index = index(rules);
    let args = args(rules);
    let body = rules.block.clone();
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&atom)?;
        loop {
            let Some(tok) = inp.peek() else { return Ok(()) };
            let (kind, tail) = match tok.kind {
                K::Dot | K::QuestionDot => (K::FieldAccess, None),
                K::LeftBracket if !tok.first_on_line => (K::Index, Some(&index)),
                K::LeftParen if !tok.first_on_line => (K::Call, Some(&args)),
                K::WithWord if look::continues(inp) => (K::With, Some(&body)),
                _ => return Ok(()),
            };
            if !link(inp) {
                too_deep(inp);
                return Ok(());
            }
            if matches!(kind, K::FieldAccess | K::With) {
                inp.skip();
            }
            match tail {
                Some(tail) => inp.parse(tail)?,
                None => member(inp, &field),
            }
            close(inp, kind, start);
        }
    })
}

fn member(inp: &mut In, field: &Rule) {
    let is_here = inp.peek().is_some_and(|tok| !tok.first_on_line);
    if !is_here || inp.parse(field).is_err() {
        missing(inp, "the name of a field");
    }
}

fn index(rules: &Rules) -> Rule {
    let value = within(Context::default(), rules.types.value.clone());
    bracketed(K::RightBracket, value)
}

/// One expression in brackets.
fn bracketed(close: K, value: Rule) -> Rule {
    rule(move |inp| {
        let opener = place(inp);
        let indent = inp.peek().map(|tok| tok.indent);
        inp.skip();
        inp.parse(&value)?;
        if inp.peek().is_some_and(|tok| !tok.first_on_line && !CLOSERS.has(tok.kind)) {
            unexpected(inp, if close == K::RightParen { "`)`" } else { "`]`" }, |_| true);
        }
        close_bracket(inp, opener, close, indent);
        Ok(())
    })
}

// ---- values

fn atom(rules: &Rules) -> Rule {
    let literal = node(K::Literal, rule(literal_token));
    let list = super::list::list(rules);
    let record = node(K::Record, rules.body.clone());
    let instance = node(K::Instance, seq![path(), rules.body.clone()]);
    let lambda = lambda(rules);
    let round = Context { round: true, ..Context::default() };
    let paren = node(K::Paren, bracketed(K::RightParen, within(round, rules.types.value.clone())));
    let match_ = match_(rules);
    let if_expr = if_expr(rules);
    let string = rules.types.string.clone();
    rule(move |inp| match next_kind(inp) {
        kind if kind.is_literal() => inp.parse(&literal),
        kind if kind.is_quote() => inp.parse(&string),
        K::LeftBracket => inp.parse(&list),
        K::LeftBrace if !inp.state().context.head => inp.parse(&record),
        K::LeftParen if starts_lambda(inp) => inp.parse(&lambda),
        K::LeftParen => inp.parse(&paren),
        K::MatchWord => inp.parse(&match_),
        K::IfWord => inp.parse(&if_expr),
        kind if look::is_plain_name(kind) => {
            if starts_instance(inp) {
                return inp.parse(&instance);
            }
            word(inp, kind);
            Ok(())
        }
        _ => refuse(),
    })
}

/// A value of one word.
fn word(inp: &mut In, kind: K) {
    let node = match kind {
        K::SelfWord => K::SelfRef,
        K::ItWord => K::It,
        K::NullWord => K::Null,
        K::TrueWord => K::True,
        K::FalseWord => K::False,
        _ => K::NameExpr,
    };
    let start = place(inp);
    inp.skip();
    close(inp, node, start);
}

/// Whether names joined by dots and `{` come, all on one line.
fn starts_instance(inp: &mut In) -> bool {
    if inp.state().context.head {
        return false;
    }
    match second(inp) {
        K::LeftBrace => return true,
        K::Dot => {}
        _ => return false,
    }
    let before = inp.save();
    inp.skip();
    let mut expects_name = false;
    let mut found = false;
    while let Some(tok) = inp.peek().filter(|tok| !tok.first_on_line) {
        found = !expects_name && tok.kind == K::LeftBrace;
        let fits = if expects_name { tok.kind.is_name() } else { tok.kind == K::Dot };
        if found || !fits {
            break;
        }
        expects_name = !expects_name;
        inp.skip();
    }
    inp.rewind(before);
    found
}

/// Whether the bracket that comes next holds parameters: nothing else has `()`, `(a,` or `(a:`, or `=>` behind `(a)`.
fn starts_lambda(inp: &mut In) -> bool {
    let Some(first) = ahead(inp, 1) else {
        return false;
    };
    if inp.state().context.arrow {
        return false;
    }
    if first.kind == K::RightParen {
        return true;
    }
    if !first.kind.is_name() {
        return false;
    }
    match ahead(inp, 2).map(|tok| tok.kind) {
        Some(K::Comma | K::Colon) => true,
        Some(K::RightParen) => ahead(inp, 3).is_some_and(|tok| tok.kind == K::FatArrow),
        _ => false,
    }
}

fn lambda(rules: &Rules) -> Rule {
    node(K::Lambda, seq![lambda_params(rules), expect(K::FatArrow, "`=>`"), rules.types.value.clone()])
}

/// `if c then a else b`
fn if_expr(rules: &Rules) -> Rule {
    node(K::IfExpr, seq![token(K::IfWord), condition(rules.types.value.clone()), branches(rules)])
}

/// `then a else b`; without `then`, a missing `else` is no second mistake.
pub(super) fn branches(rules: &Rules) -> Rule {
    let value = rules.types.value.clone();
    let condition = condition(rules.types.value.clone());
    rule(move |inp| {
        loop {
            let has_then = eat_word(inp, K::ThenWord);
            if !has_then {
                missing(inp, "`then`");
            }
            inp.parse(&value)?;
            if has_then && at_same_line(inp, K::ElifWord) {
                let token = place(inp);
                report(inp, Problem::Elif { token });
                inp.skip();
                inp.parse(&condition)?;
                continue;
            }
            if eat_word(inp, K::ElseWord) {
                return inp.parse(&value);
            }
            if has_then {
                missing(inp, "`else`");
            }
            return Ok(());
        }
    })
}

fn eat_word(inp: &mut In, kind: K) -> bool {
    at(inp, kind) && look::continues(inp) && eat(inp, kind)
}

/// `match x { "a" | "b" => y }`
fn match_(rules: &Rules) -> Rule {
    let head = within(Context { head: true, ..Context::default() }, rules.types.value.clone());
    let arm = node(K::Arm, seq![rules.types.union.clone(), expect(K::FatArrow, "`=>`"), rules.types.value.clone()]);
    let spec = Entries {
        close: Some(K::RightBrace),
        starts: look::starts_expr,
        expected: "a pattern, such as `\"a\" => value`",
    };
    let arms = required(when(|inp| at_same_line(inp, K::LeftBrace), entries(spec, arm)), "`{` and the cases");
    node(K::Match, seq![token(K::MatchWord), head, arms])
}
