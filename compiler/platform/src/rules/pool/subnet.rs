//! `pool/subnet`: a pool that is announced in a network that it is no part of.

use diagnostics::{Diagnostic, rules};
use domain::IpRange;

use super::layer2;
use crate::model::Cluster;
use crate::rules::Findings;

/// In the network of the hosts, only addresses of this network are asked for.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pool in cluster.network.pools.iter().filter(|pool| layer2(cluster, pool)) {
        for range in &pool.ranges {
            let nodes = cluster.network.of_hosts().find(|nodes| nodes.family() == range.family());
            let Some(nodes) = nodes.filter(|nodes| !IpRange::from(nodes.value).contains_range(range.value)) else {
                continue;
            };
            let message = format!(
                "the pool `{}`, {}, is announced in the network of the hosts and lies outside of it",
                pool.name, range.value
            );
            found.push(
                Diagnostic::new(&rules::POOL_SUBNET, range.at, message)
                    .label("nobody there asks for these addresses")
                    .also(nodes.at, format!("the network of the hosts is {}", nodes.value))
                    .help("take addresses of the network of the hosts, or announce the pool by BGP"),
            );
        }
    }
}
