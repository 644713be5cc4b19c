//! What the grammar decides by looking ahead: which keyword is a name here, what goes on over the end of a line.

use crate::kind::{KindSet, SyntaxKind as K};
use crate::toolkit::{In, ahead, next_kind, second};

/// What follows a key, so that a keyword before it is a plain name.
const AFTER_KEY: KindSet = KindSet::of(&[K::Colon, K::Dot, K::Question, K::Equals, K::LeftBrace]);

/// Keywords that are operators or parts of an expression: never a value by themselves.
const PARTS: KindSet = KindSet::of(&[
    K::AsWord,
    K::IsWord,
    K::InWord,
    K::ThenWord,
    K::ElseWord,
    K::WithWord,
    K::WhereWord,
    K::AndWord,
    K::OrWord,
    K::NotWord,
    K::IfWord,
    K::ForWord,
    K::MatchWord,
]);

/// Tokens that continue the expression of the line before.
const CONTINUES: KindSet = KindSet::of(&[
    K::AndWord,
    K::OrWord,
    K::ThenWord,
    K::ElseWord,
    K::WithWord,
    K::IsWord,
    K::InWord,
    K::WhereWord,
    K::QuestionQuestion,
    K::EqualsEquals,
    K::NotEquals,
    K::Less,
    K::LessEquals,
    K::Greater,
    K::GreaterEquals,
    K::Plus,
    K::Star,
    K::Slash,
    K::Percent,
    K::Pipe,
    K::DotDot,
    K::AmpersandAmpersand,
    K::PipePipe,
]);

/// Whether a line that starts with a token of this kind may continue the line before.
pub(crate) fn continues_a_line(kind: K) -> bool {
    CONTINUES.has(kind)
}

/// Whether the next token belongs to the expression before it: it is on the same line, or it can only continue.
pub(super) fn continues(inp: &mut In) -> bool {
    let Some(tok) = inp.peek() else { return false };
    if !tok.first_on_line {
        return true;
    }
    if tok.kind == K::Minus {
        return inp.state().context.round;
    }
    if !CONTINUES.has(tok.kind) {
        return false;
    }
    let opens_body = matches!(tok.kind, K::WithWord | K::ElseWord) && second(inp) == K::LeftBrace;
    !tok.kind.is_name() || opens_body || !AFTER_KEY.has(second(inp))
}

/// Whether the keyword that comes next starts a statement and is not the key of one.
pub(super) fn is_word(inp: &mut In) -> bool {
    !AFTER_KEY.has(second(inp))
}

/// Whether the keyword that comes next opens an entry: a name and a body or `:` follow, as in `check daily { .. }`.
pub(super) fn opens_entry(inp: &mut In) -> bool {
    let follows = |inp: &mut In| ahead(inp, 2).is_some_and(|tok| matches!(tok.kind, K::Colon | K::LeftBrace));
    second(inp).is_name() && follows(inp)
}

/// Whether the next token is this keyword with a name behind it.
pub(super) fn is_word_and_name(inp: &mut In) -> bool {
    second(inp).is_name()
}

/// Whether a name and `:` come.
pub(super) fn starts_field(inp: &mut In) -> bool {
    next_kind(inp).is_name() && ahead(inp, 1).is_some_and(|tok| tok.kind == K::Colon)
}

pub(super) fn starts_name(inp: &mut In) -> bool {
    next_kind(inp).is_name()
}

/// Whether a value may start here.
pub(super) fn starts_expr(inp: &mut In) -> bool {
    let kind = next_kind(inp);
    is_plain_name(kind)
        || kind.is_literal()
        || kind.is_quote()
        || matches!(kind, K::LeftBracket | K::LeftBrace | K::IfWord | K::MatchWord | K::NotWord)
}

/// Whether an element of a list may start here.
pub(super) fn starts_element(inp: &mut In) -> bool {
    matches!(next_kind(inp), K::DotDotDot | K::ForWord) || starts_expr(inp)
}

/// Whether a token can be a name where a value is due.
pub(super) fn is_plain_name(kind: K) -> bool {
    kind.is_name() && !PARTS.has(kind)
}

/// Whether a statement starts here that would be one even in the middle of a line.
pub(super) fn starts_statement(inp: &mut In) -> bool {
    let kind = next_kind(inp);
    let next = second(inp);
    if matches!(kind, K::DotDotDot | K::At) {
        return true;
    }
    if kind.is_quote() {
        return string_is_key(inp);
    }
    if !kind.is_name() {
        return false;
    }
    match next {
        K::Colon | K::LeftBrace | K::Equals | K::Dot => true,
        K::Question => ahead(inp, 2).is_some_and(|tok| tok.kind == K::Colon),
        _ if next.is_quote() => true,
        _ if !next.is_name() || CONTINUES.has(next) => false,
        _ if kind.is_keyword() => true,
        _ => ahead(inp, 2)
            .is_some_and(|tok| !tok.first_on_line && matches!(tok.kind, K::Colon | K::LeftBrace | K::Equals)),
    }
}

/// Whether the string that comes next has a `:` or `{` behind it.
fn string_is_key(inp: &mut In) -> bool {
    let mut distance = 1;
    while let Some(tok) = ahead(inp, distance) {
        match tok.kind {
            K::StringText | K::StringEscape | K::BadEscape => distance += 1,
            K::CloseQuote => {
                return ahead(inp, distance + 1).is_some_and(|tok| matches!(tok.kind, K::Colon | K::LeftBrace));
            }
            _ => return false,
        }
    }
    false
}

/// Whether the next line is a statement of its own, so that a value that is due is missing.
pub(super) fn starts_line_of_its_own(inp: &mut In) -> bool {
    let Some(tok) = inp.peek() else { return false };
    tok.first_on_line && tok.indent <= inp.state().indent && starts_statement(inp)
}

/// Whether a body starts here, with its `{` or, in a broken text, without.
pub(super) fn starts_body(inp: &mut In) -> bool {
    next_kind(inp) == K::LeftBrace || inp.state().brace_missing
}
