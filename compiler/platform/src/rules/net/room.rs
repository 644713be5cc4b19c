//! `net/room`: whether the network of pods is large enough.

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Family};

use super::told;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// Every host that there is or may come gets a piece, and the piece has an address for each of its pods.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    // Calico hands out small blocks as they are needed, and no piece a host.
    if cluster.cni.schema == "Calico" {
        return;
    }
    let network = &cluster.network;
    let Some(mask) = network.node_mask.as_ref().filter(|mask| mask.given || cluster.distribution.known) else {
        return;
    };
    let Some(pods) = network.pods.iter().find(|pods| pods.family() == Family::V4) else {
        return;
    };
    if !(pods.given || cluster.distribution.known) {
        return;
    }
    let hosts = cluster.hosts.len() as i64 + network.more_hosts.max(0);
    pieces(cluster, pods, mask, hosts, found);
    let Some(size) = u32::try_from(32 - mask.value).ok().and_then(|bits| 1_i64.checked_shl(bits)) else {
        return;
    };
    // The network's own address, the bridge's and the broadcast address are nobody's.
    let usable = (size - 3).max(0);
    for host in cluster.hosts.iter().filter(|host| host.max_pods > usable) {
        let message = format!("host `{}` may run {} pods and has addresses for {usable}", host.name, host.max_pods);
        found.push(
            Diagnostic::new(&rules::NET_ROOM, host.at, message)
                .also(mask.at, format!("each host gets a /{} of {}", mask.value, pods.value))
                .help("set `max-pods` of the host to what fits, or `node-mask` to a smaller number"),
        );
    }
}

fn pieces(cluster: &Cluster, pods: &Said<Cidr>, mask: &Said<i64>, hosts: i64, found: &mut Findings) {
    let bits = mask.value - i64::from(pods.prefix());
    let pieces = match u32::try_from(bits) {
        Ok(bits) => 1_i64.checked_shl(bits).unwrap_or(i64::MAX),
        Err(_) => 0,
    };
    if hosts > pieces && hosts > 0 {
        let message = format!(
            "the network of pods of `{}`, {}, has room for {pieces} hosts, and there may be {hosts}",
            cluster.name, pods.value
        );
        let finding = Diagnostic::new(&rules::NET_ROOM, if pods.given { pods.at } else { mask.at }, message)
            .also(mask.at, format!("each host gets a /{}", mask.value));
        let finding = if pods.given { finding } else { finding.also(pods.at, told(pods)) };
        found.push(finding.help("set `pods` to a larger network"));
    }
}
