//! Expressions: operators by precedence, then what is written behind a value, then values themselves.

use chumsky::Parser as _;
use chumsky::recursive::recursive;

use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::recovery::{CLOSERS, Entries, close_bracket, entries, unexpected};
use crate::toolkit::{
    Context, In, Rule, ahead, at, at_same_line, close, eat, expect, first_of, link, missing,
    nested, next_kind, node, optional, place, refuse, report, required, rule, second, seq, token,
    too_deep, when, within,
};

use super::types::literal_token;
use super::{Rules, args, key, lambda_params, look, path, required_here};

/// An expression.
pub(super) fn expr(rules: &Rules) -> Rule {
    let operators = operators(rules);
    let if_expr = if_expr(rules);
    rule(move |inp| match next_kind(inp) {
        K::IfWord => inp.parse(&if_expr),
        _ => inp.parse(&operators),
    })
}

// ---- operators

/// An operator whose right operand is still to come or has just come.
struct Pending {
    kind: K,
    power: u8,
    /// Where its node starts: at its left operand, or at itself if it is a prefix.
    start: u32,
    /// How high its left operand is.
    height: u32,
}

const NOT: u8 = 3;
const COMPARE: u8 = 4;
const COALESCE: u8 = 5;
const RANGE: u8 = 6;
const NEGATE: u8 = 9;

fn power(kind: K) -> Option<u8> {
    Some(match kind {
        K::OrWord | K::PipePipe => 1,
        K::AndWord | K::AmpersandAmpersand => 2,
        K::EqualsEquals
        | K::NotEquals
        | K::Less
        | K::LessEquals
        | K::Greater
        | K::GreaterEquals
        | K::InWord
        | K::IsWord => COMPARE,
        K::QuestionQuestion => COALESCE,
        K::DotDot => RANGE,
        K::Plus | K::Minus => 7,
        K::Star | K::Slash | K::Percent => 8,
        _ => return None,
    })
}

/// Operands with operators between and before them. Works with a stack of its own, so that a long chain takes no more of the
/// machine's stack than a short one.
fn operators(rules: &Rules) -> Rule {
    let operand = postfix(rules);
    let ty = required_here(rules.types.union.clone(), "a type");
    rule(move |inp| {
        let mut pending = Vec::new();
        let mut said = false;
        loop {
            let start = prefixes(inp, &mut pending);
            if pending.len() as u32 + inp.state().depth > crate::toolkit::MAX_NESTING {
                too_deep(inp);
                break;
            }
            inp.state().height = 0;
            if look::starts_line_of_its_own(inp) && !pending.is_empty()
                || inp.parse(&operand).is_err()
            {
                if pending.is_empty() {
                    return refuse();
                }
                missing(inp, "a value");
                break;
            }
            if !infix(inp, start, &mut pending, &ty, &mut said)? {
                break;
            }
        }
        let end = place(inp);
        reduce(inp, &mut pending, 0, end);
        Ok(())
    })
}

/// Takes `not` and `-`; returns where the operand behind them starts.
fn prefixes(inp: &mut In, pending: &mut Vec<Pending>) -> u32 {
    loop {
        let start = place(inp);
        let power = match next_kind(inp) {
            K::NotWord | K::Exclamation => NOT,
            K::Minus => NEGATE,
            _ => return start,
        };
        if pending.len() > crate::toolkit::MAX_NESTING as usize {
            return start;
        }
        inp.skip();
        pending.push(Pending {
            kind: K::Unary,
            power,
            start,
            height: 0,
        });
    }
}

/// Takes what follows an operand up to the next operand; `false` if none follows.
fn infix(
    inp: &mut In,
    operand: u32,
    pending: &mut Vec<Pending>,
    ty: &Rule,
    said: &mut bool,
) -> Result<bool, chumsky::error::EmptyErr> {
    let mut start = operand;
    let mut compared = false;
    loop {
        let kind = next_kind(inp);
        let Some(power) = power(kind).filter(|_| look::continues(inp)) else {
            return Ok(false);
        };
        let is_right = power == COALESCE;
        let chained = compared && power == COMPARE || chains(pending, power);
        start = reduce(inp, pending, power + u8::from(is_right), start);
        if chained && !std::mem::replace(said, true) {
            let token = place(inp);
            report(inp, Problem::Chained { token });
        }
        if !link(inp) {
            too_deep(inp);
            return Ok(false);
        }
        inp.skip();
        if kind != K::IsWord {
            let height = inp.state().height;
            pending.push(Pending {
                kind: K::Binary,
                power,
                start,
                height,
            });
            return Ok(true);
        }
        eat(inp, K::NotWord);
        inp.parse(ty)?;
        close(inp, K::Is, start);
        compared = true;
    }
}

/// Whether an operator of this power stands to the left, which may not stand beside another of its kind.
fn chains(pending: &[Pending], power: u8) -> bool {
    matches!(power, COMPARE | RANGE)
        && pending
            .iter()
            .rev()
            .take_while(|left| left.power >= power)
            .any(|left| left.power == power)
}

/// Closes the operators that bind at least as tightly as `power`; returns where the operand starts that results.
fn reduce(inp: &mut In, pending: &mut Vec<Pending>, power: u8, operand: u32) -> u32 {
    let mut start = operand;
    while let Some(top) = pending.pop_if(|top| top.power >= power) {
        close(inp, top.kind, top.start);
        let state = inp.state();
        state.height = state.height.max(top.height) + 1;
        start = top.start;
    }
    start
}

// ---- behind a value

/// `a.b?.c[d](e) with { .. }`
fn postfix(rules: &Rules) -> Rule {
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
        if inp
            .peek()
            .is_some_and(|tok| !tok.first_on_line && !CLOSERS.has(tok.kind))
        {
            unexpected(
                inp,
                if close == K::RightParen { "`)`" } else { "`]`" },
                |_| true,
            );
        }
        close_bracket(inp, opener, close, indent);
        Ok(())
    })
}

// ---- values

fn atom(rules: &Rules) -> Rule {
    let literal = node(K::Literal, rule(literal_token));
    let list = list(rules);
    let record = node(K::Record, rules.body.clone());
    let instance = node(K::Instance, seq![path(), rules.body.clone()]);
    let lambda = lambda(rules);
    let round = Context {
        round: true,
        ..Context::default()
    };
    let paren = node(
        K::Paren,
        bracketed(K::RightParen, within(round, rules.types.value.clone())),
    );
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
        let fits = if expects_name {
            tok.kind.is_name()
        } else {
            tok.kind == K::Dot
        };
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
    node(
        K::Lambda,
        seq![
            lambda_params(rules),
            expect(K::FatArrow, "`=>`"),
            rules.types.value.clone()
        ],
    )
}

/// `if c then a else b`
fn if_expr(rules: &Rules) -> Rule {
    node(
        K::IfExpr,
        seq![token(K::IfWord), rules.types.value.clone(), branches(rules)],
    )
}

/// `then a else b`; without `then`, a missing `else` is no second mistake.
fn branches(rules: &Rules) -> Rule {
    let value = rules.types.value.clone();
    rule(move |inp| {
        let has_then = eat_word(inp, K::ThenWord);
        if !has_then {
            missing(inp, "`then`");
        }
        inp.parse(&value)?;
        if eat_word(inp, K::ElseWord) {
            return inp.parse(&value);
        }
        if has_then {
            missing(inp, "`else`");
        }
        Ok(())
    })
}

fn eat_word(inp: &mut In, kind: K) -> bool {
    at(inp, kind) && look::continues(inp) && eat(inp, kind)
}

/// `match x { "a" | "b" => y }`
fn match_(rules: &Rules) -> Rule {
    let head = within(
        Context {
            head: true,
            ..Context::default()
        },
        rules.types.value.clone(),
    );
    let arm = node(
        K::Arm,
        seq![
            rules.types.union.clone(),
            expect(K::FatArrow, "`=>`"),
            rules.types.value.clone()
        ],
    );
    let spec = Entries {
        close: Some(K::RightBrace),
        starts: look::starts_expr,
        expected: "a pattern, such as `\"a\" => value`",
    };
    let arms = required(
        when(|inp| at_same_line(inp, K::LeftBrace), entries(spec, arm)),
        "`{` and the cases",
    );
    node(K::Match, seq![token(K::MatchWord), head, arms])
}

// ---- lists

fn list(rules: &Rules) -> Rule {
    let spec = Entries {
        close: Some(K::RightBracket),
        starts: look::starts_element,
        expected: "an element of the list",
    };
    node(K::List, entries(spec, element(rules)))
}

fn element(rules: &Rules) -> Rule {
    let element = |element: Rule| {
        let inner = required_here(nested(element), "an element");
        let spread = node(
            K::SpreadElement,
            seq![token(K::DotDotDot), rules.types.value.clone()],
        );
        first_of![
            spread,
            when(|inp| at(inp, K::IfWord), conditional(rules, inner.clone())),
            when(
                |inp| at(inp, K::ForWord) && look::is_word_and_name(inp),
                loop_element(rules, inner)
            ),
            rules.expr.clone(),
        ]
    };
    recursive(|inner| element(inner.boxed())).boxed()
}

/// `if c => e else f`, or an ordinary `if c then a else b`.
fn conditional(rules: &Rules, element: Rule) -> Rule {
    let condition = within(
        Context {
            arrow: true,
            ..Context::default()
        },
        rules.types.value.clone(),
    );
    let branches = branches(rules);
    let otherwise = when(
        |inp| at(inp, K::ElseWord) && look::continues(inp),
        seq![token(K::ElseWord), element.clone()],
    );
    let tail = seq![token(K::FatArrow), element, optional(otherwise)];
    rule(move |inp| {
        let start = place(inp);
        inp.skip();
        inp.parse(&condition)?;
        if at(inp, K::FatArrow) {
            inp.parse(&tail)?;
            close(inp, K::IfElement, start);
        } else {
            inp.parse(&branches)?;
            close(inp, K::IfExpr, start);
        }
        Ok(())
    })
}

/// `for x in xs if c => e`
fn loop_element(rules: &Rules, element: Rule) -> Rule {
    let head = within(
        Context {
            arrow: true,
            ..Context::default()
        },
        rules.types.value.clone(),
    );
    let filter = optional(when(
        |inp| at(inp, K::IfWord),
        seq![token(K::IfWord), head.clone()],
    ));
    let tail = seq![
        expect(K::InWord, "`in`"),
        head,
        filter,
        expect(K::FatArrow, "`=>`"),
        element
    ];
    node(
        K::ForElement,
        seq![token(K::ForWord), super::statement::variables(), tail],
    )
}
