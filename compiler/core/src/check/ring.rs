//! `let`s without types that lead back to themselves by name. They are found by their code alone, all at once: asked one
//! by one for its type, each of a long ring would remember all of the others.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::walk;
use crate::decl::code;
use crate::hir::CodeKind;
use crate::keys::{self, Db, Decl};
use crate::scope;

/// `let`s without types that all lead to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ring {
    /// How many they are.
    pub members: usize,
    /// The one whose name comes first.
    pub first: Decl,
}

/// The ring that a `let` without a type is on.
#[salsa::tracked]
pub fn ring_of(db: &dyn Db, decl: Decl) -> Option<Ring> {
    rings(db).get(&decl).copied()
}

#[salsa::tracked]
fn rings(db: &dyn Db) -> Arc<FxHashMap<Decl, Ring>> {
    let mut lets: Vec<Decl> = Vec::new();
    for file in scope::all_files(db).iter() {
        if let Some(CodeKind::File { names, .. }) = code(db, keys::file_decl(db, *file)).map(|code| &code.kind) {
            lets.extend(names.iter().map(|name| name.1).filter(|decl| is_untyped(db, *decl)));
        }
    }
    let places: FxHashMap<Decl, usize> = lets.iter().enumerate().map(|(place, decl)| (*decl, place)).collect();
    let named = |decl: &Decl| walk::values(db, *decl).iter().filter_map(|named| places.get(named).copied()).collect();
    let edges: Vec<Vec<usize>> = lets.iter().map(named).collect();
    let mut rings = FxHashMap::default();
    for component in on_cycles(&edges) {
        let members: Vec<Decl> = component.iter().filter_map(|place| lets.get(*place).copied()).collect();
        if let Some(first) = members.iter().copied().min_by_key(|decl| keys::decl_name(db, *decl)) {
            let ring = Ring { members: members.len(), first };
            rings.extend(members.into_iter().map(|decl| (decl, ring)));
        }
    }
    Arc::new(rings)
}

fn is_untyped(db: &dyn Db, decl: Decl) -> bool {
    matches!(code(db, decl).map(|code| &code.kind), Some(CodeKind::Let { ty: None, .. }))
}

/// The nodes from which a way leads back to them: those of Tarjan's components that have an edge inside.
///
/// Every edge leads to a place in `edges`, so every index here is one of a node.
fn on_cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = edges.len();
    let (mut order, mut low) = (vec![usize::MAX; count], vec![usize::MAX; count]);
    let mut waiting = vec![false; count];
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..count {
        if order[root] != usize::MAX {
            continue;
        }
        let mut way: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, edge)) = way.last_mut() {
            let node = *node;
            if *edge == 0 && order[node] == usize::MAX {
                (order[node], low[node], waiting[node]) = (next, next, true);
                stack.push(node);
                next += 1;
            }
            match edges[node].get(*edge) {
                Some(&to) => {
                    *edge += 1;
                    if order[to] == usize::MAX {
                        way.push((to, 0));
                    } else if waiting[to] {
                        low[node] = low[node].min(order[to]);
                    }
                }
                None => {
                    way.pop();
                    if let Some((before, _)) = way.last() {
                        low[*before] = low[*before].min(low[node]);
                    }
                    if low[node] == order[node] {
                        let start = stack.iter().rposition(|one| *one == node).unwrap_or(0);
                        let component = stack.split_off(start);
                        component.iter().for_each(|one| waiting[*one] = false);
                        if component.len() > 1 || edges[node].contains(&node) {
                            found.push(component);
                        }
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::on_cycles;

    fn check(edges: &[&[usize]], expected: &[usize]) {
        let edges: Vec<Vec<usize>> = edges.iter().map(|to| to.to_vec()).collect();
        let mut found = on_cycles(&edges).concat();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn chains_have_none() {
        check(&[&[1], &[2], &[]], &[]);
        check(&[&[1, 2], &[2], &[]], &[]);
    }

    #[test]
    fn rings_and_what_leads_to_them() {
        check(&[&[0]], &[0]);
        check(&[&[1], &[2], &[1], &[0]], &[1, 2]);
        check(&[&[1], &[0, 2], &[3], &[4], &[3]], &[0, 1, 3, 4]);
    }

    #[test]
    fn long_rings() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|node| vec![(node + 1) % 100_000]).collect();
        assert_eq!(on_cycles(&edges).concat().len(), 100_000);
    }
}
