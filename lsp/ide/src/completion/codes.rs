//! Codes of findings, where one is allowed or expected, and the attributes of the language.

use diagnostics::rules;
use syntax::TextRange;

use super::{Completion, CompletionKind, Rank, Wish};

/// What stands before the place on its line.
fn line<'a>(wish: &Wish<'a>) -> Option<&'a str> {
    wish.text.get(..wish.offset as usize)?.rsplit('\n').next()
}

/// The beginning of a code in quotes, and whether it is one that is allowed rather than expected.
fn begun<'a>(wish: &Wish<'a>) -> Option<(&'a str, bool)> {
    let line = line(wish)?;
    let (before, code) = line.rsplit_once('"')?;
    let before = before.trim_end();
    let allowed = before.ends_with("@allow(");
    (allowed || before.ends_with("expect error")).then_some((code, allowed))
}

/// The codes or attributes that could stand at a place; nothing where none is due.
pub fn codes(wish: &Wish<'_>) -> Option<Vec<Completion>> {
    if let Some((_, allowed)) = begun(wish) {
        let rules = rules::ALL.iter().filter(|rule| !allowed || !rule.is_fixed());
        let item = |rule: &'static diagnostics::Rule| {
            Completion::plain(rule.code, CompletionKind::EnumValue, Rank::Due).detail(rule.summary)
        };
        return Some(rules.map(|rule| item(rule)).collect());
    }
    let word = wish.text.get(wish.word.start.checked_sub(1)? as usize..wish.word.start as usize)?;
    (word == "@").then(attributes)
}

fn attributes() -> Vec<Completion> {
    let all = [
        (
            "allow",
            "allow(\"${1:code}\", \"${2:why it may be so}\")",
            "a finding that somebody has decided to live with",
        ),
        ("main", "main", "the field that a plain value is given to"),
        ("auto", "auto(\"${1:hosts}\")", "where the values of a field come from that `auto` stands for"),
        ("kubernetes", "kubernetes(\"${1:group/v1}\", \"${2:Kind}\")", "the kind whose objects a type describes"),
    ];
    let item = |(name, snippet, detail): (&str, &str, &str)| {
        Completion::plain(name, CompletionKind::Keyword, Rank::Due).snippet(snippet).detail(detail)
    };
    all.into_iter().map(item).collect()
}

/// What is replaced: the whole code so far.
pub fn replaced(wish: &Wish<'_>) -> Option<TextRange> {
    let (code, _) = begun(wish)?;
    let after = wish.text.get(wish.offset as usize..)?;
    let end = after.find(['"', '\n', '\r']).unwrap_or(0);
    Some(TextRange::new(wish.offset - code.len() as u32, wish.offset + end as u32))
}
