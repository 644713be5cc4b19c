//! What a condition says of the names in it, where it holds and where it does not.

use super::Checker;
use super::types::{Fit, expand, fit, resolve};
use crate::hir::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::symbol::Symbol;
use crate::ty::{Literal, Scalar, Ty};

/// The names of `a.b.c`.
pub(super) fn path_of(expr: &Expr) -> Option<Vec<Symbol>> {
    match &*expr.kind {
        ExprKind::Name(name) => Some(vec![*name]),
        ExprKind::SelfValue => Some(vec![Symbol::new("self")]),
        ExprKind::It => Some(vec![Symbol::new("it")]),
        ExprKind::Member { base, name, optional: false } => {
            let mut path = path_of(base)?;
            path.push(name.name);
            Some(path)
        }
        _ => None,
    }
}

impl Checker<'_> {
    /// Runs something where a condition is known to hold, or not to.
    pub(super) fn knowing<T>(&mut self, condition: &Expr, holds: bool, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.facts.len();
        self.learn(condition, holds);
        let result = run(self);
        self.facts.truncate(before);
        result
    }

    /// Runs something where an expression is known to have a type.
    pub(super) fn knowing_type<T>(&mut self, value: &Expr, ty: Ty, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.facts.len();
        if let Some(path) = path_of(value) {
            self.facts.push((path, ty));
        }
        let result = run(self);
        self.facts.truncate(before);
        result
    }

    pub(super) fn learn(&mut self, condition: &Expr, holds: bool) {
        match &*condition.kind {
            ExprKind::Unary(UnaryOp::Not, inner) => self.learn(inner, !holds),
            ExprKind::Binary(BinaryOp::And, one, other) if holds => {
                self.learn(one, true);
                self.learn(other, true);
            }
            ExprKind::Binary(BinaryOp::Or, one, other) if !holds => {
                self.learn(one, false);
                self.learn(other, false);
            }
            ExprKind::Binary(op @ (BinaryOp::Equal | BinaryOp::NotEqual), one, other) => {
                let equal = (*op == BinaryOp::Equal) == holds;
                match (&*one.kind, &*other.kind) {
                    (_, ExprKind::Null) => self.learn_null(one, equal),
                    (ExprKind::Null, _) => self.learn_null(other, equal),
                    _ => {}
                }
            }
            ExprKind::Is { value, ty, negated } => {
                let ty = resolve(self.db, self.decl, ty, &mut Vec::new());
                self.learn_type(value, ty, holds != *negated);
            }
            _ => {}
        }
    }

    fn learn_null(&mut self, value: &Expr, is_null: bool) {
        self.learn_type(value, Ty::Null, is_null);
    }

    fn learn_type(&mut self, value: &Expr, ty: Ty, is: bool) {
        let Some(path) = path_of(value) else { return };
        let now = self.quietly(|checker| checker.infer(value).ty);
        let learned = if is { self.narrowed(&now, &ty) } else { self.remaining(&now, &ty) };
        self.facts.push((path, learned));
    }

    /// What a value of a type is, once it is known to be of another too.
    pub(super) fn narrowed(&self, now: &Ty, ty: &Ty) -> Ty {
        let expanded = expand(self.db, now);
        let kept: Vec<Ty> = expanded
            .members()
            .iter()
            .filter(|member| fit(self.db, member, ty) == Fit::Exact && !matches!(member, Ty::Any))
            .cloned()
            .collect();
        if kept.is_empty() { ty.clone() } else { Ty::union(kept) }
    }

    /// What is left of a type once a value is known not to be of another.
    pub(super) fn remaining(&self, now: &Ty, ty: &Ty) -> Ty {
        let expanded = match expand(self.db, now) {
            Ty::Scalar(Scalar::Bool) => {
                Ty::union([Ty::Literal(Literal::Bool(true)), Ty::Literal(Literal::Bool(false))])
            }
            other => other,
        };
        let flat: Vec<Ty> =
            expanded.members().iter().flat_map(|member| expand(self.db, member).members().to_vec()).collect();
        Ty::union(flat.into_iter().filter(|member| fit(self.db, member, ty) != Fit::Exact || matches!(member, Ty::Any)))
    }

    /// Runs something without reporting what it finds.
    pub(super) fn quietly<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.diagnostics.len();
        let result = run(self);
        self.diagnostics.truncate(before);
        result
    }

    /// What conditions say of an expression.
    pub(super) fn fact(&self, expr: &Expr) -> Option<&Ty> {
        if self.facts.is_empty() {
            return None;
        }
        let path = path_of(expr)?;
        self.facts.iter().rev().find(|fact| fact.0 == path).map(|fact| &fact.1)
    }
}
