//! Braces: instances, records and maps, by the type that is due.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::types::{self, BodyType, expand};
use super::{Checker, Typed};
use crate::hir::{Body, Expr, Node};
use crate::ir::{BodyIr, DataKind, IrKind, KeyIr, Shape, Target, Write, Written};
use crate::keys::Decl;
use crate::symbol::Symbol;
use crate::ty::{RecordTy, Ty, article};

impl Checker<'_> {
    pub(super) fn check_record(&mut self, body: &Body, due: &Ty, node: Node) -> Typed {
        match self.record_target(body, due) {
            Some(BodyTarget::Schema(decl)) => self.braces(decl, body, node),
            Some(BodyTarget::Data(ty)) => self.data(body, &ty, node),
            Some(BodyTarget::Infer) => self.infer_record(body, node),
            None => {
                let message = format!("these braces could be several members of `{}`", self.show(due));
                self.report(
                    Diagnostic::new(&rules::TYPE_AMBIGUOUS_RECORD, self.at(node), message)
                        .help("name the schema that is meant: `Name { .. }`"),
                );
                self.error(node)
            }
        }
    }

    /// What braces mean where a type is due: the one member that has the keys.
    pub(super) fn record_target(&mut self, body: &Body, due: &Ty) -> Option<BodyTarget> {
        match expand(self.db, due) {
            Ty::Schema(decl) => Some(BodyTarget::Schema(decl)),
            ty @ (Ty::Map(..) | Ty::Record(_) | Ty::Keyed(..)) => Some(BodyTarget::Data(ty)),
            Ty::Any => Some(BodyTarget::Data(Ty::Any)),
            Ty::Refined(refined) => self.record_target(body, &refined.base),
            Ty::Union(members) => {
                let mut targets: Vec<BodyTarget> = Vec::new();
                for member in members.iter().filter(|member| types::body_type(self.db, member) != BodyType::None) {
                    targets.extend(self.record_target(body, member));
                }
                if targets.len() > 1 {
                    let keys = super::body::written_keys(body);
                    targets.retain(|target| self.has_keys(target, &keys));
                }
                match targets.len() {
                    0 => Some(BodyTarget::Infer),
                    1 => targets.pop(),
                    _ => None,
                }
            }
            _ => Some(BodyTarget::Infer),
        }
    }

    /// The one member of a union that the body of a block fits.
    pub(super) fn union_member(&mut self, body: &Body, due: &Ty) -> Option<Ty> {
        match self.record_target(body, due) {
            Some(BodyTarget::Schema(decl)) => Some(Ty::Schema(decl)),
            Some(BodyTarget::Data(ty)) => Some(ty),
            _ => {
                let message = format!("this block could be several members of `{}`", self.show(due));
                self.report(
                    Diagnostic::new(&rules::TYPE_AMBIGUOUS_RECORD, self.at(0), message)
                        .help("name the schema that is meant: `word name: Schema { .. }`"),
                );
                None
            }
        }
    }

    pub(super) fn has_keys(&self, target: &BodyTarget, keys: &[Symbol]) -> bool {
        match target {
            BodyTarget::Schema(decl) => {
                let info = crate::schema::schema(self.db, *decl);
                let required = info.fields.iter().filter(|field| field.required);
                keys.iter().all(|key| info.slot(*key).is_some())
                    && required.into_iter().all(|field| keys.contains(&field.name))
            }
            BodyTarget::Data(Ty::Record(record)) => {
                keys.iter().all(|key| record.field(*key).is_some())
                    && record.fields.iter().all(|(name, optional, _)| *optional || keys.contains(name))
            }
            _ => true,
        }
    }

    /// Plain braces where an instance is due.
    pub(super) fn braces(&mut self, decl: Decl, body: &Body, node: Node) -> Typed {
        let ty = Ty::Schema(decl);
        let mut ir = self.braces_body(body, &ty);
        ir.at = self.at(node);
        self.typed(node, IrKind::Instance(decl, Arc::new(ir)), ty)
    }

    pub(super) fn instance(&mut self, decl: Decl, body: &Body, node: Node) -> Typed {
        let ty = Ty::Schema(decl);
        let mut ir = self.literal_body(body, &ty, None);
        ir.at = self.at(node);
        self.typed(node, IrKind::Instance(decl, Arc::new(ir)), ty)
    }

    pub(super) fn data(&mut self, body: &Body, ty: &Ty, node: Node) -> Typed {
        let mut ir = self.inline_body(body, ty);
        if let Ty::Record(record) = ty {
            self.complete(body, record, node);
            Arc::make_mut(&mut ir.shape).whole = true;
        }
        self.typed(node, IrKind::Data(Arc::new(ir.planned())), ty.clone())
    }

    /// Whether braces give all that a record type asks for.
    pub(super) fn complete(&mut self, body: &Body, record: &RecordTy, node: Node) {
        if super::body::is_open(body) {
            return;
        }
        let keys = super::body::written_keys(body);
        for (name, optional, ty) in &record.fields {
            if !optional && !ty.has_null() && !keys.contains(name) {
                let message = format!("`{name}` is missing here");
                let help = format!("add `{name}: ..`, a value of type `{}`", self.show(ty));
                self.report(Diagnostic::new(&rules::SCHEMA_MISSING_FIELD, self.at(node), message).help(help));
            }
        }
    }

    /// Braces where nothing is due: a record of what it holds.
    pub(super) fn infer_record(&mut self, body: &Body, node: Node) -> Typed {
        let Some(fields) = super::body::field_exprs(body) else {
            let ir = self.inline_body(body, &Ty::Any);
            return self.typed(node, IrKind::Data(Arc::new(ir.planned())), Ty::map(Ty::Any));
        };
        let mut out = BodyIr::new(self.at(body.node), Shape::of(DataKind::Map));
        let mut known = Vec::new();
        for (name, value) in fields {
            let typed = self.check_typed(value, &Ty::Any);
            let ty = types::widen(typed.ty.clone());
            let ir = self.convert(typed, &Ty::Any, value.node);
            known.push((name.name, ty == Ty::Null, ty));
            out.writes.push(Write {
                at: self.at(name.node),
                guards: Arc::default(),
                name: name.name,
                target: Target::Key(KeyIr::Static(name.name)),
                value: Written::Value(ir),
            });
        }
        let record = RecordTy { fields: known, ..RecordTy::default() };
        self.typed(node, IrKind::Data(Arc::new(out.planned())), Ty::Record(Arc::new(record)))
    }

    pub(super) fn with(&mut self, base: &Expr, body: &Body, node: Node) -> Typed {
        let base = self.infer(base);
        let ty = expand(self.db, &base.ty);
        let mut typed = match &ty {
            Ty::Schema(_) => {
                let ir = self.literal_body(body, &ty, base.known);
                self.typed(node, IrKind::With(base.ir.into(), Arc::new(ir)), ty)
            }
            Ty::Record(_) | Ty::Map(..) | Ty::Keyed(..) | Ty::Any => {
                let ir = self.inline_body(body, &ty);
                self.typed(node, IrKind::With(base.ir.into(), Arc::new(ir)), ty)
            }
            Ty::Error => self.error(node),
            other => {
                let message =
                    format!("`with` changes instances and records, and this is {}", article(&self.show(other)));
                self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
                self.error(node)
            }
        };
        typed.known = base.known;
        typed
    }
}

pub(super) enum BodyTarget {
    Schema(Decl),
    Data(Ty),
    Infer,
}
