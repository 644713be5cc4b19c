//! `order/wave`: an object of a wave of Argo CD that needs one of a later wave.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Entity};
use crate::rules::Findings;

const WAVE: &str = "argocd.argoproj.io/sync-wave";
const HOOK: &str = "argocd.argoproj.io/hook";

/// What is needed comes in no later wave: the next begins only when all of one is healthy.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if !cluster.objects.iter().any(|object| object.annotations.contains_key(WAVE)) {
        return;
    }
    let numbers = cluster.objects.iter().enumerate();
    let named: FxHashMap<(&str, &str, &str, &str), usize> =
        numbers.map(|(number, of)| ((&*of.group, &*of.kind, &*of.namespace, &*of.name), number)).collect();
    let object = |number: usize| cluster.objects.get(number);
    for reference in cluster.references.iter().filter(|reference| !reference.optional) {
        let identity = (reference.group, reference.kind, &*reference.namespace, &*reference.name.value);
        if let (Some(by), Some(needed)) = (object(reference.by), named.get(&identity).and_then(|to| object(*to))) {
            let at = if reference.name.given { reference.name.at } else { by.at };
            found.extend(late(by, needed, at));
        }
    }
    for by in &cluster.objects {
        let namespace = named.get(&("", "Namespace", "", &*by.namespace)).and_then(|to| object(*to));
        // A namespace of no wave is most often there already.
        let namespace = namespace.filter(|namespace| namespace.annotations.contains_key(WAVE));
        found.extend(namespace.and_then(|namespace| late(by, namespace, by.namespace_at)));
    }
    let defined = cluster.objects.iter().filter(|of| &*of.kind == "CustomResourceDefinition");
    let defined: FxHashMap<&str, Vec<&Entity>> = defined.fold(Default::default(), |mut groups, of| {
        if let Some((_, group)) = of.name.split_once('.') {
            groups.entry(group).or_insert_with(Vec::new).push(of);
        }
        groups
    });
    for by in &cluster.objects {
        let definitions = defined.get(&*by.group).map(Vec::as_slice).unwrap_or_default();
        let definition = definitions.iter().find(|definition| defines(definition, by));
        found.extend(definition.and_then(|definition| late(by, definition, by.at)));
    }
}

/// Whether a definition is that of an object: `kafkas.kafka.strimzi.io` of a `Kafka`.
fn defines(definition: &Entity, object: &Entity) -> bool {
    let plural = definition.name.split('.').next().unwrap_or_default();
    let kind = object.kind.to_lowercase();
    let stem = kind.strip_suffix('y').unwrap_or(&kind);
    plural.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "s" | "es" | "ies"))
}

fn wave(object: &Entity) -> Option<i64> {
    if object.annotations.contains_key(HOOK) {
        return None;
    }
    object.annotations.get(WAVE).map_or(Some(0), |wave| wave.trim().parse().ok())
}

fn late(by: &Entity, needed: &Entity, at: Place) -> Option<Diagnostic<Place>> {
    let (wave, later) = (wave(by)?, wave(needed)?);
    if later <= wave {
        return None;
    }
    let message = format!("{} is of wave {wave} and needs {}, which is of wave {later}", by.shown(), needed.shown());
    let finding = Diagnostic::new(&rules::ORDER_WAVE, at, message).label("this is needed first");
    let finding = finding.also(needed.name_at, format!("this comes in wave {later}"));
    Some(finding.help(format!("give {} the wave {wave} or an earlier one", needed.shown())))
}
