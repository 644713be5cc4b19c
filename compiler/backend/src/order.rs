//! The order of objects in a stream: each behind what it needs.
//!
//! A stream is applied from the first object to the last, by `kubectl apply -f -` and by whoever delivers the tree. What
//! must exist when an object is created stands before it; what would only be retried could stand anywhere, but the
//! first attempt succeeds more often in this order. Kinds of one row are independent of each other but for their own
//! order in the row.

/// One group of kinds: its API group, and the kinds in their order.
type Row = (&'static str, &'static [&'static str]);

/// Before anything else that is not here.
const BEFORE: &[Row] = &[
    // A namespace must exist before anything in it, a kind before any object of it.
    ("", &["Namespace"]),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    // A pod that names a class which does not exist is refused. Quotas and ranges judge and amend what comes behind
    // them, and nothing that was there before.
    ("scheduling.k8s.io", &["PriorityClass"]),
    ("node.k8s.io", &["RuntimeClass"]),
    ("", &["ResourceQuota", "LimitRange"]),
    // A pod is refused without its account. Roles stand before their bindings, since a binding to a role that is not
    // there can not be judged for escalation.
    ("", &["ServiceAccount"]),
    ("rbac.authorization.k8s.io", &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]),
    // A container does not start without what it mounts.
    ("", &["ConfigMap", "Secret"]),
    ("storage.k8s.io", &["CSIDriver", "StorageClass", "VolumeAttributesClass"]),
    ("", &["PersistentVolume", "PersistentVolumeClaim"]),
    // A container sees in its environment the services that are older than its pod.
    ("", &["Service", "Endpoints"]),
    ("discovery.k8s.io", &["EndpointSlice"]),
    // Before the workloads: a pod that starts before its policy is open until the policy comes.
    ("networking.k8s.io", &["NetworkPolicy"]),
    ("", &["Pod", "ReplicationController"]),
    ("apps", &["DaemonSet", "StatefulSet", "ReplicaSet", "Deployment"]),
    ("batch", &["Job", "CronJob"]),
    // About the workloads, and to the workloads.
    ("policy", &["PodDisruptionBudget"]),
    ("autoscaling", &["HorizontalPodAutoscaler"]),
    ("networking.k8s.io", &["IngressClass", "Ingress"]),
];

// Here stands everything else: custom resources, whose controllers are among the workloads.

/// Behind everything else: each of these is asked about every object that comes later, and answers nothing, or no, until
/// the workload behind it runs.
const BEHIND: &[Row] = &[
    ("apiregistration.k8s.io", &["APIService"]),
    (
        "admissionregistration.k8s.io",
        &[
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
        ],
    ),
];

/// Where a kind stands: smaller comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Rank {
    /// In the first table, at this row and kind.
    Before(usize, usize),
    /// In none.
    Between,
    /// In the second table, at this row and kind.
    Behind(usize, usize),
}

/// The rank of a kind.
pub(crate) fn rank(group: &str, kind: &str) -> Rank {
    if let Some((row, column)) = find(BEFORE, group, kind) {
        return Rank::Before(row, column);
    }
    find(BEHIND, group, kind).map_or(Rank::Between, |(row, column)| Rank::Behind(row, column))
}

fn find(table: &[Row], group: &str, kind: &str) -> Option<(usize, usize)> {
    let rows = table.iter().enumerate().filter(|(_, (of, _))| *of == group);
    rows.filter_map(|(row, (_, kinds))| Some((row, kinds.iter().position(|one| *one == kind)?))).next()
}
