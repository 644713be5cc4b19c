//! Addresses and networks.

pub mod cluster_dns;
pub mod cluster_ip;
pub mod cni_pool;
pub mod dhcp;
pub mod duplicate;
pub mod endpoint;
pub mod outside;
pub mod overlap;
pub mod room;

use domain::{Cidr, Ip};

use crate::model::{Cluster, Said};

/// The addresses that a cluster needs outside of itself, and what people call them.
pub(super) fn addresses(cluster: &Cluster) -> impl Iterator<Item = (String, &Said<Ip>)> {
    let network = &cluster.network;
    let gateway = network.gateway.iter().map(|address| ("the gateway".to_owned(), address));
    let servers = network.dns_servers.iter().map(|address| (format!("the name server {}", address.value), address));
    let vip = network.vip.iter().map(|address| ("the shared address of the control planes".to_owned(), address));
    let machines = network.machines.iter().map(|(name, address)| (format!("the machine `{name}`"), address));
    hosts(cluster).chain(gateway).chain(servers).chain(vip).chain(machines)
}

/// The addresses of hosts, and what people call these.
pub(super) fn hosts(cluster: &Cluster) -> impl Iterator<Item = (String, &Said<Ip>)> {
    cluster.hosts.iter().flat_map(|host| {
        let addresses = [&host.address, &host.address6].into_iter().flatten();
        addresses.map(move |address| (format!("host `{}`", host.name), address))
    })
}

/// The networks that the cluster makes for itself, as far as they are known.
fn inner(cluster: &Cluster) -> Vec<(&'static str, &Said<Cidr>)> {
    let network = &cluster.network;
    let pods = network.pods.iter().map(|pods| ("pods", pods));
    let services = network.services.iter().map(|services| ("services", services));
    pods.chain(services).filter(|(_, range)| cluster.distribution.known || range.given).collect()
}

/// How it came that a network is what it is.
fn told(range: &Said<Cidr>) -> String {
    match range.given {
        true => format!("{} is written here", range.value),
        false => format!("it is {} where none is written, by the distribution", range.value),
    }
}

/// A network that is free of everything that the cluster uses.
fn free(cluster: &Cluster) -> String {
    let network = &cluster.network;
    let networks = || network.pods.iter().chain(&network.services).chain(network.of_hosts()).chain(&cluster.cni.pods);
    let taken = |candidate: Cidr| {
        networks().any(|network| network.value.overlaps(candidate))
            || addresses(cluster).any(|(_, address)| candidate.contains(address.value))
    };
    let candidates = (44..128).filter_map(|number| Cidr::parse(&format!("10.{number}.0.0/16")).ok());
    candidates.into_iter().find(|candidate| !taken(*candidate)).map_or_else(String::new, |found| found.to_string())
}
