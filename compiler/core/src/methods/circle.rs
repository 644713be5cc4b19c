//! The method of lists that finds what leads back to itself.
//!
//! Elements are found again by equality, as everywhere; what a function leads to outside of the list leads nowhere.

use rustc_hash::FxHashMap;

use crate::circles::on_circles;
use crate::keys::At;
use crate::methods::arguments::{argument, items, items_of, known};
use crate::methods::list::picked;
use crate::methods::order::bucket;
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[entry(
    "[T].circles(f: (T) -> [T]) -> [[T]]",
    "The elements from which a function leads back to them, over however many others: those that lead to each other stand in one \
     list. What it leads to that is no element leads nowhere.",
    r#"["a", "b", "c"].circles((x) => if x == "a" then ["b"] else ["a"])"#,
    "- - a\n  - b",
    circles,
)];

fn circles(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (items, function) = (items(receiver)?, argument(args, 0)?);
    limit::spend_on_texts(host, items)?;
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (place, item) in items.iter().enumerate() {
        places.entry(bucket(&item.value)).or_default().push(place);
    }
    let mut edges = Vec::with_capacity(items.len());
    for item in items {
        let next = known!(host.call(function, std::slice::from_ref(&item.value)));
        let next = items_of(host, &next, at)?;
        edges.push(places_of(host, items, &places, &next)?);
    }
    let mut found = on_circles(&edges);
    found.iter_mut().for_each(|circle| circle.sort_unstable());
    found.sort_unstable();
    Ok(Value::list(found.iter().map(|circle| picked(items, circle)), at))
}

/// Where elements stand; those that are not there are left out.
fn places_of(
    host: &mut dyn Host,
    items: &[Item],
    places: &FxHashMap<u64, Vec<usize>>,
    sought: &[Item],
) -> Result<Vec<usize>, Problem> {
    let mut found = Vec::new();
    for one in sought {
        let alike = places.get(&bucket(&one.value)).map_or(&[][..], Vec::as_slice);
        host.spend(alike.len() as u64)?;
        let same = |place: &&usize| items.get(**place).is_some_and(|item| host.equal(&item.value, &one.value));
        found.extend(alike.iter().find(same).copied());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{at, call_with, ints};

    fn check(values: &[i64], next: fn(&[Value]) -> Value, expected: &[&[i64]]) {
        let lists = expected.iter().map(|circle| ints(circle.to_vec()));
        assert_eq!(call_with(ints(values.to_vec()), "circles", &[next]), Ok(Value::list(lists, at())));
    }

    #[test]
    fn chains_lead_nowhere() {
        check(&[1, 2, 3], |args| successor(args, 9), &[]);
        check(&[], |args| successor(args, 9), &[]);
    }

    #[test]
    fn circles_are_told_by_themselves_and_in_order() {
        check(&[5, 3, 1, 2], |args| successor(args, 3), &[&[3, 1, 2]]);
        check(
            &[1, 2],
            |args| args.first().cloned().map_or(Value::Error, |one| Value::list([one], at())),
            &[&[1], &[2]],
        );
    }

    fn successor(args: &[Value], last: i64) -> Value {
        match args {
            [Value::Int(number)] => ints([if *number == last { 1 } else { number + 1 }]),
            _ => Value::Error,
        }
    }
}
