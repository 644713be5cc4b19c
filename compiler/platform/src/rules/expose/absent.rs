//! `expose/absent`: an address that the platform tells, and nothing answers there.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use super::scheme::address;
use crate::Place;
use crate::model::{Cluster, Platform, Said, Text};
use crate::rules::Findings;

/// The ports of hosts that services get, unless the network says otherwise.
const PORTS: (u16, u16) = (30000, 32767);

/// What a platform puts out as the address of a port of its hosts, or of the machine that a cluster is in, leads to something.
pub fn check(platform: &Platform, found: &mut Findings) {
    for (name, value) in &platform.outputs {
        if let Some((_, host, port)) = address(value) {
            found.extend(platform.clusters.iter().find_map(|cluster| absent(cluster, host, port)).map(|why| {
                let message = format!("`{name}` says {}, and {why}", value.value);
                told(value, message)
            }));
        }
    }
}

fn told(value: &Said<Text>, message: String) -> Diagnostic<Place> {
    Diagnostic::new(&rules::EXPOSE_ABSENT, value.at, message)
        .label("nobody answers there")
        .help("expose the service at this port, or take the address away")
}

fn absent(cluster: &Cluster, host: &str, port: u16) -> Option<String> {
    if let Some(map) = &cluster.distribution.map {
        let is_mapped = map.iter().any(|mapped| mapped.host == port);
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        return (is_here && !is_mapped && !map.is_empty())
            .then(|| format!("`{}` maps no port {port} of the machine", cluster.name));
    }
    let range = cluster.network.node_ports.as_ref().map_or(PORTS, |range| range.value);
    let owner = cluster
        .hosts
        .iter()
        .find(|of| *of.name == *host || of.address.as_ref().is_some_and(|address| address.value.to_string() == host))?;
    let is_known = cluster.makers.is_empty() && cluster.unseen.namespaces.is_empty() && !cluster.unseen.everywhere;
    let is_service = (range.0..=range.1).contains(&port);
    (is_service && is_known && !taken(cluster).contains(&i64::from(port)))
        .then(|| format!("no service has port {port} of `{}`", owner.name))
}

/// The ports of hosts that services and pods take.
fn taken(cluster: &Cluster) -> BTreeSet<i64> {
    let services = crate::rules::port::node_ports(cluster).filter_map(|(_, port)| Some(port.node_port.as_ref()?.value));
    let balanced = cluster.fronts.iter().filter(|front| &*front.kind.value == "LoadBalancer");
    let balanced = balanced.flat_map(|front| front.ports.iter().map(|port| i64::from(port.number)));
    let containers = || cluster.pods.iter().flat_map(|pods| pods.containers.iter().map(move |of| (pods, of)));
    let hosts = containers().flat_map(|(pods, container)| {
        let own = |port: &crate::model::ContainerPort| match &port.host_port {
            Some(number) => Some(number.value),
            None => pods.host_network.then_some(i64::from(port.number)),
        };
        container.ports.iter().filter_map(own).collect::<Vec<_>>()
    });
    services.chain(balanced).chain(hosts).collect()
}
