//! What can be folded away: braces and brackets over several lines, comments, imports, long texts.

use syntax::{Node, SyntaxKind as K, Token, Tree};

use crate::TextRange;

/// A part of a text that can be folded to its first line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fold {
    /// What is folded: what is between the braces, or from the first to the last of several lines.
    pub range: TextRange,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FoldKind {
    /// Braces or brackets.
    Braces,
    /// Comments on lines that follow each other.
    Comment,
    /// Imports that follow each other.
    Imports,
    /// A text of several lines.
    Text,
}

/// What can be folded in a text, in its order.
pub fn folds(text: &str) -> Vec<Fold> {
    let tree = syntax::parse(text).tree;
    let mut found: Vec<Fold> = tree.nodes().filter_map(|node| of_node(text, node)).collect();
    found.extend(comments(&tree));
    found.extend(imports(text, &tree));
    found.sort();
    found.dedup();
    found
}

fn of_node(text: &str, node: Node<'_>) -> Option<Fold> {
    let kind = match node.kind() {
        K::Body | K::SchemaBody | K::Record | K::List | K::RecordType | K::Args | K::Params | K::Match => {
            FoldKind::Braces
        }
        K::String => FoldKind::Text,
        _ => return None,
    };
    let is_open = |token: &Token<'_>| matches!(token.kind(), K::LeftBrace | K::LeftBracket | K::LeftParen);
    let is_close = |token: &Token<'_>| matches!(token.kind(), K::RightBrace | K::RightBracket | K::RightParen);
    let range = match kind {
        FoldKind::Text => node.range(),
        _ => {
            let open = node.tokens().find(is_open)?;
            let close = node.tokens().filter(is_close).last();
            TextRange::new(open.range().end, close.map_or(node.range().end, |close| close.range().start))
        }
    };
    has_lines(text, range).then_some(Fold { range, kind })
}

fn has_lines(text: &str, range: TextRange) -> bool {
    text.get(range.bytes()).is_some_and(|text| text.contains('\n'))
}

/// Comments that stand alone on lines that follow each other.
fn comments(tree: &Tree) -> Vec<Fold> {
    let mut found: Vec<Fold> = Vec::new();
    let mut run: Option<(TextRange, u32)> = None;
    let mut lines = 0;
    for token in tree.tokens() {
        match token.kind() {
            K::Comment | K::Doc | K::FileDoc | K::BlockComment | K::HashComment => {
                run = Some(match run {
                    Some((range, count)) if lines <= 1 => (range.cover(token.range()), count + 1),
                    other => {
                        found.extend(fold_of(other));
                        (token.range(), 1)
                    }
                });
                lines = 0;
            }
            K::Newline => lines += token.text().matches('\n').count(),
            K::Space => {}
            _ => {
                found.extend(fold_of(run.take()));
                lines = 0;
            }
        }
    }
    found.extend(fold_of(run));
    found
}

fn fold_of(run: Option<(TextRange, u32)>) -> Option<Fold> {
    let (range, count) = run?;
    (count > 1).then_some(Fold { range, kind: FoldKind::Comment })
}

/// Imports that follow each other.
fn imports(text: &str, tree: &Tree) -> Option<Fold> {
    let imports = tree.root().children().filter(|node| node.kind() == K::Import);
    let range = imports.map(Node::range).reduce(TextRange::cover)?;
    has_lines(text, range).then_some(Fold { range, kind: FoldKind::Imports })
}
