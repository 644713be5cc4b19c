//! `expose/no-address`: a service waits for an address that nobody gives.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::{balanced, shown, takes_pools};

/// Names by which it is seen that something gives addresses that no block speaks of.
const GIVERS: [&str; 8] =
    ["metallb", "kube-vip", "purelb", "openelb", "loxilb", "cloud-controller", "cilium", "balancer"];

/// A service of the type `LoadBalancer` needs somebody who gives it an address, and addresses to give.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let (why, help) = match &cluster.balancer {
        None if cluster.distribution.known && !may_give(cluster) && cluster.network.pools.is_empty() => (
            "nobody in the cluster gives addresses to services",
            "set `balancer` of the cluster, or expose it by an ingress or a node port",
        ),
        // A chart may make a pool, whoever chose it.
        Some(balancer) if balancer.pools && cluster.network.pools.is_empty() && !cluster.unseen.everywhere => {
            ("there is no pool of addresses to give", "add a `pool` to the network")
        }
        _ => return,
    };
    for front in balanced(cluster) {
        let message = format!("{} waits for an address, and {why}", shown(cluster, front.entity));
        found.push(
            Diagnostic::new(&rules::EXPOSE_NO_ADDRESS, front.kind.at, message)
                .label("it is not reached from outside")
                .help(help),
        );
    }
}

fn may_give(cluster: &Cluster) -> bool {
    let is_giver = |word: &str| GIVERS.iter().any(|giver| word.contains(giver));
    let images = cluster.pods.iter().flat_map(|pods| &pods.containers).filter_map(|container| container.image.as_ref());
    takes_pools(cluster)
        || cluster.unseen.words.iter().any(|word| is_giver(word))
        || images.into_iter().any(|image| is_giver(&image.value))
}
