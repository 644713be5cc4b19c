//! From values to what methods calculate with, and back. The checker has seen to the types; what came through `Any`
//! and is something else is a problem that says so.

use std::borrow::Cow;
use std::sync::Arc;

use domain::{Bytes, Cidr, Cpu, Duration, Ip, IpRange, natural_cmp};

use crate::ir::{DataKind, Shape};
use crate::keys::At;
use crate::methods::{Host, Problem, limit};
use crate::symbol::Symbol;
use crate::value::{Data, Float, Item, List, Value};

/// Ends a method with `Value::Error` where a callback gave that: its reason has been told already.
macro_rules! known {
    ($value:expr) => {
        match $value {
            $crate::value::Value::Error => return Ok($crate::value::Value::Error),
            value => value,
        }
    };
}
pub(super) use known;

/// The argument at a position.
pub(super) fn argument(args: &[Value], index: usize) -> Result<&Value, Problem> {
    args.get(index).ok_or_else(|| Problem::new(format!("argument {} is missing", index + 1)))
}

/// An argument that may be left out.
pub(super) fn optional(args: &[Value], index: usize) -> Option<&Value> {
    args.get(index).filter(|value| **value != Value::Null)
}

/// The text at a position of the arguments.
pub(super) fn text_at(args: &[Value], index: usize) -> Result<&str, Problem> {
    text(argument(args, index)?)
}

/// The whole number at a position of the arguments.
pub(super) fn int_at(args: &[Value], index: usize) -> Result<i64, Problem> {
    int(argument(args, index)?)
}

/// The count at a position of the arguments: a whole number that is not negative.
pub(super) fn count_at(args: &[Value], index: usize) -> Result<usize, Problem> {
    let number = int_at(args, index)?;
    usize::try_from(number).map_err(|_| Problem::new(format!("`{number}` is negative where a count is due")))
}

/// A text of any textual type.
pub(super) fn text(value: &Value) -> Result<&str, Problem> {
    match value {
        Value::Text(text) => Ok(text),
        other => Err(unexpected("text", other)),
    }
}

/// A whole number.
pub(super) fn int(value: &Value) -> Result<i64, Problem> {
    match value {
        Value::Int(number) => Ok(*number),
        other => Err(unexpected("a whole number", other)),
    }
}

/// A number, whole or not.
pub(super) fn float(value: &Value) -> Result<f64, Problem> {
    match value {
        Value::Float(Float(number)) => Ok(*number),
        Value::Int(number) => Ok(*number as f64),
        other => Err(unexpected("a number", other)),
    }
}

/// A truth value.
pub(super) fn bool(value: &Value) -> Result<bool, Problem> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        other => Err(unexpected("`true` or `false`", other)),
    }
}

/// An address.
pub(super) fn ip(value: &Value) -> Result<Ip, Problem> {
    match value {
        Value::Ip(ip) => Ok(*ip),
        other => Err(unexpected("an address", other)),
    }
}

/// A network.
pub(super) fn cidr(value: &Value) -> Result<Cidr, Problem> {
    match value {
        Value::Cidr(cidr) => Ok(*cidr),
        other => Err(unexpected("a network", other)),
    }
}

/// Addresses from a first to a last: a range, a network, or a single address.
pub(super) fn ip_range(value: &Value) -> Result<IpRange, Problem> {
    match value {
        Value::IpRange(range) => Ok(**range),
        Value::Cidr(cidr) => Ok(IpRange::from(*cidr)),
        Value::Ip(ip) => IpRange::new(*ip, *ip),
        other => Err(unexpected("a range of addresses", other)),
    }
}

/// An amount of processor time.
pub(super) fn cpu(value: &Value) -> Result<Cpu, Problem> {
    match value {
        Value::Cpu(cpu) => Ok(*cpu),
        other => Err(unexpected("an amount of cpu", other)),
    }
}

/// An amount of memory or storage.
pub(super) fn bytes(value: &Value) -> Result<Bytes, Problem> {
    match value {
        Value::Bytes(bytes) => Ok(*bytes),
        other => Err(unexpected("an amount of bytes", other)),
    }
}

/// A span of time.
pub(super) fn duration(value: &Value) -> Result<Duration, Problem> {
    match value {
        Value::Duration(duration) => Ok(*duration),
        other => Err(unexpected("a duration", other)),
    }
}

/// A text, or null where there is none.
pub(super) fn text_or_null(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::text)
}

/// A number of the domain as a whole number of the language.
pub(super) fn whole(number: impl TryInto<i64>, what: impl FnOnce() -> String) -> Result<Value, Problem> {
    number.try_into().map(Value::Int).map_err(|_| Problem::new(format!("{} is too large for an Int", what())))
}

/// A number.
pub(super) fn number(number: f64) -> Value {
    Value::Float(Float(number))
}

/// The elements of a list.
pub(super) fn items(value: &Value) -> Result<&[Item], Problem> {
    match value {
        Value::List(items) => Ok(items),
        other => Err(unexpected("a list", other)),
    }
}

/// The elements of an argument that is a list or can be gone through as one.
pub(super) fn items_of<'a>(host: &mut dyn Host, value: &'a Value, at: At) -> Result<Cow<'a, [Item]>, Problem> {
    match listed(host, value, at)? {
        Some(Value::List(items)) => Ok(Cow::Owned(items.to_vec())),
        _ => items(value).map(Cow::Borrowed),
    }
}

/// A range or keyed collection as a list; nothing if the value is none of these.
pub(super) fn listed(host: &mut dyn Host, value: &Value, at: At) -> Result<Option<Value>, Problem> {
    match value {
        Value::IntRange(first, last) => {
            let count = range_size(*first, *last);
            limit::elements(usize::try_from(count).unwrap_or(usize::MAX))?;
            Ok(Some(Value::list((*first..=*last).map(Value::Int), at)))
        }
        Value::Collection(..) => Ok(Some(Value::list(host.entries(value).into_iter().map(|entry| entry.1), at))),
        _ => Ok(None),
    }
}

/// How many numbers an inclusive range has.
pub(super) fn range_size(first: i64, last: i64) -> i128 {
    (i128::from(last) - i128::from(first) + 1).max(0)
}

/// The entries of a record or map in the natural order of their keys. In a record, null means absent.
pub(super) fn entries(value: &Value) -> Result<Vec<(Symbol, &Item)>, Problem> {
    let Value::Data(data) = value else {
        return Err(unexpected("a map", value));
    };
    let absent = |item: &Item| data.drops_null() && item.value == Value::Null;
    let present = data.entries.iter().filter(|entry| !absent(&entry.1));
    let mut entries: Vec<(Symbol, &Item)> = present.map(|(key, item)| (*key, item)).collect();
    entries.sort_by(|one, other| natural_cmp(one.0.as_str(), other.0.as_str()));
    Ok(entries)
}

/// A list.
pub(super) fn list(items: Vec<Item>) -> Value {
    Value::List(Arc::new(List::new(items)))
}

/// A map.
pub(super) fn map(entries: Vec<(Symbol, Item)>) -> Value {
    Value::Data(Arc::new(Data::new(Shape::of(DataKind::Map), entries)))
}

/// A record of two fields.
pub(super) fn pair(first: (&str, Item), second: (&str, Item)) -> Value {
    let entries = [first, second].into_iter().map(|(name, item)| (Symbol::new(name), item)).collect();
    Value::Data(Arc::new(Data::new(Shape::of(DataKind::Record), entries)))
}

/// What is said of a value that is something else than what is due.
pub(super) fn unexpected(due: &str, found: &Value) -> Problem {
    Problem::new(format!("{} stands where {due} is due", noun(found)))
}

/// What a value is, with an article.
pub(super) fn noun(value: &Value) -> &'static str {
    match value {
        Value::Error => "an error",
        Value::Null => "`null`",
        Value::Bool(_) => "a truth value",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Text(_) => "text",
        Value::Ip(_) => "an address",
        Value::Cidr(_) => "a network",
        Value::IpRange(_) => "a range of addresses",
        Value::IntRange(..) => "a range of numbers",
        Value::Mac(_) => "a hardware address",
        Value::PortRange(_) => "a range of ports",
        Value::Cpu(_) => "an amount of cpu",
        Value::Bytes(_) => "an amount of bytes",
        Value::Duration(_) => "a duration",
        Value::List(_) => "a list",
        Value::Data(_) => "a map",
        Value::Instance(_) => "an instance",
        Value::Collection(..) => "a collection",
        Value::Function(_) => "a function",
    }
}
