//! `expose/silent`: a pool that nobody announces.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::announced;

/// MetalLB gives addresses of a pool, and tells the network of them only where an announcement says so.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pool in &cluster.network.pools {
        let of_metallb = pool
            .entity
            .and_then(|entity| cluster.objects.get(entity))
            .is_some_and(|object| &*object.kind == "IPAddressPool");
        if of_metallb && !cluster.unseen.everywhere && announced(cluster, pool).next().is_none() {
            let message = format!("nobody announces the addresses of the pool `{}`", pool.name);
            found.push(
                Diagnostic::new(&rules::EXPOSE_SILENT, pool.at, message)
                    .label("services get an address that is not reached")
                    .help("add an `L2Advertisement` or a `BGPAdvertisement` that names the pool"),
            );
        }
    }
}
