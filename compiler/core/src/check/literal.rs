//! Literals, read by the type that is due.

use diagnostics::{Diagnostic, Fix, rules};
use domain::{Problem, UnitNumber};

use super::types::expand;
use super::{Checker, Typed};
use crate::eval::scalar::{convert_scalar, parse_scalar, text_form};
use crate::hir::Node;
use crate::ir::IrKind;
use crate::ty::{Literal, Scalar, Ty};
use crate::value::{Float, Value};

/// A whole number as it is written: decimal, `0x`, `0o` or `0b`, with `_` between digits.
pub fn parse_int(text: &str) -> Option<i64> {
    let digits = text.replace('_', "");
    let radix = |radix: u32| digits.get(2..).and_then(|digits| i64::from_str_radix(digits, radix).ok());
    match digits.get(..2) {
        Some("0x") => radix(16),
        Some("0o") => radix(8),
        Some("0b") => radix(2),
        _ => digits.parse().ok(),
    }
}

/// A whole number with a minus before it, down to the smallest there is.
pub(super) fn parse_negative(text: &str) -> Option<i64> {
    let digits = text.replace('_', "");
    let radix = |radix: u32| digits.get(2..).and_then(|digits| i64::from_str_radix(&format!("-{digits}"), radix).ok());
    match digits.get(..2) {
        Some("0x") => radix(16),
        Some("0o") => radix(8),
        Some("0b") => radix(2),
        _ => format!("-{digits}").parse().ok(),
    }
}

impl Checker<'_> {
    /// A whole number where nothing or a type is due.
    pub(super) fn int_literal(&mut self, text: &str, node: Node) -> Typed {
        let Some(number) = parse_int(text) else {
            let message = format!("`{text}` is no whole number of 64 bits");
            self.report(Diagnostic::new(&rules::SYNTAX_BAD_LITERAL, self.at(node), message));
            return self.error(node);
        };
        let ty = Ty::Literal(Literal::Int(number));
        self.typed(node, IrKind::Const(Value::Int(number)), ty)
    }

    pub(super) fn float_literal(&mut self, text: &str, node: Node) -> Typed {
        match text.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.typed(node, IrKind::Const(Value::Float(Float(number))), Ty::Scalar(Scalar::Float))
            }
            _ => {
                let message = format!("`{text}` is too large for a Float");
                self.report(Diagnostic::new(&rules::SYNTAX_BAD_LITERAL, self.at(node), message));
                self.error(node)
            }
        }
    }

    /// A number with a unit, by the type that is due.
    pub(super) fn quantity_literal(&mut self, text: &str, node: Node, due: Option<&Ty>) -> Typed {
        if text.len() > 64 {
            return self.bad_literal(Problem::new("this number with units is longer than any amount"), node);
        }
        let number = match UnitNumber::parse(text) {
            Ok(number) => number,
            Err(problem) => return self.bad_literal(problem, node),
        };
        let scalars = due.map_or(Vec::new(), |due| self.scalars(due));
        if scalars.is_empty() && due.is_some_and(|due| matches!(expand(self.db, due), Ty::Any)) {
            if number.readings().is_empty() {
                return self.free_quantity(&number, text, node);
            }
            let text = Value::text(&number.kubernetes_text());
            return self.typed(node, IrKind::Const(text), Ty::Any);
        }
        let mut problem = None;
        let mut read = Vec::new();
        for scalar in &scalars {
            let value = match scalar {
                Scalar::Cpu => number.as_cpu().map(Value::Cpu),
                Scalar::Bytes => number.as_bytes().map(Value::Bytes),
                Scalar::Duration => number.as_duration().map(Value::Duration),
                _ => continue,
            };
            match value {
                Ok(value) => read.push((value, *scalar)),
                Err(found) => problem = Some(found),
            }
        }
        match read.len() {
            0 => {}
            1 => {
                let (value, scalar) = read.swap_remove(0);
                return self.typed(node, IrKind::Const(value), Ty::Scalar(scalar));
            }
            // Several members of a union could read it.
            _ => return self.free_quantity(&number, text, node),
        }
        if let Some(problem) = problem {
            return self.bad_literal(problem, node);
        }
        self.free_quantity(&number, text, node)
    }

    /// A number with a unit where no type says how to read it.
    fn free_quantity(&mut self, number: &UnitNumber, text: &str, node: Node) -> Typed {
        let readings = number.readings();
        match readings.as_slice() {
            [] => self.bad_literal(Problem::new(format!("`{text}` has a unit of nothing")), node),
            [one] => {
                let (value, scalar) = match one.type_name {
                    "Cpu" => (number.as_cpu().map(Value::Cpu), Scalar::Cpu),
                    "Bytes" => (number.as_bytes().map(Value::Bytes), Scalar::Bytes),
                    _ => (number.as_duration().map(Value::Duration), Scalar::Duration),
                };
                match value {
                    Ok(value) => self.typed(node, IrKind::Const(value), Ty::Scalar(scalar)),
                    Err(problem) => self.bad_literal(problem, node),
                }
            }
            several => {
                let list: Vec<_> =
                    several.iter().map(|reading| format!("`{}` ({})", reading.type_name, reading.spelling)).collect();
                let message = format!("`{text}` could be {}", list.join(" or "));
                let first = several.first().map_or("Duration", |reading| reading.type_name);
                self.report(
                    Diagnostic::new(&rules::TYPE_AMBIGUOUS_UNIT, self.at(node), message)
                        .help(format!("say which: give it a type, as in `let x: {first} = {text}`")),
                );
                self.error(node)
            }
        }
    }

    /// An address, network or hardware address.
    pub(super) fn address_literal(&mut self, text: &str, node: Node) -> Typed {
        let (value, scalar) = if text.contains('/') {
            (domain::Cidr::parse(text).map(Value::Cidr), Scalar::Cidr)
        } else if text.matches(':').count() == 5 && !text.contains("::") {
            (domain::Mac::parse(text).map(Value::Mac), Scalar::Mac)
        } else {
            (domain::Ip::parse(text).map(Value::Ip), Scalar::Ip)
        };
        let scalar = match &value {
            Ok(Value::Ip(ip)) if ip.family() == domain::Family::V4 => Scalar::Ip4,
            Ok(Value::Ip(_)) => Scalar::Ip6,
            _ => scalar,
        };
        match value {
            Ok(value) => self.typed(node, IrKind::Const(value), Ty::Scalar(scalar)),
            Err(problem) => self.bad_literal(problem, node),
        }
    }

    pub(super) fn bad_literal(&mut self, problem: Problem, node: Node) -> Typed {
        let at = self.at(node);
        let mut diagnostic = Diagnostic::new(&rules::TYPE_BAD_LITERAL, at, problem.message);
        if let Some(help) = problem.help {
            diagnostic = diagnostic.help(help);
        }
        if let Some(fix) = problem.fix {
            if diagnostic.help.is_none() {
                diagnostic = diagnostic.help(format!("did you mean `{fix}`?"));
            }
            diagnostic = diagnostic.fix(Fix::new(format!("write `{fix}`")).edit(at, fix));
        }
        self.report(diagnostic);
        self.error(node)
    }

    /// Text written out, by the type that is due.
    pub(super) fn text_literal(&mut self, text: &str, node: Node, due: &Ty) -> Typed {
        let symbol = crate::symbol::Symbol::new(text);
        let literal = Ty::Literal(Literal::Text(symbol));
        let typed = self.typed(node, IrKind::Const(Value::name(symbol)), literal.clone());
        let scalars = self.scalars(due);
        let literals = self.literals(due);
        let plain = scalars.is_empty() && literals.is_empty() || self.accepts_text(due);
        if plain || literals.iter().any(|known| Ty::Literal(known.clone()) == literal) {
            return typed;
        }
        let mut problem = None;
        for scalar in scalars.iter().filter(|scalar| scalar.is_textual()) {
            match text_form(*scalar, text) {
                Ok(()) => {
                    return self.typed(node, IrKind::Const(Value::name(symbol)), Ty::Scalar(*scalar));
                }
                Err(found) => problem = Some(found),
            }
        }
        let at = self.at(node);
        for scalar in scalars.iter().filter(|scalar| !scalar.is_textual()) {
            if parse_scalar(*scalar, text).is_ok() {
                let message = format!("{text:?} is text, where {} is due", crate::ty::article(scalar.name()));
                let diagnostic = Diagnostic::new(&rules::TYPE_QUOTED_ADDRESS, at, message)
                    .help(format!("remove the quotes: `{text}`"))
                    .fix(Fix::new("remove the quotes").edit(at, text.to_string()));
                self.report(diagnostic);
                return self.error(node);
            }
        }
        match problem {
            Some(problem) => {
                let mut diagnostic = Diagnostic::new(&rules::TYPE_TEXT, at, problem.message);
                if let Some(help) = problem.help {
                    diagnostic = diagnostic.help(help);
                }
                if let Some(fix) = problem.fix {
                    diagnostic = diagnostic.fix(Fix::new(format!("write {fix:?}")).edit(at, format!("{fix:?}")));
                }
                self.report(diagnostic);
                self.error(node)
            }
            None if !literals.is_empty() && scalars.is_empty() => self.wrong_choice(text, node, &literals),
            None => typed,
        }
    }

    /// A text that is none of the texts that a union allows.
    fn wrong_choice(&mut self, text: &str, node: Node, literals: &[Literal]) -> Typed {
        let at = self.at(node);
        let texts: Vec<&str> = literals
            .iter()
            .filter_map(|literal| match literal {
                Literal::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let list: Vec<_> = texts.iter().map(|text| format!("{text:?}")).collect();
        let message = format!("{text:?} is not one of {}", list.join(", "));
        let mut diagnostic = Diagnostic::new(&rules::TYPE_MISMATCH, at, message);
        if let Some(near) = domain::nearest(text, texts.iter().copied()) {
            diagnostic = diagnostic
                .help(format!("did you mean {near:?}?"))
                .fix(Fix::new(format!("write {near:?}")).edit(at, format!("{near:?}")));
        }
        self.report(diagnostic);
        self.error(node)
    }

    /// The scalar types among the members of a type.
    pub(super) fn scalars(&self, ty: &Ty) -> Vec<Scalar> {
        match expand(self.db, ty) {
            Ty::Scalar(scalar) => vec![scalar],
            Ty::Refined(refined) => self.scalars(&refined.base),
            Ty::Union(members) => members.iter().flat_map(|member| self.scalars(member)).collect(),
            _ => Vec::new(),
        }
    }

    fn literals(&self, ty: &Ty) -> Vec<Literal> {
        match expand(self.db, ty) {
            Ty::Literal(literal) => vec![literal],
            Ty::Refined(refined) => self.literals(&refined.base),
            Ty::Union(members) => members.iter().flat_map(|member| self.literals(member)).collect(),
            _ => Vec::new(),
        }
    }

    fn accepts_text(&self, ty: &Ty) -> bool {
        self.scalars(ty).contains(&Scalar::String) || matches!(expand(self.db, ty), Ty::Any | Ty::Error)
    }

    /// A constant, converted now.
    pub(super) fn convert_constant(&mut self, value: &Value, due: &Ty, node: Node) -> Option<Typed> {
        for scalar in self.scalars(due) {
            match convert_scalar(value.clone(), scalar) {
                Ok(value) => {
                    return Some(self.typed(node, IrKind::Const(value), Ty::Scalar(scalar)));
                }
                Err(crate::eval::coerce::Misfit::Form(problem)) => {
                    return Some(self.bad_literal(problem, node));
                }
                Err(_) => {}
            }
        }
        None
    }
}
