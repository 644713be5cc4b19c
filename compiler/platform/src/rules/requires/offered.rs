//! `requires/metrics`, `requires/part`: what is needed of the cluster, and nothing gives.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Need};
use crate::rules::Findings;

const METRICS: &str = "metrics.k8s.io";

/// Everything that is needed must be given by something.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut missing: BTreeMap<&str, Vec<&Need>> = BTreeMap::new();
    for need in &cluster.needs {
        missing.entry(&need.what).or_default().push(need);
    }
    for (what, needs) in missing {
        if !is_offered(cluster, what) {
            found.extend(needs.into_iter().map(|need| told(cluster, need)));
        }
    }
}

fn told(cluster: &Cluster, need: &Need) -> Diagnostic<crate::Place> {
    let distribution = cluster.distribution.at;
    match &*need.what {
        METRICS => {
            let message = format!("{} follows the load of pods, which nothing measures", need.by);
            Diagnostic::new(&rules::REQUIRES_METRICS, need.at, message)
                .label("this never scales")
                .also(distribution, "this brings no API of metrics")
                .help("install metrics-server")
        }
        "cni.policy" => {
            let message = format!("{} needs network policies that are enforced, and the CNI enforces none", need.by);
            Diagnostic::new(&rules::REQUIRES_PART, need.at, message)
                .label("this is needed")
                .also(cluster.cni.at, "this enforces no policies")
                .help("choose a CNI that does, such as Calico or Cilium")
        }
        what => {
            let message = format!("{} needs `{what}`, which nothing in `{}` provides", need.by, cluster.name);
            Diagnostic::new(&rules::REQUIRES_PART, need.at, message)
                .label("this is needed")
                .help(format!("install it, or say which component has it: `provides: [\"{what}\"]`"))
        }
    }
}

/// Whether something gives what is needed: a part that says so, or one that is called so.
pub(super) fn is_offered(cluster: &Cluster, what: &str) -> bool {
    let offered = cluster.offers.iter().any(|offer| **offer == *what);
    offered
        || match what {
            METRICS => {
                !cluster.distribution.known
                    || cluster.distribution.metrics
                    || ["metrics-server", "prometheus-adapter"].iter().any(|word| is_called(cluster, word))
            }
            "cni.policy" => cluster.cni.policies,
            "load-balancer" => cluster.balancer.is_some(),
            word => is_called(cluster, word),
        }
}

/// Whether something is installed by this name.
pub(super) fn is_called(cluster: &Cluster, word: &str) -> bool {
    let runs = |kind: &str| matches!(kind, "Deployment" | "DaemonSet" | "StatefulSet" | "CustomResourceDefinition");
    let objects = cluster.objects.iter().filter(|object| runs(&object.kind)).map(|object| &object.name);
    let installed = cluster.installed.iter().map(|installed| &installed.name);
    objects.chain(installed).chain(&cluster.unseen.words).any(|name| name.contains(word))
}
