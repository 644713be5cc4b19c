//! `ha/budget`: a budget of disruption that lets no pod go, so that no host can be drained.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::Place;
use crate::capacity::replicas;
use crate::model::{Budget, Cluster, Entity, Pods, Said, Text};
use crate::rules::Findings;

/// At least one pod of a budget may always go.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut all: FxHashMap<&str, Vec<&Pods>> = FxHashMap::default();
    let mut by_namespace: FxHashMap<&str, Vec<&Pods>> = FxHashMap::default();
    let mut by_label: FxHashMap<(&str, &str, &str), Vec<&Pods>> = FxHashMap::default();
    let counted = |kind: &str| matches!(kind, "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController");
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        all.entry(&object.namespace).or_default().push(pods);
        if !counted(&object.kind) {
            continue;
        }
        by_namespace.entry(&object.namespace).or_default().push(pods);
        for (key, value) in &pods.labels {
            by_label.entry((&object.namespace, key, value)).or_default().push(pods);
        }
    }
    let mut kept: BTreeMap<usize, &Entity> = BTreeMap::new();
    for budget in &cluster.budgets {
        let Some(object) = cluster.objects.get(budget.entity) else {
            continue;
        };
        let candidates = match budget.selector.labels.iter().next() {
            Some((key, value)) => by_label.get(&(&*object.namespace, &**key, &**value)),
            None => by_namespace.get(&*object.namespace),
        };
        let chosen = candidates.into_iter().flatten().filter(|pods| budget.selector.matches(&pods.labels));
        let chosen: Vec<&&Pods> = chosen.collect();
        if chosen.is_empty() {
            // What runs on every host, and what is done once, may have a budget too.
            let here = all.get(&*object.namespace).map(Vec::as_slice).unwrap_or_default();
            found.extend(nobody(cluster, budget, object, here));
        }
        found.extend(twice(cluster, object, &chosen, &mut kept));
        let count: u64 = chosen.iter().map(|pods| replicas(cluster, pods)).sum();
        let Some(said) = blocks(budget, count).filter(|_| count > 0) else {
            continue;
        };
        let whose = chosen.first().and_then(|pods| cluster.objects.get(pods.entity));
        let of = whose.map_or_else(String::new, |whose| whose.shown());
        let message =
            format!("{} lets no pod of {of} go, so the host where one stands can not be drained", object.shown());
        let mut finding = Diagnostic::new(&rules::HA_BUDGET, said.at, message);
        if let Some(whose) = whose {
            finding = finding.also(whose.at, if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") });
        }
        found.push(finding.help(match count {
            1 => "run a second pod, or leave the budget out",
            _ => "set `maxUnavailable: 1` instead",
        }));
    }
}

/// A budget of pods that there are not.
fn nobody(cluster: &Cluster, budget: &Budget, object: &Entity, here: &[&Pods]) -> Option<Diagnostic<Place>> {
    let unseen = cluster.unseen.everywhere || cluster.unseen.namespaces.contains(&object.namespace);
    if unseen || cluster.filled.contains(&object.namespace) || budget.selector.is_all() {
        return None;
    }
    if here.iter().any(|pods| budget.selector.matches(&pods.labels)) {
        return None;
    }
    let message = format!("{} is about no pods: `{}` has none with these labels", object.shown(), object.space());
    let finding = Diagnostic::new(&rules::HA_NOBODY, object.name_at, message).label("this keeps nothing up");
    Some(finding.help("choose pods by labels that they have"))
}

/// Pods of two budgets: none of them can be moved away, whatever both say.
fn twice<'a>(
    cluster: &Cluster,
    object: &'a Entity,
    chosen: &[&&Pods],
    kept: &mut BTreeMap<usize, &'a Entity>,
) -> Option<Diagnostic<Place>> {
    let mut told = None;
    for pods in chosen {
        let Some(first) = kept.insert(pods.entity, object) else {
            continue;
        };
        let whose = cluster.objects.get(pods.entity)?;
        let message = format!("{} and {} are both about the pods of {}", first.shown(), object.shown(), whose.shown());
        let finding = Diagnostic::new(&rules::HA_TWO_BUDGETS, object.name_at, message);
        let finding = finding.label("no pod of two budgets can be moved away").also(first.name_at, "the other one");
        told.get_or_insert(finding.also(whose.at, "the pods").help("make one of both"));
    }
    told
}

/// What keeps the last pod from going.
fn blocks(budget: &Budget, count: u64) -> Option<&Said<Text>> {
    let count = i128::from(count);
    // Percentages are rounded up, in both directions.
    let of = |said: &Said<Text>| match said.strip_suffix('%') {
        Some(percent) => percent.parse::<i128>().ok().map(|percent| (percent * count + 99) / 100),
        None => said.parse::<i128>().ok(),
    };
    let least = budget.least.as_ref().filter(|said| of(said).is_some_and(|least| least >= count));
    least.or_else(|| budget.missing.as_ref().filter(|said| of(said) == Some(0)))
}
