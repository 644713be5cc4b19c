//! The order of values: sorting, least and greatest, and sums of lists.
//!
//! Numbers order by value; text by its characters, versions by precedence; addresses, networks, ranges and amounts as
//! their types do; `false` before `true`; lists by their first elements that differ. Values of two kinds have no order.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use domain::{Bytes, Cpu, Duration, Version};
use rustc_hash::FxHasher;

use crate::keys::At;
use crate::methods::arguments::{
    argument, bytes, cpu, duration, float, int, items, known, noun, number, text,
};
use crate::methods::list::picked;
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem};
use crate::value::{Item, This, Value};

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
        "[String].sort-naturally() -> [String]",
        "In the order in which collections are gone through: numbers in names by their value.",
        r#"["k8s-10", "k8s-2"].sort-naturally()"#,
        "- k8s-2\n- k8s-10",
        |host, receiver, _, _| {
            let items = items(receiver)?;
            let names = items
                .iter()
                .map(|item| text(&item.value))
                .collect::<Result<Vec<_>, _>>()?;
            sorted_with(host, items, |one, other| {
                match (names.get(one), names.get(other)) {
                    (Some(one), Some(other)) => domain::natural_cmp(one, other),
                    _ => Ordering::Equal,
                }
            })
        },
    ),
    entry(
        "[Version].min() -> Version",
        "The least; the list may not be empty.",
        r#"[Version("1.10"), Version("1.9")].min()"#,
        "'1.9'",
        |_, receiver, _, _| {
            extreme(
                items(receiver)?,
                &versions(items(receiver)?)?,
                Ordering::Less,
            )
        },
    ),
    entry(
        "[Version].max() -> Version",
        "The greatest; the list may not be empty.",
        r#"[Version("1.10"), Version("1.9")].max()"#,
        "'1.10'",
        |_, receiver, _, _| {
            extreme(
                items(receiver)?,
                &versions(items(receiver)?)?,
                Ordering::Greater,
            )
        },
    ),
    entry(
        "[T].min() -> T",
        "The least, the first of several; the list may not be empty.",
        "[3, 1, 2].min()",
        "1",
        |_, receiver, _, _| extreme_value(items(receiver)?, items(receiver)?, Ordering::Less),
    ),
    entry(
        "[T].max() -> T",
        "The greatest, the first of several; the list may not be empty.",
        "[3, 1, 2].max()",
        "3",
        |_, receiver, _, _| extreme_value(items(receiver)?, items(receiver)?, Ordering::Greater),
    ),
    entry(
        "[T].min-by(f: (T) -> U) -> T",
        "The first for which a function gives the least; the list may not be empty.",
        r#"["ccc", "a", "b"].min-by((text) => text.size())"#,
        "a",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme_value(items(receiver)?, items(&keys)?, Ordering::Less)
        },
    ),
    entry(
        "[T].max-by(f: (T) -> U) -> T",
        "The first for which a function gives the greatest; the list may not be empty.",
        r#"["ccc", "a", "b"].max-by((text) => text.size())"#,
        "ccc",
        |host, receiver, args, at| {
            let keys = known!(keys(host, receiver, args, at)?);
            extreme_value(items(receiver)?, items(&keys)?, Ordering::Greater)
        },
    ),
    entry(
        "[Int].sum() -> Int",
        "The sum; 0 for an empty list.",
        "[1, 2, 3].sum()",
        "6",
        |_, receiver, _, _| {
            let sum = items(receiver)?.iter().try_fold(0_i64, |sum, item| {
                sum.checked_add(int(&item.value)?)
                    .ok_or_else(|| Problem::new("the sum is too large for an Int"))
            });
            sum.map(Value::Int)
        },
    ),
    entry(
        "[Float].sum() -> Float",
        "The sum; 0.0 for an empty list.",
        "[0.5, 1.5].sum()",
        "2.0",
        |_, receiver, _, _| {
            items(receiver)?
                .iter()
                .try_fold(0.0, |sum, item| Ok(sum + float(&item.value)?))
                .map(number)
        },
    ),
    entry(
        "[Cpu].sum() -> Cpu",
        "The sum; none at all for an empty list.",
        "[Cpu(1), Cpu(\"250m\")].sum()",
        "1250m",
        |_, receiver, _, _| {
            Ok(Value::Cpu(
                items(receiver)?
                    .iter()
                    .try_fold(Cpu::default(), |sum, item| sum.plus(cpu(&item.value)?))?,
            ))
        },
    ),
    entry(
        "[Bytes].sum() -> Bytes",
        "The sum; none at all for an empty list.",
        "[1GiB, 512MiB].sum()",
        "1536Mi",
        |_, receiver, _, _| {
            let none = Bytes::from_count(0)?;
            Ok(Value::Bytes(
                items(receiver)?
                    .iter()
                    .try_fold(none, |sum, item| sum.plus(bytes(&item.value)?))?,
            ))
        },
    ),
    entry(
        "[Duration].sum() -> Duration",
        "The sum; none at all for an empty list.",
        "[1h, 30s].sum()",
        "1h30s",
        |_, receiver, _, _| {
            let none = Duration::default();
            Ok(Value::Duration(
                items(receiver)?
                    .iter()
                    .try_fold(none, |sum, item| sum.plus(duration(&item.value)?))?,
            ))
        },
    ),
    entry(
        "[Float].average() -> Float",
        "The sum by the size; the list may not be empty.",
        "[1, 2].average()",
        "1.5",
        |_, receiver, _, _| {
            let items = items(receiver)?;
            let sum = items
                .iter()
                .try_fold(0.0, |sum, item| Ok(sum + float(&item.value)?))?;
            if items.is_empty() {
                Err(empty("average"))
            } else {
                Ok(number(sum / items.len() as f64))
            }
        },
    ),
];

fn empty(what: &str) -> Problem {
    Problem::new(format!("an empty list has no {what}"))
}

fn versions(items: &[Item]) -> Result<Vec<Version>, Problem> {
    items
        .iter()
        .map(|item| Version::parse(text(&item.value)?))
        .collect()
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
    sorted_with(host, items, |one, other| {
        match (keys.get(one), keys.get(other)) {
            (Some(one), Some(other)) => compare(&one.value, &other.value),
            _ => Ordering::Equal,
        }
    })
}

fn sorted<K: Ord>(host: &mut dyn Host, items: &[Item], keys: &[K]) -> Result<Value, Problem> {
    sorted_with(host, items, |one, other| {
        keys.get(one).cmp(&keys.get(other))
    })
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

fn extreme_value(items: &[Item], keys: &[Item], wanted: Ordering) -> Result<Value, Problem> {
    ordered(keys)?;
    first_extreme(items, wanted, |one, other| {
        match (keys.get(one), keys.get(other)) {
            (Some(one), Some(other)) => compare(&one.value, &other.value),
            _ => Ordering::Equal,
        }
    })
}

fn extreme<K: Ord>(items: &[Item], keys: &[K], wanted: Ordering) -> Result<Value, Problem> {
    first_extreme(items, wanted, |one, other| {
        keys.get(one).cmp(&keys.get(other))
    })
}

fn first_extreme(
    items: &[Item],
    wanted: Ordering,
    order: impl Fn(usize, usize) -> Ordering,
) -> Result<Value, Problem> {
    let best = (0..items.len()).reduce(|best, next| {
        if order(next, best) == wanted {
            next
        } else {
            best
        }
    });
    let found = best
        .and_then(|best| items.get(best))
        .map(|item| item.value.clone());
    found.ok_or_else(|| {
        empty(if wanted == Ordering::Less {
            "least element"
        } else {
            "greatest element"
        })
    })
}

/// Whether all of these have an order among each other.
fn ordered(items: &[Item]) -> Result<(), Problem> {
    let mut kind = None;
    for item in items {
        has_order(&item.value)?;
        let first = kind.get_or_insert(&item.value);
        if rank(first) != rank(&item.value) {
            let (one, other) = (noun(first), noun(&item.value));
            return Err(Problem::new(format!("{one} and {other} have no order")));
        }
    }
    Ok(())
}

fn has_order(value: &Value) -> Result<(), Problem> {
    match value {
        Value::List(items) => ordered(items),
        other if rank(other).is_some() => Ok(()),
        other => Err(Problem::new(format!("{} has no order", noun(other)))
            .with_help("`sort-by`, `min-by` and `max-by` order by what a function gives")),
    }
}

/// The kinds of values that have an order.
fn rank(value: &Value) -> Option<u8> {
    match value {
        Value::Bool(_) => Some(0),
        Value::Int(_) | Value::Float(_) => Some(1),
        Value::Text(_) => Some(2),
        Value::Ip(_) => Some(3),
        Value::Cidr(_) => Some(4),
        Value::IpRange(_) => Some(5),
        Value::Mac(_) => Some(6),
        Value::PortRange(_) => Some(7),
        Value::Cpu(_) => Some(8),
        Value::Bytes(_) => Some(9),
        Value::Duration(_) => Some(10),
        Value::List(_) => Some(11),
        _ => None,
    }
}

/// A total order of all values that have one, by kind and then by value.
fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Float(one), Value::Float(other)) => (one.0 + 0.0).total_cmp(&(other.0 + 0.0)),
        (Value::Int(one), Value::Float(other)) => compare_mixed(*one, other.0),
        (Value::Float(one), Value::Int(other)) => compare_mixed(*other, one.0).reverse(),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Ip(one), Value::Ip(other)) => one.cmp(other),
        (Value::Cidr(one), Value::Cidr(other)) => one.cmp(other),
        (Value::IpRange(one), Value::IpRange(other)) => one.cmp(other),
        (Value::Mac(one), Value::Mac(other)) => one.cmp(other),
        (Value::PortRange(one), Value::PortRange(other)) => one.cmp(other),
        (Value::Cpu(one), Value::Cpu(other)) => one.cmp(other),
        (Value::Bytes(one), Value::Bytes(other)) => one.cmp(other),
        (Value::Duration(one), Value::Duration(other)) => one.cmp(other),
        (Value::List(one), Value::List(other)) => compare_lists(one, other),
        _ => rank(one).cmp(&rank(other)),
    }
}

fn compare_lists(one: &[Item], other: &[Item]) -> Ordering {
    let pairs = one.iter().zip(other);
    let differing = pairs
        .map(|(one, other)| compare(&one.value, &other.value))
        .find(|order| order.is_ne());
    differing.unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// By exact value: rounding the whole number would make three numbers of which two pairs are equal and one is not.
fn compare_mixed(whole: i64, float: f64) -> Ordering {
    if float.is_nan() {
        return 0.0_f64.total_cmp(&float);
    }
    let below = float.floor();
    i128::from(whole)
        .cmp(&(below as i128))
        .then(if float > below {
            Ordering::Less
        } else {
            Ordering::Equal
        })
}

/// A number that equal values share, so that only few values have to be compared with each other.
pub(super) fn bucket(value: &Value) -> u64 {
    let mut hasher = FxHasher::default();
    hash(value, &mut hasher, 0);
    hasher.finish()
}

fn hash(value: &Value, hasher: &mut FxHasher, depth: u32) {
    rank(value).hash(hasher);
    match value {
        Value::Bool(truth) => truth.hash(hasher),
        Value::Int(number) => (*number as f64).to_bits().hash(hasher),
        Value::Float(number) => (number.0 + 0.0).to_bits().hash(hasher),
        Value::Text(text) => text.hash(hasher),
        Value::Ip(ip) => ip.hash(hasher),
        Value::Cidr(cidr) => cidr.hash(hasher),
        Value::IpRange(range) => range.hash(hasher),
        Value::Mac(mac) => mac.hash(hasher),
        Value::PortRange(range) => range.hash(hasher),
        Value::Cpu(cpu) => cpu.hash(hasher),
        Value::Bytes(bytes) => bytes.hash(hasher),
        Value::Duration(duration) => duration.hash(hasher),
        Value::Instance(This::Placed(home)) => home.hash(hasher),
        Value::List(items) if depth < 4 => {
            items.len().hash(hasher);
            items
                .iter()
                .for_each(|item| hash(&item.value, hasher, depth + 1));
        }
        Value::Data(data) if depth < 4 => {
            let present = data
                .entries
                .iter()
                .filter(|entry| entry.1.value != Value::Null);
            let entry = |(key, item): &(crate::symbol::Symbol, Item)| {
                let mut hasher = FxHasher::default();
                key.as_str().hash(&mut hasher);
                hash(&item.value, &mut hasher, depth + 1);
                hasher.finish()
            };
            // Entries have no order: their numbers are added up.
            present.map(entry).fold(0, u64::wrapping_add).hash(hasher);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::methods::testing::{at, call, call_with, check, fails, int, ints, text};
    use crate::value::Float;

    fn mixed_number() -> impl Strategy<Value = Value> {
        let whole = prop_oneof![any::<i64>(), -3..3_i64, (1_i64 << 53) - 2..(1 << 53) + 3];
        prop_oneof![
            whole.clone().prop_map(Value::Int),
            whole.prop_map(|whole| number(whole as f64)),
            any::<f64>().prop_map(number),
            Just(number(-0.0)),
        ]
    }

    proptest! {
        #[test]
        fn the_order_of_numbers_is_total(a in mixed_number(), b in mixed_number(), c in mixed_number()) {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }

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
    fn what_has_no_order() {
        fails(
            Value::list([int(1), text("a")], at()),
            "sort",
            [],
            "a number and text have no order",
        );
        fails(
            Value::list([Value::Null], at()),
            "max",
            [],
            "`null` has no order",
        );
        fails(ints([]), "min", [], "no least element");
    }

    #[test]
    fn lists_order_by_their_first_difference() {
        let lists = |all: [Vec<i64>; 3]| Value::list(all.map(ints), at());
        check(
            lists([vec![1, 2], vec![1], vec![0, 9]]),
            "sort",
            [],
            lists([vec![0, 9], vec![1], vec![1, 2]]),
        );
    }

    #[test]
    fn equal_values_share_a_bucket() {
        assert_eq!(bucket(&int(1)), bucket(&number(1.0)));
        assert_eq!(bucket(&number(0.0)), bucket(&number(-0.0)));
        assert_ne!(bucket(&text("a")), bucket(&text("b")));
        assert_eq!(
            compare(&int(0), &Value::Float(Float(f64::NAN))),
            Ordering::Less
        );
    }

    #[test]
    fn what_is_wrong_in_a_list_is_told_once() {
        let broken = || Value::list([int(1), Value::Error], at());
        check(broken(), "sort", [], Value::Error);
        check(broken(), "sum", [], Value::Error);
        check(broken(), "size", [], int(2));
    }

    #[test]
    fn sums_do_not_overflow() {
        fails(ints([i64::MAX, 1]), "sum", [], "too large");
        check(ints([]), "sum", [], int(0));
    }
}
