//! `node/order`: steps of a host that wait for each other.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Each step of a host has a turn.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for plan in &cluster.plans {
        let (_, stuck) = plan.order();
        let Some((first, rest)) = stuck.split_first() else { continue };
        let named: Vec<String> = stuck.iter().map(|step| format!("`{}`", step.name)).collect();
        let message = match rest {
            [] => format!("the step {} waits for itself", named.concat()),
            _ => format!("the steps {} of `{}` wait for each other", named.join(", "), plan.host),
        };
        let finding = Diagnostic::new(&rules::NODE_ORDER, first.at, message).label("none of these is ever done");
        let finding = rest.iter().fold(finding, |finding, step| finding.also(step.at, "this one is of them"));
        found.push(finding.help("take one of the names out of `after` or `restarts`"));
    }
}
