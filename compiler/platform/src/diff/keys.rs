//! Keys of secrets and configs that go: whoever reads one does not start any more.

use std::collections::BTreeSet;

use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Spot, Thing, quoted, some};
use crate::model::{Cluster, Text};

/// How the block of a secret is called among blocks: `secret db in web`.
const BLOCK: &str = "secret ";

/// Tells which keys go.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        let (before, after) = (keys(pair.old), keys(pair.new));
        let gone: Vec<&String> = before.difference(&after).collect();
        if !gone.is_empty() {
            let spots = (Some(pair.old_spot()), Some(pair.new_spot()));
            lost(both, (&pair.new.namespace, &pair.new.name), &pair.new.shown(), &gone, spots, report);
        }
    }
    blocks(both, report);
}

/// The keys that an object has, or makes.
fn keys(thing: &Thing) -> BTreeSet<String> {
    let of = |ways: &[&[&str]]| {
        let maps = ways.iter().flat_map(|way| thing.body.at(way).entries());
        maps.map(|(key, _)| key.to_string()).collect::<BTreeSet<_>>()
    };
    match (&*thing.group, &*thing.kind) {
        ("", "ConfigMap" | "Secret") => of(&[&["data"], &["stringData"], &["binaryData"]]),
        ("bitnami.com", "SealedSecret") => of(&[&["spec", "encryptedData"], &["spec", "template", "data"]]),
        ("external-secrets.io", "ExternalSecret") => {
            let data = thing.body.at(&["spec", "data"]).items().iter();
            data.filter_map(|one| one.get("secretKey").text().map(str::to_owned)).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Secrets that are blocks, whose values are kept elsewhere.
fn blocks(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let of = |side: &'_ super::Side, cluster: &Cluster, name: &Text| {
        side.blocks.iter().find(|block| *block.cluster == *cluster.name && block.name == *name).cloned()
    };
    let secrets = both.old.blocks.iter().filter(|block| *block.cluster == *old.name && block.name.starts_with(BLOCK));
    for block in secrets {
        let named = block.name.strip_prefix(BLOCK).and_then(|rest| rest.split_once(" in "));
        let (Some((_, namespace)), Some(after)) = (named, of(both.new, new, &block.name)) else {
            continue;
        };
        let listed = |body: &Value| body.get("keys").entries().map(|(key, _)| key.to_string()).collect::<BTreeSet<_>>();
        let (before, now) = (listed(&block.body), listed(&after.body));
        let gone: Vec<&String> = before.difference(&now).collect();
        if !gone.is_empty() {
            report.blocks.insert((block.name, "keys".into()));
            let name = after.body.get("object").text().unwrap_or_default().to_owned();
            let shown = format!("the secret {} in {}", quoted(&name), quoted(namespace));
            let spots = (Some(Spot::Fact(block.at)), Some(Spot::Fact(after.at)));
            lost(both, (namespace, &name), &shown, &gone, spots, report);
        }
    }
}

fn lost(
    both: &Both<'_>,
    (namespace, name): (&str, &str),
    shown: &str,
    gone: &[&String],
    (old, new): (Option<Spot>, Option<Spot>),
    report: &mut Report,
) {
    let Some(cluster) = both.clusters.new else {
        return;
    };
    let reads = |reference: &&crate::model::Reference| {
        let key = reference.key.as_ref().map(|key| key.value.to_string());
        *reference.namespace == *namespace
            && *reference.name.value == *name
            && !reference.optional
            && key.is_some_and(|key| gone.contains(&&key))
    };
    let readers: BTreeSet<String> = cluster
        .references
        .iter()
        .filter(reads)
        .filter_map(|reference| cluster.objects.get(reference.by).map(|entity| entity.shown()))
        .collect();
    let readers: Vec<String> = readers.into_iter().collect();
    let keys: Vec<String> = gone.iter().map(|key| quoted(key)).collect();
    let what = if keys.len() == 1 { "key" } else { "keys" };
    let message = format!("{shown} loses the {what} {}", some(&keys));
    let change = match readers.is_empty() {
        true => Change::new(Level::Note, Effect::Keys, message).why("nothing that is written here reads it"),
        false => {
            let why = format!("{} still needs it: its pods do not start", some(&readers));
            Change::new(Level::Disruption, Effect::Keys, message).why(why)
        }
    };
    report.tell(change.at(old, new));
}
