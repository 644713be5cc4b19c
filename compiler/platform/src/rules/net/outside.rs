//! `net/outside`: addresses of the network of the hosts.

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Family, Ip};

use super::hosts;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// Hosts, their gateway and the address that control planes share lie in the network of the hosts, and are none that
/// means the network itself.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    cluster.network.of_hosts().for_each(|nodes| outside(cluster, nodes, found));
}

fn outside(cluster: &Cluster, nodes: &Said<Cidr>, found: &mut Findings) {
    let network = &cluster.network;
    let gateway = network.gateway.iter().map(|address| ("the gateway".to_owned(), address));
    let vip = network.vip.iter().map(|address| ("the shared address of the control planes".to_owned(), address));
    for (who, address) in hosts(cluster).chain(gateway).chain(vip) {
        let Some(wrong) = wrong(nodes, address) else {
            continue;
        };
        let message = format!("{who} is at {}, {wrong}", address.value);
        found.push(
            Diagnostic::new(&rules::NET_OUTSIDE, address.at, message)
                .also(nodes.at, format!("the network of the hosts is {}", nodes.value))
                .help("take an address within the network, or correct `nodes`"),
        );
    }
}

fn wrong(nodes: &Said<Cidr>, address: &Said<Ip>) -> Option<String> {
    if address.family() != nodes.family() {
        return None;
    }
    let network = nodes.value;
    if !network.contains(address.value) {
        return Some(format!("outside of the network of the hosts, {network}"));
    }
    // Of two addresses or one, each is a host's.
    let has_edges = network.family() == Family::V4 && network.prefix() < 31;
    if has_edges && address.value == network.first() {
        Some(format!("which is the address of the network {network} itself"))
    } else if has_edges && address.value == network.broadcast() {
        Some(format!("which is the broadcast address of {network}"))
    } else {
        None
    }
}
