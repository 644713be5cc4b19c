//! `capacity/no-host`, of pods that must be spread over places that no host is in.

use diagnostics::{Diagnostic, rules};

use crate::capacity;
use crate::model::{Cluster, Text};
use crate::rules::Findings;

/// What makes a place is a label of hosts: a host without it takes none of the pods.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.hosts.is_empty() || capacity::grows(cluster) {
        return;
    }
    for pods in cluster.pods.iter().filter(|pods| !pods.spread.is_empty()) {
        let is_nowhere = |key: &Text| cluster.hosts.iter().all(|host| !host.labels.contains_key(key));
        let Some((_, key, _)) = pods.spread.iter().find(|(_, key, _)| is_nowhere(key)) else {
            continue;
        };
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let message =
            format!("{} must be spread by `{key}`, and no host of `{}` has that label", object.shown(), cluster.name);
        let finding = Diagnostic::new(&rules::CAPACITY_NO_HOST, object.at, message).label("no host takes it");
        found.push(
            finding.help(
                "label the hosts, spread by `kubernetes.io/hostname`, or write `whenUnsatisfiable: ScheduleAnyway`",
            ),
        );
    }
}
