//! `net/cluster-dns`: the address at which pods ask for names.

use diagnostics::{Diagnostic, Fix, rules};
use domain::Family;

use crate::model::Cluster;
use crate::rules::Findings;

/// It is the address of a service, and none that has another meaning.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(dns) = cluster.network.dns.as_ref().filter(|dns| dns.given || cluster.distribution.known) else {
        return;
    };
    let same_family = cluster.network.services.iter().filter(|services| services.family() == dns.family());
    let networks: Vec<_> = same_family.filter(|services| services.given || cluster.distribution.known).collect();
    let Some(services) = networks.iter().find(|services| services.contains(dns.value)).or(networks.first()) else {
        return;
    };
    let wrong = if !services.contains(dns.value) {
        format!("is outside of the network of services, {}", services.value)
    } else if dns.value == services.first() {
        format!("is the address of the network {} itself", services.value)
    } else if services.host(1).is_ok_and(|first| first == dns.value) {
        format!("is the first address of {}, which is that of the API", services.value)
    } else if dns.family() == Family::V4 && dns.value == services.last() {
        format!("is the last address of {}, which is for broadcasts", services.value)
    } else {
        return;
    };
    let message = format!("the address for names of `{}`, {}, {wrong}", cluster.name, dns.value);
    let finding = Diagnostic::new(&rules::NET_CLUSTER_DNS, dns.at, message)
        .label("pods would find no names")
        .also(services.at, "the network of services");
    found.push(match services.host(10) {
        Ok(usual) if dns.given => finding
            .help(format!("leave `dns` out, or set it to {usual}"))
            .fix(Fix::new(format!("set it to {usual}")).edit(dns.at, usual.to_string())),
        _ => finding.help("leave `dns` out: it follows from `services`"),
    });
}
