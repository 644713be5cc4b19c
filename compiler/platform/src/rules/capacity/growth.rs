//! `capacity/unbounded`: machines that are made on demand, without an end.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What makes machines knows when to stop: <https://karpenter.sh/docs/concepts/nodepools>, `spec.limits`.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for growth in cluster.growth.iter().filter(|growth| !growth.bounded) {
        if let Some(object) = cluster.objects.get(growth.entity) {
            let message = format!("{} makes machines without an end", object.shown());
            found.push(
                Diagnostic::new(&rules::CAPACITY_UNBOUNDED, object.name_at, message)
                    .label("it has no `limits`")
                    .help("say in its `spec` how much may come: `limits: { cpu: 40, memory: 160GiB }`"),
            );
        }
    }
}
