//! The addresses on the web that a platform puts out.

use super::scalar::{said, text};
use crate::Node;
use crate::model::{Said, Text};

/// How deep in an output an address is looked for.
const DEEPEST: usize = 4;

/// Adds the addresses in what a platform puts out by name. Instances speak for themselves.
pub fn outputs<N: Node>(root: N, found: &mut Vec<(Text, Said<Text>)>) {
    let outputs = root.get("output").map(Node::entries).unwrap_or_default();
    for (name, node) in outputs {
        below(name, node, DEEPEST, found);
    }
}

fn below<N: Node>(name: &str, node: N, deep: usize, found: &mut Vec<(Text, Said<Text>)>) {
    if let Some(address) = said(Some(node), text) {
        found.extend(address.value.contains("://").then(|| (name.into(), address)));
        return;
    }
    if deep == 0 || !node.schemas().is_empty() {
        return;
    }
    let entries = node.entries();
    if entries.is_empty() {
        node.items().into_iter().for_each(|item| below(name, item, deep - 1, found));
    }
    entries.into_iter().for_each(|(name, part)| below(name, part, deep - 1, found));
}
