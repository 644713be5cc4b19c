//! Lambdas and `match`.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::types::{self, Fit, expand, fit, join};
use super::{Checker, Typed};
use crate::hir::{Arm, Expr, Node, Param, Pattern};
use crate::ir::{ArmIr, IrKind};
use crate::ty::{FunctionTy, Ty};

impl Checker<'_> {
    pub(super) fn lambda(&mut self, params: &[Param], body: &Expr, due: Option<&Ty>, node: Node) -> Typed {
        let function = due.and_then(|due| match expand(self.db, due) {
            Ty::Function(function) => Some(function),
            _ => None,
        });
        if let Some(function) = &function
            && function.params.len() != params.len()
        {
            let message = format!(
                "this function takes {} parameters, where one of {} is due",
                params.len(),
                function.params.len()
            );
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
            return self.error(node);
        }
        let scope = (self.context.locals.len(), self.context.count);
        let mut types = Vec::with_capacity(params.len());
        for (position, param) in params.iter().enumerate() {
            let given = function.as_ref().and_then(|function| function.params.get(position).cloned());
            let ty = match (&param.ty, given) {
                (Some(ty), _) => types::resolve(self.db, self.decl, ty, &mut self.diagnostics),
                (None, Some(ty)) => ty,
                (None, None) => {
                    let message = format!("nothing says what `{}` is", param.name.name);
                    self.report(
                        Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(param.name.node), message)
                            .help(format!("write its type: `({}: T) => ..`", param.name.name)),
                    );
                    Ty::Error
                }
            };
            types.push(ty.clone());
            self.add_variable(&param.name, ty);
        }
        let result = function.as_ref().map(|function| function.result.clone()).filter(|ty| *ty != Ty::Never);
        let (ir, result) = match result {
            Some(result) if !matches!(result, Ty::Any | Ty::Error) => (self.check(body, &result), result),
            _ => {
                let typed = self.infer(body);
                (typed.ir, types::widen(typed.ty))
            }
        };
        self.leave(scope);
        let ty = Ty::Function(Arc::new(FunctionTy { params: types, result }));
        self.typed(node, IrKind::Lambda(params.len() as u32, Arc::new(ir)), ty)
    }

    pub(super) fn check_match(&mut self, value: &Expr, arms: &[Arm], due: Option<&Ty>, node: Node) -> Typed {
        let mut subject = self.infer(value);
        if let Ty::Literal(_) = subject.ty {
            subject.ty = types::widen(subject.ty);
        }
        let mut remaining = self.remaining(&subject.ty, &Ty::Never);
        let (mut out, mut ty, mut all) = (Vec::with_capacity(arms.len()), Ty::Never, false);
        for arm in arms {
            let mut patterns = Vec::new();
            let mut any = false;
            for pattern in &arm.patterns {
                match pattern {
                    Pattern::Any => any = true,
                    Pattern::Type(written) => {
                        patterns.push(types::resolve(self.db, self.decl, written, &mut self.diagnostics));
                    }
                }
            }
            let pattern = Ty::union(patterns.iter().cloned());
            self.reachable(arm, &subject.ty, &remaining, &pattern, any, all);
            let here = if any { remaining.clone() } else { self.narrowed(&remaining, &pattern) };
            let typed = self.knowing_type(value, here, |checker| match due {
                Some(due) => checker.check_branch(&arm.value, due),
                None => checker.infer(&arm.value),
            });
            remaining = self.remaining(&remaining, &pattern);
            all |= any;
            ty = match ty {
                Ty::Never => typed.ty,
                known => join(self.db, known, typed.ty),
            };
            let types = if any { None } else { Some(patterns) };
            out.push(ArmIr { types, value: typed.ir });
        }
        let open = matches!(remaining, Ty::Never | Ty::Error);
        if !all && !open && !subject.ty.is_error() {
            let message = format!("this `match` says nothing for `{}`", self.show(&remaining));
            self.report(
                Diagnostic::new(&rules::TYPE_NOT_EXHAUSTIVE, self.at(node), message)
                    .help("add an arm for it, or `_ => ..` for everything else"),
            );
        }
        let ty = due.filter(|due| !matches!(due, Ty::Any)).cloned().unwrap_or(ty);
        self.typed(node, IrKind::Match(subject.ir.into(), out), ty)
    }

    pub(super) fn reachable(&mut self, arm: &Arm, subject: &Ty, remaining: &Ty, pattern: &Ty, any: bool, all: bool) {
        if subject.is_error() || pattern.is_error() {
            return;
        }
        let nothing_left = all || *remaining == Ty::Never;
        let overlaps = any
            || self
                .remaining(subject, &Ty::Never)
                .members()
                .iter()
                .any(|member| fit(self.db, member, pattern) != Fit::No || fit(self.db, pattern, member) != Fit::No);
        if nothing_left || !overlaps {
            let message =
                if overlaps { "the arms before leave nothing for this one" } else { "this value is never that" };
            let diagnostic =
                Diagnostic::new(&rules::TYPE_UNREACHABLE_ARM, self.at(arm.node), message).help("remove this arm");
            self.report(diagnostic);
        }
    }
}
