//! `net/overlap`: networks that the cluster makes for itself, and the addresses that exist around it.

use diagnostics::{Diagnostic, Fix, rules};
use domain::Cidr;

use super::{addresses, free, inner, told};
use crate::Place;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// What lies around the cluster must lie outside of the networks of pods and services, and these outside of each other.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let inner = inner(cluster);
    for (number, (what, range)) in inner.iter().enumerate() {
        found.extend(around(cluster, what, range));
        for (other, overlapped) in inner.iter().skip(number + 1).filter(|(_, other)| other.overlaps(range.value)) {
            let (at, also) = if overlapped.given { (overlapped, range) } else { (range, overlapped) };
            let message = format!(
                "the networks of {what} and {other} of `{}`, {} and {}, overlap",
                cluster.name, range.value, overlapped.value
            );
            found.push(
                Diagnostic::new(&rules::NET_OVERLAP, at.at, message)
                    .also(also.at, told(also))
                    .help(away(cluster, other)),
            );
        }
    }
}

/// The network of the hosts and the addresses in it are one mistake; each address elsewhere is part of another.
fn around(cluster: &Cluster, what: &str, range: &Said<Cidr>) -> Option<Diagnostic<Place>> {
    let nodes = cluster.network.of_hosts().find(|nodes| nodes.overlaps(range.value));
    let mut within = addresses(cluster).filter(|(_, address)| range.contains(address.value));
    let (at, message) = match nodes {
        Some(nodes) => {
            let message = format!(
                "the network of the hosts, {}, and that of {what} of `{}`, {}, overlap",
                nodes.value, cluster.name, range.value
            );
            (nodes.at, message)
        }
        None => {
            let (who, address) = within.next()?;
            let message = format!("the network of {what} of `{}`, {}, contains {who}", cluster.name, range.value);
            (address.at, message)
        }
    };
    let finding = Diagnostic::new(&rules::NET_OVERLAP, at, message).label("no pod could reach what is here");
    let finding = within.fold(finding.also(range.at, told(range)), |finding, (who, address)| {
        finding.also(address.at, format!("{who} too"))
    });
    let finding = finding.help(away(cluster, what));
    Some(if range.given { finding.fix(moved(cluster, range)) } else { finding })
}

fn moved(cluster: &Cluster, range: &Said<Cidr>) -> Fix<Place> {
    let free = free(cluster);
    Fix::new(format!("move it to {free}")).edit(range.at, free)
}

fn away(cluster: &Cluster, what: &str) -> String {
    format!("set `{what}` in `network` to one that contains nothing of yours, such as {}", free(cluster))
}
