//! `expose/no-pods`: a service in front of nothing.

use diagnostics::{Diagnostic, rules};
use domain::nearest;

use crate::Place;
use crate::model::{Cluster, Entity, Labels, Said};
use crate::rules::workloads::Workloads;
use crate::rules::{COMPARED, Findings};

/// A service chooses pods of its namespace by all of its labels. Where charts or operators may make pods that are not
/// seen, only what nearly chooses some is a mistake for sure.
pub fn check(cluster: &Cluster, workloads: &Workloads, found: &mut Findings) {
    let mut compared = 0;
    for front in cluster.fronts.iter().filter(|front| &*front.kind.value != "ExternalName") {
        let (Some(selector), Some(object)) = (&front.selector, cluster.objects.get(front.entity)) else {
            continue;
        };
        let is_seen = workloads.selected(&object.namespace, &selector.value).is_empty()
            && !workloads.are_told(&object.namespace, &selector.value);
        if is_seen {
            compared += 1;
            let near = if compared <= COMPARED { near(workloads, object, &selector.value) } else { None };
            found.extend(report(cluster, object, selector, near));
        }
    }
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
fn near(workloads: &Workloads, object: &Entity, wanted: &Labels) -> Option<(String, String)> {
    wanted.iter().find_map(|(key, value)| {
        let close = nearest(value, workloads.values(&object.namespace, key))?;
        let mut changed = wanted.clone();
        changed.insert(key.clone(), close.into());
        (!workloads.selected(&object.namespace, &changed).is_empty()).then(|| (key.to_string(), close.to_owned()))
    })
}
