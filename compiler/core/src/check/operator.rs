//! Operators: which types they take, and what they give.

use diagnostics::{Diagnostic, rules};

use super::types::{Fit, expand, fit, join, widen};
use super::{Checker, Typed};
use crate::hir::{BinaryOp, Expr, ExprKind, Node};
use crate::ir::{Ir, IrKind};
use crate::ty::{Literal, Scalar, Ty, article};

const BOOL: Ty = Ty::Scalar(Scalar::Bool);

impl Checker<'_> {
    pub(super) fn binary(&mut self, op: BinaryOp, one: &Expr, other: &Expr, node: Node) -> Typed {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let first = self.check(one, &BOOL);
                let second = self.knowing(one, op == BinaryOp::And, |checker| checker.check(other, &BOOL));
                let kind = match op {
                    BinaryOp::And => IrKind::And(first.into(), second.into()),
                    _ => IrKind::Or(first.into(), second.into()),
                };
                self.typed(node, kind, BOOL)
            }
            BinaryOp::Equal | BinaryOp::NotEqual => self.equal(op, one, other, node),
            BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
                self.compare(op, one, other, node)
            }
            BinaryOp::In => self.is_in(one, other, node),
            BinaryOp::Otherwise => self.otherwise(one, other, None, node),
            BinaryOp::Range => self.range(one, other, node),
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => {
                self.arithmetic(op, one, other, None, node)
            }
        }
    }

    /// Both sides of a comparison: a literal is read by the other side's type.
    fn sides(&mut self, one: &Expr, other: &Expr) -> (Typed, Typed) {
        match (is_literal(one), is_literal(other)) {
            (true, true) => {
                let clear = self.quietly(|checker| !checker.infer(one).ty.is_error());
                if clear {
                    let first = self.infer(one);
                    let second = self.literal_beside(other, &widen(first.ty.clone()));
                    return (first, second);
                }
                let second = self.infer(other);
                let first = self.literal_beside(one, &widen(second.ty.clone()));
                (first, second)
            }
            (true, false) => {
                let second = self.infer(other);
                let first = self.literal_beside(one, &second.ty);
                (first, second)
            }
            (_, true) => {
                let first = self.infer(one);
                let second = self.literal_beside(other, &first.ty);
                (first, second)
            }
            _ => (self.infer(one), self.infer(other)),
        }
    }

    fn literal_beside(&mut self, literal: &Expr, ty: &Ty) -> Typed {
        if matches!(*literal.kind, ExprKind::Null) {
            return self.infer(literal);
        }
        let due = widen_refined(&expand(self.db, &ty.without_null()));
        let typed = self.check_typed(literal, &due);
        match &typed.ir.kind {
            IrKind::Const(value) if fit(self.db, &typed.ty, &due) == Fit::Convert => {
                let value = value.clone();
                self.quietly(|checker| checker.convert_constant(&value, &due, literal.node)).unwrap_or(typed)
            }
            _ => typed,
        }
    }

    fn equal(&mut self, op: BinaryOp, one: &Expr, other: &Expr, node: Node) -> Typed {
        let (first, second) = self.sides(one, other);
        let (left, right) = (first.ty.without_null(), second.ty.without_null());
        let comparable = first.ty == Ty::Null
            || second.ty == Ty::Null
            || fit(self.db, &widen(left.clone()), &widen(right.clone())) != Fit::No
            || fit(self.db, &widen(right.clone()), &widen(left.clone())) != Fit::No
            || self.overlap(&left, &right);
        if !comparable {
            let message =
                format!("{} never equals {}", article(&self.show(&first.ty)), article(&self.show(&second.ty)));
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message).help("convert one of the two"));
            return self.error(node);
        }
        let kind = IrKind::Equal(first.ir.into(), second.ir.into(), op == BinaryOp::NotEqual);
        self.typed(node, kind, BOOL)
    }

    /// Whether some member of one type could be a value of a member of the other.
    fn overlap(&self, one: &Ty, other: &Ty) -> bool {
        let (one, other) = (expand(self.db, one), expand(self.db, other));
        one.members().iter().any(|first| {
            other.members().iter().any(|second| {
                fit(self.db, first, second) != Fit::No
                    || fit(self.db, second, first) != Fit::No
                    || matches!((expand(self.db, first), expand(self.db, second)), (Ty::Scalar(a), Ty::Scalar(b)) if a.is_textual() && b.is_textual())
            })
        })
    }

    fn compare(&mut self, op: BinaryOp, one: &Expr, other: &Expr, node: Node) -> Typed {
        let (first, second) = self.sides(one, other);
        if !self.not_null(&first, one.node) || !self.not_null(&second, other.node) {
            return self.error(node);
        }
        let by = self.ordered(&first.ty, &second.ty);
        match by {
            Some(by) => {
                let kind = IrKind::Compare(op, by, first.ir.into(), second.ir.into());
                self.typed(node, kind, BOOL)
            }
            None => {
                let (left, right) = (self.show(&first.ty), self.show(&second.ty));
                let message = format!("{} and {} have no order", article(&left), article(&right));
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message).help(
                        "numbers, amounts, durations, versions, addresses and text can be compared with their like",
                    ),
                );
                self.error(node)
            }
        }
    }

    fn not_null(&mut self, typed: &Typed, node: Node) -> bool {
        let expanded = expand(self.db, &typed.ty);
        if matches!(expanded, Ty::Any | Ty::Error) || !expanded.members().contains(&Ty::Null) {
            return true;
        }
        self.report(
            Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(node), "this may be null")
                .help("give a value for that case with `?? ..`, or ask first: `if x != null`"),
        );
        false
    }

    /// Whether values of two types have an order, and which text's order it is.
    fn ordered(&self, one: &Ty, other: &Ty) -> Option<Option<Scalar>> {
        let (first, second) = (self.plain(one), self.plain(other));
        match (first, second) {
            (Plain::Unknown, _) | (_, Plain::Unknown) => Some(None),
            (Plain::Of(one), Plain::Of(other)) => {
                let numbers = |scalar| matches!(scalar, Scalar::Int | Scalar::Float | Scalar::Port);
                let addresses = |scalar| matches!(scalar, Scalar::Ip | Scalar::Ip4 | Scalar::Ip6);
                if one == Scalar::Version && other.is_textual() || other == Scalar::Version && one.is_textual() {
                    return Some(Some(Scalar::Version));
                }
                let alike = one == other
                    && !matches!(one, Scalar::IpRange | Scalar::IntRange | Scalar::PortRange | Scalar::Mac);
                let fits = alike
                    || numbers(one) && numbers(other)
                    || addresses(one) && addresses(other)
                    || one.is_textual() && other.is_textual();
                fits.then_some(None)
            }
            _ => None,
        }
    }

    fn plain(&self, ty: &Ty) -> Plain {
        match expand(self.db, ty) {
            Ty::Scalar(scalar) => Plain::Of(scalar),
            Ty::Literal(literal) => Plain::Of(literal.scalar()),
            Ty::Refined(refined) => self.plain(&refined.base),
            Ty::Any | Ty::Error | Ty::Never => Plain::Unknown,
            Ty::Union(members) => {
                let mut plains = members.iter().map(|member| self.plain(member));
                let first = plains.next().unwrap_or(Plain::Other);
                if plains.all(|plain| plain == first) { first } else { Plain::Other }
            }
            Ty::List(_) => Plain::List,
            _ => Plain::Other,
        }
    }

    fn is_in(&mut self, one: &Expr, other: &Expr, node: Node) -> Typed {
        let list = self.infer(other);
        let right = other.node;
        let due = match widen(expand(self.db, &list.ty)) {
            Ty::List(element) => Some((*element).clone()),
            Ty::Map(..) | Ty::Record(_) | Ty::Keyed(..) => Some(Ty::Scalar(Scalar::String)),
            Ty::Collection(element) => Some(Ty::union([Ty::Scalar(Scalar::String), (*element).clone()])),
            Ty::Scalar(Scalar::Cidr) => Some(scalars(&[Scalar::Ip, Scalar::Cidr, Scalar::IpRange])),
            Ty::Scalar(Scalar::IpRange) => Some(scalars(&[Scalar::Ip, Scalar::IpRange])),
            Ty::Scalar(Scalar::IntRange | Scalar::PortRange) => Some(Ty::Scalar(Scalar::Int)),
            Ty::Scalar(scalar) if scalar.is_textual() => Some(Ty::Scalar(Scalar::String)),
            Ty::Any => Some(Ty::Any),
            Ty::Error => None,
            other => {
                let message = format!("nothing is in {}", article(&self.show(&other)));
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, self.at(right), message)
                        .help("`in` asks lists, maps, collections, ranges, networks and text"),
                );
                None
            }
        };
        let Some(due) = due else {
            return self.error(node);
        };
        let value = match is_literal(one) {
            true => self.literal_beside(one, &due),
            false => self.infer(one),
        };
        if fit(self.db, &value.ty, &due) == Fit::No && !self.overlap(&value.ty, &due) {
            let message = format!("{} is never in {}", article(&self.show(&value.ty)), article(&self.show(&list.ty)));
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
            return self.error(node);
        }
        self.typed(node, IrKind::In(value.ir.into(), list.ir.into()), BOOL)
    }

    pub(super) fn otherwise(&mut self, one: &Expr, other: &Expr, due: Option<&Ty>, node: Node) -> Typed {
        let first = match due {
            Some(due) => self.check_typed(one, &due.clone().optional()),
            None => self.infer(one),
        };
        let without = expand(self.db, &first.ty).without_null();
        let hint = match due {
            Some(due) if !matches!(due, Ty::Any) => due.clone(),
            _ if is_literal(other) && !matches!(without, Ty::Null | Ty::Never) => without.clone(),
            _ => Ty::Any,
        };
        let second = match hint {
            Ty::Any => self.infer(other),
            hint => self.check_typed(other, &hint),
        };
        let ty = match without {
            Ty::Null | Ty::Never => second.ty.clone(),
            without => join(self.db, without, second.ty.clone()),
        };
        self.typed(node, IrKind::Otherwise(first.ir.into(), second.ir.into()), ty)
    }

    pub(super) fn range(&mut self, one: &Expr, other: &Expr, node: Node) -> Typed {
        let (first, second) = (self.infer(one), self.infer(other));
        let is = |checker: &Self, typed: &Typed, scalar| fit(checker.db, &typed.ty, &Ty::Scalar(scalar)) == Fit::Exact;
        let ty = if is(self, &first, Scalar::Int) && is(self, &second, Scalar::Int) {
            Scalar::IntRange
        } else if is(self, &first, Scalar::Ip) && is(self, &second, Scalar::Ip) {
            Scalar::IpRange
        } else if first.ty.is_error() || second.ty.is_error() {
            return self.error(node);
        } else {
            let (left, right) = (self.show(&widen(first.ty)), self.show(&widen(second.ty)));
            let message = format!(
                "a range goes from number to number or from address to address, not from `{left}` to `{right}`"
            );
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
            return self.error(node);
        };
        let kind = IrKind::Range(first.ir.into(), second.ir.into());
        let range = Ir { at: self.at(node), kind };
        self.fold_range(range, ty, node)
    }

    /// A range of two constants is a constant.
    fn fold_range(&mut self, range: Ir, ty: Scalar, node: Node) -> Typed {
        if let IrKind::Range(one, other) = &range.kind
            && let (IrKind::Const(first), IrKind::Const(last)) = (&one.kind, &other.kind)
        {
            use crate::value::Value;
            match (first, last) {
                (Value::Int(first), Value::Int(last)) => {
                    let value = Value::IntRange(*first, *last);
                    return self.typed(node, IrKind::Const(value), Ty::Scalar(ty));
                }
                (Value::Ip(first), Value::Ip(last)) => match domain::IpRange::new(*first, *last) {
                    Ok(range) => {
                        return self.typed(node, IrKind::Const(Value::IpRange(range.into())), Ty::Scalar(ty));
                    }
                    Err(problem) => return self.bad_literal(problem, node),
                },
                _ => {}
            }
        }
        Typed { ir: range, ty: Ty::Scalar(ty), known: None }
    }

    /// `a + b` and the like; an amount among the operands is read by the type that is due of the result.
    pub(super) fn arithmetic(&mut self, op: BinaryOp, one: &Expr, other: &Expr, due: Option<&Ty>, node: Node) -> Typed {
        let unit = |expr: &Expr| matches!(*expr.kind, ExprKind::Quantity(_));
        let amount = due.filter(|due| {
            self.scalars(due).iter().any(|scalar| matches!(scalar, Scalar::Cpu | Scalar::Bytes | Scalar::Duration))
        });
        let nested = |expr: &Expr| matches!(*expr.kind, ExprKind::Binary(op, ..) if is_arithmetic(op));
        let (first, second) = match (unit(one), unit(other)) {
            (left, right) if amount.is_some() && (left || right || nested(one) || nested(other)) => {
                let due = amount.cloned().unwrap_or(Ty::Any);
                let mut side = |expr: &Expr| match unit(expr) || nested(expr) {
                    true => self.check_typed(expr, &due),
                    false => self.infer(expr),
                };
                (side(one), side(other))
            }
            (true, false) if matches!(op, BinaryOp::Add | BinaryOp::Subtract) => {
                let second = self.infer(other);
                (self.literal_beside(one, &second.ty), second)
            }
            (false, true) if matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Divide) => {
                let first = self.infer(one);
                let second = self.literal_beside(other, &first.ty);
                (first, second)
            }
            _ => (self.infer(one), self.infer(other)),
        };
        if !self.not_null(&first, one.node) || !self.not_null(&second, other.node) {
            return self.error(node);
        }
        let (first, second) = self.amounts(op, first, second);
        let ty = match (self.plain(&first.ty), self.plain(&second.ty)) {
            (Plain::Of(left), Plain::Of(right)) => result(op, left, right).map(Ty::Scalar),
            (Plain::List, Plain::List) if op == BinaryOp::Add => {
                Some(join(self.db, first.ty.clone(), second.ty.clone()))
            }
            (Plain::Unknown, _) | (_, Plain::Unknown) => {
                Some(if first.ty.is_error() || second.ty.is_error() { Ty::Error } else { Ty::Any })
            }
            _ => None,
        };
        let Some(ty) = ty else {
            let (left, right) = (self.show(&widen(first.ty)), self.show(&widen(second.ty)));
            let message = format!("`{}` does not go with `{left}` and `{right}`", symbol(op));
            let help = match op {
                BinaryOp::Add if left == "String" || right == "String" => {
                    "build text with interpolation: `\"\\(a) and \\(b)\"`"
                }
                _ => "convert one of the two, or use a method",
            };
            self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message).help(help));
            return self.error(node);
        };
        self.typed(node, IrKind::Arithmetic(op, first.ir.into(), second.ir.into()), ty)
    }
}

impl Checker<'_> {
    /// A plain number beside an amount of cpu or bytes is one too: `500m + 1`.
    fn amounts(&mut self, op: BinaryOp, first: Typed, second: Typed) -> (Typed, Typed) {
        if !matches!(op, BinaryOp::Add | BinaryOp::Subtract) {
            return (first, second);
        }
        let number = |plain| matches!(plain, Plain::Of(Scalar::Int | Scalar::Float));
        let (left, right) = (self.plain(&first.ty), self.plain(&second.ty));
        match (left, right) {
            (Plain::Of(scalar @ (Scalar::Cpu | Scalar::Bytes)), plain) if number(plain) => {
                let second = self.as_amount(second, scalar);
                (first, second)
            }
            (plain, Plain::Of(scalar @ (Scalar::Cpu | Scalar::Bytes))) if number(plain) => {
                let first = self.as_amount(first, scalar);
                (first, second)
            }
            _ => (first, second),
        }
    }

    fn as_amount(&mut self, typed: Typed, scalar: Scalar) -> Typed {
        let IrKind::Const(value) = typed.ir.kind.clone() else {
            return typed;
        };
        let node = typed.ir.at.node;
        self.convert_constant(&value, &Ty::Scalar(scalar), node).unwrap_or(typed)
    }
}

/// Whether an operator calculates.
pub(super) fn is_arithmetic(op: BinaryOp) -> bool {
    use BinaryOp::{Add, Divide, Multiply, Remainder, Subtract};
    matches!(op, Add | Subtract | Multiply | Divide | Remainder)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Of(Scalar),
    List,
    Unknown,
    Other,
}

fn scalars(members: &[Scalar]) -> Ty {
    Ty::union(members.iter().map(|scalar| Ty::Scalar(*scalar)))
}

fn widen_refined(ty: &Ty) -> Ty {
    match ty {
        Ty::Refined(refined) => widen_refined(&refined.base),
        Ty::Literal(Literal::Int(_)) => Ty::Scalar(Scalar::Int),
        other => other.clone(),
    }
}

fn is_literal(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Null | ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Quantity(_) | ExprKind::Address(_) => true,
        ExprKind::Text(text) => text.plain().is_some(),
        ExprKind::List(elements) => elements.is_empty(),
        ExprKind::Record(body) => body.statements.is_empty(),
        _ => false,
    }
}

/// The type of a result, if the operator takes these.
fn result(op: BinaryOp, one: Scalar, other: Scalar) -> Option<Scalar> {
    use BinaryOp::{Add, Divide, Multiply, Remainder, Subtract};
    use Scalar::{Bytes, Cpu, Duration, Float, Int, Ip, Port, String};
    let number = |scalar| match scalar {
        Port => Int,
        Scalar::Ip4 | Scalar::Ip6 => Ip,
        textual if textual.is_textual() => String,
        other => other,
    };
    Some(match (op, number(one), number(other)) {
        (Divide, Int, Int) => Float,
        (_, Int, Int) => Int,
        (_, Int | Float, Int | Float) => Float,
        (Add, String, String) => String,
        (Add | Subtract, Ip, Int) => Ip,
        (Subtract, Ip, Ip) => Int,
        (Add | Subtract, Bytes, Bytes) => Bytes,
        (Add | Subtract, Cpu, Cpu) => Cpu,
        (Add | Subtract, Duration, Duration) => Duration,
        (Multiply, amount @ (Bytes | Cpu | Duration), Int | Float) => amount,
        (Multiply, Int, amount @ (Bytes | Cpu | Duration)) => amount,
        (Divide, amount @ (Bytes | Cpu | Duration), Int) => amount,
        (Divide, Bytes, Bytes) | (Divide, Cpu, Cpu) | (Divide, Duration, Duration) => Float,
        (Remainder, ..) => return None,
        _ => return None,
    })
}

/// How an operator is written.
pub(crate) fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Remainder => "%",
        _ => "?",
    }
}
