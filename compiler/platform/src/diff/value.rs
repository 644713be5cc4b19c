//! What an object says, as plain data without places: two of these can be compared. Knows nothing of kinds.

use std::collections::BTreeMap;

use domain::{Bytes, Cpu};

use crate::model::Long;

/// A value as it is written into an object.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Another number.
    Float(f64),
    /// Text.
    Text(Long),
    /// Values in order.
    List(Vec<Value>),
    /// Values by key.
    Map(BTreeMap<Long, Value>),
}

/// One step on the way to a part of a value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// The value of a key.
    Key(Long),
    /// An element of a list.
    Index(usize),
}

static NOTHING: Value = Value::Null;

impl Value {
    /// The value of a key; null where there is none.
    pub fn get(&self, key: &str) -> &Value {
        match self {
            Value::Map(entries) => entries.get(key).unwrap_or(&NOTHING),
            _ => &NOTHING,
        }
    }

    /// The value at the end of a way of keys.
    pub fn at(&self, way: &[&str]) -> &Value {
        way.iter().fold(self, |value, key| value.get(key))
    }

    /// Whether there is nothing.
    pub fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// Text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number, if it is one.
    pub fn int(&self) -> Option<i128> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a map.
    pub fn entries(&self) -> impl Iterator<Item = (&Long, &Value)> {
        let entries = match self {
            Value::Map(entries) => Some(entries),
            _ => None,
        };
        entries.into_iter().flatten()
    }

    /// An amount of memory, disk or processor time, by one measure for however it is written.
    pub fn amount(&self) -> Option<u128> {
        let written = match self {
            Value::Int(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Text(text) => text.to_string(),
            _ => return None,
        };
        let cpu = Cpu::parse(&written).ok().map(|cpu| u128::from(cpu.thousandths()));
        cpu.or_else(|| Some(u128::from(Bytes::parse(&written).ok()?.count()) * 1000))
    }

    /// As one line, cut where it is long.
    pub fn shown(&self) -> String {
        const MOST: usize = 60;
        let mut text = String::new();
        self.write(&mut text);
        match text.char_indices().nth(MOST) {
            Some((cut, _)) => format!("{}..", text.get(..cut).unwrap_or_default()),
            None => text,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("nothing"),
            Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Value::Int(number) => out.push_str(&number.to_string()),
            Value::Float(number) => out.push_str(&number.to_string()),
            Value::Text(text) => out.push_str(text),
            Value::List(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    out.push_str(if number > 0 { ", " } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Value::Map(entries) => {
                out.push('{');
                for (number, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if number > 0 { ", " } else { "" });
                    out.push_str(key);
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}
