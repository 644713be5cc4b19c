//! Events of the grammar to the node table of a tree.
//!
//! The grammar closes a node after everything inside it, so events come in postorder; a node that starts before the last ones
//! takes them as children. Linear, without recursion.

use crate::kind::SyntaxKind;
use crate::tree::NodeRow;

/// A node that the grammar has closed: from one significant token to another, end excluded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub kind: SyntaxKind,
    pub start: u32,
    pub end: u32,
}

/// The node table, in preorder below a root of kind `File` that covers all tokens.
///
/// `places` maps significant tokens to their place among all `token_count` tokens.
pub(crate) fn nodes(events: &[Event], places: &[u32], token_count: u32) -> Vec<NodeRow> {
    let sizes = subtree_sizes(events);
    let total = index(events.len()) + 1;
    let root = NodeRow { kind: SyntaxKind::File, first: 0, end: token_count, subtree_end: total, parent: 0 };
    let mut rows = vec![root; total as usize];
    // Going backwards meets every node before its children, the last child first: `free_end` is where the rows end that the
    // children still to come may take.
    let mut open = vec![Region { row: 0, free_end: total }];
    for (event, size) in events.iter().zip(&sizes).rev() {
        while open.len() > 1 && open.last().is_some_and(|region| region.free_end == region.row + 1) {
            open.pop();
        }
        let Some(parent) = open.last_mut() else { break };
        let row = parent.free_end - size;
        let end = parent.free_end;
        parent.free_end = row;
        if let Some(slot) = rows.get_mut(row as usize) {
            let (first, last) = token_range(event, places);
            *slot = NodeRow { kind: event.kind, first, end: last, subtree_end: end, parent: parent.row };
        }
        open.push(Region { row, free_end: end });
    }
    rows
}

struct Region {
    row: u32,
    free_end: u32,
}

/// For each event, how many nodes its subtree has.
fn subtree_sizes(events: &[Event]) -> Vec<u32> {
    let mut sizes = Vec::with_capacity(events.len());
    let mut pending: Vec<(u32, u32)> = Vec::new();
    for event in events {
        let mut size = 1;
        while let Some((start, inner)) = pending.last().copied().filter(|(start, _)| *start >= event.start) {
            debug_assert!(start >= event.start);
            size += inner;
            pending.pop();
        }
        pending.push((event.start, size));
        sizes.push(size);
    }
    sizes
}

fn token_range(event: &Event, places: &[u32]) -> (u32, u32) {
    let first = places.get(event.start as usize).copied().unwrap_or(0);
    let last = (event.end as usize).checked_sub(1).and_then(|last| places.get(last)).map_or(first, |place| place + 1);
    (first, last)
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX - 1)
}
