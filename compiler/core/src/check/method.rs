//! Calls of methods, and `all`.

use std::sync::Arc;

use diagnostics::{Diagnostic, Fix, rules};

use super::call::{are, arguments};
use super::habit::{self, Place};
use super::types::{self, expand};
use super::{Callee, Checker, Meaning, Sought, Typed};
use crate::hir::{Arg, Expr, ExprKind, Ident, Node};
use crate::ir::{Ir, IrKind};
use crate::keys::{At, Decl};
use crate::methods::{Bindings, MethodRef, find, for_arguments, of};
use crate::schema::schema;
use crate::scope::{Named, prelude_schemas};
use crate::ty::{FunctionTy, Scalar, Ty, article};
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn method(&mut self, base: &Expr, name: Ident, optional: bool, args: &[Arg], node: Node) -> Typed {
        if let Some(Named::Module(_)) = self.static_name(base) {
            self.hear_static(base);
            let callee = Expr { node, kind: Box::new(ExprKind::Member { base: base.clone(), name, optional }) };
            return self.call_value(&callee, args, node);
        }
        let receiver = self.infer(base);
        self.hear_sought(name.name, |_| Sought::Member { ty: receiver.ty.clone(), known: receiver.known });
        if name.name.as_str() == "all"
            && let Some(typed) = self.all(&receiver, args, node)
        {
            return typed;
        }
        if let Some(typed) = self.objects(&receiver, name, args, node) {
            return typed;
        }
        let (subject, nullable) = self.subject(&receiver.ty);
        if subject.is_error() {
            for arg in args {
                if !matches!(*arg.value.kind, ExprKind::Lambda(..)) {
                    self.infer(&arg.value);
                }
            }
            return self.error(node);
        }
        if nullable && !optional {
            let message = format!("this may be null, and null has no `{}()`", name.name);
            self.report(
                Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(name.node), message)
                    .help(format!("write `?.{}(..)`, or give a value with `??`", name.name)),
            );
            return self.error(node);
        }
        if let Some(method) = find(&subject, name.name.as_str()) {
            let receiver = Typed { ty: subject, ..receiver };
            self.hear_meaning(name.node, || Meaning::Method(MethodRef(method)));
            let typed = self.call_method(MethodRef(method), receiver, args, optional, node);
            return if nullable { Typed { ty: typed.ty.clone().optional(), ..typed } } else { typed };
        }
        self.field_call(base, receiver, &subject, name, args, node)
    }

    /// A function that stands in a field; or no such method.
    pub(super) fn field_call(
        &mut self,
        base: &Expr,
        receiver: Typed,
        subject: &Ty,
        name: Ident,
        args: &[Arg],
        node: Node,
    ) -> Typed {
        let is_field = match subject {
            Ty::Schema(decl) => crate::schema::schema(self.db, *decl).slot(name.name).is_some(),
            Ty::Record(record) => record.field(name.name).is_some(),
            _ => false,
        };
        if is_field {
            let member = ExprKind::Member { base: base.clone(), name, optional: false };
            let callee = Expr { node, kind: Box::new(member) };
            return self.call_value(&callee, args, node);
        }
        _ = receiver;
        if matches!(subject, Ty::List(element) if expand(self.db, element).is_error()) {
            return self.error(node);
        }
        let shown = self.show(subject);
        let message = format!("{} has no method `{}`", article(&shown), name.name);
        let mut diagnostic = Diagnostic::new(&rules::TYPE_UNKNOWN_METHOD, self.at(name.node), message);
        if *subject == Ty::Any {
            diagnostic = diagnostic.help("say what it is first: `if x is [Any] then ..`, or give it a type");
        }
        let names: Vec<&str> = of(subject).map(|method| method.signature.name.as_str()).collect();
        if let Some(taught) = self.taught_member(&diagnostic, subject, name) {
            diagnostic = taught;
        } else if let Some(near) = domain::nearest(name.name.as_str(), names.iter().copied()) {
            diagnostic = diagnostic
                .help(format!("did you mean `{near}()`?"))
                .fix(Fix::new(format!("write `{near}`")).edit(self.at(name.node), near.to_string()));
        } else if !names.is_empty() {
            let list: Vec<_> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
            diagnostic = diagnostic.help(format!("it has {} and more", list.join(", ")));
        }
        self.report(diagnostic);
        self.error(node)
    }

    /// What is written for a member of another language, if the type has it.
    pub(super) fn taught_member(&self, diagnostic: &Diagnostic<At>, ty: &Ty, name: Ident) -> Option<Diagnostic<At>> {
        let taught = habit::taught(diagnostic, Place::Member, name.name.as_str(), self.at(name.node))?;
        let instead = taught.fix.as_ref().and_then(|fix| fix.edits.first()).map(|edit| edit.1.as_str());
        instead.is_none_or(|method| find(&self.subject(ty).0, method).is_some()).then_some(taught)
    }

    /// What methods are looked up on: without aliases, refinements and null.
    pub(super) fn subject(&self, ty: &Ty) -> (Ty, bool) {
        let expanded = expand(self.db, ty);
        let nullable = expanded != Ty::Null && expanded.members().contains(&Ty::Null);
        let mut subject = expanded.without_null();
        loop {
            subject = match subject {
                Ty::Refined(refined) => expand(self.db, &refined.base),
                Ty::Alias(_) | Ty::Inferred(..) => expand(self.db, &subject),
                Ty::Literal(literal) => Ty::Scalar(literal.scalar()),
                Ty::List(element) => {
                    return (Ty::list(self.plain_element(&element)), nullable);
                }
                Ty::Keyed(_, element) => {
                    return (Ty::Map(Arc::new(Ty::Scalar(Scalar::String)), element), nullable);
                }
                Ty::Union(_) => {
                    let widened = types::widen(subject.clone());
                    if widened == subject {
                        return (subject, nullable);
                    }
                    widened
                }
                other => return (other, nullable),
            };
        }
    }

    /// The element of a list as methods see it: without names, predicates and single values.
    pub(super) fn plain_element(&self, element: &Ty) -> Ty {
        match expand(self.db, element) {
            Ty::Refined(refined) => self.plain_element(&refined.base),
            Ty::Literal(literal) => Ty::Scalar(literal.scalar()),
            Ty::Scalar(Scalar::Port) => Ty::Scalar(Scalar::Port),
            _ => element.clone(),
        }
    }

    pub(super) fn call_method(
        &mut self,
        method: MethodRef,
        receiver: Typed,
        args: &[Arg],
        optional: bool,
        node: Node,
    ) -> Typed {
        let signature = &method.0.signature;
        self.hear(|heard| heard.calls.push((node, Callee::Method(method))));
        let mut bindings = Bindings::default();
        signature.receiver.bind(&receiver.ty, &mut bindings);
        let required = signature.params.iter().filter(|param| !param.optional).count();
        if args.len() < required || args.len() > signature.params.len() {
            let message = format!("`{}` takes {}, and {} given", signature.name, arguments(required), are(args.len()));
            self.report(
                Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(node), message)
                    .help(format!("it is `{}`", signature.text())),
            );
            return self.error(node);
        }
        let mut ir: Vec<Ir> = Vec::with_capacity(args.len());
        let mut given: Vec<Ty> = Vec::with_capacity(args.len());
        for (position, arg) in args.iter().enumerate() {
            let slot = match &arg.name {
                Some(name) => signature.params.iter().position(|param| param.name == name.name.as_str()),
                None => Some(position),
            };
            let Some((slot, param)) = slot.and_then(|slot| signature.params.get(slot).map(|param| (slot, param)))
            else {
                let name = arg.name.as_ref().map_or("", |name| name.name.as_str());
                let message = format!("`{}` has no parameter `{name}`", signature.name);
                self.report(
                    Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(arg.value.node), message)
                        .help(format!("it is `{}`", signature.text())),
                );
                continue;
            };
            let due = param.pattern.fill(&bindings);
            let typed = self.check_typed(&arg.value, &due);
            given.push(expand(self.db, &typed.ty));
            param.pattern.bind(&expand(self.db, &types::widen(typed.ty.clone())), &mut bindings);
            let due = loosened(&param.pattern.fill(&bindings));
            let converted = self.convert(typed, &due, arg.value.node);
            while ir.len() < slot {
                ir.push(self.typed(node, IrKind::Const(Value::Null), Ty::Null).ir);
            }
            match ir.get_mut(slot) {
                Some(place) => *place = converted,
                None => ir.push(converted),
            }
        }
        let ty = signature.result.fill(&bindings);
        let method = MethodRef(for_arguments(method.0, &given));
        let kind = IrKind::Method { method, receiver: receiver.ir.into(), args: ir.into(), optional };
        self.typed(node, kind, ty)
    }

    /// `x.all(Schema)`
    /// `x.objects()`, and `x.objects-outside(Schema)`.
    fn objects(&mut self, receiver: &Typed, name: Ident, args: &[Arg], node: Node) -> Option<Typed> {
        let Ty::Schema(subject) = expand(self.db, &receiver.ty) else { return None };
        if !name.name.as_str().starts_with("objects") || schema(self.db, subject).slot(name.name).is_some() {
            return None;
        }
        let of = |arg: &Arg| match self.static_name(&arg.value) {
            Some(Named::Decl(decl)) if decl.head(self.db).as_str().starts_with("schema ") => Ok(decl),
            _ => Err(arg.value.node),
        };
        let outside: Result<Arc<[Decl]>, Node> = match (name.name.as_str(), args) {
            ("objects", []) => Ok([].into()),
            ("objects-outside", [_, ..]) => args.iter().map(of).collect(),
            _ => return None,
        };
        let outside = match outside {
            Ok(outside) => outside,
            Err(other) => {
                let message = "`objects-outside` takes names of schemas";
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, self.at(other), message)
                        .help("as in `namespace.objects-outside(Component)`"),
                );
                return Some(self.error(node));
            }
        };
        let object = prelude_schemas(self.db).object?;
        let kind = IrKind::Objects(receiver.ir.clone().into(), outside);
        Some(self.typed(node, kind, Ty::list(Ty::Alias(object))))
    }

    pub(super) fn all(&mut self, receiver: &Typed, args: &[Arg], node: Node) -> Option<Typed> {
        let subject = expand(self.db, &receiver.ty);
        if !matches!(subject, Ty::Schema(_) | Ty::Collection(_)) {
            return None;
        }
        let [arg] = args else { return None };
        match self.static_name(&arg.value) {
            Some(Named::Decl(decl)) if decl.head(self.db).as_str().starts_with("schema ") => {
                let kind = IrKind::All(receiver.ir.clone().into(), decl);
                Some(self.typed(node, kind, Ty::list(Ty::Schema(decl))))
            }
            _ if matches!(subject, Ty::Collection(_)) && matches!(*arg.value.kind, ExprKind::Lambda(..)) => None,
            _ => {
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, self.at(arg.value.node), "`all` takes the name of a schema")
                        .help("as in `cluster.all(Host)`"),
                );
                Some(self.error(node))
            }
        }
    }
}

/// A function's result is not asked to be what nothing is known of.
fn loosened(ty: &Ty) -> Ty {
    match ty {
        Ty::Never => Ty::Any,
        Ty::Function(function) if function.result == Ty::Never => {
            Ty::Function(Arc::new(FunctionTy { params: function.params.clone(), result: Ty::Any }))
        }
        Ty::List(element) if **element == Ty::Never => Ty::list(Ty::Any),
        other => other.clone(),
    }
}
