//! What stands in bodies.

use crate::kind::SyntaxKind as K;
use crate::problem::Problem;
use crate::recovery::{Entries, entries, lacks_brace, skip_to_brace};
use crate::toolkit::{
    Context, Done, In, Rule, at, at_same_line, close, condition, eat, expect, missing, next_kind, node, optional,
    place, refuse, report, required, rule, said_enough, second, seq, token, when, within,
};

use super::{Rules, attributes, key, look, name, required_name};

const HEAD: Context = Context { head: true, condition: true, arrow: false, round: false };

/// `{ .. }`
pub(super) fn body(rules: &Rules) -> Rule {
    let spec = Entries { close: Some(K::RightBrace), starts: look::starts_statement, expected: "a statement" };
    when(look::starts_body, node(K::Body, entries(spec, statement(rules))))
}

/// A statement with its attributes.
fn statement(rules: &Rules) -> Rule {
    let attributes = attributes(rules);
    let tail = tail(rules, Place::Body);
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&attributes)?;
        inp.state().start = start;
        finish(inp, start, &tail)
    })
}

/// Runs the rest of something that may have attributes; attributes alone are a mistake.
pub(super) fn finish(inp: &mut In, start: u32, tail: &Rule) -> Done {
    if inp.parse(tail).is_err() {
        if place(inp) == start {
            return refuse();
        }
        missing(inp, "a declaration or a statement");
        close(inp, K::Garbage, start);
    }
    Ok(())
}

/// Where a statement stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Schema,
}

/// A statement behind its attributes; the node starts at `state.start`, where they start.
pub(super) fn tail(rules: &Rules, stands: Place) -> Rule {
    let let_ = let_(rules);
    let if_ = if_(rules);
    let for_ = for_(rules);
    let check = check(rules);
    let assert = seq![token(K::AssertWord), condition(rules.types.value.clone())];
    let expect_error = expect_error(rules);
    let spread = seq![token(K::DotDotDot), rules.types.value.clone()];
    let keyed = keyed(rules, stands);
    rule(move |inp| {
        let start = inp.state().start;
        let (kind, tail) = match next_kind(inp) {
            K::LetWord if look::is_word_and_name(inp) || is_nameless(inp, stands) => (K::Let, &let_),
            K::IfWord if look::is_word(inp) => return inp.parse(&if_),
            K::ForWord if look::is_word(inp) && !look::opens_entry(inp) => (K::For, &for_),
            K::CheckWord if look::is_word(inp) && !look::opens_entry(inp) => (K::Check, &check),
            K::AssertWord if look::is_word(inp) && !look::opens_entry(inp) => (K::Assert, &assert),
            K::ExpectWord if second(inp) == K::ErrorWord => (K::ExpectError, &expect_error),
            K::DotDotDot => (K::Spread, &spread),
            _ => return inp.parse(&keyed),
        };
        inp.parse(tail)?;
        close(inp, kind, start);
        Ok(())
    })
}

/// Whether `let =` comes where no field is declared: the name is missing.
fn is_nameless(inp: &mut In, stands: Place) -> bool {
    stands == Place::Body && second(inp) == K::Equals
}

/// `let name: T = value`
pub(super) fn let_(rules: &Rules) -> Rule {
    let ty = seq![token(K::Colon), rules.types.ty.clone()];
    seq![token(K::LetWord), required_name(), optional(ty), expect(K::Equals, "`=`"), rules.types.value.clone()]
}

pub(super) fn check(rules: &Rules) -> Rule {
    let otherwise =
        when(|inp| at(inp, K::ElseWord) && look::continues(inp), seq![token(K::ElseWord), rules.types.value.clone()]);
    let otherwise = required(otherwise, "`else` and a message");
    seq![token(K::CheckWord), condition(rules.types.value.clone()), otherwise]
}

fn expect_error(rules: &Rules) -> Rule {
    let code = required(rules.types.string.clone(), "the code of an error in quotes");
    seq![token(K::ExpectWord), expect(K::ErrorWord, "`error`"), code, expect(K::InWord, "`in`"), rules.block.clone()]
}

/// `if c { .. } else if d { .. } else { .. }`: each `if` after `else` is a node inside the one before.
fn if_(rules: &Rules) -> Rule {
    let head = within(HEAD, rules.types.value.clone());
    let block = rules.block.clone();
    rule(move |inp| {
        let mut starts = vec![inp.state().start];
        loop {
            inp.skip();
            inp.parse(&head)?;
            inp.parse(&block)?;
            if is_elif(inp) {
                let token = place(inp);
                report(inp, Problem::Elif { token });
                starts.push(token);
                continue;
            }
            if !at(inp, K::ElseWord) || !look::continues(inp) {
                break;
            }
            inp.skip();
            if !at(inp, K::IfWord) {
                inp.parse(&block)?;
                break;
            }
            if !crate::toolkit::link(inp) {
                crate::toolkit::too_deep(inp);
                break;
            }
            starts.push(place(inp));
        }
        for start in starts.into_iter().rev() {
            close(inp, K::If, start);
        }
        Ok(())
    })
}

/// Whether `elif` comes, and no field or block of that name.
fn is_elif(inp: &mut In) -> bool {
    at(inp, K::ElifWord) && look::is_word(inp)
}

/// `for k, v in xs if c { .. }`
fn for_(rules: &Rules) -> Rule {
    let head = within(HEAD, rules.types.value.clone());
    let filter = optional(when(|inp| at_same_line(inp, K::IfWord), seq![token(K::IfWord), head.clone()]));
    seq![token(K::ForWord), variables(), expect(K::InWord, "`in`"), head, filter, rules.block.clone()]
}

/// `x` or `k, v`
pub(super) fn variables() -> Rule {
    seq![required_name(), optional(seq![token(K::Comma), required_name()])]
}

/// What starts with a key: a write, a block, an entry, or in a schema a field.
fn keyed(rules: &Rules, stands: Place) -> Rule {
    let key = key(rules.types.string.clone());
    let tail = after_keys(rules);
    let field = field_tail(rules);
    let default = default_tail(rules);
    rule(move |inp| {
        let start = inp.state().start;
        let first = place(inp);
        inp.parse(&key)?;
        if stands == Place::Schema && matches!(next_kind(inp), K::Colon | K::Question | K::Equals) {
            close(inp, K::Name, first);
            let (kind, tail) = if at(inp, K::Equals) { (K::Default, &default) } else { (K::Field, &field) };
            inp.parse(tail)?;
            close(inp, kind, start);
            return Ok(());
        }
        while at(inp, K::Dot) {
            inp.skip();
            if inp.parse(&key).is_err() {
                missing(inp, "a name");
                break;
            }
        }
        close(inp, K::KeyPath, first);
        inp.state().start = start;
        inp.parse(&tail)
    })
}

/// `?: T = v`
pub(super) fn field_tail(rules: &Rules) -> Rule {
    let default = seq![token(K::Equals), rules.types.value.clone()];
    seq![optional(token(K::Question)), expect(K::Colon, "`:`"), rules.types.ty.clone(), optional(default)]
}

/// `= v`
pub(super) fn default_tail(rules: &Rules) -> Rule {
    seq![token(K::Equals), rules.types.value.clone()]
}

/// What follows the path of a statement.
fn after_keys(rules: &Rules) -> Rule {
    let entry_name = node(K::EntryName, key(rules.types.string.clone()));
    let value = rules.types.value.clone();
    let block = rules.block.clone();
    let body = rules.body.clone();
    rule(move |inp| {
        let start = inp.state().start;
        let next = inp.peek();
        let named = next.is_some_and(|tok| !tok.first_on_line && (tok.kind.is_name() || tok.kind.is_quote()));
        if named {
            inp.parse(&entry_name)?;
        }
        let kind = match next_kind(inp) {
            K::Colon => {
                inp.skip();
                inp.parse(&value)?;
                if named { K::Entry } else { K::Write }
            }
            K::Equals => {
                let token = place(inp);
                report(inp, Problem::Equals { token });
                inp.skip();
                inp.parse(&value)?;
                if named { K::Entry } else { K::Write }
            }
            K::ForeignOperator => {
                inp.skip();
                said_enough(inp);
                inp.parse(&value)?;
                if named { K::Entry } else { K::Write }
            }
            K::LeftBrace => {
                inp.parse(&block)?;
                K::Block
            }
            _ if skip_to_brace(inp, "`:` or `{`") => {
                inp.parse(&block)?;
                K::Block
            }
            _ if lacks_brace(inp, "`:` or `{`") => {
                inp.parse(&body)?;
                K::Block
            }
            _ => {
                missing(inp, "`:` or `{`");
                if named { K::Entry } else { K::Write }
            }
        };
        close(inp, kind, start);
        Ok(())
    })
}

/// A name that is declared, or a string in its place.
pub(super) fn declared_key(rules: &Rules) -> Rule {
    node(K::Name, key(rules.types.string.clone()))
}

/// `each name: T`
pub(super) fn each(rules: &Rules) -> Rule {
    seq![token(K::EachWord), name(), expect(K::Colon, "`:`"), rules.types.ty.clone()]
}

/// Takes the word `emit` if a member follows that it belongs to.
pub(super) fn eat_emit(inp: &mut In) -> bool {
    at(inp, K::EmitWord) && (look::is_word_and_name(inp) || second(inp).is_quote()) && eat(inp, K::EmitWord)
}
