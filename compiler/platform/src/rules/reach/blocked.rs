//! `reach/blocked`: what must reach something in the cluster, and is not let out or not let in.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::reach::{Direction, Who};
use crate::rules::Findings;
use crate::rules::paths::{Paths, Refusal};

/// Every use, and every service that a container is told of, must be let out on the one side and in on the other.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for edge in &paths.needs.edges {
        let sides = [
            ((edge.from, Direction::Egress), Who::Pods(edge.to)),
            ((edge.to, Direction::Ingress), Who::Pods(edge.from)),
        ];
        // Of several ports, one that is open is enough.
        let mut least: Option<Vec<Refusal>> = None;
        for port in &edge.ports {
            let refusals =
                sides.map(|(side, other)| paths.refuses(side, other, (port.asked, port.number), &port.protocol));
            if refusals == [Refusal::None; 2] {
                least = None;
                break;
            }
            least.get_or_insert(refusals.to_vec());
        }
        let (Some(refusals), Some(port)) = (least, edge.ports.first()) else {
            continue;
        };
        if refusals.contains(&Refusal::Told) || !seen.insert((edge.from, edge.to, port.number)) {
            continue;
        }
        let missing = match refusals.as_slice() {
            [Refusal::Untold, Refusal::Untold] => "no policy lets it out, and none lets it in",
            [Refusal::Untold, _] => "no policy lets it out",
            _ => "no policy lets it in",
        };
        let from = paths.reach.party(edge.from);
        let message = format!(
            "{} can not reach {} at {} port {}: {missing}",
            from.shown(paths.cluster),
            edge.target,
            port.protocol,
            port.number
        );
        let mut finding = Diagnostic::new(&rules::REACH_BLOCKED, edge.at, message).label("this is out of reach");
        for ((side, _), refusal) in sides.into_iter().zip(&refusals) {
            if *refusal == Refusal::Untold {
                finding = paths.show(finding, side.0, side.1);
            }
        }
        let to = paths.reach.party(edge.to);
        let help = match refusals.as_slice() {
            [Refusal::Untold, Refusal::None] => format!(
                "add a rule of `egress` to {} port {} in a policy of `{}`",
                port.protocol, port.number, from.namespace
            ),
            [Refusal::None, Refusal::Untold] => format!(
                "add a rule of `ingress` from `{}` at {} port {} in a policy of `{}`",
                from.namespace, port.protocol, port.number, to.namespace
            ),
            _ => format!(
                "write it in `uses`, or add a rule of `egress` in `{}` and one of `ingress` in `{}`, both at {} port {}",
                from.namespace, to.namespace, port.protocol, port.number
            ),
        };
        found.push(finding.help(help));
    }
}
