//! What somebody makes while the cluster runs: secrets, config maps and pods that an account may create. Which ones nobody
//! can see, so none of them is missing where such an account works.

use super::references::{each, is};
use super::scalar::{all_said, text};
use crate::Node;
use crate::model::{Binding, Cluster, Entity, Grant, Maker, Right, Text};

const GROUP: &str = "rbac.authorization.k8s.io";

/// What is made at run time and named by others, as RBAC calls it, and its kind.
const MADE: [(&str, &str); 3] = [("secrets", "Secret"), ("configmaps", "ConfigMap"), ("pods", "Pod")];

/// Notes what a role lets others create, and who has a role.
pub fn note<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let texts = |way: &str| {
        let mut found: Vec<Text> = Vec::new();
        each(node, way, &mut |end| found.extend(text(end)));
        found
    };
    if is(entity, (GROUP, "Role")) || is(entity, (GROUP, "ClusterRole")) {
        let rules = node.get("rules").map(Node::items).unwrap_or_default();
        cluster.rights.extend(rules.iter().map(|rule| Right {
            entity: number,
            groups: all_said(rule.get("apiGroups"), text),
            resources: all_said(rule.get("resources"), text),
        }));
        let creates: Vec<&'static str> = MADE
            .into_iter()
            .filter(|(resource, _)| rules.iter().any(|rule| allows(*rule, resource)))
            .map(|(_, kind)| kind)
            .collect();
        if !creates.is_empty() {
            let role = (entity.kind, entity.namespace, entity.name);
            cluster.grants.push(Grant { role, creates });
        }
    }
    if is(entity, (GROUP, "RoleBinding")) || is(entity, (GROUP, "ClusterRoleBinding")) {
        let kind = texts("roleRef kind").into_iter().next().unwrap_or_else(|| "".into());
        let name = texts("roleRef name").into_iter().next().unwrap_or_else(|| "".into());
        let around = if *kind == *"Role" { entity.namespace } else { "".into() };
        // Who may do it everywhere does it where it stands.
        let places = if entity.namespace.is_empty() { texts("subjects * namespace") } else { vec![entity.namespace] };
        cluster.bindings.push(Binding { role: (kind, around, name), places });
    }
}

fn allows<N: Node>(rule: N, resource: &str) -> bool {
    let has = |field: &str, wanted: &str| {
        let listed = rule.get(field).map(Node::items).unwrap_or_default();
        listed.into_iter().filter_map(text).any(|one| *one == *wanted || &*one == "*")
    };
    has("verbs", "create") && has("resources", resource) && has("apiGroups", "")
}

/// Who has the right to make something is one who may have made it.
pub fn apply(cluster: &mut Cluster) {
    for binding in &cluster.bindings {
        for grant in cluster.grants.iter().filter(|grant| grant.role == binding.role) {
            for (place, kind) in
                binding.places.iter().flat_map(|place| grant.creates.iter().map(move |kind| (place, *kind)))
            {
                if kind == "Pod" {
                    cluster.filled.insert(*place);
                    cluster.unseen.namespaces.insert(*place);
                } else {
                    let namespace = Some(*place);
                    cluster.makers.push(Maker { by: None, namespace, name: None, kind: Some(kind) });
                }
            }
        }
    }
}
