//! `net/overlap`: an address that is needed inside of the networks of pods or services.

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Ip};

use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// Hosts, gateways and servers must stand outside of the networks that the cluster makes for itself.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let network = &cluster.network;
    let inner = network
        .pods
        .iter()
        .map(|pods| ("pods", pods))
        .chain(network.services.iter().map(|services| ("services", services)));
    let inner: Vec<(&str, &Said<Cidr>)> = inner.collect();
    for (what, address) in addresses(cluster) {
        for (of, range) in inner.iter().filter(|(_, range)| range.contains(address.value)) {
            let message = format!("the network of {of} of `{}`, {}, contains {what}", cluster.name, range.value);
            let finding =
                Diagnostic::new(&rules::NET_OVERLAP, address.at, message).label("no pod could reach this address");
            let told = if range.given { "this network" } else { "this is the default of the distribution" };
            found.push(finding.also(range.at, told).help(format!(
                "set `{of}` in `network` to one that contains no address of yours, such as {}",
                free(cluster)
            )));
        }
    }
}

/// The addresses that pods and hosts need, and what people call them.
fn addresses(cluster: &Cluster) -> impl Iterator<Item = (String, &Said<Ip>)> {
    let network = &cluster.network;
    let hosts = cluster.hosts.iter().flat_map(|host| {
        let addresses = [&host.address, &host.address6].into_iter().flatten();
        addresses.map(move |address| (format!("host `{}`", host.name), address))
    });
    let gateway = network.gateway.iter().map(|address| ("the gateway".to_owned(), address));
    let servers = network.dns_servers.iter().map(|address| (format!("the name server {}", address.value), address));
    let vip = network.vip.iter().map(|address| ("the address of the API".to_owned(), address));
    let machines = network.machines.iter().map(|(name, address)| (format!("`{name}`"), address));
    hosts.chain(gateway).chain(servers).chain(vip).chain(machines)
}

/// A network that is free of every address of the cluster.
fn free(cluster: &Cluster) -> String {
    let taken = |candidate: Cidr| {
        let networks = cluster.network.pods.iter().chain(&cluster.network.services).chain(&cluster.network.nodes);
        addresses(cluster).any(|(_, address)| candidate.contains(address.value))
            || networks.into_iter().any(|network| network.value.overlaps(candidate))
    };
    let candidates = (44..128).filter_map(|number| Cidr::parse(&format!("10.{number}.0.0/16")).ok());
    candidates.into_iter().find(|candidate| !taken(*candidate)).map_or_else(String::new, |found| found.to_string())
}
