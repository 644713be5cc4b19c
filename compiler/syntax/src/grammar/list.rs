//! Lists and what can stand in them.

use chumsky::Parser as _;
use chumsky::recursive::recursive;

use crate::kind::SyntaxKind as K;
use crate::recovery::{Entries, entries};
use crate::toolkit::{
    Context, Rule, at, close, expect, first_of, nested, node, optional, place, rule, seq, token, when, within,
};

use super::{Rules, look, required_here};

pub(super) fn list(rules: &Rules) -> Rule {
    let spec =
        Entries { close: Some(K::RightBracket), starts: look::starts_element, expected: "an element of the list" };
    node(K::List, entries(spec, element(rules)))
}

fn element(rules: &Rules) -> Rule {
    let element = |element: Rule| {
        let inner = required_here(nested(element), "an element");
        let spread = node(K::SpreadElement, seq![token(K::DotDotDot), rules.types.value.clone()]);
        first_of![
            spread,
            when(|inp| at(inp, K::IfWord), conditional(rules, inner.clone())),
            when(|inp| at(inp, K::ForWord) && look::is_word_and_name(inp), loop_element(rules, inner)),
            rules.expr.clone(),
        ]
    };
    recursive(|inner| element(inner.boxed())).boxed()
}

/// `if c => e else f`, or an ordinary `if c then a else b`.
fn conditional(rules: &Rules, element: Rule) -> Rule {
    let condition = within(Context { arrow: true, condition: true, ..Context::default() }, rules.types.value.clone());
    let branches = super::expr::branches(rules);
    let otherwise = when(|inp| at(inp, K::ElseWord) && look::continues(inp), seq![token(K::ElseWord), element.clone()]);
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
    let head = within(Context { arrow: true, condition: true, ..Context::default() }, rules.types.value.clone());
    let filter = optional(when(|inp| at(inp, K::IfWord), seq![token(K::IfWord), head.clone()]));
    let tail = seq![expect(K::InWord, "`in`"), head, filter, expect(K::FatArrow, "`=>`"), element];
    node(K::ForElement, seq![token(K::ForWord), super::statement::variables(), tail])
}
