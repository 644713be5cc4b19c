//! How the grammar goes on after a mistake.
//!
//! What fits nowhere becomes a garbage node up to a place where something known starts. In a text whose brackets do not
//! match, indentation tells which one lacks its partner; in a text whose brackets match, indentation means nothing.

use crate::kind::{KindSet, SyntaxKind as K};
use crate::problem::Problem;
use crate::tokens::Tok;
use crate::toolkit::{In, Rule, at, close, missing, next_kind, place, report, rule};

pub(crate) const CLOSERS: KindSet =
    KindSet::of(&[K::RightBrace, K::RightBracket, K::RightParen, K::InterpolationClose]);
const OPENERS: KindSet = KindSet::of(&[K::LeftBrace, K::LeftBracket, K::LeftParen, K::InterpolationOpen]);

/// Takes at least one token and then all up to the end of the line or of the bracket, brackets inside included; up to a
/// comma only if something starts behind it.
pub(crate) fn garbage(inp: &mut In, starts: fn(&mut In<'_>) -> bool) {
    let start = place(inp);
    let indent = inp.peek().map_or(0, |tok| tok.indent);
    let mut open = 0u32;
    while let Some(tok) = inp.peek() {
        let begun = place(inp) > start;
        if begun && open == 0 && ends_garbage(inp, tok, starts) {
            break;
        }
        let leaves = !inp.state().balanced && tok.first_on_line && tok.indent <= indent;
        if begun && open > 0 && leaves {
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

fn ends_garbage(inp: &mut In, tok: Tok, starts: fn(&mut In<'_>) -> bool) -> bool {
    if !matches!(tok.kind, K::Comma | K::Semicolon) {
        return tok.first_on_line || CLOSERS.has(tok.kind);
    }
    let before = inp.save();
    inp.skip();
    let starts = inp.peek().is_none_or(|tok| tok.first_on_line) || starts(inp);
    inp.rewind(before);
    starts
}

/// Reports what comes next as out of place and skips it.
pub(crate) fn unexpected(inp: &mut In, expected: &'static str, starts: fn(&mut In<'_>) -> bool) {
    let token = place(inp);
    report(inp, Problem::Unexpected { token, expected });
    garbage(inp, starts);
}

/// Skips to a `{` further on in the line; `false` if there is none.
pub(crate) fn skip_to_brace(inp: &mut In, expected: &'static str) -> bool {
    let before = inp.save();
    let start = place(inp);
    while inp.peek().is_some_and(|tok| !tok.first_on_line && !CLOSERS.has(tok.kind) && tok.kind != K::LeftBrace) {
        inp.skip();
    }
    let end = place(inp);
    let found = inp.peek().is_some_and(|tok| !tok.first_on_line && tok.kind == K::LeftBrace) && end > start;
    inp.rewind(before);
    if found {
        report(inp, Problem::Unexpected { token: start, expected });
        while place(inp) < end {
            inp.skip();
        }
        close(inp, K::Garbage, start);
    }
    found
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
            let is_missing = std::mem::take(&mut inp.state().brace_missing);
            indent = if is_missing { Some(inp.state().indent) } else { take_opener(inp) };
        }
        let context = std::mem::take(&mut inp.state().context);
        let mut on_lines = false;
        while !at_end(inp, spec, indent, on_lines) {
            on_lines |= inp.peek().is_some_and(|tok| tok.first_on_line);
            one_entry(inp, spec, &entry);
        }
        inp.state().context = context;
        if let Some(kind) = spec.close {
            close_bracket(inp, opener, kind, indent);
        }
        Ok(())
    })
}

/// Takes the opening bracket; the result is how far its line is indented.
fn take_opener(inp: &mut In) -> Option<u16> {
    let indent = inp.peek().map(|tok| tok.indent);
    inp.skip();
    indent
}

/// In a text whose brackets do not match: whether the lines that come next, indented deeper, are a body that lacks its `{`.
pub(crate) fn lacks_brace(inp: &mut In, expected: &'static str) -> bool {
    let deeper = inp.peek().is_some_and(|tok| tok.first_on_line && tok.indent > inp.state().indent);
    let lacks = deeper && !inp.state().balanced;
    if lacks {
        missing(inp, expected);
        inp.state().brace_missing = true;
    }
    lacks
}

/// Takes the closing bracket, or reports that it is missing.
pub(crate) fn close_bracket(inp: &mut In, opener: u32, kind: K, indent: Option<u16>) {
    if inp.state().balanced {
        skip_to_closer(inp);
    }
    if at(inp, kind) && !belongs_outside(inp, indent) {
        inp.skip();
    } else {
        let token = place(inp);
        report(inp, Problem::Unclosed { token, openers: vec![opener] });
    }
}

/// In a text whose brackets match: skips what is left before the closing bracket.
fn skip_to_closer(inp: &mut In) {
    let start = place(inp);
    let mut open = 0u32;
    while let Some(tok) = inp.peek() {
        if CLOSERS.has(tok.kind) {
            let Some(less) = open.checked_sub(1) else {
                break;
            };
            open = less;
        } else if OPENERS.has(tok.kind) {
            open += 1;
        }
        inp.skip();
    }
    if place(inp) > start {
        report(inp, Problem::Unexpected { token: start, expected: "the closing bracket" });
        close(inp, K::Garbage, start);
    }
}

/// Whether no more entries come. `on_lines` tells that entries stand on lines of their own.
fn at_end(inp: &mut In, spec: Entries, indent: Option<u16>, on_lines: bool) -> bool {
    while let Some(tok) = inp.peek().filter(|tok| CLOSERS.has(tok.kind)) {
        if spec.close.is_some() && !is_stray(inp, tok, spec, on_lines) {
            return true;
        }
        let token = place(inp);
        report(inp, Problem::NothingOpen { token });
        garbage(inp, spec.starts);
    }
    inp.peek().is_none() || belongs_outside(inp, indent)
}

/// In a text whose brackets do not match: whether a closing bracket in the middle of a line is one too many, because the
/// bracket that is open was opened on an earlier line and is of another kind.
fn is_stray(inp: &mut In, tok: Tok, spec: Entries, on_lines: bool) -> bool {
    let is_bracket = tok.kind != K::InterpolationClose && spec.close != Some(tok.kind);
    is_bracket && on_lines && !tok.first_on_line && !inp.state().balanced
}

/// In a text with a bracket too few or too many: whether the indentation says that the next token stands outside of the
/// bracket that was opened on a line with the given indentation.
fn belongs_outside(inp: &mut In, indent: Option<u16>) -> bool {
    let (Some(indent), false) = (indent, inp.state().balanced) else {
        return false;
    };
    let Some(tok) = inp.peek() else { return true };
    tok.first_on_line && if CLOSERS.has(tok.kind) { tok.indent < indent } else { tok.indent <= indent }
}

/// Reads an entry and what separates it from the next one.
fn one_entry(inp: &mut In, spec: Entries, entry: &Rule) {
    let indent = inp.peek().map_or(0, |tok| tok.indent);
    let outer = std::mem::replace(&mut inp.state().indent, indent);
    let done = inp.parse(entry);
    inp.state().indent = outer;
    if done.is_err() {
        let token = place(inp);
        let is_brace = inp.peek().is_some_and(|tok| tok.kind == K::LeftBrace && tok.first_on_line);
        let problem = if is_brace {
            Problem::BraceOnNextLine { token }
        } else {
            Problem::Unexpected { token, expected: spec.expected }
        };
        report(inp, problem);
        if !is_separator(inp) {
            garbage(inp, spec.starts);
            skip_lines(inp, spec);
        }
    } else if inp.peek().is_some_and(|tok| !tok.first_on_line && !CLOSERS.has(tok.kind)) && !is_separator(inp) {
        if (spec.starts)(inp) {
            let token = place(inp);
            return report(inp, Problem::MissingComma { token });
        }
        unexpected(inp, "a new line or `,`", spec.starts);
    }
    if is_separator(inp) {
        inp.skip();
    }
}

fn is_separator(inp: &mut In) -> bool {
    matches!(next_kind(inp), K::Comma | K::Semicolon)
}

/// In a text whose brackets do not match: skips the lines after one that fits nowhere which cannot be entries either, for
/// they are what the bracket held that is missing.
fn skip_lines(inp: &mut In, spec: Entries) {
    while !inp.state().balanced
        && inp.peek().is_some_and(|tok| tok.first_on_line && !CLOSERS.has(tok.kind))
        && !(spec.starts)(inp)
    {
        garbage(inp, spec.starts);
    }
}
