//! `policy/service-port`, `policy/unknown-port`: ports of rules that no pod listens on.

use std::cell::LazyCell;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Front, FrontPort, Peer, Policy, PolicyPort, PolicyRule, PortName, Said};
use crate::reach::spaces::{named, of_selector, subjects};
use crate::reach::{Direction, PartyId, home, rules as rules_of};
use crate::rules::Findings;
use crate::rules::paths::Paths;

type Served<'a> = FxHashMap<PartyId, Vec<(&'a Front, &'a FrontPort)>>;

/// Policies see the ports of pods: those of services are translated before.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let served = LazyCell::new(|| served(paths));
    for policy in &paths.cluster.policies {
        for direction in [Direction::Egress, Direction::Ingress] {
            for rule in rules_of(policy, direction).unwrap_or_default() {
                if rule.ports.iter().all(|port| port.port.is_none()) {
                    continue;
                }
                let Some(targets) = targets(paths, policy, rule, direction) else {
                    continue;
                };
                for port in &rule.ports {
                    let said = port.port.as_ref().filter(|_| port.end.is_none() && !targets.is_empty());
                    let missing = said.filter(|said| !targets.iter().any(|party| listens(paths, *party, port, said)));
                    if let Some(said) = missing {
                        check_port(paths, port, said, (&targets, &served), found);
                    }
                }
            }
        }
    }
}

/// The ports of the services in front of pods.
fn served<'a>(paths: &Paths<'a>) -> Served<'a> {
    let mut served = Served::default();
    for front in paths.cluster.fronts.iter().filter(|front| !front.headless) {
        let Some(selector) = &front.selector else {
            continue;
        };
        for party in paths.reach.with_labels(home(paths.cluster, front.entity), &selector.value) {
            served.entry(party).or_default().extend(front.ports.iter().map(|port| (front, port)));
        }
    }
    served
}

/// The pods whose ports a rule is about, if all of them are written.
fn targets(paths: &Paths<'_>, policy: &Policy, rule: &PolicyRule, direction: Direction) -> Option<Vec<PartyId>> {
    if direction == Direction::Ingress {
        return subjects(&paths.reach, policy);
    }
    let own = home(paths.cluster, policy.entity);
    let mut found = Vec::new();
    for peer in &rule.peers {
        let Peer::Pods { namespaces, pods, .. } = peer else {
            return None;
        };
        for space in named(namespaces.as_ref(), &own)? {
            found.extend(of_selector(&paths.reach, *space, pods.as_ref())?);
        }
    }
    Some(found)
}

/// Whether pods have a port, by its number or its name.
fn listens(paths: &Paths<'_>, party: PartyId, port: &PolicyPort, said: &PortName) -> bool {
    let pods = paths.reach.party(party).pods.into_iter();
    let containers = pods.flat_map(|pods| pods.containers.iter().chain(&pods.before));
    let mut ports = containers.flat_map(|container| &container.ports).filter(|one| one.protocol == port.protocol);
    ports.any(|one| said.is(one.number, &one.name))
}

/// A port that no pod listens on.
fn check_port(
    paths: &Paths<'_>,
    port: &PolicyPort,
    said: &Said<PortName>,
    (targets, served): (&[PartyId], &Served<'_>),
    found: &mut Findings,
) {
    let fronts = || targets.iter().filter_map(|party| served.get(party)).flatten();
    let same = || fronts().filter(|(_, front)| front.protocol == port.protocol);
    let first = targets.first().map(|party| paths.reach.party(*party));
    let name = first.map_or_else(String::new, |party| party.shown(paths.cluster));
    match &said.value {
        PortName::Number(number) => {
            let is_target = same().any(|(_, front)| front.target.value == said.value);
            let Some((front, of)) = same().find(|(_, front)| front.number == *number).filter(|_| !is_target) else {
                return;
            };
            let target = match &of.target.value {
                PortName::Number(target) => target.to_string(),
                PortName::Name(target) => {
                    let number = first.and_then(|party| party.number(&of.target.value, &of.protocol));
                    number.map_or_else(|| format!("\"{target}\""), |number| number.to_string())
                }
            };
            let service = paths.cluster.objects.get(front.entity).map_or("", |entity| &*entity.name);
            let message =
                format!("{number} is the port of the service `{service}`; its pods, {name}, listen on {target}");
            let finding = Diagnostic::new(&rules::POLICY_SERVICE_PORT, said.at, message)
                .label("policies see the ports of pods")
                .also(of.at, "leads to the port of the pods")
                .help(format!("write `port: {target}`"));
            found.push(finding);
        }
        PortName::Name(wanted) => {
            let message = format!("no container of {name} has a port called `{wanted}`");
            let finding = Diagnostic::new(&rules::POLICY_UNKNOWN_PORT, said.at, message);
            let of_service = same().find(|(_, front)| front.name == *wanted);
            let names = names_of(paths, targets);
            let near = domain::nearest(wanted, names.iter().copied());
            found.push(match (of_service, near) {
                (Some((_, front)), _) => {
                    let target = match &front.target.value {
                        PortName::Number(number) => number.to_string(),
                        PortName::Name(name) => format!("\"{name}\""),
                    };
                    let finding = finding.also(front.at, "this is the name of the service's port");
                    finding.help(format!("write `port: {target}`"))
                }
                (None, Some(near)) => finding.help(format!("did you mean `{near}`?")),
                (None, None) => finding.help("write the number of the port, or give it this name in the container"),
            });
        }
    }
}

/// The names of the ports of pods.
fn names_of<'p>(paths: &'p Paths<'_>, targets: &[PartyId]) -> Vec<&'p str> {
    let pods = targets.iter().filter_map(|party| paths.reach.party(*party).pods);
    let ports = pods.flat_map(|pods| &pods.containers).flat_map(|container| &container.ports);
    ports.map(|port| &*port.name).filter(|name| !name.is_empty()).collect()
}
