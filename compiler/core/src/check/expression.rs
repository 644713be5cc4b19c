//! Expressions: what type they have, or whether they are of the type that is due.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::types::{self, BodyType, Fit, expand, fit, join};
use super::{Checker, Typed};
use crate::eval::coerce::article;
use crate::hir::{Arm, Body, Element, Expr, ExprKind, Node, Param, Pattern, Piece, Text, UnaryOp};
use crate::ir::{ArmIr, BodyIr, DataKind, ElementIr, ForIr, Ir, IrKind, KeyIr, Target, Write, Written};
use crate::keys::Decl;
use crate::symbol::Symbol;
use crate::ty::{FunctionTy, Literal, RecordTy, Scalar, Ty};
use crate::value::{Float, Value};

/// How deep expressions may nest.
const MAX_DEPTH: u32 = 400;

impl Checker<'_> {
    /// The expression, which must be of a type.
    pub(super) fn check(&mut self, expr: &Expr, due: &Ty) -> Ir {
        let typed = self.check_typed(expr, due);
        self.convert(typed, due, expr.node)
    }

    /// The expression, read by the type that is due, not yet converted to it.
    pub(super) fn check_typed(&mut self, expr: &Expr, due: &Ty) -> Typed {
        if let Ty::Alias(_) | Ty::Inferred(..) = due {
            let expanded = expand(self.db, due);
            return self.check_typed(expr, &expanded);
        }
        match &*expr.kind {
            ExprKind::Text(text) => self.check_text(text, due),
            ExprKind::Quantity(text) => self.quantity_literal(text, expr.node, Some(due)),
            ExprKind::Record(body) => self.check_record(body, due, expr.node),
            ExprKind::List(elements) => self.check_list(elements, due, expr.node),
            ExprKind::If(condition, then, otherwise) => {
                let condition_ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                let then = self.knowing(condition, true, |checker| checker.check_branch(then, due));
                let otherwise = self.knowing(condition, false, |checker| checker.check_branch(otherwise, due));
                let ty = self.branch_type(&then, &otherwise, due);
                let kind = IrKind::If(condition_ir.into(), then.ir.into(), otherwise.ir.into());
                self.typed(expr.node, kind, ty)
            }
            ExprKind::Match(value, arms) => self.check_match(value, arms, Some(due), expr.node),
            ExprKind::Lambda(params, body) => self.lambda(params, body, Some(due), expr.node),
            ExprKind::Binary(crate::hir::BinaryOp::Otherwise, one, other) => {
                self.otherwise(one, other, Some(due), expr.node)
            }
            ExprKind::Binary(crate::hir::BinaryOp::Range, one, other) => self.range(one, other, expr.node),
            ExprKind::Binary(op, one, other) if super::operator::is_arithmetic(*op) => {
                self.arithmetic(*op, one, other, Some(due), expr.node)
            }
            _ => self.infer(expr),
        }
    }

    /// A branch of a choice, converted where its type is due.
    fn check_branch(&mut self, expr: &Expr, due: &Ty) -> Typed {
        let typed = self.check_typed(expr, due);
        if fit(self.db, &typed.ty, due) == Fit::Exact {
            return typed;
        }
        let ir = self.convert(typed, due, expr.node);
        Typed { ir, ty: due.clone(), known: None }
    }

    fn branch_type(&self, one: &Typed, other: &Typed, due: &Ty) -> Ty {
        match due {
            Ty::Any | Ty::Error => join(self.db, one.ty.clone(), other.ty.clone()),
            _ => {
                let joined = Ty::union([one.ty.clone(), other.ty.clone()]);
                if fit(self.db, &joined, due) == Fit::Exact { joined } else { due.clone() }
            }
        }
    }

    /// Makes what was found be of the type that is due, or says why it can not.
    pub(super) fn convert(&mut self, typed: Typed, due: &Ty, node: Node) -> Ir {
        match fit(self.db, &typed.ty, due) {
            // The name of a block may be any text: where one of a form is due, evaluation looks at it.
            Fit::Exact if is_block_name(&typed.ir) && self.needs_form(due) => {
                let at = typed.ir.at;
                Ir { at, kind: IrKind::Coerce(typed.ir.into(), Arc::new(due.clone())) }
            }
            Fit::Exact => typed.ir,
            Fit::Convert => {
                if let IrKind::Const(value) = &typed.ir.kind
                    && let Some(converted) = self.convert_constant(&value.clone(), due, node)
                    && !matches!(expand(self.db, due), Ty::Refined(_))
                {
                    return converted.ir;
                }
                let at = typed.ir.at;
                Ir { at, kind: IrKind::Coerce(typed.ir.into(), Arc::new(due.clone())) }
            }
            Fit::No => {
                if let Some(main) = self.as_main(&typed, due) {
                    return main;
                }
                self.mismatch(&typed, due, node);
                self.error(node).ir
            }
        }
    }

    fn needs_form(&self, due: &Ty) -> bool {
        let scalars = self.scalars(due);
        !scalars.is_empty() && !scalars.contains(&Scalar::String)
    }

    /// A plain value where a schema with a main field is due.
    pub(super) fn as_main(&mut self, typed: &Typed, due: &Ty) -> Option<Ir> {
        let BodyType::Schema(decl) = types::body_type(self.db, due) else { return None };
        let info = crate::schema::schema(self.db, decl);
        let slot = info.main?;
        let field = info.fields.get(slot as usize)?;
        if matches!(typed.ty, Ty::Null) || fit(self.db, &typed.ty, &field.ty) == Fit::No {
            return None;
        }
        let at = typed.ir.at;
        let value = self.convert(typed.clone(), &field.ty.clone(), at.node);
        Some(super::body::single(at, slot, value, self.context.count, decl))
    }

    fn mismatch(&mut self, typed: &Typed, due: &Ty, node: Node) {
        let at = self.at(node);
        let (due_text, found) = (self.show(due), self.show(&typed.ty));
        let without = typed.ty.without_null();
        if typed.ty != Ty::Null && fit(self.db, &Ty::Null, due) == Fit::No && fit(self.db, &without, due) != Fit::No {
            let message = format!("this may be null, where {} is due", article(&due_text));
            self.report(
                Diagnostic::new(&rules::TYPE_MAYBE_NULL, at, message)
                    .help("give a value for that case with `?? ..`, or ask first: `if x != null`"),
            );
            return;
        }
        if typed.ty == Ty::Null {
            let message = format!("null stands where {} is due", article(&due_text));
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, at, message).help(format!("if it may be left out, let its type be `{due_text}?`")));
            return;
        }
        let message = match &typed.ty {
            Ty::Function(_) => format!("a function is no data, and {} is due", article(&due_text)),
            _ => format!("this must be {}, but is {}", article(&due_text), article(&found)),
        };
        let mut diagnostic = Diagnostic::new(&rules::TYPE_MISMATCH, at, message);
        let textual = self.scalars(&typed.ty).iter().all(|scalar| scalar.is_textual());
        let wanted = self.scalars(due).into_iter().find(|scalar| *scalar != Scalar::String);
        diagnostic = match wanted {
            Some(wanted) if textual && !self.scalars(&typed.ty).is_empty() => {
                diagnostic.help(format!("convert it: `{}(..)`", wanted.name()))
            }
            _ if self.scalars(due).contains(&Scalar::String) && !self.scalars(&typed.ty).is_empty() => {
                diagnostic.help("write it as text: `\"\\(..)\"`")
            }
            _ => match types::body_type(self.db, due) {
                BodyType::Schema(decl) => {
                    let name = crate::keys::decl_name(self.db, decl);
                    diagnostic.also(crate::keys::At { decl, node: 0 }, format!("`{name}` is declared here"))
                }
                _ => diagnostic,
            },
        };
        self.report(diagnostic);
    }

    /// The expression where nothing is due.
    pub(super) fn infer(&mut self, expr: &Expr) -> Typed {
        if self.depth > MAX_DEPTH {
            let message = "this is nested too deeply to check";
            self.report(Diagnostic::new(&rules::EVAL_LIMIT, self.at(expr.node), message));
            return self.error(expr.node);
        }
        self.depth += 1;
        let mut typed = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.infer_kind(expr));
        self.depth -= 1;
        if let Some(fact) = self.fact(expr) {
            typed.ty = fact.clone();
        }
        typed
    }

    fn infer_kind(&mut self, expr: &Expr) -> Typed {
        let node = expr.node;
        match &*expr.kind {
            ExprKind::Missing => self.error(node),
            ExprKind::Null => self.typed(node, IrKind::Const(Value::Null), Ty::Null),
            ExprKind::Bool(truth) => {
                self.typed(node, IrKind::Const(Value::Bool(*truth)), Ty::Literal(Literal::Bool(*truth)))
            }
            ExprKind::Int(text) => self.int_literal(text, node),
            ExprKind::Float(text) => self.float_literal(text, node),
            ExprKind::Quantity(text) => self.quantity_literal(text, node, None),
            ExprKind::Address(text) => self.address_literal(text, node),
            ExprKind::Text(text) => self.check_text(text, &Ty::Any),
            ExprKind::Name(name) => self.name(*name, node),
            ExprKind::SelfValue => self.self_value(node),
            ExprKind::It => match &self.it {
                Some(ty) => self.typed(node, IrKind::Local(0), ty.clone()),
                None => self.unknown_name(Symbol::new("it"), node),
            },
            ExprKind::List(elements) => self.infer_list(elements, node),
            ExprKind::Record(body) => self.infer_record(body, node),
            ExprKind::Instance(path, body) => match types::schema_of_path(self.db, self.decl, path) {
                Ok(decl) => self.instance(decl, body, node),
                Err(diagnostic) => {
                    self.report(diagnostic);
                    self.error(node)
                }
            },
            ExprKind::Member { base, name, optional } => self.member(base, *name, *optional, node),
            ExprKind::Index(base, index) => self.index(base, index, node),
            ExprKind::Call(callee, args) => self.call(callee, args, node),
            ExprKind::Unary(UnaryOp::Not, value) => {
                let ir = self.check(value, &Ty::Scalar(Scalar::Bool));
                self.typed(node, IrKind::Not(ir.into()), Ty::Scalar(Scalar::Bool))
            }
            ExprKind::Unary(UnaryOp::Negate, value) => self.negate(value, node),
            ExprKind::Binary(op, one, other) => self.binary(*op, one, other, node),
            ExprKind::Is { value, ty, negated } => {
                let value = self.infer(value);
                let ty = types::resolve(self.db, self.decl, ty, &mut self.diagnostics);
                self.typed(node, IrKind::Is(value.ir.into(), ty, *negated), Ty::Scalar(Scalar::Bool))
            }
            ExprKind::If(condition, then, otherwise) => {
                let condition_ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                let then = self.knowing(condition, true, |checker| checker.infer(then));
                let otherwise = self.knowing(condition, false, |checker| checker.infer(otherwise));
                let ty = join(self.db, then.ty, otherwise.ty);
                self.typed(node, IrKind::If(condition_ir.into(), then.ir.into(), otherwise.ir.into()), ty)
            }
            ExprKind::Match(value, arms) => self.check_match(value, arms, None, node),
            ExprKind::Lambda(params, body) => self.lambda(params, body, None, node),
            ExprKind::With(base, body) => self.with(base, body, node),
        }
    }

    fn negate(&mut self, value: &Expr, node: Node) -> Typed {
        if let ExprKind::Int(text) = &*value.kind
            && let Some(number) = super::literal::parse_negative(text)
        {
            return self.typed(node, IrKind::Const(Value::Int(number)), Ty::Literal(Literal::Int(number)));
        }
        let typed = self.infer(value);
        match &typed.ir.kind {
            IrKind::Const(Value::Int(number)) if *number != i64::MIN => {
                let number = -number;
                return self.typed(node, IrKind::Const(Value::Int(number)), Ty::Literal(Literal::Int(number)));
            }
            IrKind::Const(Value::Float(number)) => {
                let number = Float(-number.0);
                return self.typed(node, IrKind::Const(Value::Float(number)), Ty::Scalar(Scalar::Float));
            }
            _ => {}
        }
        let ty = match types::widen(expand(self.db, &typed.ty)) {
            ty @ (Ty::Scalar(Scalar::Float) | Ty::Error) => ty,
            ty if fit(self.db, &ty, &Ty::Scalar(Scalar::Int)) != Fit::No => Ty::Scalar(Scalar::Int),
            ty => {
                let message = format!("`-` needs a number, and this is {}", article(&self.show(&ty)));
                self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
                Ty::Error
            }
        };
        self.typed(node, IrKind::Negate(typed.ir.into()), ty)
    }

    /// A string: plain text by the type that is due, or pieces that evaluation joins and judges.
    pub(super) fn check_text(&mut self, text: &Text, due: &Ty) -> Typed {
        if let Some(plain) = text.plain() {
            return self.text_literal(plain.as_str(), text.node, due);
        }
        let mut pieces = Vec::with_capacity(text.pieces.len());
        for piece in &text.pieces {
            pieces.push(match piece {
                Piece::Text(text) => self.typed(0, IrKind::Const(Value::Text(text.clone())), Ty::Error).ir,
                Piece::Value(value) => {
                    let typed = self.infer(value);
                    match self.must_have_text(&typed, value.node) {
                        true => typed.ir,
                        false => self.error(value.node).ir,
                    }
                }
            });
        }
        let typed = self.typed(text.node, IrKind::Text(pieces), Ty::Scalar(Scalar::String));
        // Interpolated text is taken where text of a form is due, and judged once it is known.
        let textual = self.scalars(due).into_iter().find(|scalar| scalar.is_textual());
        match textual {
            Some(scalar) if scalar != Scalar::String && !self.scalars(due).contains(&Scalar::String) => {
                let ty = Ty::Scalar(scalar);
                let at = typed.ir.at;
                Typed { ir: Ir { at, kind: IrKind::Coerce(typed.ir.into(), Arc::new(ty.clone())) }, ty, known: None }
            }
            _ => typed,
        }
    }

    fn must_have_text(&mut self, typed: &Typed, node: Node) -> bool {
        let expanded = expand(self.db, &typed.ty);
        for member in expanded.members() {
            match expand(self.db, member) {
                Ty::Scalar(_) | Ty::Literal(_) | Ty::Any | Ty::Error | Ty::Never | Ty::Refined(_) | Ty::Schema(_) => {}
                Ty::Union(inner) if !inner.contains(&Ty::Null) => {}
                Ty::Null | Ty::Union(_) => {
                    let message = "this may be null, which has no text";
                    self.report(
                        Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(node), message)
                            .help("say what to write then: `\\(x ?? \"none\")`"),
                    );
                    return false;
                }
                other => {
                    let message = format!("{} has no text", article(&self.show(&other)));
                    let help = match other {
                        Ty::List(_) => "join its elements: `.join(\", \")`",
                        _ => "write it as data with `yaml(..)` or `json(..)`",
                    };
                    self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message).help(help));
                    return false;
                }
            }
        }
        true
    }

    fn check_list(&mut self, elements: &[Element], due: &Ty, node: Node) -> Typed {
        let element = self.list_member(due);
        let Some(element) = element else { return self.infer_list(elements, node) };
        let checked = elements.iter().map(|one| self.element(one, Some(&element)).0).collect();
        self.typed(node, IrKind::List(checked), Ty::list(element))
    }

    /// The element of the one list among a type's members.
    fn list_member(&self, due: &Ty) -> Option<Ty> {
        match expand(self.db, due) {
            Ty::List(element) => Some((*element).clone()),
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

    fn infer_list(&mut self, elements: &[Element], node: Node) -> Typed {
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
        self.typed(node, IrKind::List(checked), Ty::list(ty))
    }

    fn element(&mut self, element: &Element, due: Option<&Ty>) -> (ElementIr, Ty) {
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
                    self.mismatch(&Typed { ty: Ty::list(element.clone()), ..typed.clone() }, &Ty::list(due.clone()), value.node);
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

    fn spread_elements(&mut self, ty: &Ty, node: Node) -> Ty {
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
                    Ty::Record(_) => Ty::Scalar(Scalar::String),
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
            Ty::Map(_, value) => (*value).clone(),
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
                    Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(node), "this may be null, and has no elements then")
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

    fn check_record(&mut self, body: &Body, due: &Ty, node: Node) -> Typed {
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
    fn record_target(&mut self, body: &Body, due: &Ty) -> Option<BodyTarget> {
        match expand(self.db, due) {
            Ty::Schema(decl) => Some(BodyTarget::Schema(decl)),
            ty @ (Ty::Map(..) | Ty::Record(_)) => Some(BodyTarget::Data(ty)),
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

    fn has_keys(&self, target: &BodyTarget, keys: &[Symbol]) -> bool {
        match target {
            BodyTarget::Schema(decl) => {
                let info = crate::schema::schema(self.db, *decl);
                let required = info.fields.iter().filter(|field| field.required);
                keys.iter().all(|key| info.slot(*key).is_some()) && required.into_iter().all(|field| keys.contains(&field.name))
            }
            BodyTarget::Data(Ty::Record(record)) => {
                keys.iter().all(|key| record.field(*key).is_some())
                    && record.fields.iter().all(|(name, optional, _)| *optional || keys.contains(name))
            }
            _ => true,
        }
    }

    /// Plain braces where an instance is due.
    fn braces(&mut self, decl: Decl, body: &Body, node: Node) -> Typed {
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

    fn data(&mut self, body: &Body, ty: &Ty, node: Node) -> Typed {
        let kind = match types::body_type(self.db, ty) {
            BodyType::Data(kind) => kind,
            _ => DataKind::Any,
        };
        let ir = self.inline_body(body, ty);
        if let Ty::Record(record) = ty {
            self.complete(body, record, node);
        }
        self.typed(node, IrKind::Data(Arc::new(ir), kind), ty.clone())
    }

    /// Whether braces give all that a record type asks for.
    fn complete(&mut self, body: &Body, record: &RecordTy, node: Node) {
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
    fn infer_record(&mut self, body: &Body, node: Node) -> Typed {
        let Some(fields) = super::body::field_exprs(body) else {
            let ir = self.inline_body(body, &Ty::Any);
            return self.typed(node, IrKind::Data(Arc::new(ir), DataKind::Any), Ty::map(Ty::Any));
        };
        let mut out = BodyIr { at: self.at(body.node), writes: Vec::new(), checks: Vec::new() };
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
        let record = RecordTy { fields: known, rest: None };
        self.typed(node, IrKind::Data(Arc::new(out), DataKind::Map), Ty::Record(Arc::new(record)))
    }

    fn with(&mut self, base: &Expr, body: &Body, node: Node) -> Typed {
        let base = self.infer(base);
        let ty = expand(self.db, &base.ty);
        let mut typed = match &ty {
            Ty::Schema(_) => {
                let ir = self.literal_body(body, &ty, base.known);
                self.typed(node, IrKind::With(base.ir.into(), Arc::new(ir)), ty)
            }
            Ty::Record(_) | Ty::Map(..) | Ty::Any => {
                let ir = self.inline_body(body, &ty);
                self.typed(node, IrKind::With(base.ir.into(), Arc::new(ir)), ty)
            }
            Ty::Error => self.error(node),
            other => {
                let message = format!("`with` changes instances and records, and this is {}", article(&self.show(other)));
                self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
                self.error(node)
            }
        };
        typed.known = base.known;
        typed
    }

    pub(super) fn lambda(&mut self, params: &[Param], body: &Expr, due: Option<&Ty>, node: Node) -> Typed {
        let function = due.and_then(|due| match expand(self.db, due) {
            Ty::Function(function) => Some(function),
            _ => None,
        });
        if let Some(function) = &function
            && function.params.len() != params.len()
        {
            let message = format!("this function takes {} parameters, where one of {} is due", params.len(), function.params.len());
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

    fn check_match(&mut self, value: &Expr, arms: &[Arm], due: Option<&Ty>, node: Node) -> Typed {
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

    fn reachable(&mut self, arm: &Arm, subject: &Ty, remaining: &Ty, pattern: &Ty, any: bool, all: bool) {
        if subject.is_error() || pattern.is_error() {
            return;
        }
        let nothing_left = all || *remaining == Ty::Never;
        let overlaps = any
            || self.remaining(subject, &Ty::Never).members().iter().any(|member| {
                fit(self.db, member, pattern) != Fit::No || fit(self.db, pattern, member) != Fit::No
            });
        if nothing_left || !overlaps {
            let message = if overlaps { "the arms before leave nothing for this one" } else { "this value is never that" };
            let diagnostic = Diagnostic::new(&rules::TYPE_UNREACHABLE_ARM, self.at(arm.node), message).help("remove this arm");
            self.report(diagnostic);
        }
    }
}

fn is_block_name(ir: &Ir) -> bool {
    matches!(ir.kind, IrKind::Slot { slot: crate::schema::NAME_SLOT, .. })
}

enum BodyTarget {
    Schema(Decl),
    Data(Ty),
    Infer,
}

/// The type of any value of a record.
fn record_values(record: &RecordTy) -> Ty {
    let fields = record.fields.iter().map(|field| field.2.clone());
    Ty::union(fields.chain(record.rest.iter().map(|rest| rest.1.clone())))
}
