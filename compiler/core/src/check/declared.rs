//! What the names mean that a declaration declares: its own, its imports, the keys of its record types, the path of an
//! `extend`. The checker has no need to look them up, and whoever listens wants to know them all the same.

use std::sync::Arc;

use super::hear::{Heard, Meaning};
use super::{known_entry, opened_type, types};
use crate::hir::{Code, CodeKind, Ident, Import, TypeExpr, TypeKind};
use crate::keys::{At, Db, Decl, SourceFile};
use crate::scope::{self, Named};
use crate::ty::{Declared, RecordTy, Ty};
use crate::{import, schema};

/// Notes what a declaration declares.
pub(super) fn note(db: &dyn Db, decl: Decl, code: &Code, heard: &mut Heard) {
    match &code.kind {
        CodeKind::File { imports, names, .. } => {
            for import in imports {
                note_import(db, decl.file(db), import, heard);
            }
            heard.meanings.extend(names.iter().map(|(name, decl)| (name.node, Meaning::Named(*decl))));
        }
        CodeKind::Let { name, .. } | CodeKind::Fn { name, .. } | CodeKind::Type { name, .. } => {
            heard.meanings.push((name.node, Meaning::Named(decl)));
        }
        CodeKind::Schema(written) => {
            heard.meanings.push((written.name.node, Meaning::Named(decl)));
            if let Some((word, path)) = &written.inside
                && let Ok(place) = types::schema_of_path(db, decl, path)
                && path.names.last().is_none_or(|last| last.node != word.node)
            {
                heard.meanings.push((word.node, Meaning::Place { name: word.name, schema: place }));
            }
        }
        CodeKind::Extend { path, .. } => note_path(db, decl, path, heard),
        _ => {}
    }
    super::types_in(code, &mut |ty| note_record(db, decl, ty, heard));
}

fn note_import(db: &dyn Db, file: SourceFile, import: &Import, heard: &mut Heard) {
    let Some(target) = import::files(db, file, import).first().copied() else {
        return;
    };
    let meaning = match import::is_data(target.path(db).as_str()) {
        true => Meaning::Data(target),
        false => Meaning::Module(target),
    };
    heard.meanings.push((import.path_node, meaning.clone()));
    heard.meanings.extend(import.alias.map(|alias| (alias.node, meaning)));
}

/// The keys of a record type.
fn note_record(db: &dyn Db, decl: Decl, ty: &TypeExpr, heard: &mut Heard) {
    let TypeKind::Record { fields, .. } = &*ty.kind else {
        return;
    };
    let known =
        fields.iter().map(|(name, optional, ty)| (name.name, *optional, types::resolve(db, decl, ty, &mut Vec::new())));
    let at = Declared(Some(At { decl, node: ty.node }));
    let record = Arc::new(RecordTy { fields: known.collect(), at, ..RecordTy::default() });
    for (name, ..) in fields {
        heard.meanings.push((name.node, Meaning::Key { record: record.clone(), name: name.name }));
    }
}

/// The path of an `extend`: a name of the file, and from there fields and entries.
fn note_path(db: &dyn Db, decl: Decl, path: &[Ident], heard: &mut Heard) {
    let mut file = decl.file(db);
    let mut names = path.iter();
    let (mut ty, mut known) = loop {
        let Some(ident) = names.next() else {
            return;
        };
        let Some(named) = scope::lookup(db, file, ident.name) else {
            return;
        };
        let Some(meaning) = Meaning::of(db, named) else {
            return;
        };
        heard.meanings.push((ident.node, meaning));
        match named {
            Named::Module(module) => file = module,
            Named::Block(_, opener) => break (opened_type(db, opener), Some(opener)),
            _ => return,
        }
    };
    while let Some(ident) = names.next() {
        let (Ty::Schema(owner), Some((slot, field))) =
            (types::expand(db, &ty.without_null()), types::slot_of(db, &ty, ident.name))
        else {
            return;
        };
        heard.meanings.push((ident.node, Meaning::Field { schema: owner, name: ident.name }));
        if !schema::is_each(db, slot, &ty) {
            (ty, known) = (field, None);
            continue;
        }
        let Some(key) = names.next() else {
            return;
        };
        let found = known.and_then(|known| known_entry(db, known, ident.name, key.name, &field));
        (known, ty) = found.map_or((None, field), |(decl, ty)| (Some(decl), ty));
        heard.meanings.push((key.node, Meaning::Block { decl: known, ty: ty.clone() }));
    }
}
