//! Methods of lists that call a function for each element, from the first to the last.
//!
//! A call that went wrong ends the method with an error value: its reason has been told at the function.

use rustc_hash::FxHashMap;

use crate::keys::At;
use crate::methods::arguments::{argument, bool, items, items_of, known, list, map, text};
use crate::methods::list::{partition, picked};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::symbol::Symbol;
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[
    entry(
        "[T].map(f: (T) -> U) -> [U]",
        "What a function makes of each element.",
        "[1, 2, 3].map((n) => n * 10)",
        "- 10\n- 20\n- 30",
        apply,
    ),
    entry(
        "[T].filter(f: (T) -> Bool) -> [T]",
        "The elements for which a function is true.",
        "[1, 2, 3].filter((n) => n != 2)",
        "- 1\n- 3",
        filter,
    ),
    entry(
        "[T].flat-map(f: (T) -> [U]) -> [U]",
        "The elements of the lists that a function makes of each element.",
        "[1, 2].flat-map((n) => [n, n * 10])",
        "- 1\n- 10\n- 2\n- 20",
        flat_map,
    ),
    entry(
        "[T].fold(start: U, f: (U, T) -> U) -> U",
        "What a function makes of the value so far, at first `start`, and each element in turn.",
        "[1, 2, 3].fold(100, (sum, n) => sum + n)",
        "106",
        fold,
    ),
    entry(
        "[T].any(f: (T) -> Bool) -> Bool",
        "Whether a function is true of some element; no further ones are asked.",
        "[1, 2, 3].any((n) => n > 2)",
        "true",
        |host, receiver, args, _| {
            Ok(search(host, receiver, args, true)?.map_or(Value::Error, |found| Value::Bool(found.is_some())))
        },
    ),
    entry(
        "[T].all(f: (T) -> Bool) -> Bool",
        "Whether a function is true of every element, as it is of none.",
        "[1, 2, 3].all((n) => n > 2)",
        "false",
        |host, receiver, args, _| {
            Ok(search(host, receiver, args, false)?.map_or(Value::Error, |found| Value::Bool(found.is_none())))
        },
    ),
    entry(
        "[T].find(f: (T) -> Bool) -> T?",
        "The first element for which a function is true; null if there is none.",
        r#"["k8s-1", "db-1"].find((name) => name.starts-with("db"))"#,
        "db-1",
        |host, receiver, args, _| {
            Ok(search(host, receiver, args, true)?
                .map_or(Value::Error, |found| found.map_or(Value::Null, |item| item.value.clone())))
        },
    ),
    entry(
        "[T].count(f: (T) -> Bool) -> Int",
        "For how many elements a function is true.",
        "[1, 2, 3].count((n) => n > 1)",
        "2",
        count,
    ),
    entry(
        "[T].unique-by(f: (T) -> U) -> [T]",
        "Without the elements for which a function gives what it gave for an earlier one.",
        r#"["ab", "cd", "e"].unique-by((text) => text.size())"#,
        "- ab\n- e",
        unique_by,
    ),
    entry(
        "[T].group-by(f: (T) -> String) -> {String: [T]}",
        "The elements in lists, by the text that a function gives for them.",
        r#"["k8s-1", "db-1", "k8s-2"].group-by((name) => name.split("-").first())"#,
        "db:\n- db-1\nk8s:\n- k8s-1\n- k8s-2",
        group_by,
    ),
    entry(
        "[T].to-map(key: (T) -> String, value: (T) -> U) -> {String: U}",
        "A map with one entry for each element. Two elements may not give the same key.",
        r#"["web", "data"].to-map((name) => name, (name) => name.size())"#,
        "data: 4\nweb: 3",
        to_map,
    ),
];

fn apply(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (items, function) = (items(receiver)?, argument(args, 0)?);
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        let value = known!(call(host, function, &item.value));
        results.push(Item { value, at });
    }
    Ok(list(results))
}

fn filter(host: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (items, function) = (items(receiver)?, argument(args, 0)?);
    let mut kept = Vec::new();
    for item in items {
        if bool(&known!(call(host, function, &item.value)))? {
            kept.push(item.clone());
        }
    }
    Ok(list(kept))
}

fn flat_map(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (items, function) = (items(receiver)?, argument(args, 0)?);
    let mut all = Vec::new();
    for item in items {
        let made = known!(call(host, function, &item.value));
        let made = items_of(host, &made, at)?;
        limit::elements(all.len() + made.len())?;
        all.extend_from_slice(&made);
    }
    Ok(list(all))
}

fn fold(host: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (mut value, function) = (argument(args, 0)?.clone(), argument(args, 1)?);
    for item in items(receiver)? {
        value = known!(host.call(function, &[value, item.value.clone()]));
    }
    Ok(value)
}

fn count(host: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let function = argument(args, 0)?;
    let mut count = 0;
    for item in items(receiver)? {
        count += i64::from(bool(&known!(call(host, function, &item.value)))?);
    }
    Ok(Value::Int(count))
}

fn unique_by(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let keys = known!(apply(host, receiver, args, at)?);
    Ok(picked(items(receiver)?, &partition(host, items(&keys)?)?.fresh))
}

fn group_by(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let function = argument(args, 0)?;
    let mut groups: Vec<(Symbol, Vec<Item>)> = Vec::new();
    let mut places: FxHashMap<Symbol, usize> = FxHashMap::default();
    for item in items(receiver)? {
        let key = Symbol::new(text(&known!(call(host, function, &item.value)))?);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.1.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    Ok(map(groups.into_iter().map(|(key, items)| (key, Item { value: list(items), at })).collect()))
}

fn to_map(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (key, value) = (argument(args, 0)?, argument(args, 1)?);
    let mut entries = Vec::new();
    let mut places: FxHashMap<Symbol, usize> = FxHashMap::default();
    for (place, item) in items(receiver)?.iter().enumerate() {
        let key = Symbol::new(text(&known!(call(host, key, &item.value)))?);
        if let Some(first) = places.insert(key, place) {
            return Err(Problem::new(format!("the elements at {first} and {place} both have the key `{key}`"))
                .with_help("`group-by` collects all elements of one key"));
        }
        entries.push((key, Item { value: known!(call(host, value, &item.value)), at }));
    }
    Ok(map(entries))
}

/// The first element of which a function says `wanted`; nothing at all if the function went wrong.
fn search<'a>(
    host: &mut dyn Host,
    receiver: &'a Value,
    args: &[Value],
    wanted: bool,
) -> Result<Option<Option<&'a Item>>, Problem> {
    let function = argument(args, 0)?;
    for item in items(receiver)? {
        match call(host, function, &item.value) {
            Value::Error => return Ok(None),
            said if bool(&said)? == wanted => return Ok(Some(Some(item))),
            _ => {}
        }
    }
    Ok(Some(None))
}

fn call(host: &mut dyn Host, function: &Value, element: &Value) -> Value {
    host.call(function, std::slice::from_ref(element))
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::methods::testing::{call_with, int, ints, texts};

    fn is_big(args: &[Value]) -> Value {
        match args {
            [Value::Int(number)] => Value::Bool(*number > 1),
            _ => Value::Error,
        }
    }

    fn breaks(_: &[Value]) -> Value {
        Value::Error
    }

    fn same(args: &[Value]) -> Value {
        args.first().cloned().unwrap_or(Value::Null)
    }

    #[test]
    fn what_went_wrong_in_a_function_is_told_once() {
        for name in
            ["map", "filter", "flat-map", "any", "all", "find", "count", "unique-by", "group-by", "sort-by", "min-by"]
        {
            assert_eq!(call_with(ints([1, 2]), name, &[breaks]), Ok(Value::Error), "{name}");
        }
        assert_eq!(call_with(texts(["a"]), "to-map", &[same, breaks]), Ok(Value::Error));
        assert_eq!(call_with(ints([]), "map", &[breaks]), Ok(ints([])));
    }

    #[test]
    fn searching() {
        assert_eq!(call_with(ints([1, 2, 3]), "find", &[is_big]), Ok(int(2)));
        assert_eq!(call_with(ints([1]), "find", &[is_big]), Ok(Value::Null));
        assert_eq!(call_with(ints([]), "all", &[is_big]), Ok(Value::Bool(true)));
        assert_eq!(call_with(ints([]), "any", &[is_big]), Ok(Value::Bool(false)));
        assert_eq!(call_with(ints([1, 2, 3]), "count", &[is_big]), Ok(int(2)));
    }

    #[test]
    fn keys_are_unique() {
        let Err(problem) = call_with(texts(["a", "b", "a"]), "to-map", &[same, same]) else {
            panic!("a map of two equal keys")
        };
        assert_eq!(problem.message, "the elements at 0 and 2 both have the key `a`");
    }
}
