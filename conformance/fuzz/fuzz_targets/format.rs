//! Formatting a text without errors keeps its tokens, its comments and its tree, and does nothing the second time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syntax::{SyntaxKind, Tree};

fuzz_target!(|text: &str| {
    let Some(formatted) = syntax::format(text) else { return };
    let (before, after) = (syntax::parse(text), syntax::parse(&formatted));
    assert!(after.errors.is_empty(), "{formatted}");
    assert_eq!(meaning(&before.tree), meaning(&after.tree), "{formatted}");
    assert_eq!(shape(&before.tree), shape(&after.tree), "{formatted}");
    assert_eq!(syntax::format(&formatted).as_ref(), Some(&formatted));
});

/// The tokens without blanks and separators, comments included.
fn meaning(tree: &Tree) -> Vec<(SyntaxKind, String)> {
    let says = |kind: SyntaxKind| {
        let is_comment = matches!(kind, SyntaxKind::Comment | SyntaxKind::Doc | SyntaxKind::FileDoc);
        is_comment || !(kind.is_trivia() || kind == SyntaxKind::Comma)
    };
    let tokens = tree.tokens().filter(|token| says(token.kind()));
    tokens.map(|token| (token.kind(), token.text().trim_end().replace("\r\n", "\n"))).collect()
}

fn shape(tree: &Tree) -> Vec<(SyntaxKind, u32)> {
    tree.nodes().map(|node| (node.kind(), node.parent().map_or(0, |parent| parent.index()))).collect()
}
