//! Operators: logic, order, arithmetic, ranges, and the text of values.

use std::cmp::Ordering;
use std::fmt::Write;

use diagnostics::{Diagnostic, rules};
use domain::{IpRange, Problem};

use super::Evaluator;
use crate::hir::BinaryOp;
use crate::ir::{Ir, IrKind};
use crate::keys::At;
use crate::symbol::Symbol;
use crate::ty::Scalar;
use crate::value::{Env, Float, List, Value};

impl Evaluator<'_> {
    pub(super) fn eval_operator(&mut self, ir: &Ir, env: &Env) -> Value {
        match &ir.kind {
            IrKind::Not(value) => match self.eval(value, env) {
                Value::Bool(truth) => Value::Bool(!truth),
                _ => Value::Error,
            },
            IrKind::Negate(value) => {
                let value = self.eval(value, env);
                self.negate(value, ir.at)
            }
            IrKind::And(one, other) => match self.eval(one, env) {
                Value::Bool(true) => self.eval(other, env),
                decided => decided,
            },
            IrKind::Or(one, other) => match self.eval(one, env) {
                Value::Bool(false) => self.eval(other, env),
                decided => decided,
            },
            IrKind::Otherwise(one, other) => match self.eval(one, env) {
                Value::Null => self.eval(other, env),
                value => value,
            },
            IrKind::Compare(op, by, one, other) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                if !self.spend_on(&[&one, &other], ir.at) {
                    return Value::Error;
                }
                match compare(*op, *by, &one, &other) {
                    Value::Error if !one.is_error() && !other.is_error() => {
                        let (left, right) = (self.describe(&one), self.describe(&other));
                        self.unfit(&rules::TYPE_MISMATCH, ir.at, format!("{left} and {right} have no order"))
                    }
                    value => value,
                }
            }
            IrKind::In(one, other) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                self.is_in(&one, &other, ir.at)
            }
            IrKind::Arithmetic(op, one, other) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                self.arithmetic(*op, &one, &other, ir.at)
            }
            IrKind::Range(one, other) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                self.range(&one, &other, ir.at)
            }
            _ => Value::Error,
        }
    }

    fn problem(&mut self, problem: Problem, at: At) -> Value {
        let mut diagnostic = Diagnostic::new(&rules::EVAL_ARITHMETIC, at, problem.message);
        if let Some(help) = problem.help {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic)
    }

    fn negate(&mut self, value: Value, at: At) -> Value {
        match value {
            Value::Int(number) => match number.checked_neg() {
                Some(number) => Value::Int(number),
                None => self.overflow(at),
            },
            Value::Float(number) => Value::Float(Float(-number.0)),
            Value::Error => Value::Error,
            other => {
                let message = format!("`-` needs a number, and this is {}", self.describe(&other));
                self.unfit(&rules::TYPE_MISMATCH, at, message)
            }
        }
    }

    fn overflow(&mut self, at: At) -> Value {
        self.problem(Problem::new("the result does not fit an Int (64 bits)"), at)
    }

    fn arithmetic(&mut self, op: BinaryOp, one: &Value, other: &Value, at: At) -> Value {
        match (one, other) {
            (Value::Error, _) | (_, Value::Error) => Value::Error,
            (Value::Int(one), Value::Int(other)) => self.int_arithmetic(op, *one, *other, at),
            (Value::Float(one), Value::Float(other)) => self.float_arithmetic(op, one.0, other.0, at),
            (Value::Int(one), Value::Float(other)) => self.float_arithmetic(op, *one as f64, other.0, at),
            (Value::Float(one), Value::Int(other)) => self.float_arithmetic(op, one.0, *other as f64, at),
            (Value::Text(one), Value::Text(other)) if op == BinaryOp::Add => {
                if one.len() + other.len() > 64 << 20 {
                    return self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, "this text grows over 64 MiB"));
                }
                let text = format!("{one}{other}");
                if !self.spend(1 + text.len() as u64 / 64, at) {
                    return Value::Error;
                }
                Value::Text(text.into())
            }
            (Value::List(one), Value::List(other)) if op == BinaryOp::Add => {
                let steps = (one.len() + other.len()) as u64;
                if !self.spend(steps, at) || steps > super::MAX_LENGTH as u64 {
                    let message = format!("this list grows over {} elements", super::MAX_LENGTH);
                    return self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message));
                }
                let items = one.iter().chain(other.iter()).cloned().collect();
                self.bounded(Value::List(std::sync::Arc::new(List::new(items))), at)
            }
            _ => match quantity_arithmetic(op, one, other) {
                Some(Ok(value)) => value,
                Some(Err(problem)) => self.problem(problem, at),
                None => {
                    let (left, right) = (self.describe(one), self.describe(other));
                    let message = format!("`{}` does not go with {left} and {right}", crate::check::symbol_of(op));
                    self.unfit(&rules::TYPE_MISMATCH, at, message)
                }
            },
        }
    }

    fn int_arithmetic(&mut self, op: BinaryOp, one: i64, other: i64, at: At) -> Value {
        let result = match op {
            BinaryOp::Add => one.checked_add(other),
            BinaryOp::Subtract => one.checked_sub(other),
            BinaryOp::Multiply => one.checked_mul(other),
            BinaryOp::Divide | BinaryOp::Remainder if other == 0 => return self.by_zero(at),
            BinaryOp::Divide => return Value::Float(Float(one as f64 / other as f64)),
            BinaryOp::Remainder => one.checked_rem_euclid(other),
            _ => return Value::Error,
        };
        match result {
            Some(number) => Value::Int(number),
            None => self.overflow(at),
        }
    }

    fn float_arithmetic(&mut self, op: BinaryOp, one: f64, other: f64, at: At) -> Value {
        let result = match op {
            BinaryOp::Add => one + other,
            BinaryOp::Subtract => one - other,
            BinaryOp::Multiply => one * other,
            BinaryOp::Divide | BinaryOp::Remainder if other == 0.0 => return self.by_zero(at),
            BinaryOp::Divide => one / other,
            BinaryOp::Remainder => one.rem_euclid(other),
            _ => return Value::Error,
        };
        if result.is_finite() {
            return Value::Float(Float(result));
        }
        self.problem(Problem::new("the result is too large for a Float"), at)
    }

    fn by_zero(&mut self, at: At) -> Value {
        self.problem(
            Problem::new("this divides by zero").with_help("check the divisor first: `if n == 0 then .. else ..`"),
            at,
        )
    }

    fn range(&mut self, one: &Value, other: &Value, at: At) -> Value {
        match (one, other) {
            (Value::Int(one), Value::Int(other)) => Value::IntRange(*one, *other),
            (Value::Ip(one), Value::Ip(other)) => match IpRange::new(*one, *other) {
                Ok(range) => Value::IpRange(range.into()),
                Err(problem) => self.problem(problem, at),
            },
            _ => Value::Error,
        }
    }

    fn is_in(&mut self, one: &Value, other: &Value, at: At) -> Value {
        let items = if let Value::List(items) = other { items.len() as u64 } else { 0 };
        if !self.spend(items, at) || !self.spend_on(&[one, other], at) {
            return Value::Error;
        }
        let found = match (one, other) {
            (Value::Error, _) | (_, Value::Error) => return Value::Error,
            (one, Value::List(items)) => {
                let one = self.force_quietly(one.clone());
                items.iter().any(|item| {
                    let item = self.force_quietly(item.value.clone());
                    equal(&item, &one)
                })
            }
            (Value::Text(key), Value::Data(data)) => data.get(Symbol::new(key)).is_some(),
            (Value::Text(key), Value::Collection(this, slot)) => {
                self.names(this, *slot).get(Symbol::new(key)).is_some()
            }
            (one, Value::Collection(this, slot)) => {
                self.all_entries(this, *slot).iter().any(|entry| equal(&entry.1, one))
            }
            (Value::Text(part), Value::Text(whole)) => whole.contains(part.as_ref()),
            (Value::Ip(ip), Value::Cidr(network)) => network.contains(*ip),
            (Value::Cidr(inner), Value::Cidr(network)) => network.contains_cidr(*inner),
            (Value::Ip(ip), Value::IpRange(range)) => range.contains(*ip),
            (Value::IpRange(inner), Value::IpRange(range)) => range.contains_range(**inner),
            (Value::IpRange(inner), Value::Cidr(network)) => {
                network.contains(inner.first()) && network.contains(inner.last())
            }
            (Value::Int(number), Value::IntRange(first, last)) => (first..=last).contains(&number),
            (Value::Int(number), Value::PortRange(range)) => {
                i64::from(range.first().number()) <= *number && *number <= i64::from(range.last().number())
            }
            (one, other) => {
                let message = format!("{} is never in {}", self.describe(one), self.describe(other));
                return self.unfit(&rules::TYPE_MISMATCH, at, message);
            }
        };
        Value::Bool(found)
    }

    /// Appends the text of a value; false if it has none, which the checker has seen to.
    pub(super) fn push_text(&mut self, value: &Value, out: &mut String, at: At) -> bool {
        if let Value::Null = value {
            self.report(
                Diagnostic::new(&rules::TYPE_MAYBE_NULL, at, "null has no text")
                    .help("say what to write instead: `\\(x ?? \"none\")`"),
            );
            return false;
        }
        if let Value::Instance(this) = value {
            // The text of an instance is its name.
            return match self.name(this) {
                Some(name) => {
                    out.push_str(name.as_str());
                    true
                }
                None => {
                    let message = "the text of an instance is its name, and this one has none yet";
                    self.unfit(&rules::SCHEMA_MISSING_FIELD, at, message.to_string());
                    false
                }
            };
        }
        if !write_text(value, out) {
            if !value.is_error() {
                let message = format!("{} has no text", self.describe(value));
                self.unfit(&rules::TYPE_MISMATCH, at, message);
            }
            return false;
        }
        true
    }
}

fn quantity_arithmetic(op: BinaryOp, one: &Value, other: &Value) -> Option<Result<Value, Problem>> {
    use BinaryOp::{Add, Divide, Multiply, Subtract};
    Some(match (op, one, other) {
        (Add, Value::Ip(ip), Value::Int(count)) => ip.plus(i128::from(*count)).map(Value::Ip),
        (Subtract, Value::Ip(ip), Value::Int(count)) => ip.minus(i128::from(*count)).map(Value::Ip),
        (Subtract, Value::Ip(ip), Value::Ip(origin)) => ip.distance_from(*origin).and_then(int),
        (Add, Value::Bytes(one), Value::Bytes(other)) => one.plus(*other).map(Value::Bytes),
        (Subtract, Value::Bytes(one), Value::Bytes(other)) => one.minus(*other).map(Value::Bytes),
        (Multiply, Value::Bytes(one), Value::Int(count)) => one.times(i128::from(*count)).map(Value::Bytes),
        (Multiply, Value::Int(count), Value::Bytes(one)) => one.times(i128::from(*count)).map(Value::Bytes),
        (Multiply, Value::Bytes(one), Value::Float(by)) => one.scaled(by.0).map(Value::Bytes),
        (Divide, Value::Bytes(one), Value::Int(count)) => one.divided_by(i128::from(*count)).map(Value::Bytes),
        (Divide, Value::Bytes(one), Value::Bytes(other)) => one.ratio(*other).map(float),
        (Add, Value::Cpu(one), Value::Cpu(other)) => one.plus(*other).map(Value::Cpu),
        (Subtract, Value::Cpu(one), Value::Cpu(other)) => one.minus(*other).map(Value::Cpu),
        (Multiply, Value::Cpu(one), Value::Int(count)) => one.times(i128::from(*count)).map(Value::Cpu),
        (Multiply, Value::Int(count), Value::Cpu(one)) => one.times(i128::from(*count)).map(Value::Cpu),
        (Multiply, Value::Cpu(one), Value::Float(by)) => one.scaled(by.0).map(Value::Cpu),
        (Divide, Value::Cpu(one), Value::Int(count)) => one.divided_by(i128::from(*count)).map(Value::Cpu),
        (Divide, Value::Cpu(one), Value::Cpu(other)) => one.ratio(*other).map(float),
        (Add, Value::Duration(one), Value::Duration(other)) => one.plus(*other).map(Value::Duration),
        (Subtract, Value::Duration(one), Value::Duration(other)) => one.minus(*other).map(Value::Duration),
        (Multiply, Value::Duration(one), Value::Int(count)) => one.times(i128::from(*count)).map(Value::Duration),
        (Multiply, Value::Int(count), Value::Duration(one)) => one.times(i128::from(*count)).map(Value::Duration),
        (Multiply, Value::Duration(one), Value::Float(by)) => one.scaled(by.0).map(Value::Duration),
        (Divide, Value::Duration(one), Value::Int(count)) => one.divided_by(i128::from(*count)).map(Value::Duration),
        (Divide, Value::Duration(one), Value::Duration(other)) => one.ratio(*other).map(float),
        _ => return None,
    })
}

fn int(number: i128) -> Result<Value, Problem> {
    i64::try_from(number).map(Value::Int).map_err(|_| Problem::new("the result does not fit an Int (64 bits)"))
}

fn float(number: f64) -> Value {
    Value::Float(Float(number))
}

/// `==`: instances by home, everything else by content; a whole number equals the Float of the same size.
pub fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Int(one), Value::Float(other)) | (Value::Float(other), Value::Int(one)) => *one as f64 == other.0,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(one, other)| equal(&one.value, &other.value))
        }
        (Value::Data(one), Value::Data(other)) => {
            (one.schema.is_none() || other.schema.is_none() || one.schema == other.schema)
                && one.entries.len() == other.entries.len()
                && one
                    .entries
                    .iter()
                    .all(|(key, item)| other.get(*key).is_some_and(|other| equal(&item.value, &other.value)))
        }
        _ => one == other,
    }
}

fn compare(op: BinaryOp, by: Option<Scalar>, one: &Value, other: &Value) -> Value {
    let Some(ordering) = order(by, one, other) else {
        return Value::Error;
    };
    Value::Bool(match op {
        BinaryOp::Less => ordering.is_lt(),
        BinaryOp::LessEqual => ordering.is_le(),
        BinaryOp::Greater => ordering.is_gt(),
        BinaryOp::GreaterEqual => ordering.is_ge(),
        _ => return Value::Error,
    })
}

/// The order of two values of one type.
pub fn order(by: Option<Scalar>, one: &Value, other: &Value) -> Option<Ordering> {
    Some(match (one, other) {
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Float(one), Value::Float(other)) => one.0.partial_cmp(&other.0)?,
        (Value::Int(one), Value::Float(other)) => (*one as f64).partial_cmp(&other.0)?,
        (Value::Float(one), Value::Int(other)) => one.0.partial_cmp(&(*other as f64))?,
        (Value::Text(one), Value::Text(other)) if by == Some(Scalar::Version) => {
            domain::Version::parse(one).ok()?.precedence(&domain::Version::parse(other).ok()?)
        }
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Ip(one), Value::Ip(other)) => one.cmp(other),
        (Value::Cidr(one), Value::Cidr(other)) => one.cmp(other),
        (Value::Cpu(one), Value::Cpu(other)) => one.cmp(other),
        (Value::Bytes(one), Value::Bytes(other)) => one.cmp(other),
        (Value::Duration(one), Value::Duration(other)) => one.cmp(other),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        _ => return None,
    })
}

/// The text of a single value, as interpolation and output write it.
#[inline]
pub fn write_text(value: &Value, out: &mut String) -> bool {
    if let Value::Text(text) = value {
        out.push_str(text);
        return true;
    }
    write_other(value, out)
}

fn write_other(value: &Value, out: &mut String) -> bool {
    let written = match value {
        Value::Int(number) => {
            data::push_int(out, i128::from(*number));
            Ok(())
        }
        Value::Float(number) => write!(out, "{number}"),
        Value::Bool(truth) => write!(out, "{truth}"),
        Value::Ip(ip) => write!(out, "{ip}"),
        Value::Cidr(network) => write!(out, "{network}"),
        Value::IpRange(range) => write!(out, "{range}"),
        Value::IntRange(first, last) => write!(out, "{first}..{last}"),
        Value::Mac(mac) => write!(out, "{mac}"),
        Value::PortRange(range) => write!(out, "{range}"),
        Value::Cpu(cpu) => write!(out, "{cpu}"),
        Value::Bytes(bytes) => write!(out, "{bytes}"),
        Value::Duration(duration) => write!(out, "{duration}"),
        _ => return false,
    };
    written.is_ok()
}
