//! `ha/budget`: a budget of disruption that lets no pod go, so that no host can be drained.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::capacity::replicas;
use crate::model::{Budget, Cluster, Entity, Pods, Said, Text};
use crate::rules::{Findings, Indexed};

/// At least one pod of a budget may always go.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    let mut kept: BTreeMap<usize, &Entity> = BTreeMap::new();
    for budget in &cluster.budgets {
        let Some(object) = cluster.objects.get(budget.entity) else {
            continue;
        };
        let space = object.space();
        let labelled = indexed.index.fewest(space, budget.selector.labels.iter());
        let here = labelled.unwrap_or_else(|| indexed.index.in_namespace(space));
        let here = here.filter_map(|number| cluster.pods.get(number));
        let all: Vec<&Pods> = here.filter(|pods| budget.selector.matches(&pods.labels)).collect();
        if all.is_empty() {
            found.extend(nobody(cluster, budget, object));
        }
        // What runs on every host, and what is done once, may have a budget too: it keeps none from going.
        let chosen: Vec<&Pods> = all.into_iter().filter(|pods| is_counted(cluster, pods)).collect();
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

/// Whether a controller counts the pods that are up.
fn is_counted(cluster: &Cluster, pods: &Pods) -> bool {
    let object = cluster.objects.get(pods.entity);
    object.is_some_and(|object| {
        matches!(&*object.kind, "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController")
    })
}

/// A budget of pods that there are not.
fn nobody(cluster: &Cluster, budget: &Budget, object: &Entity) -> Option<Diagnostic<Place>> {
    let unseen = cluster.unseen.everywhere || cluster.unseen.namespaces.contains(&object.namespace);
    if unseen || cluster.filled.contains(&object.namespace) || budget.selector.is_all() {
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
    chosen: &[&Pods],
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
