//! `port/range`: a port of the hosts outside of those that are for services.

use diagnostics::{Diagnostic, rules};

use super::node_ports;
use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::shown;

/// Kubernetes takes ports of one range for services, and refuses every other.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(range) = &cluster.network.node_ports else {
        return;
    };
    let (first, last) = range.value;
    for (front, port) in node_ports(cluster) {
        let Some(number) = &port.node_port else { continue };
        // Zero asks for any.
        if number.value == 0 || (i64::from(first)..=i64::from(last)).contains(&number.value) {
            continue;
        }
        let message = format!(
            "{} takes port {} of every host, which is outside of {first} to {last}",
            shown(cluster, front.entity),
            number.value
        );
        let finding = Diagnostic::new(&rules::PORT_RANGE, number.at, message).label("the API would refuse it");
        let finding =
            if range.given { finding.also(range.at, "the ports of hosts that are for services") } else { finding };
        found.push(finding.help(format!("take a port from {first} to {last}, or leave the choice to the cluster")));
    }
}
