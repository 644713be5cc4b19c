//! `capacity/no-host` of what is bound to hosts by their names: pods with a `nodeName`, volumes that are disks of a host.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashSet;

use crate::model::Cluster;
use crate::rules::Findings;

/// What is on some host is on one that there is.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.hosts.is_empty() || cluster.network.more_hosts > 0 || !cluster.growth.is_empty() {
        return;
    }
    let names: FxHashSet<&str> = cluster.hosts.iter().map(|host| &*host.name).collect();
    let near = |name: &str| match nearest(name, cluster.hosts.iter().map(|host| &*host.name)) {
        Some(near) => format!("write `{near}`"),
        None => "name a host of the cluster".to_owned(),
    };
    for pods in &cluster.pods {
        let Some(host) = pods.host.as_ref().filter(|host| !names.contains(&*host.value)) else { continue };
        let Some(object) = cluster.objects.get(pods.entity).filter(|_| !host.contains("${")) else { continue };
        let message =
            format!("{} is bound to the host `{}`, which `{}` does not have", object.shown(), host.value, cluster.name);
        let finding = Diagnostic::new(&rules::CAPACITY_NO_HOST, host.at, message).label("no pod of it ever starts");
        found.push(finding.help(near(&host.value)));
    }
    for volume in &cluster.persistents {
        let Some(on_any) = &volume.on_any else { continue };
        // Labels that nobody writes here may be set by others; the name of a host is not.
        let mut by_name = on_any.iter().map(|term| {
            term.expressions.iter().find(|one| &*one.key == "kubernetes.io/hostname" && !one.values.is_empty())
        });
        let wrong =
            |values: &[crate::model::Text]| values.iter().all(|name| !names.contains(&**name) && !name.contains("${"));
        let Some(first) = by_name.next().flatten().filter(|one| wrong(&one.values)) else { continue };
        if !by_name.all(|one| one.is_some_and(|one| wrong(&one.values))) {
            continue;
        }
        let (Some(object), Some(name)) = (cluster.objects.get(volume.entity), first.values.first()) else { continue };
        let message =
            format!("{} is a disk of the host `{name}`, which `{}` does not have", object.shown(), cluster.name);
        let finding = Diagnostic::new(&rules::CAPACITY_NO_HOST, on_any.at, message).label("who claims it never starts");
        found.push(finding.help(near(name)));
    }
}
