//! `net/cni-pool`: where the network of pods takes addresses from.

use diagnostics::{Diagnostic, rules};
use domain::Cidr;

use super::{addresses, told};
use crate::Place;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// A pool of the CNI lies in the network of pods that the cluster knows, and nowhere near the hosts.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let pools = cluster.cni.pods.iter().chain(&cluster.cni.pools);
    let known = pools.filter(|pool| pool.given || cluster.distribution.known);
    found.extend(known.filter_map(|pool| beside(cluster, pool)));
}

fn beside(cluster: &Cluster, pool: &Said<Cidr>) -> Option<Diagnostic<Place>> {
    let known = cluster.network.pods.iter().filter(|pods| pods.given || cluster.distribution.known);
    let pods: Vec<&Said<Cidr>> = known.filter(|pods| pods.family() == pool.family()).collect();
    if pods.iter().any(|pods| pods.contains_cidr(pool.value)) {
        return None;
    }
    let finding = |message: String| Diagnostic::new(&rules::NET_CNI_POOL, pool.at, message);
    let nodes = cluster.network.of_hosts().find(|nodes| nodes.overlaps(pool.value));
    let inside = || addresses(cluster).find(|(_, address)| pool.contains(address.value));
    let finding = match (nodes, pods.first()) {
        (Some(nodes), _) => finding(format!(
            "the CNI takes addresses of pods from {}, which overlaps the network of the hosts, {}",
            pool.value, nodes.value
        ))
        .label("no pod could reach the hosts")
        .also(nodes.at, "the network of the hosts"),
        (None, pods) => match (inside(), pods) {
            (Some((who, address)), _) => {
                finding(format!("the CNI takes addresses of pods from {}, which contains {who}", pool.value))
                    .label("no pod could reach what is there")
                    .also(address.at, format!("{who} is at {}", address.value))
            }
            (None, Some(pods)) => finding(format!(
                "the CNI takes addresses of pods from {}, where `{}` has {} for them",
                pool.value, cluster.name, pods.value
            ))
            .label("the rest of the cluster does not take these for pods")
            .also(pods.at, told(pods)),
            (None, None) => return None,
        },
    };
    Some(match pods.first() {
        Some(pods) => finding.help(format!("let it take them from {}", pods.value)),
        None => finding.help("let it take them from the network of pods"),
    })
}
