//! `object/same-pods`: two workloads that choose the same pods for their own.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Cluster, Entity, Labels, Text};
use crate::rules::Findings;

/// Each workload knows its pods by labels that no other has.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut known: FxHashMap<(Text, &Labels), &Entity> = FxHashMap::default();
    for pods in &cluster.pods {
        let (Some(object), Some(selector)) = (cluster.objects.get(pods.entity), &pods.selector) else { continue };
        // The selector of a job is made for it, and one of a ReplicaSet alone is seldom written.
        if selector.labels.is_empty() || !selector.expressions.is_empty() || &*object.group != "apps" {
            continue;
        }
        let Some(first) = known.get(&(object.space(), &selector.labels)) else {
            known.insert((object.space(), &selector.labels), object);
            continue;
        };
        let labels: Vec<String> = selector.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let message = format!(
            "{} and {} both choose pods with `{}` for their own",
            object.shown(),
            first.shown(),
            labels.join(",")
        );
        let finding = Diagnostic::new(&rules::OBJECT_SAME_PODS, object.name_at, message);
        let finding = finding.label("what counts or reaches its pods means those of both");
        found.push(
            finding
                .also(first.name_at, "the other one")
                .help("give the pods of each a label of their own, and choose by it"),
        );
    }
}
