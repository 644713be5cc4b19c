//! Versions of custom resources that their definitions serve no longer, or from now on.

use std::collections::BTreeSet;

use super::{Both, Fate, Interface};
use crate::diff::{Side, Thing};
use crate::model::Text;

/// What definitions of both sides say otherwise.
pub fn interfaces(both: &Both<'_>) -> Vec<Interface> {
    let mut found = Vec::new();
    let after = definitions(both.new, &both.clusters.1.name);
    for old in definitions(both.old, &both.clusters.0.name) {
        let Some(new) = after.iter().find(|new| new.name == old.name) else { continue };
        let (before, now) = (served(old), served(new));
        let group = old.body.at(&["spec", "group"]).text().unwrap_or_default();
        let kind = old.body.at(&["spec", "names", "kind"]).text().unwrap_or_default();
        let interface = |fate: Fate, version: &Text, why: &str| Interface {
            fate,
            what: format!("{group}/{version} {kind}"),
            why: why.to_owned(),
            old_users: users(both.old, &both.clusters.0.name, (group, version, kind)),
            new_users: users(both.new, &both.clusters.1.name, (group, version, kind)),
            parts: BTreeSet::new(),
        };
        let gone = "its definition no longer serves it: what is stored in it must be stored anew before";
        found.extend(before.difference(&now).map(|version| interface(Fate::Gone, version, gone)));
        found.extend(now.difference(&before).map(|version| interface(Fate::New, version, "its definition serves it")));
    }
    found
}

fn definitions<'a>(side: &'a Side, cluster: &str) -> Vec<&'a Thing> {
    let is_of =
        |thing: &&Thing| &*thing.kind == "CustomResourceDefinition" && thing.cluster.as_deref() == Some(cluster);
    side.things.iter().filter(is_of).collect()
}

/// The versions that a definition serves.
fn served(thing: &Thing) -> BTreeSet<Text> {
    let versions = thing.body.at(&["spec", "versions"]).items().iter();
    let is_served = |version: &&crate::diff::Value| *version.get("served") != crate::diff::Value::Bool(false);
    versions.filter(is_served).filter_map(|version| version.get("name").text().map(Text::from)).collect()
}

/// Who of a side is of a kind, as people call them.
pub fn users(side: &Side, cluster: &str, (group, version, kind): (&str, &str, &str)) -> Vec<String> {
    let is = |thing: &&Thing| {
        thing.cluster.as_deref() == Some(cluster)
            && (&*thing.group, &*thing.version, &*thing.kind) == (group, version, kind)
    };
    side.things.iter().filter(is).map(Thing::shown).collect()
}
