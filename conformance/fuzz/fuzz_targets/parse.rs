//! Every text parses, and its tokens give it back.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = syntax::parse(text);
    let whole: String = parsed.tree.tokens().map(|token| token.text()).collect();
    assert_eq!(whole, text);
    for node in parsed.tree.nodes() {
        assert!(node.token_start() <= node.token_end());
        for child in node.children() {
            assert_eq!(child.parent(), Some(node));
            assert!(node.token_start() <= child.token_start() && child.token_end() <= node.token_end());
        }
        if let Some(string) = <syntax::ast::StringLit as syntax::ast::View>::cast(node) {
            assert!(string.pieces().len() <= parsed.tree.token_count() as usize);
        }
    }
    for error in &parsed.errors {
        assert!(text.get(error.range.bytes()).is_some());
        for (range, _) in error.labels.iter().chain(error.fix.iter().flat_map(|fix| &fix.edits)) {
            assert!(text.get(range.bytes()).is_some());
        }
    }
});
