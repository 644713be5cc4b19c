//! Methods of lists that put elements in order, and that find the least and the greatest.

use std::cmp::Ordering;

use domain::Version;

use crate::keys::At;
use crate::methods::arguments::{argument, items, known, text};
use crate::methods::list::picked;
use crate::methods::order::{compare, ordered};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[
    entry(
        "[Version].sort() -> [Version]",
        "In order of precedence: `1.9` before `1.10`.",
        r#"[Version("1.10.0"), Version("1.9.0")].sort()"#,
        "- '1.9.0'\n- '1.10.0'",
        |host, receiver, _, _| sorted(host, items(receiver)?, &versions(items(receiver)?)?),
    ),
    entry(
        "[T].sort() -> [T]",
        "In order, the least first. Equal elements keep their order.",
        "[3, 1, 2].sort()",
        "- 1\n- 2\n- 3",
        |host, receiver, _, _| sorted_values(host, items(receiver)?, items(receiver)?),
    ),
    entry(
        "[T].sort-by(f: (T) -> U) -> [T]",
        "In the order of what a function gives for them; a list of several values orders by the first that differ. Equal \
         elements keep their order.",
        r#"["ccc", "a", "bb"].sort-by((text) => text.size())"#,
        "- a\n- bb\n- ccc",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            sorted_values(host, items(receiver)?, items(&keys)?)
        },
    ),
    entry(
        "[T].sort-by(f: (T) -> Version) -> [T]",
        "By versions in order of precedence: `1.9` before `1.10`.",
        r#"["k3s 1.10", "k3s 1.9"].sort-by((name) => Version(name.without-prefix("k3s ")))"#,
        "- k3s 1.9\n- k3s 1.10",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            sorted(host, items(receiver)?, &versions(items(&keys)?)?)
        },
    ),
    entry(
        "[String].sort-naturally() -> [String]",
        "In the order in which collections are gone through: numbers in names by their value.",
        r#"["k8s-10", "k8s-2"].sort-naturally()"#,
        "- k8s-2\n- k8s-10",
        |host, receiver, _, _| {
            let items = items(receiver)?;
            limit::spend_on_texts(host, items)?;
            let names = items.iter().map(|item| text(&item.value)).collect::<Result<Vec<_>, _>>()?;
            sorted_with(host, items, |one, other| match (names.get(one), names.get(other)) {
                (Some(one), Some(other)) => domain::natural_cmp(one, other),
                _ => Ordering::Equal,
            })
        },
    ),
    entry(
        "[Version].min() -> Version",
        "The least; the list may not be empty.",
        r#"[Version("1.10"), Version("1.9")].min()"#,
        "'1.9'",
        |_, receiver, _, _| extreme(items(receiver)?, &versions(items(receiver)?)?, Ordering::Less),
    ),
    entry(
        "[Version].max() -> Version",
        "The greatest; the list may not be empty.",
        r#"[Version("1.10"), Version("1.9")].max()"#,
        "'1.10'",
        |_, receiver, _, _| extreme(items(receiver)?, &versions(items(receiver)?)?, Ordering::Greater),
    ),
    entry(
        "[T].min() -> T",
        "The least, the first of several; the list may not be empty.",
        "[3, 1, 2].min()",
        "1",
        |host, receiver, _, _| extreme_value(host, items(receiver)?, items(receiver)?, Ordering::Less),
    ),
    entry(
        "[T].max() -> T",
        "The greatest, the first of several; the list may not be empty.",
        "[3, 1, 2].max()",
        "3",
        |host, receiver, _, _| extreme_value(host, items(receiver)?, items(receiver)?, Ordering::Greater),
    ),
    entry(
        "[T].min-by(f: (T) -> U) -> T",
        "The first for which a function gives the least; the list may not be empty.",
        r#"["ccc", "a", "b"].min-by((text) => text.size())"#,
        "a",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme_value(host, items(receiver)?, items(&keys)?, Ordering::Less)
        },
    ),
    entry(
        "[T].min-by(f: (T) -> Version) -> T",
        "The first for which a function gives the least version; the list may not be empty.",
        r#"["1.10", "1.9"].min-by((text) => Version(text))"#,
        "'1.9'",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme(items(receiver)?, &versions(items(&keys)?)?, Ordering::Less)
        },
    ),
    entry(
        "[T].max-by(f: (T) -> U) -> T",
        "The first for which a function gives the greatest; the list may not be empty.",
        r#"["ccc", "a", "b"].max-by((text) => text.size())"#,
        "ccc",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme_value(host, items(receiver)?, items(&keys)?, Ordering::Greater)
        },
    ),
    entry(
        "[T].max-by(f: (T) -> Version) -> T",
        "The first for which a function gives the greatest version; the list may not be empty.",
        r#"["1.9", "1.10"].max-by((text) => Version(text))"#,
        "'1.10'",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme(items(receiver)?, &versions(items(&keys)?)?, Ordering::Greater)
        },
    ),
];

/// What is said where a list without elements has no answer.
pub(super) fn empty(what: &str) -> Problem {
    Problem::new(format!("an empty list has no {what}"))
}

fn versions(items: &[Item]) -> Result<Vec<Version>, Problem> {
    items.iter().map(|item| Version::parse(text(&item.value)?)).collect()
}

fn keys(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let function = argument(args, 0)?;
    let mut keys = Vec::new();
    for item in items(receiver)? {
        let value = known!(host.call(function, std::slice::from_ref(&item.value)));
        keys.push(Item { value, at });
    }
    Ok(super::arguments::list(keys))
}

fn sorted_values(host: &mut dyn Host, items: &[Item], keys: &[Item]) -> Result<Value, Problem> {
    ordered(keys)?;
    limit::spend_on_texts(host, keys)?;
    sorted_with(host, items, |one, other| match (keys.get(one), keys.get(other)) {
        (Some(one), Some(other)) => compare(&one.value, &other.value),
        _ => Ordering::Equal,
    })
}

fn sorted<K: Ord>(host: &mut dyn Host, items: &[Item], keys: &[K]) -> Result<Value, Problem> {
    sorted_with(host, items, |one, other| keys.get(one).cmp(&keys.get(other)))
}

fn sorted_with(
    host: &mut dyn Host,
    items: &[Item],
    order: impl Fn(usize, usize) -> Ordering,
) -> Result<Value, Problem> {
    host.spend(items.len() as u64 * u64::from(items.len().checked_ilog2().unwrap_or(0)))?;
    let mut positions: Vec<usize> = (0..items.len()).collect();
    positions.sort_by(|one, other| order(*one, *other));
    Ok(picked(items, &positions))
}

fn extreme_value(host: &mut dyn Host, items: &[Item], keys: &[Item], wanted: Ordering) -> Result<Value, Problem> {
    ordered(keys)?;
    limit::spend_on_texts(host, keys)?;
    first_extreme(items, wanted, |one, other| match (keys.get(one), keys.get(other)) {
        (Some(one), Some(other)) => compare(&one.value, &other.value),
        _ => Ordering::Equal,
    })
}

fn extreme<K: Ord>(items: &[Item], keys: &[K], wanted: Ordering) -> Result<Value, Problem> {
    first_extreme(items, wanted, |one, other| keys.get(one).cmp(&keys.get(other)))
}

fn first_extreme(items: &[Item], wanted: Ordering, order: impl Fn(usize, usize) -> Ordering) -> Result<Value, Problem> {
    let best = (0..items.len()).reduce(|best, next| if order(next, best) == wanted { next } else { best });
    let found = best.and_then(|best| items.get(best)).map(|item| item.value.clone());
    found.ok_or_else(|| empty(if wanted == Ordering::Less { "least element" } else { "greatest element" }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::methods::testing::{at, call, call_with, check, fails, int, ints};

    proptest! {
        #[test]
        fn sorting_sorts_and_keeps(values: Vec<i64>) {
            let mut expected = values.clone();
            expected.sort_unstable();
            prop_assert_eq!(call(ints(values), "sort", []), Ok(ints(expected)));
        }

        #[test]
        fn sorting_by_a_key_is_stable(values in proptest::collection::vec(0..99_i64, 0..40)) {
            fn tens(args: &[Value]) -> Value {
                match args {
                    [Value::Int(number)] => Value::Int(number / 10),
                    _ => Value::Error,
                }
            }
            let mut expected = values.clone();
            expected.sort_by_key(|value| value / 10);
            prop_assert_eq!(call_with(ints(values), "sort-by", &[tens]), Ok(ints(expected)));
        }
    }

    #[test]
    fn nothing_is_the_least_of_nothing() {
        fails(ints([]), "min", [], "no least element");
        fails(ints([]), "max", [], "no greatest element");
        check(ints([]), "sort", [], ints([]));
    }

    #[test]
    fn what_is_wrong_in_a_list_is_told_once() {
        check(Value::list([int(1), Value::Error], at()), "sort", [], Value::Error);
    }
}
