//! What the grammar closes, turned into the nodes of a tree.
//!
//! The grammar closes a node after everything inside it, so its events come in postorder; a node that starts before the last
//! ones takes them as children. A tree has its nodes in preorder. Linear, without recursion, and in one table.

use crate::kind::SyntaxKind as K;
use crate::tree::NodeRow;

/// The nodes that the grammar has closed so far, in postorder. Their places count significant tokens only.
#[derive(Debug)]
pub(crate) struct Events(Vec<NodeRow>);

impl Events {
    pub(crate) fn with_capacity(capacity: usize) -> Events {
        Events(Vec::with_capacity(capacity))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Closes a node around all that starts at its first token or behind it.
    pub(crate) fn close(&mut self, kind: K, first: u32, end: u32) {
        let mut inside = self.0.len();
        while let Some(child) =
            inside.checked_sub(1).and_then(|last| self.0.get(last)).filter(|child| child.first >= first)
        {
            inside = inside.saturating_sub(child.size as usize);
        }
        let size = u32::try_from(self.0.len() - inside).unwrap_or(u32::MAX - 1) + 1;
        self.0.push(NodeRow { kind, first, end, size });
    }

    /// The nodes in preorder, below a root of kind `File` that covers all tokens.
    ///
    /// `places` maps significant tokens to their place among all `token_count` tokens.
    pub(crate) fn into_nodes(mut self, places: &[u32], token_count: u32) -> Vec<NodeRow> {
        self.close(K::File, 0, 0);
        let mut rows = self.0;
        // Going backwards meets a node before all that is inside it, from the last to the first. It waits until that has its
        // rows, which never reach down to the events that are still to come.
        let mut waiting: Vec<Waiting> = Vec::new();
        let (mut events, mut free) = (rows.len(), rows.len());
        while let Some(last) = free.checked_sub(1) {
            let node = if let Some(done) = waiting.pop_if(|next| next.row == last) {
                done.node
            } else {
                events = events.saturating_sub(1);
                let Some(event) = rows.get(events) else { break };
                let node = among_all_tokens(*event, places);
                if node.size > 1 {
                    waiting.push(Waiting { node, row: free.saturating_sub(node.size as usize) });
                    continue;
                }
                node
            };
            if let Some(row) = rows.get_mut(last) {
                *row = node;
            }
            free = last;
        }
        if let Some(root) = rows.first_mut() {
            (root.first, root.end) = (0, token_count);
        }
        rows
    }
}

/// A node whose row comes before rows that are still to be written.
struct Waiting {
    node: NodeRow,
    row: usize,
}

fn among_all_tokens(event: NodeRow, places: &[u32]) -> NodeRow {
    let first = places.get(event.first as usize).copied().unwrap_or(0);
    let last = (event.end as usize).checked_sub(1).and_then(|last| places.get(last));
    NodeRow { first, end: last.map_or(first, |last| last + 1), ..event }
}
