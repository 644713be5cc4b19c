//! `reach/webhook-blocked`: a webhook that the API server is not let in to.

use diagnostics::{Diagnostic, rules};

use crate::reach::edges::{EdgePort, behind};
use crate::reach::{Direction, Verdict, Who};
use crate::rules::Findings;
use crate::rules::paths::Paths;

/// The API server runs on hosts, which no choice of pods or namespaces means.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let cluster = paths.cluster;
    let mut seen = std::collections::BTreeSet::new();
    for hook in &cluster.hooks {
        let Some(front) = paths.reach.service(hook.namespace, hook.service) else {
            continue;
        };
        for (to, ports) in behind(&mut paths.reach, front, |port: &EdgePort, _| port.asked == hook.port) {
            let Some(port) = ports.first() else {
                continue;
            };
            let side = paths.reach.side(Direction::Ingress, Who::Pods(to), Who::Hosts, port.number, "TCP");
            if side != Verdict::Refused || !seen.insert((hook.entity, to, port.number)) {
                continue;
            }
            let target = paths.reach.party(to).shown(cluster);
            let message =
                format!("the API server can not reach {target} at TCP port {}: no policy lets it in", port.number);
            let finding = Diagnostic::new(&rules::REACH_WEBHOOK_BLOCKED, hook.at, message)
                .label("what is asked here never answers");
            found.push(paths.show(finding, to, Direction::Ingress).help(format!(
                "allow `ingress` at TCP port {} from everybody, or from the `ipBlock` of the control planes: they are no pods",
                port.number
            )));
        }
    }
}
