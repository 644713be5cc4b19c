//! `port/map`: a port of the machine that leads to nothing.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use super::node_ports;
use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::balanced;

/// What is mapped leads to a port that the balancer or the hosts have.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(map) = cluster
        .distribution
        .map
        .as_ref()
        .filter(|_| !cluster.unseen.everywhere && cluster.unseen.namespaces.is_empty())
    else {
        return;
    };
    let mut open: BTreeSet<(i64, &str)> = BTreeSet::new();
    open.extend(balanced(cluster).flat_map(|front| &front.ports).map(|port| (i64::from(port.number), &*port.protocol)));
    // Where the cluster chooses a number, nobody knows it.
    let mut is_open_end = false;
    for (_, port) in node_ports(cluster) {
        match &port.node_port {
            Some(number) => {
                open.insert((number.value, &*port.protocol));
            }
            None => is_open_end = true,
        }
    }
    open.extend(cluster.ingress_classes.iter().flat_map(|class| &class.ports).map(|port| (i64::from(*port), "TCP")));
    open.extend(cluster.distribution.ports.iter().map(|port| (i64::from(*port), "TCP")));
    for pods in &cluster.pods {
        let ports = pods.containers.iter().flat_map(|container| &container.ports);
        open.extend(ports.filter_map(|port| {
            let number = port.host_port.as_ref().map(|number| number.value);
            Some((number.or(pods.host_network.then_some(i64::from(port.number)))?, &*port.protocol))
        }));
    }
    let (first, last) = cluster.network.node_ports.as_ref().map_or((30000, 32767), |range| range.value);
    for mapped in &map.value {
        let might_be = is_open_end && (first..=last).contains(&mapped.to);
        if might_be || open.contains(&(i64::from(mapped.to), &*mapped.protocol)) {
            continue;
        }
        let message = format!(
            "port {} of the machine leads to port {}/{} of `{}`, where nothing listens",
            mapped.host, mapped.to, mapped.protocol, cluster.name
        );
        found.push(
            Diagnostic::new(&rules::PORT_MAP, mapped.at, message)
                .help("map it to the port of a service of the type `LoadBalancer`, or to a node port"),
        );
    }
}
