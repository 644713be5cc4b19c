//! `scale/fixed`: a number of pods that is written, and that something else decides.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What follows the load has no number of its own: it would be set back with every apply.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.autoscalers.is_empty() {
        return;
    }
    for pods in &cluster.pods {
        let (Some(replicas), Some(object)) = (&pods.replicas, cluster.objects.get(pods.entity)) else {
            continue;
        };
        let key = (object.namespace, object.kind, object.name);
        let Some(scaler) = cluster.autoscalers.get(&key).filter(|_| replicas.given) else {
            continue;
        };
        let Some(by) = cluster.objects.get(scaler.entity) else {
            continue;
        };
        let message = format!("{} says how many pods it has, and {} scales it", object.shown(), by.shown());
        let finding =
            Diagnostic::new(&rules::SCALE_FIXED, replicas.at, message).label("every apply sets it back to this");
        found.push(finding.also(by.name_at, "this decides how many there are").help("leave `replicas` out"));
    }
}
