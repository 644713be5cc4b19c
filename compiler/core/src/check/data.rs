//! Keys of records, maps and `Any`.

use std::sync::Arc;

use diagnostics::{Diagnostic, Fix, rules};

use super::body::Leaf;
use super::types::expand;
use super::{Checker, Meaning};
use crate::hir::{Ident, NamedForm, Text};
use crate::ir::{BodyIr, Ir, IrKind, KeyIr, Target, Write, Written};
use crate::keys::{At, Decl};
use crate::symbol::Symbol;
use crate::ty::Ty;
use crate::value::Value;

impl Checker<'_> {
    /// A key of a record, a map or `Any`.
    pub(super) fn along_data(&mut self, target: &Ty, path: &[Ident], leaf: Leaf<'_>) -> Option<(Target, Written)> {
        let Some((first, rest)) = path.split_first() else {
            return self.computed_key(target, leaf);
        };
        let ty = match target {
            Ty::Record(record) => match record.field(first.name) {
                Some(ty) => ty.clone(),
                None => {
                    self.forget(leaf);
                    self.unknown_key(record, first);
                    return None;
                }
            },
            Ty::Map(key, value) => {
                self.check_key(key, first);
                (**value).clone()
            }
            Ty::Keyed(_, element) => (**element).clone(),
            _ => Ty::Any,
        };
        self.hear_meaning(first.node, || Meaning::key(target, first.name, &ty));
        if matches!(target, Ty::Any) && !rest.is_empty() && self.frame.path.len() < 64 {
            self.dotted(path);
        }
        if let (Leaf::Named(name, kind, decl, form), []) = (leaf, rest) {
            return self.named_data(first, ty, name, kind, decl, form);
        }
        let written = self.step(first.name, first.node, ty, rest, leaf)?;
        Some((Target::Key(KeyIr::Static(first.name)), written))
    }

    /// `labels app { .. }` under data: a key in a key.
    pub(super) fn named_data(
        &mut self,
        first: &Ident,
        ty: Ty,
        name: &Text,
        kind: Option<&crate::hir::Path>,
        decl: Decl,
        form: NamedForm,
    ) -> Option<(Target, Written)> {
        let inner = match expand(self.db, &ty.without_null()) {
            Ty::Map(_, value) | Ty::Keyed(_, value) => (*value).clone(),
            Ty::Record(record) => match name.plain().and_then(|name| record.field(name).cloned()) {
                Some(ty) => ty,
                None => {
                    let ident = Ident { node: name.node, name: name.plain().unwrap_or(Symbol::new("")) };
                    self.unknown_key(&record, &ident);
                    return None;
                }
            },
            Ty::Any => Ty::Any,
            other => {
                self.no_body(&[*first], &other);
                return None;
            }
        };
        let inner = self.entry_kind(&inner, kind)?;
        let key = self.key_of(name);
        self.hear_meaning(name.node, || Meaning::Block { decl: Some(decl), ty: inner.clone() });
        self.child(first.name, name.plain(), &inner, decl, form);
        let value = match form {
            NamedForm::Block => Written::Block(decl),
            NamedForm::Value => Written::Entry(decl),
            NamedForm::Null => Written::Value(Ir { at: At { decl, node: 0 }, kind: IrKind::Const(Value::Null) }),
        };
        let at = self.at(name.node);
        let write = Write { at, guards: Arc::default(), name: first.name, target: Target::Key(key), value };
        let shape = super::types::shape(self.db, &ty.without_null());
        let body = BodyIr { writes: vec![write], ..BodyIr::new(at, shape) };
        Some((Target::Key(KeyIr::Static(first.name)), Written::Amend(Arc::new(body))))
    }

    /// `"key-\(n)": value`
    pub(super) fn computed_key(&mut self, target: &Ty, leaf: Leaf<'_>) -> Option<(Target, Written)> {
        let Leaf::Named(name, kind, decl, form) = leaf else {
            return None;
        };
        let value = match target {
            Ty::Map(_, value) | Ty::Keyed(_, value) => (**value).clone(),
            Ty::Any => Ty::Any,
            _ => {
                self.report(
                    Diagnostic::new(
                        &rules::SCHEMA_UNKNOWN_FIELD,
                        self.at(name.node),
                        "the fields of a record are not computed",
                    )
                    .help("use a map, whose keys may be"),
                );
                return None;
            }
        };
        let value = self.entry_kind(&value, kind)?;
        let key = self.key_of(name);
        self.hear_meaning(name.node, || Meaning::Block { decl: Some(decl), ty: value.clone() });
        self.child(Symbol::new(""), None, &value, decl, form);
        let written = match form {
            NamedForm::Block => Written::Block(decl),
            NamedForm::Value => Written::Entry(decl),
            NamedForm::Null => Written::Value(Ir { at: At { decl, node: 0 }, kind: IrKind::Const(Value::Null) }),
        };
        Some((Target::Key(key), written))
    }

    /// `a.b: v` where no schema says that `b` is a field: perhaps one key with a dot in it was meant.
    pub(super) fn dotted(&mut self, path: &[Ident]) {
        let Some(first) = path.first() else { return };
        let text = path.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(".");
        let message = format!("`{text}` is written as keys in keys, and nothing here says that it should be");
        self.report(
            Diagnostic::new(&rules::LINT_ANY_KEY, self.at(first.node), message)
                .help(format!("for one key with dots write {text:?}, for keys in keys write braces")),
        );
    }

    pub(super) fn check_key(&mut self, key: &Ty, name: &Ident) {
        let before = self.diagnostics.len();
        let typed = self.text_literal(name.name.as_str(), name.node, key);
        if self.diagnostics.len() == before {
            self.convert(typed, key, name.node);
        }
    }

    pub(super) fn unknown_key(&mut self, record: &crate::ty::RecordTy, name: &Ident) {
        let at = self.at(name.node);
        let known: Vec<&str> = record.fields.iter().map(|field| field.0.as_str()).collect();
        let message = format!("there is no field `{}` here", name.name);
        let mut diagnostic = Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, message);
        diagnostic = match domain::nearest(name.name.as_str(), known.iter().copied()) {
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::new(format!("write `{near}`")).edit(at, near.to_string())),
            None => {
                let names: Vec<_> = known.iter().take(8).map(|name| format!("`{name}`")).collect();
                diagnostic.help(format!("it has {}", names.join(", ")))
            }
        };
        self.report(diagnostic);
    }
}
