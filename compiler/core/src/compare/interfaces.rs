//! What the API of Kubernetes has no longer, warns of, or has from now on, where its version moves; and who uses it.

use std::collections::{BTreeMap, BTreeSet};

use platform::diff::{Side, Thing, Value};
use platform::model::{Cluster, Text};
use platform::upgrade::{Fate, Interface};
use schemas::{Shape, Standing, TypeId};

use crate::kubernetes;

/// What comes and goes between the versions that the cluster has on both sides, by its names there.
pub fn interfaces(sides: (&Side, &Side), names: (&str, &str)) -> Vec<Interface> {
    let Some((before, after)) = minor(sides.0, names.0).zip(minor(sides.1, names.1)) else {
        return Vec::new();
    };
    if before == after {
        return Vec::new();
    }
    let mut found = kinds(sides, names, (before, after));
    found.extend(fields(sides, names, (before, after)));
    found
}

fn minor(side: &Side, name: &str) -> Option<u8> {
    let cluster: &Cluster = side.platform.clusters.iter().find(|cluster| cluster.name == name)?;
    u8::try_from(cluster.kubernetes.as_ref()?.minor()).ok()
}

fn of<'a>(side: &'a Side, name: &'a str) -> impl Iterator<Item = &'a Thing> {
    side.things.iter().filter(move |thing| thing.cluster.as_deref() == Some(name))
}

/// Kinds in a version of their group, whoever uses them.
fn kinds(sides: (&Side, &Side), names: (&str, &str), (before, after): (u8, u8)) -> Vec<Interface> {
    let mut found = Vec::new();
    for release in schemas::releases() {
        let name = release.name;
        let standing = |minor: u8| schemas::served(name.group, name.version, name.kind, minor);
        let fate = match (standing(before), standing(after)) {
            (Standing::Served(_) | Standing::Deprecated(_), Standing::Removed(_)) => Fate::Gone,
            (Standing::Served(_), Standing::Deprecated(_)) => Fate::Deprecated,
            (Standing::Ahead(_), Standing::Served(_)) if !release.is_off_by_default() => Fate::New,
            _ => continue,
        };
        let is =
            |thing: &&Thing| (&*thing.group, &*thing.version, &*thing.kind) == (name.group, name.version, name.kind);
        let shown = |side, cluster| of(side, cluster).filter(is).map(Thing::shown).collect();
        let instead = match standing(after) {
            Standing::Removed(release) | Standing::Deprecated(release) => release.replacement,
            _ => None,
        };
        let why = match (fate, instead) {
            (Fate::New, _) => format!("Kubernetes 1.{after} serves it"),
            (_, Some(other)) => format!("write it as {}", written(other)),
            (_, None) => "there is no replacement".to_owned(),
        };
        // What both versions serve is moved to before Kubernetes is.
        let is_there = instead.is_some_and(|other| {
            matches!(
                schemas::served(other.group, other.version, other.kind, before),
                Standing::Served(_) | Standing::Deprecated(_)
            )
        });
        let parts = of(sides.0, names.0).filter(is).filter(|_| is_there).filter_map(|thing| thing.part);
        found.push(Interface {
            fate,
            what: written(name),
            why,
            parts: if fate == Fate::Gone { parts.collect() } else { BTreeSet::new() },
            old_users: shown(sides.0, names.0),
            new_users: shown(sides.1, names.1),
        });
    }
    found
}

fn written(name: schemas::KindName) -> String {
    match name.group {
        "" => format!("{} {}", name.version, name.kind),
        group => format!("{group}/{} {}", name.version, name.kind),
    }
}

/// Fields of the kinds that the new side uses, and of what stands below them.
fn fields(sides: (&Side, &Side), names: (&str, &str), (before, after): (u8, u8)) -> Vec<Interface> {
    let mut seen = BTreeSet::new();
    let mut found = BTreeMap::new();
    let used: BTreeSet<(Text, Text, Text)> =
        of(sides.1, names.1).map(|thing| (thing.group, thing.version, thing.kind)).collect();
    for (group, version, kind) in used {
        if let Some(kind) = kubernetes::catalog().kind(&group, &version, &kind) {
            below(kind.type_, (before, after), &mut seen, &mut found);
        }
    }
    let (old, new) = (writers(sides.0, names.0, &found), writers(sides.1, names.1, &found));
    let interface = |(what, fate): (String, Fate)| {
        let why = match fate {
            Fate::New => format!("Kubernetes 1.{after} has it"),
            _ => format!("Kubernetes 1.{after} does not have it"),
        };
        let users = |of: &BTreeMap<String, Vec<String>>| of.get(&what).cloned().unwrap_or_default();
        Interface {
            fate,
            why,
            old_users: users(&old),
            new_users: users(&new),
            parts: BTreeSet::new(),
            what: what.clone(),
        }
    };
    found.into_iter().map(interface).collect()
}

/// Who writes which of these fields.
fn writers(side: &Side, name: &str, fields: &BTreeMap<String, Fate>) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for thing in of(side, name) {
        let Some(kind) = kubernetes::catalog().kind(&thing.group, &thing.version, &thing.kind) else { continue };
        let mut written = BTreeSet::new();
        within(kind.type_, &thing.body, &mut written);
        for field in written.into_iter().filter(|field| fields.contains_key(field)) {
            found.entry(field).or_default().push(thing.shown());
        }
    }
    found
}

/// The fields that a value of a type writes.
fn within(id: TypeId, value: &Value, written: &mut BTreeSet<String>) {
    let type_ = kubernetes::catalog().type_(id);
    for (key, value) in value.entries() {
        let Some(field) = type_.fields.iter().find(|field| field.name == &**key) else { continue };
        written.insert(called(type_.name, field.name));
        below_value(&field.shape, value, written);
    }
}

fn below_value(shape: &Shape, value: &Value, written: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::Object(id), Value::Map(_)) => within(*id, value, written),
        (Shape::List(inner), Value::List(items)) => items.iter().for_each(|item| below_value(inner, item, written)),
        (Shape::Map(inner), Value::Map(entries)) => entries.values().for_each(|item| below_value(inner, item, written)),
        _ => {}
    }
}

/// `PodSpec.resources`
fn called(type_: &str, field: &str) -> String {
    format!("{}.{field}", type_.rsplit('.').next().unwrap_or(type_))
}

fn below(id: TypeId, minors: (u8, u8), seen: &mut BTreeSet<TypeId>, found: &mut BTreeMap<String, Fate>) {
    if !seen.insert(id) {
        return;
    }
    let type_ = kubernetes::catalog().type_(id);
    for field in &type_.fields {
        let has = |minor: u8| type_.field(field.name, minor).is_some();
        let fate = match (has(minors.0), has(minors.1)) {
            (true, false) => Some(Fate::Gone),
            (false, true) => Some(Fate::New),
            _ => None,
        };
        if let Some(fate) = fate {
            found.insert(called(type_.name, field.name), fate);
        }
        if let Some(inner) = object_in(&field.shape) {
            below(inner, minors, seen, found);
        }
    }
}

fn object_in(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Object(id) => Some(*id),
        Shape::List(inner) | Shape::Map(inner) => object_in(inner),
        _ => None,
    }
}
