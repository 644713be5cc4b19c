//! `expose/no-pods`: a service in front of nothing.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Entity, Labels, Said, Text};
use crate::rules::workloads::has_all;
use crate::rules::{COMPARED, Findings, Indexed};

/// A service chooses pods of its namespace by all of its labels. Where charts or operators may make pods that are not
/// seen, only what nearly chooses some is a mistake for sure.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    let told = told(cluster);
    let mut compared = 0;
    for front in cluster.fronts.iter().filter(|front| &*front.kind.value != "ExternalName") {
        let (Some(selector), Some(object)) = (&front.selector, cluster.objects.get(front.entity)) else {
            continue;
        };
        if indexed.selected(object.space(), selector).is_empty() && !are_told(&told, object, selector) {
            compared += 1;
            let near = if compared <= COMPARED { near(indexed, object, &selector.value) } else { None };
            found.extend(report(cluster, object, selector, near));
        }
    }
}

/// Labels of pods that blocks speak of, by namespace.
fn told(cluster: &Cluster) -> FxHashMap<Text, Vec<&Labels>> {
    let mut told: FxHashMap<Text, Vec<&Labels>> = FxHashMap::default();
    cluster.told.iter().for_each(|spoken| told.entry(spoken.namespace).or_default().push(&spoken.pods));
    told
}

/// Whether a block speaks of pods with all of these labels, whoever makes them.
fn are_told(told: &FxHashMap<Text, Vec<&Labels>>, object: &Entity, labels: &Labels) -> bool {
    told.get(&object.namespace).into_iter().flatten().any(|pods| has_all(pods, labels))
}

fn report(
    cluster: &Cluster,
    object: &Entity,
    selector: &Said<Labels>,
    near: Option<(String, String)>,
) -> Option<Diagnostic<Place>> {
    let unseen = cluster.unseen.everywhere || cluster.unseen.namespaces.contains(&object.namespace);
    // The distribution has pods of its own there.
    if near.is_none() && (unseen || &*object.namespace == "kube-system") {
        return None;
    }
    let labels: Vec<String> = selector.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let message =
        format!("{} chooses pods with `{}`, and `{}` has none", object.shown(), labels.join(","), object.space());
    let finding = Diagnostic::new(&rules::EXPOSE_NO_PODS, selector.at, message).label("nobody would answer");
    Some(match near {
        Some((key, value)) => finding.help(format!("did you mean `{key}={value}`?")),
        None => finding.help("choose pods by labels that they have"),
    })
}

/// The label that would have to be another, where one alone would.
fn near(indexed: &Indexed<'_>, object: &Entity, wanted: &Labels) -> Option<(String, String)> {
    wanted.iter().find_map(|(key, value)| {
        let close = nearest(value, indexed.index.values(object.space(), *key))?;
        let mut changed = wanted.clone();
        changed.insert(*key, close.into());
        (!indexed.selected(object.space(), &changed).is_empty()).then(|| (key.to_string(), close.to_owned()))
    })
}
