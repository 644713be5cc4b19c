//! Lists and what loops go through.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::types::{self, Fit, expand, fit, join};
use super::{Checker, Typed};
use crate::hir::{Element, Node};
use crate::ir::{ElementIr, ForIr, Ir, IrKind};
use crate::ty::{RecordTy, Scalar, Ty, article};
use crate::value::{Item, List, Value};

impl Checker<'_> {
    pub(super) fn check_list(&mut self, elements: &[Element], due: &Ty, node: Node) -> Typed {
        let element = self.list_member(due);
        let Some(element) = element else {
            return self.infer_list(elements, node);
        };
        let checked = elements.iter().map(|one| self.element(one, Some(&element)).0).collect();
        self.typed(node, list_of(checked), Ty::list(element))
    }

    /// The element of the one list among a type's members.
    pub(super) fn list_member(&self, due: &Ty) -> Option<Ty> {
        match expand(self.db, due) {
            Ty::List(element) | Ty::Keyed(_, element) => Some((*element).clone()),
            Ty::Refined(refined) => self.list_member(&refined.base),
            Ty::Union(members) => {
                let mut found = members.iter().filter_map(|member| self.list_member(member));
                match (found.next(), found.next()) {
                    (Some(element), None) => Some(element),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub(super) fn infer_list(&mut self, elements: &[Element], node: Node) -> Typed {
        let mut ty = Ty::Never;
        let mut checked = Vec::with_capacity(elements.len());
        for element in elements {
            let (ir, element) = self.element(element, None);
            ty = match ty {
                Ty::Never => types::widen(element),
                known => join(self.db, known, element),
            };
            checked.push(ir);
        }
        self.typed(node, list_of(checked), Ty::list(ty))
    }

    pub(super) fn element(&mut self, element: &Element, due: Option<&Ty>) -> (ElementIr, Ty) {
        match element {
            Element::Value(value) => match due {
                Some(due) => (ElementIr::Value(self.check(value, due)), due.clone()),
                None => {
                    let typed = self.infer(value);
                    (ElementIr::Value(typed.ir), typed.ty)
                }
            },
            Element::Spread(value) => {
                let typed = match due {
                    Some(due) => self.check_typed(value, &Ty::list(due.clone())),
                    None => self.infer(value),
                };
                let before = self.diagnostics.len();
                let element = self.spread_elements(&typed.ty, value.node);
                if self.diagnostics.len() > before {
                    return (ElementIr::Spread(self.error(value.node).ir), Ty::Error);
                }
                if let Some(due) = due
                    && fit(self.db, &element, due) == Fit::No
                {
                    self.mismatch(
                        &Typed { ty: Ty::list(element.clone()), ..typed.clone() },
                        &Ty::list(due.clone()),
                        value.node,
                    );
                }
                let ir = match due {
                    Some(due) if fit(self.db, &element, due) == Fit::Convert => {
                        let at = typed.ir.at;
                        Ir { at, kind: IrKind::Coerce(typed.ir.into(), Arc::new(Ty::list(due.clone()))) }
                    }
                    _ => typed.ir,
                };
                (ElementIr::Spread(ir), element)
            }
            Element::If(condition, then, otherwise) => {
                let condition_ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                let (then, mut ty) = self.knowing(condition, true, |checker| checker.element(then, due));
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let (ir, other) = self.knowing(condition, false, |checker| checker.element(otherwise, due));
                    ty = join(self.db, ty.clone(), other);
                    Box::new(ir)
                });
                (ElementIr::If(condition_ir, then.into(), otherwise), ty)
            }
            Element::For(head, element) => {
                let (ir, scope) = self.for_head(head);
                let (element, ty) = match &head.condition {
                    Some(condition) => self.knowing(condition, true, |checker| checker.element(element, due)),
                    None => self.element(element, due),
                };
                self.leave(scope);
                (ElementIr::For(ir, element.into()), ty)
            }
        }
    }

    pub(super) fn spread_elements(&mut self, ty: &Ty, node: Node) -> Ty {
        let before = self.diagnostics.len();
        let element = self.elements_of(ty, node);
        for diagnostic in self.diagnostics.iter_mut().skip(before) {
            if diagnostic.rule == &rules::TYPE_NOT_A_COLLECTION {
                diagnostic.rule = &rules::TYPE_MISMATCH;
            }
        }
        element
    }

    /// The head of a loop; its variables are visible until the scope is left.
    pub(super) fn for_head(&mut self, head: &crate::hir::For) -> (ForIr, (usize, u32)) {
        let mut list = self.infer(&head.list);
        let before = self.diagnostics.len();
        let element = self.elements_of(&list.ty, head.list.node);
        if self.diagnostics.len() > before {
            list = self.error(head.list.node);
        }
        let scope = (self.context.locals.len(), self.context.count);
        let pairs = head.second.is_some();
        match &head.second {
            Some(second) => {
                let key = match expand(self.db, &list.ty.without_null()) {
                    Ty::Map(key, _) => (*key).clone(),
                    Ty::Collection(_) => Ty::Scalar(Scalar::Name),
                    Ty::Record(_) | Ty::Keyed(..) => Ty::Scalar(Scalar::String),
                    Ty::Any => Ty::Any,
                    _ => Ty::Scalar(Scalar::Int),
                };
                self.add_variable(&head.first, key);
                self.add_variable(second, element);
            }
            None => self.add_variable(&head.first, element),
        }
        let condition = head.condition.as_ref().map(|condition| self.check(condition, &Ty::Scalar(Scalar::Bool)));
        (ForIr { list: list.ir, pairs, condition }, scope)
    }

    pub(super) fn leave(&mut self, scope: (usize, u32)) {
        self.context.locals.truncate(scope.0);
        self.context.count = scope.1;
    }

    /// What a loop over a value goes through.
    pub(super) fn elements_of(&mut self, ty: &Ty, node: Node) -> Ty {
        match expand(self.db, ty) {
            Ty::List(element) => (*element).clone(),
            Ty::Collection(element) => (*element).clone(),
            Ty::Map(_, value) | Ty::Keyed(_, value) => (*value).clone(),
            Ty::Record(record) => record_values(&record),
            Ty::Scalar(Scalar::IntRange) => Ty::Scalar(Scalar::Int),
            Ty::Scalar(Scalar::IpRange) => Ty::Scalar(Scalar::Ip),
            Ty::Any => Ty::Any,
            Ty::Error | Ty::Never => Ty::Error,
            Ty::Refined(refined) => self.elements_of(&refined.base, node),
            Ty::Union(members) if !members.contains(&Ty::Null) => {
                let elements: Vec<_> = members.iter().map(|member| self.elements_of(member, node)).collect();
                Ty::union(elements)
            }
            Ty::Union(_) => {
                self.report(
                    Diagnostic::new(
                        &rules::TYPE_MAYBE_NULL,
                        self.at(node),
                        "this may be null, and has no elements then",
                    )
                    .help("write `?? []`"),
                );
                Ty::Error
            }
            other => {
                let message = format!("{} has no elements to go through", article(&self.show(&other)));
                self.report(
                    Diagnostic::new(&rules::TYPE_NOT_A_COLLECTION, self.at(node), message)
                        .help("loops go through lists, maps, collections and ranges such as `1..3`"),
                );
                Ty::Error
            }
        }
    }
}

/// A list of these elements: known already, if all of them are.
fn list_of(elements: Vec<ElementIr>) -> IrKind {
    let known = |element: &ElementIr| match element {
        ElementIr::Value(ir) => Some(Item { value: ir.constant()?, at: ir.at }),
        _ => None,
    };
    match elements.iter().map(known).collect::<Option<Vec<Item>>>() {
        Some(items) => IrKind::Const(Value::List(Arc::new(List::new(items)))),
        None => IrKind::List(elements),
    }
}

/// The type of any value of a record.
fn record_values(record: &RecordTy) -> Ty {
    let fields = record.fields.iter().map(|field| field.2.clone());
    Ty::union(fields.chain(record.rest.iter().map(|rest| rest.1.clone())))
}
