//! `access/no-resource`: a right to something that there is not, because it is of another group or is written otherwise.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Entity, Right, Said, Text};
use crate::rules::Findings;

/// What Kubernetes has, by group.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "bindings",
            "componentstatuses",
            "configmaps",
            "endpoints",
            "events",
            "limitranges",
            "namespaces",
            "nodes",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "serviceaccounts",
            "services",
        ],
    ),
    ("apps", &["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"]),
    ("batch", &["cronjobs", "jobs"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("networking.k8s.io", &["ingressclasses", "ingresses", "ipaddresses", "networkpolicies", "servicecidrs"]),
    ("policy", &["poddisruptionbudgets"]),
    ("rbac.authorization.k8s.io", &["clusterrolebindings", "clusterroles", "rolebindings", "roles"]),
    ("storage.k8s.io", &["csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments"]),
    ("coordination.k8s.io", &["leases"]),
    ("discovery.k8s.io", &["endpointslices"]),
    ("scheduling.k8s.io", &["priorityclasses"]),
    ("apiextensions.k8s.io", &["customresourcedefinitions"]),
    ("admissionregistration.k8s.io", &["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]),
];

/// What lives in no namespace, so that no role of a namespace is about it.
const EVERYWHERE: &[&str] = &[
    "nodes",
    "persistentvolumes",
    "clusterroles",
    "clusterrolebindings",
    "storageclasses",
    "csidrivers",
    "csinodes",
    "volumeattachments",
    "priorityclasses",
    "ingressclasses",
    "customresourcedefinitions",
    "mutatingwebhookconfigurations",
    "validatingwebhookconfigurations",
];

/// A right is one to resources that its groups have. Of groups that are not of Kubernetes nothing is known.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    // What a role of the cluster allows too, one of a namespace only says again.
    let of_cluster: BTreeSet<&str> = cluster
        .rights
        .iter()
        .filter(|right| cluster.objects.get(right.entity).is_some_and(|object| &*object.kind == "ClusterRole"))
        .flat_map(|right| right.resources.iter().map(|resource| &*resource.value))
        .collect();
    for right in &cluster.rights {
        let Some(object) = cluster.objects.get(right.entity) else {
            continue;
        };
        if let Some(group) = right.groups.iter().find(|group| is_versioned(group)) {
            let plain = if &*group.value == "v1" { "" } else { group.rsplit_once('/').map_or("", |(plain, _)| plain) };
            let message = format!("{} names the group `{}`, which has a version in it", object.shown(), group.value);
            let finding =
                Diagnostic::new(&rules::ACCESS_NO_RESOURCE, group.at, message).label("there is no such group");
            found.push(finding.help(format!("write `\"{plain}\"`")));
            continue;
        }
        for resource in &right.resources {
            found.extend(missing(object, right, resource, &of_cluster));
        }
    }
}

/// Whether a group is one with its version: `v1`, `apps/v1`.
fn is_versioned(group: &str) -> bool {
    group.contains('/') || group == "v1"
}

fn missing(
    object: &Entity,
    right: &Right,
    resource: &Said<Text>,
    of_cluster: &BTreeSet<&str>,
) -> Option<Diagnostic<crate::Place>> {
    let name = resource.split('/').next().unwrap_or_default();
    let known = |group: &str| GROUPS.iter().find(|(known, _)| *known == group).map(|(_, resources)| *resources);
    let mut groups = right.groups.iter().map(|group| known(group));
    if right.groups.is_empty() || groups.any(|of| of.is_none_or(|of| of.contains(&name))) {
        let everywhere = &*object.kind == "Role"
            && EVERYWHERE.contains(&name)
            && !of_cluster.contains(name)
            && right.groups.iter().all(|group| known(group).is_some());
        return everywhere.then(|| {
            let message = format!("{} is of a namespace, and `{name}` are of none", object.shown());
            let finding =
                Diagnostic::new(&rules::ACCESS_NO_RESOURCE, resource.at, message).label("nothing is allowed by this");
            finding.help("make it a `ClusterRole`, with a `ClusterRoleBinding`")
        });
    }
    let home = |name: &str| GROUPS.iter().find(|(_, resources)| resources.contains(&name)).map(|(group, _)| *group);
    let told = |message: String, help: String| {
        let finding =
            Diagnostic::new(&rules::ACCESS_NO_RESOURCE, resource.at, message).label("nothing is allowed by this");
        Some(finding.help(help))
    };
    // What other groups have under the same name, as those of metrics have pods, is nothing that is known.
    if let Some(group) = home(name) {
        let asked: Vec<String> = right.groups.iter().map(|group| format!("`\"{}\"`", group.value)).collect();
        let message =
            format!("{} is about `{name}` of the group {}, which has none", object.shown(), asked.join(" and "));
        return told(message, format!("add `\"{group}\"` to its `apiGroups`"));
    }
    // Kinds are written for resources: `Pod`, `pod`.
    let lower = name.to_lowercase();
    let ends = [
        format!("{lower}s"),
        format!("{lower}es"),
        lower.strip_suffix('y').map_or(lower.clone(), |stem| format!("{stem}ies")),
        lower.clone(),
    ];
    let meant = ends.iter().find(|end| **end != *name && home(end).is_some())?;
    let message = format!("{} is about `{name}`, and that is called `{meant}` here", object.shown());
    told(message, format!("write `{meant}`"))
}
