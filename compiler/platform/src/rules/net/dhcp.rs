//! `net/dhcp`: addresses that a router hands out by itself.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// No fixed address lies among them, unless the router knows the machine by its hardware address; and they suffice for
/// the hosts that may come.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let network = &cluster.network;
    let Some(dhcp) = &network.dhcp else {
        return;
    };
    let fixed = cluster.hosts.iter().filter(|host| host.mac.is_none());
    let hosts = fixed.flat_map(|host| {
        [&host.address, &host.address6]
            .into_iter()
            .flatten()
            .map(move |address| (format!("host `{}`", host.name), address))
    });
    let vip = network.vip.iter().map(|vip| ("the shared address of the control planes".to_owned(), vip));
    let gateway = network.gateway.iter().map(|gateway| ("the gateway".to_owned(), gateway));
    for (who, address) in hosts.chain(vip).chain(gateway).filter(|(_, address)| dhcp.contains(address.value)) {
        let message = format!("{who} is at {}, which the router hands out by itself", address.value);
        found.push(
            Diagnostic::new(&rules::NET_DHCP, address.at, message)
                .label("another machine may get this address")
                .also(dhcp.at, format!("the router hands out {}", dhcp.value))
                .help("take an address outside of that range, or say the host's `mac` where the router reserves it"),
        );
    }
    if u128::try_from(network.more_hosts).is_ok_and(|more| more > dhcp.size()) {
        let message = format!(
            "{} hosts may come to `{}`, and the router has {} addresses for them",
            network.more_hosts,
            cluster.name,
            dhcp.size()
        );
        found
            .push(Diagnostic::new(&rules::NET_DHCP, dhcp.at, message).help("make `dhcp` larger, or `more-hosts` less"));
    }
}
