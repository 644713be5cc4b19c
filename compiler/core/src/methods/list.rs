//! Methods of lists that need no function: size, places, parts, membership, and putting lists together.
//!
//! Elements keep where they were written. Ranges of numbers and keyed collections have all these methods too.

use std::collections::hash_map::Entry as Slot;

use rustc_hash::FxHashMap;

use crate::keys::At;
use crate::methods::arguments::{argument, count_at, int, int_at, items, items_of, list, optional, pair, text_at};
use crate::methods::order::bucket;
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[
    entry("[T].size() -> Int", "The number of elements.", r#"["a", "b"].size()"#, "2", |_, receiver, _, _| {
        Ok(Value::Int(items(receiver)?.len() as i64))
    }),
    entry("[T].is-empty() -> Bool", "Whether it has no element.", "[1].is-empty()", "false", |_, receiver, _, _| {
        Ok(Value::Bool(items(receiver)?.is_empty()))
    }),
    entry(
        "[T].first() -> T",
        "The first element; there must be one.",
        "[3, 1, 2].first()",
        "3",
        |_, receiver, _, _| end(receiver, 0, "first"),
    ),
    entry("[T].last() -> T", "The last element; there must be one.", "[3, 1, 2].last()", "2", |_, receiver, _, _| {
        end(receiver, -1, "last")
    }),
    entry(
        "[T].at(position: Int) -> T",
        "The element at a position from 0; negative positions count from the end. There must be one.",
        "[3, 1, 2].at(-2)",
        "1",
        |_, receiver, args, _| element(receiver, int_at(args, 0)?),
    ),
    entry(
        "[T].take(count: Int) -> [T]",
        "The first elements, at most so many.",
        "[1, 2, 3].take(2)",
        "- 1\n- 2",
        |_, receiver, args, _| {
            let (items, count) = (items(receiver)?, count_at(args, 0)?);
            Ok(list(items.iter().take(count).cloned().collect()))
        },
    ),
    entry(
        "[T].drop(count: Int) -> [T]",
        "Without the first elements, at most so many.",
        "[1, 2, 3].drop(2)",
        "- 3",
        |_, receiver, args, _| {
            let (items, count) = (items(receiver)?, count_at(args, 0)?);
            Ok(list(items.iter().skip(count).cloned().collect()))
        },
    ),
    entry(
        "[T].slice(from: Int, to?: Int) -> [T]",
        "The elements from a position up to, without, another, or to the end. Negative positions count from the end; \
         positions beyond an end mean that end.",
        "[1, 2, 3, 4].slice(1, -1)",
        "- 2\n- 3",
        |_, receiver, args, _| {
            let items = items(receiver)?;
            let (from, to) = bounds(args, items.len())?;
            Ok(list(items.iter().skip(from).take(to - from).cloned().collect()))
        },
    ),
    entry(
        "[T].contains(value: T) -> Bool",
        "Whether an element equals a value.",
        r#"["web", "data"].contains("web")"#,
        "true",
        |host, receiver, args, _| Ok(Value::Bool(position(host, receiver, args)?.is_some())),
    ),
    entry(
        "[T].index-of(value: T) -> Int?",
        "The position of the first element that equals a value, from 0; null if none does.",
        r#"["web", "data"].index-of("data")"#,
        "1",
        |host, receiver, args, _| {
            Ok(position(host, receiver, args)?.map_or(Value::Null, |position| Value::Int(position as i64)))
        },
    ),
    entry(
        "[T].reverse() -> [T]",
        "Its elements from the last to the first.",
        "[3, 1, 2].reverse()",
        "- 2\n- 1\n- 3",
        |_, receiver, _, _| Ok(list(items(receiver)?.iter().rev().cloned().collect())),
    ),
    entry(
        "[T].unique() -> [T]",
        "Without the elements that equal an earlier one.",
        "[3, 1, 3, 2, 1].unique()",
        "- 3\n- 1\n- 2",
        |host, receiver, _, _| {
            let items = items(receiver)?;
            Ok(picked(items, &partition(host, items)?.fresh))
        },
    ),
    entry(
        "[T].duplicates() -> [T]",
        "The elements that occur more than once, each once, in the order in which they first recur.",
        "[3, 1, 3, 2, 1, 3].duplicates()",
        "- 3\n- 1",
        duplicates,
    ),
    entry(
        "[T?].without-null() -> [T]",
        "Without the elements that are null.",
        "[1, null, 2].without-null()",
        "- 1\n- 2",
        |_, receiver, _, _| {
            Ok(list(items(receiver)?.iter().filter(|item| item.value != Value::Null).cloned().collect()))
        },
    ),
    entry(
        "[[T]].flatten() -> [T]",
        "The elements of its elements.",
        "[[1, 2], [], [3]].flatten()",
        "- 1\n- 2\n- 3",
        flatten,
    ),
    entry(
        "[T].chunk(size: Int) -> [[T]]",
        "In pieces of so many elements; the last may be shorter. The size is at least 1.",
        "[1, 2, 3].chunk(2)",
        "- - 1\n  - 2\n- - 3",
        chunk,
    ),
    entry(
        "[T].zip(other: [U]) -> [{ first: T, second: U }]",
        "Each element with the one at the same position of another list, as far as both go.",
        r#"["a", "b"].zip([1, 2])"#,
        "- first: a\n  second: 1\n- first: b\n  second: 2",
        zip,
    ),
    entry(
        "[T].indexed() -> [{ index: Int, value: T }]",
        "Each element with its position from 0.",
        r#"["a", "b"].indexed()"#,
        "- index: 0\n  value: a\n- index: 1\n  value: b",
        |_, receiver, _, at| {
            let index = |index: usize| Item { value: Value::Int(index as i64), at };
            let pairs = items(receiver)?.iter().enumerate();
            Ok(Value::list(pairs.map(|(place, item)| pair(("index", index(place)), ("value", item.clone()))), at))
        },
    ),
    entry(
        "[T].join(by: String) -> String",
        "The texts of its elements, as an interpolation writes them, with a text between.",
        r#"[192.168.1.1, 192.168.1.2].join(",")"#,
        "'192.168.1.1,192.168.1.2'",
        join,
    ),
];

/// The place that a position means: from 0, or from -1 backwards.
pub(super) fn place(position: i64, count: usize) -> Option<usize> {
    let place = if position < 0 { i128::from(position) + count as i128 } else { i128::from(position) };
    usize::try_from(place).ok().filter(|place| *place < count)
}

/// The bounds that `from` and `to` mean, the first at most the second and both within `count`.
pub(super) fn bounds(args: &[Value], count: usize) -> Result<(usize, usize), Problem> {
    let clamp = |position: i64| {
        let place = if position < 0 { i128::from(position) + count as i128 } else { i128::from(position) };
        place.clamp(0, count as i128) as usize
    };
    let from = clamp(int_at(args, 0)?);
    let to = optional(args, 1).map_or(Ok(count), |to| int(to).map(clamp))?;
    Ok((from, to.max(from)))
}

/// What is said of a position where nothing stands.
pub(super) fn no_such_place(what: &str, elements: &str, position: i64, count: usize) -> Problem {
    if count == 0 {
        return Problem::new(format!("this {what} is empty: there is no position {position}"));
    }
    Problem::new(format!("this {what} has no position {position}"))
        .with_help(format!("its {count} {elements} stand at 0 to {}, or at -1 to -{count} from the end", count - 1))
}

fn end(receiver: &Value, position: i64, name: &str) -> Result<Value, Problem> {
    match items(receiver)? {
        [] => Err(Problem::new(format!("an empty list has no {name} element"))),
        _ => element(receiver, position),
    }
}

fn element(receiver: &Value, position: i64) -> Result<Value, Problem> {
    let items = items(receiver)?;
    let found = place(position, items.len()).and_then(|place| items.get(place));
    found.map(|item| item.value.clone()).ok_or_else(|| no_such_place("list", "elements", position, items.len()))
}

fn position(host: &mut dyn Host, receiver: &Value, args: &[Value]) -> Result<Option<usize>, Problem> {
    let value = argument(args, 0)?;
    Ok(items(receiver)?.iter().position(|item| host.equal(&item.value, value)))
}

/// What of a list is there for the first time, and what is not.
pub(super) struct Partition {
    /// The positions of elements that equal no earlier one.
    pub fresh: Vec<usize>,
    /// For each of the others, the position of the first one that it equals.
    pub repeated: Vec<usize>,
}

/// Finds out which elements equal an earlier one.
pub(super) fn partition(host: &mut dyn Host, items: &[Item]) -> Result<Partition, Problem> {
    limit::spend_on_texts(host, items)?;
    let mut buckets: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let (mut fresh, mut repeated) = (Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        let same = match buckets.entry(bucket(&item.value)) {
            Slot::Vacant(slot) => slot.insert(Vec::new()),
            Slot::Occupied(slot) => slot.into_mut(),
        };
        host.spend(same.len() as u64)?;
        let equal = |known: &&usize| items.get(**known).is_some_and(|known| host.equal(&known.value, &item.value));
        match same.iter().find(equal) {
            Some(known) => repeated.push(*known),
            None => {
                same.push(index);
                fresh.push(index);
            }
        }
    }
    Ok(Partition { fresh, repeated })
}

/// The elements at these positions.
pub(super) fn picked(items: &[Item], positions: &[usize]) -> Value {
    list(positions.iter().filter_map(|position| items.get(*position)).cloned().collect())
}

fn duplicates(host: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    let items = items(receiver)?;
    let repeated = partition(host, items)?.repeated;
    let mut told = vec![false; items.len()];
    let mut positions = Vec::new();
    for known in repeated {
        if let Some(told) = told.get_mut(known).filter(|told| !**told) {
            *told = true;
            positions.push(known);
        }
    }
    Ok(picked(items, &positions))
}

fn flatten(host: &mut dyn Host, receiver: &Value, _: &[Value], at: At) -> Result<Value, Problem> {
    let mut all = Vec::new();
    for item in items(receiver)? {
        let inner = items_of(host, &item.value, at)?;
        limit::elements(all.len() + inner.len())?;
        all.extend_from_slice(&inner);
    }
    Ok(list(all))
}

fn chunk(_: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (items, size) = (items(receiver)?, count_at(args, 0)?);
    if size == 0 {
        return Err(Problem::new("a list can not be cut into pieces of 0 elements"));
    }
    Ok(Value::list(items.chunks(size).map(|chunk| list(chunk.to_vec())), at))
}

fn zip(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (items, others) = (items(receiver)?, items_of(host, argument(args, 0)?, at)?);
    let pairs = items.iter().zip(others.iter());
    Ok(Value::list(pairs.map(|(one, other)| pair(("first", one.clone()), ("second", other.clone()))), at))
}

fn join(host: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (items, by) = (items(receiver)?, text_at(args, 0)?);
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            joined.push_str(by);
        }
        joined.push_str(&host.text(&item.value)?);
        limit::bytes(joined.len())?;
    }
    Ok(Value::Text(joined.into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::methods::testing::{call, check, fails, int, ints, nothing, text, texts};

    #[test]
    fn places() {
        check(ints([3, 1, 2]), "at", [int(-3)], int(3));
        fails(ints([3, 1, 2]), "at", [int(3)], "no position 3");
        fails(ints([3, 1, 2]), "at", [int(i64::MIN)], "no position");
        fails(ints([]), "first", [], "an empty list has no first element");
        fails(ints([]), "last", [], "an empty list has no last element");
        check(ints([1]), "index-of", [int(2)], nothing());
        fails(ints([1]), "take", [int(-1)], "negative");
        fails(ints([1]), "chunk", [int(0)], "pieces of 0");
    }

    #[test]
    fn equality_is_the_hosts() {
        let mixed =
            Value::list([int(1), Value::Float(crate::value::Float(1.0)), text("1")], crate::methods::testing::at());
        let Ok(Value::List(unique)) = call(mixed.clone(), "unique", []) else { panic!("no list") };
        assert_eq!(unique.len(), 2, "1 and 1.0 are one number");
        check(mixed, "duplicates", [], ints([1]));
        check(texts(["b", "a", "b"]), "unique", [], texts(["b", "a"]));
    }

    #[test]
    fn what_can_be_gone_through_is_a_list() {
        check(Value::IntRange(1, 3), "reverse", [], ints([3, 2, 1]));
        check(Value::IntRange(3, 1), "reverse", [], ints([]));
        fails(Value::IntRange(0, i64::MAX), "reverse", [], "elements");
        check(texts(["a"]), "join", [text(", ")], text("a"));
        fails(texts(["aaaaaaaa"; 3]), "join", [text(&"-".repeat(1 << 25))], "64 MiB");
    }

    proptest! {
        #[test]
        fn chunks_flatten_to_the_list(values: Vec<i64>, size in 1..9_i64) {
            let chunks = call(ints(values.clone()), "chunk", [int(size)]).unwrap();
            let Value::List(pieces) = &chunks else { panic!("no list") };
            for piece in pieces.iter().rev().skip(1) {
                prop_assert_eq!(items(&piece.value).unwrap().len() as i64, size);
            }
            prop_assert_eq!(call(chunks, "flatten", []).unwrap(), ints(values));
        }

        #[test]
        fn slices_agree_with_take_and_drop(values: Vec<i64>, from in -9..9_i64, to in -9..9_i64) {
            let count = values.len() as i64;
            let mean = |place: i64| if place < 0 { (place + count).max(0) } else { place.min(count) };
            let taken = call(ints(values.clone()), "take", [int(mean(to))]).unwrap();
            let expected = call(taken, "drop", [int(mean(from))]).unwrap();
            prop_assert_eq!(call(ints(values), "slice", [int(from), int(to)]).unwrap(), expected);
        }

        #[test]
        fn unique_and_duplicates_partition(values in proptest::collection::vec(0..9_i64, 0..30)) {
            let Ok(Value::List(unique)) = call(ints(values.clone()), "unique", []) else { panic!("no list") };
            let Ok(Value::List(repeated)) = call(ints(values.clone()), "duplicates", []) else { panic!("no list") };
            for item in unique.iter() {
                let count = values.iter().filter(|value| int(**value) == item.value).count();
                prop_assert_eq!(repeated.iter().any(|other| other.value == item.value), count > 1);
            }
            prop_assert!(values.iter().all(|value| unique.iter().any(|item| item.value == int(*value))));
        }
    }
}
