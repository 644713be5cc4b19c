//! `pool/taken`: a pool gives away an address that somebody has.

use diagnostics::{Diagnostic, rules};
use domain::Ip;

use crate::model::{Cluster, Said};
use crate::rules::Findings;
use crate::rules::net::addresses;

/// Hosts, the gateway, servers and machines keep their addresses.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut taken: Vec<(String, &Said<Ip>)> = addresses(cluster).collect();
    taken.sort_by_key(|(_, address)| address.value);
    for pool in &cluster.network.pools {
        for range in &pool.ranges {
            let from = taken.partition_point(|(_, address)| address.value < range.first());
            let mut within = taken.iter().skip(from).take_while(|(_, address)| address.value <= range.last());
            let Some((who, address)) = within.next() else {
                continue;
            };
            let message = format!("the pool `{}` gives away {}, which {who} has", pool.name, address.value);
            let finding = Diagnostic::new(&rules::POOL_TAKEN, range.at, message)
                .label("a service would take this address away")
                .also(address.at, format!("{who} is at {}", address.value));
            let finding = within.fold(finding, |finding, (who, address)| {
                finding.also(address.at, format!("{who} is at {}", address.value))
            });
            found.push(finding.help("leave out of the pool what is taken"));
        }
    }
}
