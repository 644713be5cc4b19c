//! What a selection grows to: the word, the expression, the statement, the body, the block, the file.

use syntax::{Node, SyntaxKind as K};

use crate::TextRange;

/// The ranges around an offset, the smallest first; each is a part of the next.
pub fn selections(text: &str, offset: u32) -> Vec<TextRange> {
    let tree = syntax::parse(text).tree;
    let mut found: Vec<TextRange> = Vec::new();
    let mut grow = |range: TextRange| {
        let larger = found.last().is_none_or(|last| range != *last && range.cover(*last) == range);
        if larger && range.touches(offset) && !range.is_empty() {
            found.push(range);
        }
    };
    let token = tree.token_at(offset);
    // At the end of a word, the word is meant and not the blank behind it.
    let before = offset.checked_sub(1).and_then(|before| tree.token_at(before));
    let is_blank = |kind: K| matches!(kind, K::Space | K::Newline);
    let token = match (token, before) {
        (Some(token), Some(before)) if is_blank(token.kind()) && before.range().end == offset => Some(before),
        (token, _) => token,
    };
    let Some(token) = token else {
        return vec![TextRange::new(0, text.len() as u32)];
    };
    if !is_blank(token.kind()) {
        grow(token.range());
    }
    let mut node = Some(token.parent());
    while let Some(here) = node {
        if let Some(inside) = inside(here) {
            grow(inside);
        }
        grow(here.range());
        node = here.parent();
    }
    grow(TextRange::new(0, text.len() as u32));
    found
}

/// What stands between the braces or quotes of a node.
fn inside(node: Node<'_>) -> Option<TextRange> {
    let is_open =
        |kind: K| matches!(kind, K::LeftBrace | K::LeftBracket | K::LeftParen | K::Quote | K::BlockQuote | K::RawQuote);
    let is_close = |kind: K| matches!(kind, K::RightBrace | K::RightBracket | K::RightParen | K::CloseQuote);
    let open = node.tokens().find(|token| is_open(token.kind()))?;
    let close = node.tokens().filter(|token| is_close(token.kind())).last()?;
    (open.range().end < close.range().start).then(|| TextRange::new(open.range().end, close.range().start))
}
