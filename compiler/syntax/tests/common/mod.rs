//! Helpers that several tests share.

use syntax::{Node, Parse, SyntaxKind, parse};

/// A file that uses every form of the language.
#[allow(dead_code, reason = "not every test needs it")]
pub const SAMPLE: &str = include_str!("../sample.pl");

/// The nodes as `(Kind child child)`; a node without children shows its text.
#[allow(dead_code, reason = "not every test looks at trees")]
pub fn outline(node: Node<'_>) -> String {
    let children: Vec<String> = node.children().map(outline).collect();
    match (node.kind(), children.is_empty()) {
        (SyntaxKind::File, _) => children.join(" "),
        (kind, true) => format!("({kind:?} {})", node.text()),
        (kind, false) => format!("({kind:?} {})", children.join(" ")),
    }
}

/// Each error as `code at "text"`.
#[allow(dead_code, reason = "not every test looks at errors")]
pub fn errors(parsed: &Parse) -> Vec<String> {
    let shown = |range: syntax::TextRange| parsed.tree.text().get(range.bytes()).unwrap_or("?");
    parsed.errors.iter().map(|error| format!("{} at {:?}", error.code, shown(error.range))).collect()
}

/// What must hold of every text: it comes back, tokens and nodes are in order, errors are inside the text and few.
#[allow(dead_code, reason = "not every test is about all texts")]
pub fn assert_sane(text: &str) -> Parse {
    let parsed = parse(text);
    let tree = &parsed.tree;
    let whole: String = tree.tokens().map(|token| token.text()).collect();
    assert_eq!(whole, text, "the tokens give the text back");
    for node in tree.nodes() {
        assert!(node.token_start() <= node.token_end(), "{node:?}");
        let mut at = node.token_start();
        for child in node.children() {
            assert!(at <= child.token_start(), "{child:?} overlaps the child before it in {node:?}");
            assert!(child.token_end() <= node.token_end(), "{child:?} leaves {node:?}");
            assert_eq!(child.parent(), Some(node));
            at = child.token_end();
        }
    }
    let tokens = tree.tokens().filter(|token| !token.kind().is_trivia()).count();
    assert!(parsed.errors.len() <= tokens + 1 + text.len(), "{} errors", parsed.errors.len());
    for error in &parsed.errors {
        let edits = error.fix.iter().flat_map(|fix| fix.edits.iter().map(|(range, _)| *range));
        let labels = error.labels.iter().map(|(range, _)| *range);
        for range in std::iter::once(error.range).chain(labels).chain(edits) {
            assert!(text.get(range.bytes()).is_some(), "{error:?} is outside the text");
        }
    }
    parsed
}
