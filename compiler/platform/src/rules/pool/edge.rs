//! `pool/edge`: a pool gives away the address of the network itself, or its broadcast address.

use diagnostics::{Diagnostic, rules};
use domain::Family;

use super::layer2;
use crate::model::Cluster;
use crate::rules::Findings;

/// The first and the last address of the network of the hosts mean the network.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let nodes = cluster.network.nodes.as_ref();
    let Some(nodes) = nodes.filter(|nodes| nodes.family() == Family::V4 && nodes.prefix() < 31) else {
        return;
    };
    for pool in cluster.network.pools.iter().filter(|pool| !pool.avoids_edges && layer2(cluster, pool)) {
        for range in &pool.ranges {
            let edges =
                [(nodes.first(), "the address of the network itself"), (nodes.broadcast(), "the broadcast address")];
            let Some((edge, what)) = edges.into_iter().find(|(edge, _)| range.contains(*edge)) else {
                continue;
            };
            let message = format!("the pool `{}` gives away {edge}, {what} of {}", pool.name, nodes.value);
            found.push(
                Diagnostic::new(&rules::POOL_EDGE, range.at, message)
                    .label("a service with this address is not reached")
                    .also(nodes.at, "the network of the hosts")
                    .help("leave the first and the last address of the network out of the pool"),
            );
        }
    }
}
