//! `requires/kind`: an object of a kind that nothing of the platform brings.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use super::offered::is_called;
use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// Groups that end as those of Kubernetes do, and are brought by others.
const FOREIGN: [&str; 6] = [
    "gateway.networking.k8s.io",
    "policy.networking.k8s.io",
    "snapshot.storage.k8s.io",
    "sparkoperator.k8s.io",
    "storagemigration.k8s.io",
    "x-k8s.io",
];

/// What is delivered whole has nobody else who would make a kind known. Of each kind the first object is told.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if !cluster.is_whole {
        return;
    }
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for object in cluster.objects.iter().filter(|object| is_of_others(object)) {
        if cluster.groups.contains(&object.group)
            || comes_along(cluster, &object.group)
            || !told.insert((&object.group, &object.kind))
        {
            continue;
        }
        let message = format!(
            "{} is of a kind of `{}`, which nothing in `{}` brings",
            object.shown(),
            object.group,
            cluster.name
        );
        found.push(
            Diagnostic::new(&rules::REQUIRES_KIND, object.at, message).label("nobody would know what this is").help(
                format!("install what it is for, or say which component brings it: `kinds: [\"{}\"]`", object.group),
            ),
        );
    }
}

/// Whether something is installed that is called as the group is: `metallb` may bring the kinds of `metallb.io`.
fn comes_along(cluster: &Cluster, group: &str) -> bool {
    let words = group.split('.').filter(|word| word.len() > 3 && !matches!(*word, "apache" | "toolkit" | "networking"));
    words.into_iter().any(|word| is_called(cluster, word))
}

fn is_of_others(object: &Entity) -> bool {
    let group = &*object.group;
    group.contains('.') && (!group.ends_with(".k8s.io") || FOREIGN.iter().any(|foreign| group.ends_with(foreign)))
}
