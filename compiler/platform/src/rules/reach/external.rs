//! `reach/external-blocked`: what must reach something outside of the cluster, and is not let out.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::reach::{Direction, Verdict, Who};
use crate::rules::Findings;
use crate::rules::paths::Paths;

/// Every host on the internet that a container is told of, and everything that is written as external, must be let out.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for way in &paths.needs.ways {
        let verdict = paths.reach.side(Direction::Egress, Who::Pods(way.from), way.to(), way.port, "TCP");
        if verdict != Verdict::Refused || !seen.insert((way.from, way.host, way.port)) {
            continue;
        }
        let from = paths.reach.party(way.from);
        let message = format!(
            "{} can not reach `{}` at TCP port {}: no policy lets it out",
            from.shown(paths.cluster),
            way.host,
            way.port
        );
        let finding = Diagnostic::new(&rules::REACH_EXTERNAL_BLOCKED, way.at, message).label("this is out of reach");
        let block = way.address.map_or_else(|| "0.0.0.0/0".to_owned(), |address| address.to_string());
        found.push(paths.show(finding, way.from, Direction::Egress).help(format!(
            "allow `egress` to the `ipBlock` {block} at TCP port {} in a policy of `{}`",
            way.port, from.namespace
        )));
    }
}
