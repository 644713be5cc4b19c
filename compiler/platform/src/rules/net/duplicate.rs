//! `net/duplicate`: who has an address has it alone.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::Ip;

use super::hosts;
use crate::model::{Cluster, Platform, Said, Text};
use crate::rules::Findings;

/// Hosts, the gateway and the address that control planes share are different; so are hosts of different clusters.
pub fn check(platform: &Platform, found: &mut Findings) {
    let mut across: BTreeMap<Ip, (String, &Said<Ip>)> = BTreeMap::new();
    for cluster in &platform.clusters {
        let mut within: BTreeMap<Ip, (String, &Said<Ip>)> = BTreeMap::new();
        for (who, address) in owners(cluster) {
            report(&mut within, who, address, found);
        }
        same_hardware(cluster, found);
        // In containers, hosts are where the machine is.
        if cluster.distribution.map.is_none() {
            let apart: BTreeMap<Ip, _> = hosts(cluster)
                .map(|(who, address)| (address.value, (format!("{who} of `{}`", cluster.name), address)))
                .collect();
            for (who, address) in apart.into_values() {
                report(&mut across, who, address, found);
            }
        }
    }
}

fn owners(cluster: &Cluster) -> impl Iterator<Item = (String, &Said<Ip>)> {
    let network = &cluster.network;
    let gateway = network.gateway.iter().map(|address| ("the gateway".to_owned(), address));
    let vip = network.vip.iter().map(|address| ("the shared address of the control planes".to_owned(), address));
    hosts(cluster).chain(gateway).chain(vip)
}

fn report<'a>(
    known: &mut BTreeMap<Ip, (String, &'a Said<Ip>)>,
    who: String,
    address: &'a Said<Ip>,
    found: &mut Findings,
) {
    match known.get(&address.value) {
        Some((first, owner)) => {
            let message = format!("{who} has the address {} of {first}", address.value);
            found.push(
                Diagnostic::new(&rules::NET_DUPLICATE, address.at, message)
                    .also(owner.at, format!("{first} has it"))
                    .help("give each its own address"),
            );
        }
        None => {
            known.insert(address.value, (who, address));
        }
    }
}

fn same_hardware(cluster: &Cluster, found: &mut Findings) {
    let mut known: BTreeMap<String, (&Text, &Said<Text>)> = BTreeMap::new();
    for host in &cluster.hosts {
        let Some(mac) = &host.mac else { continue };
        if let Some((first, owner)) = known.insert(mac.to_lowercase(), (&host.name, mac)) {
            let message = format!("host `{}` has the hardware address {} of host `{first}`", host.name, mac.value);
            found.push(
                Diagnostic::new(&rules::NET_DUPLICATE, mac.at, message)
                    .also(owner.at, format!("host `{first}` has it"))
                    .help("give each its own address"),
            );
        }
    }
}
