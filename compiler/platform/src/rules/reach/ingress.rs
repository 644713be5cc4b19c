//! `reach/ingress-blocked`: an ingress whose controller is not let in to the pods that shall answer.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::reach::carriers::{class, controllers};
use crate::reach::edges::{EdgePort, behind};
use crate::reach::{Direction, PartyId, Who, home};
use crate::rules::Findings;
use crate::rules::paths::{Paths, Refusal};

/// The controller of the class must reach the pods behind each path.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let cluster = paths.cluster;
    let mut seen = BTreeSet::new();
    for ingress in &cluster.ingresses {
        let Some(class) = class(cluster, ingress) else {
            continue;
        };
        let controllers = controllers(&mut paths.reach, class);
        let namespace = home(cluster, ingress.entity);
        for path in &ingress.paths {
            let Some(front) = paths.reach.service(namespace, *path.service) else {
                continue;
            };
            let wanted =
                |port: &EdgePort, name: &str| path.port.as_ref().is_none_or(|wanted| wanted.is(port.asked, name));
            for (to, ports) in behind(&mut paths.reach, front, wanted) {
                let Some(port) = ports.first() else {
                    continue;
                };
                let refusal = |from: &PartyId| {
                    let port = (port.asked, port.number);
                    let out = paths.refuses((*from, Direction::Egress), Who::Pods(to), port, "TCP");
                    let into = paths.refuses((to, Direction::Ingress), Who::Pods(*from), port, "TCP");
                    (out, into)
                };
                let refusals: Vec<(Refusal, Refusal)> = controllers.iter().map(refusal).collect();
                let is_untold = |(out, into): &(Refusal, Refusal)| {
                    (*out == Refusal::Untold || *into == Refusal::Untold)
                        && *out != Refusal::Told
                        && *into != Refusal::Told
                };
                let (Some((out, into)), true) = (refusals.first(), refusals.iter().all(is_untold)) else {
                    continue;
                };
                if !seen.insert((class.class, to, port.number)) {
                    continue;
                }
                let missing = match (out, into) {
                    (Refusal::Untold, Refusal::Untold) => "no policy lets it out, and none lets it in",
                    (Refusal::Untold, _) => "no policy lets it out",
                    _ => "no policy lets it in",
                };
                let target = paths.reach.party(to);
                let message = format!(
                    "the controller of the class `{}` can not reach {} at TCP port {}: {missing}",
                    class.class,
                    target.shown(cluster),
                    port.number
                );
                let mut finding = Diagnostic::new(&rules::REACH_INGRESS_BLOCKED, path.service.at, message)
                    .label("this never answers");
                if *into == Refusal::Untold {
                    finding = paths.show(finding, to, Direction::Ingress);
                }
                if let (Refusal::Untold, Some(from)) = (out, controllers.first()) {
                    finding = paths.show(finding, *from, Direction::Egress);
                }
                let from = controllers.first().map(|from| paths.reach.party(*from).namespace).unwrap_or_default();
                found.push(finding.help(format!(
                    "allow `ingress` from the namespace with `kubernetes.io/metadata.name={from}` at TCP port {} in a policy of `{}`",
                    port.number, target.namespace
                )));
            }
        }
    }
}
