//! The order and the equality of values, as far as methods of lists need them.
//!
//! Numbers order by value; text by its characters; addresses, networks, ranges and amounts as their types do; `false`
//! before `true`; lists by their first elements that differ. Values of two kinds have no order.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::methods::Problem;
use crate::methods::arguments::noun;
use crate::value::{Item, This, Value};

/// Whether all of these have an order among each other.
pub(super) fn ordered(items: &[Item]) -> Result<(), Problem> {
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
pub(super) fn compare(one: &Value, other: &Value) -> Ordering {
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
    let differing = pairs.map(|(one, other)| compare(&one.value, &other.value)).find(|order| order.is_ne());
    differing.unwrap_or_else(|| one.len().cmp(&other.len()))
}

/// By exact value: rounding the whole number would make three numbers of which two pairs are equal and one is not.
fn compare_mixed(whole: i64, float: f64) -> Ordering {
    if float.is_nan() {
        return 0.0_f64.total_cmp(&float);
    }
    let below = float.floor();
    i128::from(whole).cmp(&(below as i128)).then(if float > below { Ordering::Less } else { Ordering::Equal })
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
            items.iter().for_each(|item| hash(&item.value, hasher, depth + 1));
        }
        Value::Data(data) if depth < 4 => {
            let present = data.entries.iter().filter(|entry| entry.1.value != Value::Null);
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
    use crate::methods::arguments::number;
    use crate::methods::testing::{at, check, fails, int, ints, text};
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
    }

    #[test]
    fn what_has_no_order() {
        let mixed = Value::list([int(1), text("a")], at());
        fails(mixed, "sort", [], "a number and text have no order");
        fails(Value::list([Value::Null], at()), "max", [], "`null` has no order");
    }

    #[test]
    fn lists_order_by_their_first_difference() {
        let lists = |all: [Vec<i64>; 3]| Value::list(all.map(ints), at());
        let sorted = lists([vec![0, 9], vec![1], vec![1, 2]]);
        check(lists([vec![1, 2], vec![1], vec![0, 9]]), "sort", [], sorted);
    }

    #[test]
    fn equal_values_share_a_bucket() {
        assert_eq!(bucket(&int(1)), bucket(&number(1.0)));
        assert_eq!(bucket(&number(0.0)), bucket(&number(-0.0)));
        assert_ne!(bucket(&text("a")), bucket(&text("b")));
        assert_eq!(compare(&int(0), &Value::Float(Float(f64::NAN))), Ordering::Less);
    }
}
