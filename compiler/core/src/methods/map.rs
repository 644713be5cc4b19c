//! Methods of maps and records. Entries are gone through, and results made, in the natural order of their keys; in a
//! record, a field that is null is absent.

use rustc_hash::FxHashSet;

use crate::keys::At;
use crate::methods::arguments::{argument, bool, entries, items_of, known, list, map, pair, text, text_at};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem};
use crate::symbol::Symbol;
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[
    entry("{K: V}.size() -> Int", "The number of entries.", "{ a: 1, b: 2 }.size()", "2", |_, receiver, _, _| {
        Ok(Value::Int(entries(receiver)?.len() as i64))
    }),
    entry(
        "{K: V}.is-empty() -> Bool",
        "Whether it has no entry.",
        "{ a: 1 }.is-empty()",
        "false",
        |_, receiver, _, _| Ok(Value::Bool(entries(receiver)?.is_empty())),
    ),
    entry("{K: V}.keys() -> [K]", "Its keys.", "{ b: 1, a: 2 }.keys()", "- a\n- b", |_, receiver, _, at| {
        Ok(Value::list(entries(receiver)?.into_iter().map(|entry| key_text(entry.0)), at))
    }),
    entry("{K: V}.values() -> [V]", "Its values.", "{ b: 1, a: 2 }.values()", "- 2\n- 1", |_, receiver, _, _| {
        Ok(list(entries(receiver)?.into_iter().map(|entry| entry.1.clone()).collect()))
    }),
    entry(
        "{K: V}.entries() -> [{ key: K, value: V }]",
        "Its entries as records.",
        "{ a: 1 }.entries()",
        "- key: a\n  value: 1",
        |_, receiver, _, at| {
            let key = |key: Symbol| ("key", Item { value: key_text(key), at });
            let entries = entries(receiver)?.into_iter();
            Ok(Value::list(entries.map(|(name, item)| pair(key(name), ("value", item.clone()))), at))
        },
    ),
    entry(
        "{K: V}.get(key: String) -> V?",
        "The value of a key; null if there is none.",
        r#"{ a: 1 }.get("a")"#,
        "1",
        |_, receiver, args, _| {
            let found = entry_of(receiver, text_at(args, 0)?);
            Ok(found.map_or(Value::Null, |item| item.value.clone()))
        },
    ),
    entry(
        "{K: V}.has(key: String) -> Bool",
        "Whether there is an entry of a key.",
        r#"{ a: 1 }.has("b")"#,
        "false",
        |_, receiver, args, _| Ok(Value::Bool(entry_of(receiver, text_at(args, 0)?).is_some())),
    ),
    entry(
        "{K: V}.map(f: (K, V) -> W) -> [W]",
        "What a function makes of the key and value of each entry.",
        r#"{ a: 1, b: 2 }.map((key, value) => "\(key)=\(value)")"#,
        "- a=1\n- b=2",
        |host, receiver, args, at| {
            let function = argument(args, 0)?;
            let mut results = Vec::new();
            for (key, item) in entries(receiver)? {
                let value = known!(call(host, function, key, item));
                results.push(Item { value, at });
            }
            Ok(list(results))
        },
    ),
    entry(
        "{K: V}.map-values(f: (V) -> W) -> {K: W}",
        "The same keys, with what a function makes of each value.",
        "{ a: 1, b: 2 }.map-values((value) => value * 10)",
        "a: 10\nb: 20",
        |host, receiver, args, at| {
            let function = argument(args, 0)?;
            let mut results = Vec::new();
            for (key, item) in entries(receiver)? {
                let value = known!(host.call(function, std::slice::from_ref(&item.value)));
                results.push((key, Item { value, at }));
            }
            Ok(map(results))
        },
    ),
    entry(
        "{K: V}.filter(f: (K, V) -> Bool) -> {K: V}",
        "The entries for which a function of key and value is true.",
        "{ a: 1, b: 2 }.filter((key, value) => value > 1)",
        "b: 2",
        |host, receiver, args, _| {
            let function = argument(args, 0)?;
            let mut kept = Vec::new();
            for (key, item) in entries(receiver)? {
                if bool(&known!(call(host, function, key, item)))? {
                    kept.push((key, item.clone()));
                }
            }
            Ok(map(kept))
        },
    ),
    entry(
        "{K: V}.any(f: (K, V) -> Bool) -> Bool",
        "Whether a function of key and value is true of some entry.",
        "{ a: 1, b: 2 }.any((key, value) => value > 1)",
        "true",
        |host, receiver, args, _| exists(host, receiver, args, true),
    ),
    entry(
        "{K: V}.all(f: (K, V) -> Bool) -> Bool",
        "Whether a function of key and value is true of every entry.",
        "{ a: 1, b: 2 }.all((key, value) => value > 1)",
        "false",
        |host, receiver, args, _| exists(host, receiver, args, false),
    ),
    entry(
        "{K: V}.merge(other: {K: W}) -> {K: V | W}",
        "The entries of both; where both have a key, the value of the other.",
        "{ a: 1, b: 2 }.merge({ b: 3 })",
        "a: 1\nb: 3",
        |_, receiver, args, _| {
            let others = entries(argument(args, 0)?)?;
            let replaced: FxHashSet<Symbol> = others.iter().map(|entry| entry.0).collect();
            let own = entries(receiver)?.into_iter().filter(|entry| !replaced.contains(&entry.0));
            Ok(owned(own.chain(others.iter().copied())))
        },
    ),
    entry(
        "{K: V}.without(keys: [String]) -> {K: V}",
        "Without the entries of these keys.",
        r#"{ a: 1, b: 2 }.without(["a"])"#,
        "b: 2",
        |host, receiver, args, at| picked(host, receiver, args, at, false),
    ),
    entry(
        "{K: V}.only(keys: [String]) -> {K: V}",
        "The entries of these keys, as far as there are any.",
        r#"{ a: 1, b: 2 }.only(["a", "c"])"#,
        "a: 1",
        |host, receiver, args, at| picked(host, receiver, args, at, true),
    ),
];

fn key_text(key: Symbol) -> Value {
    Value::name(key)
}

fn entry_of<'a>(receiver: &'a Value, key: &str) -> Option<&'a Item> {
    let Value::Data(data) = receiver else {
        return None;
    };
    let absent = |item: &&Item| data.drops_null() && item.value == Value::Null;
    data.get(Symbol::new(key)).filter(|item| !absent(item))
}

fn owned<'a>(entries: impl Iterator<Item = (Symbol, &'a Item)>) -> Value {
    map(entries.map(|(key, item)| (key, item.clone())).collect())
}

fn call(host: &mut dyn Host, function: &Value, key: Symbol, item: &Item) -> Value {
    host.call(function, &[key_text(key), item.value.clone()])
}

/// Whether a function says `wanted` of some entry, told as an answer to "is there one" or "are all others".
fn exists(host: &mut dyn Host, receiver: &Value, args: &[Value], wanted: bool) -> Result<Value, Problem> {
    let function = argument(args, 0)?;
    for (key, item) in entries(receiver)? {
        if bool(&known!(call(host, function, key, item)))? == wanted {
            return Ok(Value::Bool(wanted));
        }
    }
    Ok(Value::Bool(!wanted))
}

fn picked(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At, named: bool) -> Result<Value, Problem> {
    let keys = items_of(host, argument(args, 0)?, at)?;
    let keys = keys.iter().map(|key| text(&key.value)).collect::<Result<FxHashSet<_>, _>>()?;
    Ok(owned(entries(receiver)?.into_iter().filter(|entry| keys.contains(entry.0.as_str()) == named)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::DataKind;
    use crate::methods::testing::{at, check, data, int, ints, text, texts};

    #[test]
    fn keys_come_in_natural_order() {
        let hosts = data(DataKind::Map, [("host-10", int(10)), ("host-2", int(2))]);
        check(hosts.clone(), "keys", [], texts(["host-2", "host-10"]));
        check(hosts, "values", [], ints([2, 10]));
    }

    #[test]
    fn null_is_absent_in_records_only() {
        let record = data(DataKind::Record, [("a", Value::Null), ("b", int(1))]);
        check(record.clone(), "size", [], int(1));
        check(record.clone(), "has", [text("a")], Value::Bool(false));
        check(record, "keys", [], texts(["b"]));
        let map = data(DataKind::Map, [("a", Value::Null)]);
        check(map.clone(), "has", [text("a")], Value::Bool(true));
        check(map, "size", [], int(1));
    }

    #[test]
    fn parts() {
        let map = data(DataKind::Map, [("a", int(1)), ("b", int(2))]);
        check(map.clone(), "without", [texts(["a", "x"])], data(DataKind::Map, [("b", int(2))]));
        check(map.clone(), "only", [texts(["a", "x"])], data(DataKind::Map, [("a", int(1))]));
        let other = data(DataKind::Map, [("b", int(3)), ("c", int(4))]);
        check(map.clone(), "merge", [other], data(DataKind::Map, [("a", int(1)), ("b", int(3)), ("c", int(4))]));
        check(map, "get", [text("x")], Value::Null);
        check(Value::list([], at()), "is-empty", [], Value::Bool(true));
    }
}
