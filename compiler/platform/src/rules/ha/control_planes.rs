//! `ha/no-majority`, `ha/even`, `ha/single`: numbers of control planes that do not survive what they are meant to.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Host};
use crate::rules::Findings;

/// Control planes decide by majority: two survive less than one, and four no more than three.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let planes: Vec<&Host> = cluster.hosts.iter().filter(|host| host.control_plane).collect();
    let Some(last) = planes.last().filter(|_| cluster.distribution.known && !cluster.external_datastore) else {
        return;
    };
    let count = planes.len();
    let name = &cluster.name;
    if count == 2 {
        let message = format!("`{name}` has two control planes, and stops when either fails");
        let mut finding = Diagnostic::new(&rules::HA_NO_MAJORITY, last.role, message);
        finding = finding.label("two have a majority only together");
        for host in planes.iter().take(1) {
            finding = finding.also(host.role, "the other one");
        }
        found.push(finding.help("have one control plane, or three"));
    } else if count.is_multiple_of(2) {
        let message = format!("`{name}` has {count} control planes, which survive no more than {}", count - 1);
        let finding = Diagnostic::new(&rules::HA_EVEN, last.role, message);
        found.push(finding.label("one more that can fail, and none that helps").help(format!(
            "have {} control planes, or {}",
            count - 1,
            count + 1
        )));
    } else if let Some(vip) = cluster.network.vip.as_ref().filter(|_| count == 1 && cluster.hosts.len() > 2) {
        let message = format!("the control planes of `{name}` share an address, and there is only one");
        let finding =
            Diagnostic::new(&rules::HA_SINGLE, last.role, message).label("nothing takes over when this fails");
        found.push(finding.also(vip.at, "the address that they share").help("have three control planes"));
    }
}
