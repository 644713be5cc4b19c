//! `capacity/no-requests`: a container of which nobody knows what it needs, on hosts of which it is known what they have.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Container};
use crate::rules::Findings;

/// Where hosts have sizes, what runs on them says what it needs. A `LimitRange` says it for a whole namespace.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if !cluster.hosts.iter().any(|host| host.cpu.is_some() || host.memory.is_some()) {
        return;
    }
    let ranges = cluster.objects.iter().filter(|object| &*object.kind == "LimitRange" && object.group.is_empty());
    let covered: Vec<&str> = ranges.map(|object| &*object.namespace).collect();
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity).filter(|of| !covered.contains(&&*of.namespace)) else {
            continue;
        };
        for (container, missing) in pods.containers.iter().map(|container| (container, missing(container))) {
            if !missing.is_empty() {
                let of = object.shown();
                let message = format!("container `{}` of {of} does not say {}", container.name, missing.join(" and "));
                let finding = Diagnostic::new(&rules::CAPACITY_NO_REQUESTS, container.at, message);
                found.push(finding.label("it counts as nothing where room is sought for it").help(
                    "set `resources.requests` to what it needs, and `resources.limits.memory` to the most that it may have",
                ));
            }
        }
    }
}

fn missing(container: &Container) -> Vec<&'static str> {
    let (requests, limits) = (&container.requests, &container.limits);
    let cpu = requests.cpu.is_none() && limits.cpu.is_none();
    let memory = requests.memory.is_none() && limits.memory.is_none();
    [(cpu, "how much cpu it needs"), (memory, "how much memory it needs")]
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
}
