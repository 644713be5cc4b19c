//! `let`s without types that lead back to themselves by name. They are found by their code alone, all at once: asked one
//! by one for its type, each of a long ring would remember all of the others.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::walk;
use crate::circles::on_circles;
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
    for component in on_circles(&edges) {
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
