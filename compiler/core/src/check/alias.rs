//! What a `type` stands for: through other names, and as the type of Kubernetes objects.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::types::{resolve, type_of_path};
use crate::decl::code;
use crate::hir::{Code, CodeKind, ExprKind, TypeExpr, TypeKind};
use crate::keys::{At, Db, Decl};
use crate::symbol::Symbol;
use crate::ty::{Literal, ObjectKind, RecordTy, Scalar, Ty};

fn alias_cycle(db: &dyn Db, _: salsa::Id, decl: Decl) -> (Ty, Vec<Diagnostic<At>>) {
    let message = "this type needs a value that needs the type";
    let diagnostic = Diagnostic::new(&rules::TYPE_RECURSIVE, super::name_place(db, decl), message)
        .help("let the predicate name only values of other types");
    (Ty::Error, vec![diagnostic])
}

/// What a `type` stands for.
#[salsa::tracked(cycle_result = alias_cycle)]
pub fn alias(db: &dyn Db, decl: Decl) -> (Ty, Vec<Diagnostic<At>>) {
    let wrong = match *height(db, decl) {
        Height::Names(count) if count <= MAX_NAMES => None,
        Height::Names(count) if count > MAX_NAMES + 1 => return (Ty::Error, Vec::new()),
        Height::Names(_) => Some((
            &rules::EVAL_LIMIT,
            format!("this type is named through more than {MAX_NAMES} others"),
            "say what it is at once",
        )),
        Height::Endless => Some((
            &rules::TYPE_RECURSIVE,
            "this type is nothing but itself".to_string(),
            "a type may contain itself only inside of a list, map or record",
        )),
    };
    if let Some((rule, message, help)) = wrong {
        return (Ty::Error, vec![Diagnostic::new(rule, super::name_place(db, decl), message).help(help)]);
    }
    let mut diagnostics = Vec::new();
    let code = code(db, decl);
    let ty = match code.map(|code| &code.kind) {
        Some(CodeKind::Type { ty, .. }) => resolve(db, decl, ty, &mut diagnostics),
        _ => Ty::Error,
    };
    match (ty, code.and_then(|code| object_kind(decl, code))) {
        (Ty::Record(record), Some(kind)) => (Ty::Record(Arc::new(object_record(db, &record, kind))), diagnostics),
        (ty, _) => (ty, diagnostics),
    }
}

/// What `@kubernetes("apps/v1", "Deployment")` before a type says: its records are objects of a kind.
fn object_kind(decl: Decl, code: &Code) -> Option<ObjectKind> {
    let attribute = code.attributes.iter().find(|attribute| attribute.name.as_str() == "kubernetes")?;
    let text = |index: usize| match attribute.args.get(index).map(|arg| &*arg.kind) {
        Some(ExprKind::Text(text)) => text.plain(),
        _ => None,
    };
    let namespaced = text(2).is_none_or(|scope| scope.as_str() != "cluster");
    Some(ObjectKind { api_version: text(0)?, kind: text(1)?, namespaced, at: At { decl, node: attribute.node } })
}

/// The type of the objects of a kind: what every object has comes first, whether it is declared or not.
fn object_record(db: &dyn Db, record: &RecordTy, kind: ObjectKind) -> RecordTy {
    let text = |text: Symbol| match text.as_str() {
        "" => Ty::Scalar(Scalar::String),
        _ => Ty::Literal(Literal::Text(text)),
    };
    let metadata = crate::kubernetes::object_meta(db);
    let common = [
        ("apiVersion", Some(text(kind.api_version))),
        ("kind", Some(text(kind.kind))),
        ("metadata", metadata.map(Ty::Alias)),
    ];
    let missing = common.into_iter().filter_map(|(name, ty)| {
        let name = Symbol::new(name);
        let declared = record.fields.iter().any(|field| field.0 == name);
        (!declared).then_some((name, true, ty?.optional()))
    });
    let fields = missing.chain(record.fields.iter().cloned()).collect();
    RecordTy { fields, rest: record.rest.clone(), object: Some(kind), at: record.at }
}

/// Through how many names a type may be reached.
const MAX_NAMES: u32 = 60;

/// How many names stand between a `type` and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Height {
    /// So many.
    Names(u32),
    /// It leads back to its own name without a list, map or record on the way.
    Endless,
}

#[salsa::tracked(cycle_result = endless)]
fn height(db: &dyn Db, decl: Decl) -> Height {
    let code = code(db, decl);
    let Some(CodeKind::Type { ty, .. }) = code.map(|code| &code.kind) else {
        return Height::Names(0);
    };
    let mut next = Vec::new();
    collect_names(db, decl, ty, &mut next);
    let heights = next.into_iter().map(|decl| match *height(db, decl) {
        Height::Names(count) => count + 1,
        // The one that is endless says so.
        Height::Endless => 0,
    });
    Height::Names(heights.max().unwrap_or(0))
}

fn endless(_: &dyn Db, _: salsa::Id, _: Decl) -> Height {
    Height::Endless
}

/// The `type`s that a written type may be.
fn collect_names(db: &dyn Db, decl: Decl, written: &TypeExpr, names: &mut Vec<Decl>) {
    match &*written.kind {
        TypeKind::Path(path) => {
            if let Ok(Ty::Alias(name)) = type_of_path(db, decl, path) {
                names.push(name);
            }
        }
        TypeKind::Optional(inner) | TypeKind::Where(inner, ..) => collect_names(db, decl, inner, names),
        TypeKind::Union(members) => members.iter().for_each(|member| collect_names(db, decl, member, names)),
        _ => {}
    }
}
