//! `port/probe`: a probe that asks at a port that its container does not have.

use diagnostics::{Diagnostic, rules};
use domain::nearest;

use crate::model::Cluster;
use crate::rules::Findings;

/// A probe names a port of its own container.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        for container in pods.containers.iter().chain(&pods.before) {
            let called = || container.ports.iter().map(|port| &*port.name).filter(|name| !name.is_empty());
            for port in container.probed.iter().filter(|port| called().all(|name| *name != *port.value)) {
                let Some(object) = cluster.objects.get(pods.entity) else {
                    continue;
                };
                let message = format!(
                    "a probe of the container `{}` of {} asks at port `{}`, which this container does not have",
                    container.name,
                    object.shown(),
                    port.value,
                );
                let at = if port.given { port.at } else { object.at };
                let finding = Diagnostic::new(&rules::PORT_PROBE, at, message).label("this probe always fails");
                let known: Vec<&str> = called().collect();
                found.push(match nearest(&port.value, called()) {
                    Some(near) => finding.help(format!("write `{near}`")),
                    None if known.is_empty() => finding.help(format!("call a port of the container `{}`", port.value)),
                    None => finding.help(format!("its ports are called `{}`", known.join("`, `"))),
                });
            }
        }
    }
}
