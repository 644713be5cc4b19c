//! `port/unmapped`: a port that a service opens to the outside, in a cluster whose machine does not map it.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Front, FrontPort};
use crate::rules::Findings;
use crate::rules::pool::{balanced, shown};

/// A cluster in containers is reached through the ports that are mapped, and no others.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(map) = &cluster.distribution.map else {
        return;
    };
    let mapped: BTreeSet<(i64, &str)> =
        map.value.iter().map(|mapped| (i64::from(mapped.to), &*mapped.protocol)).collect();
    for (front, port, number) in
        opened(cluster).filter(|(_, port, number)| !mapped.contains(&(*number, &*port.protocol)))
    {
        // A service is reached by either of its ports.
        let other = port.node_port.as_ref().map(|other| other.value);
        if other.is_some_and(|other| mapped.contains(&(other, &*port.protocol))) {
            continue;
        }
        let message = format!(
            "{} is opened at port {number}/{}, which the machine of `{}` does not map",
            shown(cluster, front.entity),
            port.protocol,
            cluster.name
        );
        let at = port.node_port.as_ref().filter(|other| other.value == number).map_or(port.at, |number| number.at);
        let finding = Diagnostic::new(&rules::PORT_UNMAPPED, at, message).label("nothing outside reaches it");
        let finding = if map.given { finding.also(map.at, "what is mapped") } else { finding };
        found.push(finding.help(format!("add `{{ host: {number}, to: {number} }}` to `map` of the distribution")));
    }
}

/// Ports at which services are reached from outside: of the balancer, or of the hosts where a number was chosen.
fn opened(cluster: &Cluster) -> impl Iterator<Item = (&Front, &FrontPort, i64)> {
    let hosts = cluster.balancer.as_ref().is_some_and(|balancer| balancer.on_hosts);
    let balanced = balanced(cluster)
        .filter(move |_| hosts)
        .flat_map(|front| front.ports.iter().map(move |port| (front, port, i64::from(port.number))));
    let node = cluster.fronts.iter().filter(|front| &*front.kind.value == "NodePort").flat_map(|front| {
        front.ports.iter().filter_map(move |port| Some((front, port, port.node_port.as_ref()?.value)))
    });
    balanced.chain(node)
}
