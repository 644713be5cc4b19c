//! What a schema declares in its body, and the `let`s of bodies.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::around::{LocalKind, LocalName};
use super::body::sort;
use super::types::{self, expand};
use super::{CheckedCode, Checker, Meaning};
use crate::hir::{Expr, FieldKind, Ident, SchemaCode, Statement, StatementKind};
use crate::ir::{Ir, IrKind, Target, Write, Written};
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::ty::Ty;
use crate::value::Value;

impl Checker<'_> {
    /// A schema's own body: defaults, computed fields, blocks and rules.
    pub(super) fn schema(&mut self, written: &SchemaCode) -> (CheckedCode, Ty) {
        let ty = Ty::Schema(self.decl);
        let self_decl = self.decl;
        let info = schema(self.db, self.decl);
        self.diagnostics.extend(info.diagnostics.iter().cloned());
        let mut out = self.body(&written.body, &ty);
        for field in &written.fields {
            self.hear_meaning(field.name.node, || Meaning::Field { schema: self_decl, name: field.name.name });
            let Some(slot) = info.slot(field.name.name) else {
                continue;
            };
            let Some(known) = info.fields.get(slot as usize) else {
                continue;
            };
            let at = self.at(field.node);
            let ir = match (&field.value, field.kind) {
                (_, FieldKind::Each) => continue,
                (Some(value), kind) => {
                    let before = self.diagnostics.len();
                    self.open = known.auto.is_some();
                    let ir = self.check(value, &known.ty.clone());
                    if kind == FieldKind::Let
                        && self.diagnostics.len() == before
                        && expand(self.db, &known.ty).is_error()
                    {
                        self.untyped_let(&field.name);
                    }
                    ir
                }
                (None, FieldKind::Optional) => Ir { at, kind: IrKind::Const(Value::Null) },
                (None, _) => continue,
            };
            let name = field.name.name;
            let value = Written::Value(ir);
            let write = Write { at, guards: Arc::default(), name, target: Target::Slot(slot), value };
            out.writes.push(write);
        }
        for check in &written.checks {
            let rule = self.rule(check, &[]);
            out.checks.push(rule);
        }
        sort(&mut out);
        (CheckedCode::Body(Arc::new(out)), ty)
    }

    /// A computed field whose type depends on itself.
    pub(super) fn untyped_let(&mut self, name: &Ident) {
        let message = format!("the type of `{}` depends on itself", name.name);
        self.report(
            Diagnostic::new(&rules::TYPE_RECURSIVE, self.at(name.node), message)
                .help(format!("write its type: `let {}: T = ..`", name.name)),
        );
    }

    /// The `let`s of a body, each after those that it needs.
    pub(super) fn declare_lets(&mut self, statements: &[Statement]) {
        let mut waiting: Vec<(&Ident, Option<&crate::hir::TypeExpr>, &Expr)> = Vec::new();
        for statement in statements {
            if let StatementKind::Let { name, ty, value } = &statement.kind {
                waiting.push((name, ty.as_ref(), value));
            }
        }
        while !waiting.is_empty() {
            let names: Vec<Symbol> = waiting.iter().map(|one| one.0.name).collect();
            let ready = waiting.iter().position(|(_, _, value)| !super::walk::names_any(value, &names));
            if ready.is_none() {
                self.let_loop(&waiting);
            }
            let (name, ty, value) = waiting.remove(ready.unwrap_or(0));
            if ready.is_some() {
                self.declare_let(name, ty, value);
            } else {
                let kind = LocalKind::Let(Arc::new(self.error(name.node).ir), self.context.this_reach.clone(), 0);
                let at = self.at(name.node);
                self.context.locals.push(LocalName { name: name.name, kind, ty: Ty::Error, at });
            }
        }
    }

    pub(super) fn let_loop(&mut self, waiting: &[(&Ident, Option<&crate::hir::TypeExpr>, &Expr)]) {
        let Some((first, ..)) = waiting.first() else {
            return;
        };
        let mut diagnostic =
            Diagnostic::new(&rules::EVAL_CYCLE, self.at(first.node), format!("`{}` depends on itself", first.name));
        for (other, ..) in waiting.iter().skip(1) {
            diagnostic = diagnostic.also(self.at(other.node), "on the way");
        }
        self.report(diagnostic.help("give one of these a value that does not need the others"));
    }

    pub(super) fn declare_let(&mut self, name: &Ident, ty: Option<&crate::hir::TypeExpr>, value: &Expr) {
        let due = ty.map(|ty| types::resolve(self.db, self.decl, ty, &mut self.diagnostics));
        let (ir, ty) = match due {
            Some(due) => (self.check(value, &due), due),
            None => {
                let typed = self.infer(value);
                (typed.ir, types::widen(typed.ty))
            }
        };
        if self.context.locals.iter().any(|local| local.name == name.name) {
            let message = format!("`{}` is declared already around this", name.name);
            self.report(
                Diagnostic::new(&rules::NAME_DUPLICATE, self.at(name.node), message).help("choose another name"),
            );
            return;
        }
        let kind = LocalKind::Let(Arc::new(ir), self.context.this_reach.clone(), self.context.count);
        let at = self.at(name.node);
        self.hear_meaning(name.node, || Meaning::Local { at, ty: ty.clone() });
        self.context.locals.push(LocalName { name: name.name, kind, ty, at });
    }
}
