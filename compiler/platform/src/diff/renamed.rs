//! Objects that go under one name or namespace and come under another, where it is clear that they are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Spot, Thing, counted, quoted, some};
use crate::model::{Long, Text};

/// An object that goes and the one that comes in its place, by their places among those.
type Move<'a> = ((usize, &'a Thing), (usize, &'a Thing));

/// From one namespace and name to others; the names are empty where all of a namespace moves.
type Route = (Text, Text, Text, Text);

/// Tells renamed objects together: those of one namespace, or of one name.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let mut routes: BTreeMap<Route, Vec<Move<'_>>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let come: Come<'_> = (both.matched.come.iter())
        .map(|(number, thing)| ((&*thing.group, &*thing.kind, &*thing.namespace, &*thing.name), (*number, *thing)))
        .collect();
    for (old, new) in namespaces(both) {
        let nothing = Text::from("");
        let route = (old, nothing, new, nothing);
        let moved = moves(both, &come, &mut taken, (&old, &new), |thing| of_namespace(thing, &old, &new));
        routes.entry(route).or_default().extend(moved);
    }
    let renamed = names(both);
    for (namespace, old, new) in &renamed {
        let route = (*namespace, *old, *namespace, *new);
        // What others have because of it is called after it, wherever that is.
        let moved = moves(both, &come, &mut taken, (old, new), |thing| of_name(thing, old, new));
        routes.entry(route).or_default().extend(moved);
    }
    for (old, new) in elsewhere(both, &taken) {
        let (from, to) = (old.1, new.1);
        let route = (from.namespace, from.name, to.namespace, to.name);
        routes.entry(route).or_default().push((old, new));
    }
    for (route, moved) in routes {
        one(&route, &moved, report);
    }
}

fn one((from, old, to, new): &Route, moved: &[Move<'_>], report: &mut Report) {
    let Some((before, after)) = moved.first() else {
        return;
    };
    let message = match (old.is_empty(), from == to) {
        (true, _) => format!("the namespace {} becomes {}", quoted(from), quoted(to)),
        (_, true) => {
            let within = if from.is_empty() { String::new() } else { format!(" in {}", quoted(from)) };
            format!("{} becomes {}{within}", quoted(old), quoted(new))
        }
        _ => format!("{} moves from {} to {}", quoted(old), quoted(from), quoted(to)),
    };
    let mut kinds: Vec<String> = moved.iter().map(|((_, thing), _)| thing.kind.to_string()).collect();
    kinds.sort();
    kinds.dedup();
    let count = counted(moved.len(), "object");
    let why = format!(
        "to the cluster {count} ({}) {} and {} under the new name: what is left of the old must be deleted",
        some(&kinds),
        if moved.len() == 1 { "goes" } else { "go" },
        if moved.len() == 1 { "comes" } else { "come" }
    );
    let runs = |thing: &Thing| thing.template().is_some() || thing.is("", "Service") || thing.is("", "Namespace");
    let level = if moved.iter().any(|((_, thing), _)| runs(thing)) { Level::Disruption } else { Level::Note };
    for ((old, _), (new, _)) in moved {
        report.gone.insert(*old);
        report.come.insert(*new);
        report.renamed.push((*old, *new));
    }
    let change = Change::new(level, Effect::Renames, message).why(why);
    report.tell(change.at(Some(Spot::Part(before.0, Vec::new())), Some(Spot::Part(after.0, Vec::new()))));
}

/// What comes, by kind, namespace and name.
type Come<'a> = BTreeMap<(&'a str, &'a str, &'a str, &'a str), (usize, &'a Thing)>;

/// The objects whose identity becomes another by a rule, and which say the same but for that word.
fn moves<'a>(
    both: &Both<'a>,
    come: &Come<'a>,
    taken: &mut BTreeSet<(bool, usize)>,
    (old, new): (&str, &str),
    becomes: impl Fn(&Thing) -> Option<(Text, Text)>,
) -> Vec<Move<'a>> {
    let mut found = Vec::new();
    for (number, thing) in &both.matched.gone {
        let Some((namespace, name)) = becomes(thing) else {
            continue;
        };
        let Some((other, come)) = come.get(&(&*thing.group, &*thing.kind, &*namespace, &*name)) else {
            continue;
        };
        let is_free = !taken.contains(&(true, *other)) && !taken.contains(&(false, *number));
        if is_free && same(thing, come, old, new) {
            taken.extend([(false, *number), (true, *other)]);
            found.push(((*number, *thing), (*other, *come)));
        }
    }
    found
}

/// What an object is called when a namespace becomes another: the namespace itself, what is in it, and what others have because
/// of it.
fn of_namespace(thing: &Thing, old: &Text, new: &Text) -> Option<(Text, Text)> {
    match thing.namespace == *old {
        true => Some((*new, thing.name)),
        false => of_name(thing, old, new),
    }
}

/// What an object is called when a name that is in its own becomes another.
fn of_name(thing: &Thing, old: &str, new: &str) -> Option<(Text, Text)> {
    let is_called = !old.is_empty() && thing.name.contains(old);
    is_called.then(|| (thing.namespace, replaced(&thing.name, old, new).into()))
}

/// Namespaces that go, and those that come with the same in them, or with most of it.
fn namespaces(both: &Both<'_>) -> Vec<(Text, Text)> {
    let own = |things: &[(usize, &Thing)]| {
        let of = things.iter().filter(|(_, thing)| thing.is("", "Namespace")).map(|(_, thing)| thing.name);
        of.collect::<Vec<Text>>()
    };
    let within = |things: &[(usize, &Thing)], namespace: &Text| {
        let of = things.iter().filter(|(_, thing)| thing.namespace == *namespace);
        of.map(|(_, thing)| (thing.group, thing.kind, thing.name)).collect::<BTreeSet<_>>()
    };
    let (gone, come) = (own(&both.matched.gone), own(&both.matched.come));
    let mut found = Vec::new();
    for old in &gone {
        let before = within(&both.matched.gone, old);
        let is_same = |new: &&Text| {
            let after = within(&both.matched.come, new);
            let kept = before.intersection(&after).count();
            kept > 0 && kept * 2 >= before.len().max(after.len())
        };
        let mut same = come.iter().filter(is_same);
        if let (Some(new), None) = (same.next(), same.next()) {
            found.push((*old, *new));
        }
    }
    found
}

/// Names within a namespace that become others: of objects that say the same but for the name.
fn names(both: &Both<'_>) -> Vec<(Text, Text, Text)> {
    let mut found = Vec::new();
    // What runs pods says most: what is called after it follows.
    let says_less = |thing: &Thing| thing.template().is_none();
    let mut gone: Vec<&Thing> = both.matched.gone.iter().map(|(_, thing)| *thing).collect();
    gone.sort_by_key(|thing| says_less(thing));
    let runs: BTreeSet<(&str, &str)> =
        gone.iter().filter(|thing| !says_less(thing)).map(|thing| (&*thing.namespace, &*thing.name)).collect();
    // Whose pods are others is another thing, however alike what stands around it is.
    let is_of_another = |thing: &Thing| says_less(thing) && runs.contains(&(&*thing.namespace, &*thing.name));
    let tells = |thing: &&Thing| !thing.name.is_empty() && says_something(thing) && !is_of_another(thing);
    for old in gone.iter().copied().filter(tells) {
        let is_same = |new: &&Thing| {
            new.is(&old.group, &old.kind)
                && new.namespace == old.namespace
                && new.name != old.name
                && same(old, new, &old.name, &new.name)
        };
        let mut same = both.matched.come.iter().map(|(_, thing)| *thing).filter(is_same);
        if let (Some(new), None) = (same.next(), same.next()) {
            let is_known = |(namespace, before, after): &(Text, Text, Text)| {
                *namespace == old.namespace
                    && old.name.contains(&**before)
                    && *replaced(&old.name, before, after) == *new.name
            };
            if !found.iter().any(is_known) {
                found.push((old.namespace, old.name, new.name));
            }
        }
    }
    found
}

/// Objects that keep kind and name and are in another namespace, where no other could be meant.
fn elsewhere<'a>(both: &Both<'a>, taken: &BTreeSet<(bool, usize)>) -> Vec<Move<'a>> {
    let mut found = Vec::new();
    for (number, old) in both.matched.gone.iter().filter(|(number, _)| !taken.contains(&(false, *number))) {
        if old.name.is_empty() || old.namespace.is_empty() {
            continue;
        }
        let alike = |other: &Thing| other.is(&old.group, &old.kind) && other.name == old.name;
        let same = |other: &Thing| alike(other) && same(old, other, &old.namespace, &other.namespace);
        let rivals = both.matched.gone.iter().filter(|(_, other)| alike(other)).count();
        let mut come = both.matched.come.iter().filter(|(at, other)| !taken.contains(&(true, *at)) && same(other));
        if let (1, Some(new), None) = (rivals, come.next(), come.next()) {
            found.push(((*number, *old), *new));
        }
    }
    found
}

/// Whether an object says more than its name.
fn says_something(thing: &Thing) -> bool {
    thing
        .body
        .entries()
        .any(|(key, value)| !matches!(&**key, "apiVersion" | "kind" | "metadata") && !matches!(value, Value::Null))
}

/// Whether two objects say the same, but that a word may have become another one.
fn same(old: &Thing, new: &Thing, from: &str, to: &str) -> bool {
    let keys = |thing: &'_ Thing| {
        let keys = thing.body.entries().filter(|(key, _)| !matches!(&***key, "apiVersion" | "metadata" | "status"));
        keys.map(|(key, _)| key.clone()).collect::<BTreeSet<Long>>()
    };
    let of = |thing: &'_ Thing, field: &str| thing.body.at(&["metadata", field]).clone();
    let metadata = ["labels", "annotations", "ownerReferences"];
    keys(old) == keys(new)
        && keys(old).iter().all(|key| alike(old.body.get(key), new.body.get(key), from, to))
        && metadata.iter().all(|field| alike(&of(old, field), &of(new, field), from, to))
}

fn alike(old: &Value, new: &Value, from: &str, to: &str) -> bool {
    match (old, new) {
        (Value::Text(old), Value::Text(new)) => old == new || replaced(old, from, to) == **new,
        (Value::List(old), Value::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| alike(old, new, from, to))
        }
        (Value::Map(old), Value::Map(new)) => {
            let find = |key: &Long| new.get(key).or_else(|| new.get(&*replaced(key, from, to)));
            let is_alike = |(key, value): (&Long, &Value)| find(key).is_some_and(|other| alike(value, other, from, to));
            old.len() == new.len() && old.iter().all(is_alike)
        }
        (old, new) => old == new,
    }
}

/// A text in which a word became another: `shop` in `shop-data`, and not in `workshop`.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let is_inner = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    while let Some(place) = (!old.is_empty()).then(|| rest.find(old)).flatten() {
        let (before, after) =
            (rest.get(..place).unwrap_or_default(), rest.get(place + old.len()..).unwrap_or_default());
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        let is_word = !is_inner(last) && !is_inner(after.chars().next());
        out.push_str(before);
        out.push_str(if is_word { new } else { old });
        rest = after;
    }
    out.push_str(rest);
    out
}
