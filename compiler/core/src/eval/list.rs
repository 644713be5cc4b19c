//! Lists, and what loops go through.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::{Evaluator, MAX_LENGTH, MAX_NESTING, MAX_WEIGHT};
use crate::ir::ElementIr;
use crate::keys::At;
use crate::value::{Env, Item, List, Measure, Value};

impl Evaluator<'_> {
    /// Keys and values of whatever a loop can go through.
    pub(super) fn iterate(&mut self, list: &Value, at: At) -> Vec<(Value, Value)> {
        let cost = match list {
            Value::List(items) => items.len() as u64,
            Value::Data(data) => data.entries.len() as u64,
            Value::IntRange(first, last) => last.saturating_sub(*first).clamp(0, MAX_LENGTH as i64) as u64,
            _ => 1,
        };
        if !self.spend(cost, at) {
            return Vec::new();
        }
        match list {
            Value::List(items) => {
                let pairs = items.iter().enumerate();
                pairs.map(|(index, item)| (Value::Int(index as i64), item.value.clone())).collect()
            }
            Value::Data(data) => {
                data.entries.iter().map(|(key, item)| (Value::name(*key), item.value.clone())).collect()
            }
            Value::Collection(this, slot) => {
                let entries = self.all_entries(this, *slot);
                entries.into_iter().map(|(name, value)| (Value::name(name), value)).collect()
            }
            Value::IntRange(first, last) => self.iterate_range(*first, *last, at),
            Value::IpRange(range) => {
                if range.size() > MAX_LENGTH as u128 {
                    self.too_long(range.size(), at);
                    return Vec::new();
                }
                let size = range.size() as i64;
                let ips = (0..size).filter_map(|place| range.at(i128::from(place)).ok().map(|ip| (place, ip)));
                ips.map(|(place, ip)| (Value::Int(place), Value::Ip(ip))).collect()
            }
            Value::Error => Vec::new(),
            other => {
                let message = format!("{} has no elements to go through", self.describe(other));
                self.unfit(&rules::TYPE_NOT_A_COLLECTION, at, message);
                Vec::new()
            }
        }
    }

    pub(super) fn iterate_range(&mut self, first: i64, last: i64, at: At) -> Vec<(Value, Value)> {
        let size = i128::from(last) - i128::from(first) + 1;
        if size > MAX_LENGTH as i128 {
            self.too_long(size as u128, at);
            return Vec::new();
        }
        (first..=last).enumerate().map(|(index, number)| (Value::Int(index as i64), Value::Int(number))).collect()
    }

    pub(super) fn too_long(&mut self, size: u128, at: At) {
        let message = format!("this range has {size} elements; a loop goes through {MAX_LENGTH} at most");
        self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message));
    }

    pub(super) fn eval_list(&mut self, elements: &[ElementIr], at: At, env: &Env) -> Value {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            if !self.eval_element(element, env, &mut items, at) {
                return Value::Error;
            }
        }
        self.bounded(Value::List(Arc::new(List::new(items))), at)
    }

    /// A value, unless it is more than could ever be written out.
    pub(super) fn bounded(&mut self, value: Value, at: At) -> Value {
        let Measure { weight, depth, .. } = Measure::of(&value);
        if weight <= MAX_WEIGHT && depth <= MAX_NESTING {
            return value;
        }
        let message = match weight > MAX_WEIGHT {
            true => format!("this value grows over {MAX_WEIGHT} values"),
            false => format!("this value nests deeper than {MAX_NESTING} levels"),
        };
        let help = "look for a value that contains another several times, again and again";
        self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message).help(help))
    }

    pub(super) fn eval_element(&mut self, element: &ElementIr, env: &Env, items: &mut Vec<Item>, at: At) -> bool {
        match element {
            ElementIr::Value(ir) => {
                let value = match self.origin {
                    None => self.eval(ir, env),
                    Some(_) => self.observed(ir.at, |evaluator| evaluator.eval(ir, env)),
                };
                items.push(Item { value, at: ir.at });
            }
            ElementIr::Spread(ir) => {
                let list = self.eval(ir, env);
                for (_, value) in self.iterate(&list, ir.at) {
                    items.push(Item { value, at: ir.at });
                }
            }
            ElementIr::If(condition, then, otherwise) => match (self.eval(condition, env), otherwise) {
                (Value::Bool(true), _) => return self.eval_element(then, env, items, at),
                (Value::Bool(false), Some(otherwise)) => {
                    return self.eval_element(otherwise, env, items, at);
                }
                _ => {}
            },
            ElementIr::For(head, element) => {
                for env in self.rounds(head, env) {
                    if !self.eval_element(element, &env, items, at) {
                        return false;
                    }
                }
            }
        }
        if items.len() > MAX_LENGTH {
            let message = format!("this list grows over {MAX_LENGTH} elements");
            self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message));
            return false;
        }
        true
    }
}
