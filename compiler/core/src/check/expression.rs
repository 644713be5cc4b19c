//! Expressions: what type they have, or whether they are of the type that is due.

use std::sync::Arc;

use diagnostics::{Diagnostic, Fix, rules};

use super::types::{self, BodyType, Fit, expand, fit, join};
use super::{Checker, Sought, Typed};
use crate::eval::Evaluator;
use crate::hir::{Expr, ExprKind, Node, Piece, Text, UnaryOp};
use crate::ir::{Ir, IrKind};
use crate::symbol::Symbol;
use crate::ty::{Literal, Scalar, Ty, article};
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
        self.hear(|heard| heard.due.push((expr.node, due.clone())));
        let typed = self.check_kind(expr, due);
        self.hear(|heard| heard.types.push((expr.node, typed.ty.clone())));
        typed
    }

    fn check_kind(&mut self, expr: &Expr, due: &Ty) -> Typed {
        let open = std::mem::take(&mut self.open);
        match &*expr.kind {
            ExprKind::Name(name) if open && self.is_auto(*name, expr.node) => self.auto(due, expr.node),
            ExprKind::Text(text) => self.check_text(text, due),
            ExprKind::Quantity(text) => self.quantity_literal(text, expr.node, Some(due)),
            ExprKind::Record(body) => self.check_record(body, due, expr.node),
            ExprKind::List(elements) => self.check_list(elements, due, expr.node),
            ExprKind::If(condition, then, otherwise) => {
                let condition_ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                let mut branch = |branch: &Expr, truth| {
                    self.knowing(condition, truth, |checker| {
                        checker.open = open;
                        checker.check_branch(branch, due)
                    })
                };
                let (then, otherwise) = (branch(then, true), branch(otherwise, false));
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
    pub(super) fn check_branch(&mut self, expr: &Expr, due: &Ty) -> Typed {
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
                    && !self.is_refined(due)
                {
                    return converted.ir;
                }
                let at = typed.ir.at;
                if let Some(value) = self.list_converted(&typed.ir, due) {
                    return Ir { at, kind: IrKind::Const(value) };
                }
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

    /// A list that is known already, as it is where this type is due; nothing if something is wrong with it.
    fn list_converted(&self, ir: &Ir, due: &Ty) -> Option<Value> {
        let IrKind::Const(list @ Value::List(_)) = &ir.kind else {
            return None;
        };
        let mut evaluator = Evaluator::new(self.db);
        let value = evaluator.coerce(list.clone(), due, ir.at);
        (evaluator.into_diagnostics().is_empty() && !value.has_error()).then_some(value)
    }

    /// Whether what fits may still be refused when it is evaluated.
    fn is_refined(&self, due: &Ty) -> bool {
        match expand(self.db, due) {
            Ty::Refined(_) => true,
            Ty::Union(members) => members.iter().any(|member| self.is_refined(member)),
            _ => false,
        }
    }

    fn needs_form(&self, due: &Ty) -> bool {
        let scalars = self.scalars(due);
        !scalars.is_empty() && !scalars.contains(&Scalar::String)
    }

    /// A plain value where a schema with a main field is due.
    pub(super) fn as_main(&mut self, typed: &Typed, due: &Ty) -> Option<Ir> {
        let BodyType::Schema(decl) = types::body_type(self.db, due) else {
            return None;
        };
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

    /// Whether a secret is due, or a key of one.
    fn is_secret(&self, due: &Ty) -> bool {
        let secrets = crate::scope::prelude_schemas(self.db).secrets;
        let is = |ty: &Ty| matches!(ty, Ty::Schema(decl) if secrets.contains(&Some(*decl)));
        match due {
            Ty::Union(members) => members.iter().any(is),
            due => is(due),
        }
    }

    pub(super) fn mismatch(&mut self, typed: &Typed, due: &Ty, node: Node) {
        let at = self.at(node);
        let is_text = typed.ty != Ty::Null && self.scalars(&typed.ty).iter().all(|scalar| scalar.is_textual());
        // Whoever gives a text where a key of a secret is due gives the secret: it is not said again.
        let found = match is_text && self.is_secret(due) {
            true => self.show(&Ty::Scalar(Scalar::String)),
            false => self.show(&typed.ty),
        };
        let due_text = self.show(due);
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
            self.report(
                Diagnostic::new(&rules::TYPE_MISMATCH, at, message)
                    .help(format!("if it may be left out, let its type be `{due_text}?`")),
            );
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
            _ if self.as_element(typed, due) => diagnostic.help("a list of one is written `[value]`"),
            Some(Scalar::Duration) if matches!(typed.ir.kind, IrKind::Const(Value::Int(_))) => {
                diagnostic.help(format!("write a unit behind it, as in `{}s`", found))
            }
            _ if self.scalars(due).contains(&Scalar::String) && matches!(typed.ty, Ty::Literal(_)) => {
                diagnostic.help("write it in quotes").fix(Fix::new("add the quotes").edit(at, format!("\"{found}\"")))
            }
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

    /// Whether a list is due, and the value could be an element of it.
    fn as_element(&self, typed: &Typed, due: &Ty) -> bool {
        match expand(self.db, &due.without_null()) {
            Ty::List(element) => {
                !matches!(typed.ty, Ty::Any | Ty::Error) && fit(self.db, &typed.ty, &element) != Fit::No
            }
            _ => false,
        }
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
        self.hear(|heard| heard.types.push((expr.node, typed.ty.clone())));
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
            ExprKind::Instance(path, body) => match types::made_by_path(self.db, self.decl, path) {
                Ok(Ty::Schema(decl)) => self.instance(decl, body, node),
                Ok(ty) => {
                    let made = self.data(body, &types::expand(self.db, &ty), node);
                    Typed { ty, ..made }
                }
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
        self.foreign_interpolations(text);
        if let Some(plain) = text.plain() {
            self.hear_sought(plain, |_| Sought::Text(due.clone()));
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

    /// `"${name}"`, where `name` is a name here: it was meant to be its value.
    fn foreign_interpolations(&mut self, text: &Text) {
        for ident in &text.foreign {
            let name = ident.name.as_str();
            let first = name.split('.').next().map_or(ident.name, Symbol::new);
            if first.as_str() != "self" && !self.is_name(first, ident.node) {
                continue;
            }
            let at = self.at(ident.node);
            let message = format!("this is text, and not the value of `{name}`");
            let instead = format!("\\({name})");
            self.report(
                Diagnostic::new(&rules::LINT_INTERPOLATION, at, message)
                    .help(format!("write `{instead}`; text that has to stay as it is stands in `r\"..\"`"))
                    .fix(Fix::new(format!("write `{instead}`")).edit(at, instead)),
            );
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
}

fn is_block_name(ir: &Ir) -> bool {
    matches!(ir.kind, IrKind::Slot { slot: crate::schema::NAME_SLOT, .. })
}
