//! Calls: of declared functions, conversions, methods and function values.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashSet;

use super::types::{self, Fit, expand, fit};
use super::{Callee, Checker, Meaning, Typed, checked};
use crate::decl::code;
use crate::hir::{Arg, CodeKind, Expr, ExprKind, Ident, Node};
use crate::ir::{Ir, IrKind};
use crate::keys::{At, Db, Decl, decl_name};
use crate::methods::{MethodRef, find_function};
use crate::scope::Named;
use crate::symbol::Symbol;
use crate::ty::{FunctionTy, Scalar, Ty, article};
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn call(&mut self, callee: &Expr, args: &[Arg], node: Node) -> Typed {
        self.hear_static(callee);
        match self.static_name(callee) {
            Some(Named::Decl(decl)) => match decl.head(self.db).as_str().split(' ').next() {
                Some("fn") => {
                    self.hear(|heard| heard.calls.push((node, Callee::Function(decl))));
                    return self.call_function(decl, args, node);
                }
                Some("type") => return self.conversion(Ty::Alias(decl), args, node),
                Some("schema") => {
                    let name = decl_name(self.db, decl);
                    self.report(
                        Diagnostic::new(
                            &rules::TYPE_NOT_CALLABLE,
                            self.at(callee.node),
                            format!("`{name}` is a schema"),
                        )
                        .help(format!("make an instance with braces: `{name} {{ .. }}`")),
                    );
                    return self.error(node);
                }
                _ => {}
            },
            Some(Named::Missing) => return self.error(node),
            _ => {}
        }
        if let ExprKind::Name(name) = &*callee.kind {
            if let Some(scalar) = Scalar::named(name.as_str()) {
                self.hear_meaning(callee.node, || Meaning::BuiltIn(Ty::Scalar(scalar)));
                return self.conversion(Ty::Scalar(scalar), args, node);
            }
            let local = self.context.locals.iter().any(|local| local.name == *name);
            if let (false, Some(property)) = (local, self.property(*name)) {
                return self.call_property(property, args, node);
            }
            if let (false, Some(function)) = (local, find_function(name.as_str())) {
                let receiver = self.typed(node, IrKind::Const(Value::Null), Ty::Null);
                self.hear_meaning(callee.node, || Meaning::Method(MethodRef(function)));
                return self.call_method(MethodRef(function), receiver, args, false, node);
            }
        }
        if let ExprKind::Member { base, name, optional } = &*callee.kind {
            return self.method(base, *name, *optional, args, node);
        }
        self.call_value(callee, args, node)
    }

    /// A call of a function value.
    pub(super) fn call_value(&mut self, callee: &Expr, args: &[Arg], node: Node) -> Typed {
        let function = self.infer(callee);
        self.hear(|heard| heard.calls.push((node, Callee::Value(function.ty.clone()))));
        match expand(self.db, &function.ty) {
            Ty::Function(ty) => {
                let ir = self.positional(args, &ty.params, node);
                self.typed(node, IrKind::Call(function.ir.into(), ir), ty.result.clone())
            }
            Ty::Any => {
                let ir = args.iter().map(|arg| self.infer(&arg.value).ir).collect();
                self.typed(node, IrKind::Call(function.ir.into(), ir), Ty::Any)
            }
            Ty::Error => {
                for arg in args {
                    self.infer(&arg.value);
                }
                self.error(node)
            }
            other => {
                let message = format!("{} can not be called", article(&self.show(&other)));
                self.report(Diagnostic::new(&rules::TYPE_NOT_CALLABLE, self.at(callee.node), message));
                self.error(node)
            }
        }
    }

    fn positional(&mut self, args: &[Arg], params: &[Ty], node: Node) -> Vec<Ir> {
        if args.len() != params.len() {
            let message = format!("this takes {}, and {} given", arguments(params.len()), are(args.len()));
            self.report(Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(node), message));
        }
        let pairs = args.iter().zip(params.iter().map(Some).chain(std::iter::repeat(None)));
        let checked = pairs.map(|(arg, param)| match param {
            Some(ty) => self.check(&arg.value, ty),
            None => self.infer(&arg.value).ir,
        });
        checked.collect()
    }

    fn call_function(&mut self, decl: Decl, args: &[Arg], node: Node) -> Typed {
        let code = code(self.db, decl);
        let Some(CodeKind::Fn { params, .. }) = code.map(|code| &code.kind) else {
            return self.error(node);
        };
        let mut given: Vec<Option<&Expr>> = vec![None; params.len()];
        for (position, arg) in args.iter().enumerate() {
            let slot = match &arg.name {
                Some(name) => match params.iter().position(|param| param.name.name == name.name) {
                    Some(slot) => {
                        let at = At { decl, node: params.get(slot).map_or(0, |param| param.name.node) };
                        self.hear_meaning(name.node, || Meaning::Local { at, ty: Ty::Any });
                        slot
                    }
                    None => {
                        self.no_parameter(decl, name, params.iter().map(|param| param.name.name));
                        continue;
                    }
                },
                None => position,
            };
            match given.get_mut(slot) {
                Some(place @ None) => *place = Some(&arg.value),
                Some(Some(_)) => {
                    let name = params.get(slot).map_or("", |param| param.name.name.as_str());
                    let message = format!("`{name}` is given twice");
                    let place = arg.name.map_or(arg.value.node, |name| name.node);
                    self.report(Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(place), message));
                }
                None => {
                    let name = decl_name(self.db, decl);
                    let message = format!("`{name}` takes {}, and {} given", arguments(params.len()), are(args.len()));
                    self.report(
                        Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(arg.value.node), message)
                            .also(At { decl, node: 0 }, "declared here"),
                    );
                    return self.error(node);
                }
            }
        }
        let mut ir = Vec::with_capacity(params.len());
        for (param, given) in params.iter().zip(given) {
            let mut ignored = Vec::new();
            let ty = param.ty.as_ref().map_or(Ty::Error, |ty| types::resolve(self.db, decl, ty, &mut ignored));
            ir.push(match (given, &param.default) {
                (Some(value), _) => self.check(value, &ty),
                (None, Some(default)) => self.default_argument(decl, params, param, default, &ty),
                (None, None) => {
                    let (function, name) = (decl_name(self.db, decl), param.name.name);
                    let message = format!("`{function}` needs `{name}`");
                    self.report(
                        Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(node), message)
                            .also(At { decl, node: param.name.node }, "this parameter")
                            .help(format!("add `{name}: ..`, a value of type `{}`", self.show(&ty))),
                    );
                    self.error(node).ir
                }
            });
        }
        let ty = self.result_type(decl);
        self.typed(node, IrKind::Function(decl, ir), ty)
    }

    /// What a parameter is unless given, in the words of the function's own declaration.
    fn default_argument(
        &self,
        decl: Decl,
        params: &[crate::hir::Param],
        param: &crate::hir::Param,
        default: &Expr,
        ty: &Ty,
    ) -> Ir {
        if recurs(self.db, decl, &mut vec![decl]) {
            // A function that calls itself is said where it is declared.
            return Ir { at: At { decl, node: default.node }, kind: IrKind::Error };
        }
        let mut checker = Checker::new(self.db, decl, super::Context::of_file(decl.file(self.db)));
        for earlier in params.iter().take_while(|earlier| earlier.name != param.name) {
            let mut ignored = Vec::new();
            let ty = earlier.ty.as_ref().map_or(Ty::Error, |ty| types::resolve(self.db, decl, ty, &mut ignored));
            checker.context.add_local(earlier.name.name, ty, At { decl, node: earlier.name.node });
        }
        let mut ir = checker.check(default, ty);
        ir.at.decl = decl;
        ir
    }

    fn no_parameter(&mut self, decl: Decl, name: &Ident, params: impl Iterator<Item = Symbol>) {
        let function = decl_name(self.db, decl);
        let message = format!("`{function}` has no parameter `{}`", name.name);
        let params: Vec<Symbol> = params.collect();
        let mut diagnostic = Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(name.node), message)
            .also(At { decl, node: 0 }, "declared here");
        if let Some(near) = domain::nearest(name.name.as_str(), params.iter().map(|name| name.as_str())) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.report(diagnostic);
    }

    /// The type of a function's result.
    fn result_type(&self, decl: Decl) -> Ty {
        let code = code(self.db, decl);
        match code.map(|code| &code.kind) {
            Some(CodeKind::Fn { result: Some(result), .. }) => types::resolve(self.db, decl, result, &mut Vec::new()),
            Some(CodeKind::Fn { .. }) => types::widen(checked(self.db, decl).ty.clone()),
            _ => Ty::Error,
        }
    }

    /// A declared function as a value: a lambda that calls it.
    pub(super) fn function_value(&mut self, decl: Decl, node: Node) -> Typed {
        let code = code(self.db, decl);
        let Some(CodeKind::Fn { params, .. }) = code.map(|code| &code.kind) else {
            return self.error(node);
        };
        let mut ignored = Vec::new();
        let types: Vec<Ty> = params
            .iter()
            .map(|param| param.ty.as_ref().map_or(Ty::Error, |ty| types::resolve(self.db, decl, ty, &mut ignored)))
            .collect();
        let first = self.context.count;
        let args =
            (0..params.len() as u32).map(|position| Ir { at: self.at(node), kind: IrKind::Local(first + position) });
        let call = Ir { at: self.at(node), kind: IrKind::Function(decl, args.collect()) };
        let ty = Ty::Function(Arc::new(FunctionTy { params: types, result: self.result_type(decl) }));
        self.typed(node, IrKind::Lambda(params.len() as u32, Arc::new(call)), ty)
    }

    /// `Ip(x)`
    fn conversion(&mut self, ty: Ty, args: &[Arg], node: Node) -> Typed {
        let [arg] = args else {
            let message =
                format!("a conversion to `{}` takes one value, and {} given", self.show(&ty), are(args.len()));
            self.report(Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(node), message));
            return self.error(node);
        };
        let value = match &*arg.value.kind {
            ExprKind::Quantity(_) => self.check_typed(&arg.value, &ty),
            _ => self.infer(&arg.value),
        };
        let from = types::widen(expand(self.db, &value.ty));
        let scalar = self.scalars(&ty).first().copied();
        let possible = match (scalar, &from) {
            (_, Ty::Any | Ty::Error) => true,
            (Some(_), Ty::Scalar(from)) if from.is_textual() => true,
            (Some(to), Ty::Scalar(_)) if to.is_textual() => true,
            (Some(Scalar::Int), Ty::Scalar(Scalar::Float | Scalar::Int | Scalar::Port)) => true,
            _ => fit(self.db, &from, &ty) != Fit::No,
        };
        if !possible {
            let message =
                format!("{} can not be converted to {}", article(&self.show(&from)), article(&self.show(&ty)));
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
            return self.error(node);
        }
        let kind = match scalar {
            Some(scalar) => IrKind::Convert(value.ir.into(), scalar),
            None => {
                return Typed { ir: self.convert(value, &ty, node), ty, known: None };
            }
        };
        let converted = self.typed(node, kind, scalar.map_or(Ty::Error, Ty::Scalar));
        let ir = self.convert(converted, &ty, node);
        Typed { ir, ty, known: None }
    }
}

pub(super) fn arguments(count: usize) -> String {
    match count {
        0 => "no arguments".to_string(),
        1 => "one argument".to_string(),
        count => format!("{count} arguments"),
    }
}

pub(super) fn are(count: usize) -> String {
    match count {
        0 => "none are".to_string(),
        1 => "one is".to_string(),
        count => format!("{count} are"),
    }
}

/// A function that leads back to itself, with the way it takes.
pub(super) fn recursion(db: &dyn Db, decl: Decl) -> Option<Diagnostic<At>> {
    let mut path = vec![decl];
    if !recurs(db, decl, &mut path) {
        return None;
    }
    let mut names: Vec<_> = path.iter().map(|decl| decl_name(db, *decl)).collect();
    // Told once for a loop: at the function whose name comes first.
    if names.iter().min() != names.first() {
        return None;
    }
    names.push(decl_name(db, decl));
    let message = format!("`{}` calls itself: `{}`", decl_name(db, decl), names.join("` -> `"));
    let next = path.get(1).copied().unwrap_or(decl);
    let node = super::walk::place_of(db, decl, next).unwrap_or(0);
    let mut diagnostic = Diagnostic::new(&rules::EVAL_RECURSION, At { decl, node }, message);
    for other in path.iter().skip(1) {
        diagnostic = diagnostic.also(At { decl: *other, node: 0 }, "on the way");
    }
    Some(diagnostic.help("go through a list or a range instead: with `for`, `map` or `fold`"))
}

/// Whether a function may be on a way that leads back to it: a look at all functions once, where [`reaches`] would look
/// at them once for each.
#[salsa::tracked(cycle_result = may_recur_cycle)]
fn may_recur(db: &dyn Db, decl: Decl) -> bool {
    stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
        for called in super::walk::functions(db, decl) {
            may_recur(db, called);
        }
    });
    false
}

fn may_recur_cycle(_: &dyn Db, _: salsa::Id, _: Decl) -> bool {
    true
}

/// Whether a function leads back to itself, with the way in `path`.
fn recurs(db: &dyn Db, decl: Decl, path: &mut Vec<Decl>) -> bool {
    *may_recur(db, decl) && reaches(db, decl, decl, path, &mut FxHashSet::default())
}

fn reaches(db: &dyn Db, from: Decl, target: Decl, path: &mut Vec<Decl>, seen: &mut FxHashSet<Decl>) -> bool {
    for called in super::walk::functions(db, from) {
        if called == target {
            return true;
        }
        if !seen.insert(called) {
            continue;
        }
        path.push(called);
        let found = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || reaches(db, called, target, path, seen));
        if found {
            return true;
        }
        path.pop();
    }
    false
}
