//! `expose/silent`: a pool that nobody announces.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, Fix, rules};
use domain::nearest;

use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::{announced, shown};

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
    if !cluster.unseen.everywhere {
        absent(cluster, found);
    }
}

/// Pools that are announced and that there are not.
fn absent(cluster: &Cluster, found: &mut Findings) {
    let pools: BTreeSet<&str> = cluster.network.pools.iter().map(|pool| &*pool.name).collect();
    for announcement in &cluster.announcements {
        for name in announcement.pools.iter().filter(|name| !pools.contains(&*name.value)) {
            let who = shown(cluster, announcement.entity);
            let message = format!("{who} announces the pool `{}`, which there is not", name.value);
            let finding = Diagnostic::new(&rules::EXPOSE_SILENT, name.at, message);
            found.push(match nearest(&name.value, pools.iter().copied()) {
                Some(near) if name.given => finding
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::new(format!("write `{near}`")).edit(name.at, format!("\"{near}\""))),
                _ => finding.help("name a pool that there is"),
            });
        }
    }
}
