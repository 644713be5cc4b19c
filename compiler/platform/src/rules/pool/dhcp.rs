//! `pool/dhcp`: a pool gives away what a router hands out too.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Two hand out addresses, and neither asks the other.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(dhcp) = &cluster.network.dhcp else {
        return;
    };
    for pool in &cluster.network.pools {
        for range in pool.ranges.iter().filter(|range| range.overlaps(dhcp.value)) {
            let message = format!(
                "the pool `{}` gives away {}, and the router {}: some are in both",
                pool.name, range.value, dhcp.value
            );
            found.push(
                Diagnostic::new(&rules::POOL_DHCP, range.at, message)
                    .label("a machine may get the address of a service")
                    .also(dhcp.at, "the router hands out these")
                    .help("let the router hand out less, or move the pool"),
            );
        }
    }
}
