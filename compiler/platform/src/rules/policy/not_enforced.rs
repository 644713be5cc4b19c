//! `policy/not-enforced`: policies in a cluster whose network does not look at them.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What enforces policies, by a word in the name of its objects.
const ENFORCERS: [&str; 7] = ["antrea", "calico", "canal", "cilium", "kube-router", "tigera", "weave"];

/// Where there are policies, somebody must enforce them.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let written = cluster.policies.iter().filter_map(|policy| cluster.objects.get(policy.entity));
    // What stands in the cluster by other means than `cni` could enforce them.
    let is_enforcer = |name: &str| ENFORCERS.iter().any(|word| name.contains(word));
    if cluster.cni.policies
        || cluster.objects.iter().any(|object| object.kind != "NetworkPolicy" && is_enforcer(&object.name))
    {
        return;
    }
    let mut written = written.peekable();
    let Some(first) = written.peek().map(|entity| entity.at) else {
        return;
    };
    let count = written.count();
    let policies =
        if count == 1 { "one network policy that".to_owned() } else { format!("{count} network policies that") };
    let by = match cluster.cni.schema {
        "" | "Cni" => "its network".to_owned(),
        schema => format!("`{schema}`"),
    };
    let message = format!("`{}` has {policies} nobody enforces: {by} does not look at policies", cluster.name);
    let finding = Diagnostic::new(&rules::POLICY_NOT_ENFORCED, first, message).label("everybody is let in and out");
    found.push(
        finding
            .also(cluster.distribution.at, "brings the network of the pods")
            .help("choose a `cni` that enforces policies, such as `calico.Calico {}` or `cilium.Cilium {}`"),
    );
}
