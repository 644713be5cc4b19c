//! Types.

use crate::kind::SyntaxKind as K;
use crate::recovery::{Entries, entries};
use crate::toolkit::{
    Done, In, Rule, at, at_same_line, close, eat, expect, first_of, missing, next_kind, node, optional, place, refuse,
    rule, seq, token, when,
};

use super::{Types, key, look, name, path, required_here};

/// A type, with `where` if it has a condition.
pub(super) fn ty(union: &Rule, value: &Rule) -> Rule {
    let (union, value) = (union.clone(), value.clone());
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&union)?;
        if at(inp, K::WhereWord) && look::continues(inp) {
            inp.skip();
            inp.parse(&value)?;
            close(inp, K::WhereType, start);
        }
        Ok(())
    })
}

/// `A | B?`
pub(super) fn union(types: &Types) -> Rule {
    let one = optional_type(types);
    let other = required_here(one.clone(), "a type");
    rule(move |inp| {
        let start = place(inp);
        let mut members = u32::from(eat(inp, K::Pipe)) + 1;
        if members == 1 {
            inp.parse(&one)?;
        } else {
            inp.parse(&other)?;
        }
        while at(inp, K::Pipe) && look::continues(inp) {
            inp.skip();
            inp.parse(&other)?;
            members += 1;
        }
        if members > 1 {
            close(inp, K::UnionType, start);
        }
        Ok(())
    })
}

fn optional_type(types: &Types) -> Rule {
    let atom = atom(types);
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&atom)?;
        let mut is_optional = false;
        while at_same_line(inp, K::Question) || at_same_line(inp, K::QuestionQuestion) {
            inp.skip();
            is_optional = true;
        }
        if is_optional {
            close(inp, K::OptionalType, start);
        }
        Ok(())
    })
}

fn atom(types: &Types) -> Rule {
    let named = when(|inp| look::is_plain_name(next_kind(inp)), node(K::NamedType, path()));
    let key = when(look::starts_field, seq![name(), token(K::Colon)]);
    let list = seq![token(K::LeftBracket), optional(key), types.ty.clone(), expect(K::RightBracket, "`]`")];
    first_of![
        literal(types),
        named,
        when(|inp| at(inp, K::LeftBracket), node(K::ListType, list)),
        when(|inp| at(inp, K::LeftParen), brackets(types)),
        when(|inp| at(inp, K::LeftBrace), record(types)),
    ]
}

/// `"http"`, `-1`, `true`, `null`
fn literal(types: &Types) -> Rule {
    let number = node(K::Literal, rule(literal_token));
    let negative =
        when(|inp| at(inp, K::Minus), seq![token(K::Minus), super::required_here(number.clone(), "a number")]);
    let word = rule(|inp| {
        if !matches!(next_kind(inp), K::TrueWord | K::FalseWord | K::NullWord) {
            return refuse();
        }
        inp.skip();
        Ok(())
    });
    node(K::LiteralType, first_of![number, types.string.clone(), word, negative])
}

pub(super) fn literal_token(inp: &mut In) -> Done {
    if !next_kind(inp).is_literal() {
        return refuse();
    }
    inp.skip();
    Ok(())
}

/// `(T)` or `(A, B) -> T`
fn brackets(types: &Types) -> Rule {
    let spec = Entries { close: Some(K::RightParen), starts: look::starts_name, expected: "a type" };
    let entries = entries(spec, types.some_type.clone());
    let result = required_here(types.union.clone(), "a type");
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&entries)?;
        let end = place(inp);
        if at_same_line(inp, K::Arrow) {
            close(inp, K::Params, start);
            inp.skip();
            inp.parse(&result)?;
            close(inp, K::FunctionType, start);
        } else {
            if end == start + 2 {
                missing(inp, "`->` and the type of the result");
            }
            close(inp, K::ParenType, start);
        }
        Ok(())
    })
}

/// `{ a: T, "b"?: U, String: V }`
fn record(types: &Types) -> Rule {
    let entry = seq![
        node(K::Name, key(types.string.clone())),
        optional(token(K::Question)),
        expect(K::Colon, "`:`"),
        types.ty.clone()
    ];
    let spec = Entries {
        close: Some(K::RightBrace),
        starts: look::starts_statement,
        expected: "a field, such as `name: Type`",
    };
    node(K::RecordType, entries(spec, node(K::TypeEntry, entry)))
}
