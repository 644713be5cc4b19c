//! `reaches`: whether one thing may connect to another, by the policies of both sides.

use super::{Finding, Subject, named};
use crate::Place;
use crate::model::{Cluster, Platform, Text};
use crate::reach::edges::behind;
use crate::reach::trust::Trust;
use crate::reach::{Answer, Direction, PartyId, Reach, Verdict, Who};

/// One connection: from, to, the port and its protocol.
type Line = (Who, Who, u16, Text);

/// Whether every pod of the one may connect to every port of every pod of the other. Where some may and some may not, neither
/// the question nor its negation holds.
pub fn find(platform: &Platform, from: &Subject, to: &Subject) -> Option<Finding> {
    let cluster = cluster(platform, from).or_else(|| cluster(platform, to))?;
    for subject in [from, to] {
        if self::cluster(platform, subject).is_some_and(|other| other.name != cluster.name) {
            return Some(Finding::unknown("these are of different clusters"));
        }
    }
    let mut reach = Reach::new(cluster);
    let froms = starts(&mut reach, from)?;
    let tos = ends(&mut reach, to)?;
    if froms.is_empty() {
        return Some(Finding::unknown(format!("no pods of {} are written", shown(from))));
    }
    if tos.is_empty() {
        return Some(Finding::unknown(format!("nothing says at which port {} is reached", shown(to))));
    }
    let mut first: [Option<(Line, Answer)>; 3] = [const { None }; 3];
    for from in &froms {
        for (to, port, protocol) in tos.iter().filter(|(to, _, _)| to != from) {
            let answer = reach.may(*from, *to, *port, protocol);
            let kind = if answer.is_blocked() {
                0
            } else if answer.is_allowed() {
                2
            } else {
                1
            };
            if let Some(slot) = first.get_mut(kind) {
                slot.get_or_insert_with(|| ((*from, *to, *port, *protocol), answer));
            }
        }
    }
    Some(match &first {
        [_, Some((line, _)), _] => Finding::unknown(format!(
            "whether {} reaches {} is not known: not all that counts is written",
            end(&reach, line.0),
            target(&reach, line)
        )),
        [Some((blocked, answer)), None, Some((open, _))] => {
            let why = format!(
                "{} reaches {}, and {} does not reach {}: ask for each",
                end(&reach, open.0),
                target(&reach, open),
                end(&reach, blocked.0),
                target(&reach, blocked)
            );
            Finding { holds: Trust::Perhaps, why, places: refusals(&reach, blocked, *answer) }
        }
        [Some((line, answer)), None, None] => {
            let missing = match (answer.egress, answer.ingress) {
                (Verdict::Refused, Verdict::Refused) => "no policy lets it out, and none lets it in",
                (Verdict::Refused, _) => "no policy lets it out",
                _ => "no policy lets it in",
            };
            let why = format!("{} can not reach {}: {missing}", end(&reach, line.0), target(&reach, line));
            Finding { holds: Trust::No, why, places: refusals(&reach, line, *answer) }
        }
        [None, None, Some((line, answer))] => {
            let why = format!("{} reaches {}", end(&reach, line.0), target(&reach, line));
            Finding { holds: Trust::Yes, why, places: permits(&reach, line, *answer) }
        }
        [None, None, None] => Finding::unknown("these are the same pods"),
    })
}

fn cluster<'a>(platform: &'a Platform, subject: &Subject) -> Option<&'a Cluster> {
    match subject {
        Subject::Pods { cluster, .. }
        | Subject::Namespace { cluster, .. }
        | Subject::Outside { cluster, .. }
        | Subject::Host { cluster, .. }
        | Subject::Cluster { cluster } => named(platform, cluster),
        Subject::Object { .. } => platform.clusters.iter().find(|cluster| entity(cluster, subject).is_some()),
    }
}

/// The object of a cluster that a subject is.
fn entity(cluster: &Cluster, subject: &Subject) -> Option<usize> {
    let Subject::Object { kind, namespace, name } = subject else {
        return None;
    };
    cluster.objects.iter().position(|object| {
        object.kind == *kind
            && object.name == *name
            && namespace.as_ref().is_none_or(|namespace| object.namespace == *namespace)
    })
}

/// Who begins connections.
fn starts<'a>(reach: &mut Reach<'a>, subject: &'a Subject) -> Option<Vec<Who>> {
    let cluster = reach.cluster;
    let parties = |parties: Vec<PartyId>| Some(parties.into_iter().map(Who::Pods).collect());
    match subject {
        Subject::Pods { namespace, labels, .. } => parties(reach.pods_of(*namespace, labels)),
        Subject::Namespace { name, .. } => parties(reach.in_namespace(*name).collect()),
        Subject::Outside { address, .. } => Some(vec![Who::Outside(*address)]),
        Subject::Host { .. } => Some(vec![Who::Hosts]),
        Subject::Cluster { .. } => None,
        Subject::Object { .. } => {
            let entity = entity(cluster, subject)?;
            parties(
                reach.written().filter(|id| reach.party(*id).pods.is_some_and(|pods| pods.entity == entity)).collect(),
            )
        }
    }
}

/// Who is reached, and at which ports.
fn ends<'a>(reach: &mut Reach<'a>, subject: &'a Subject) -> Option<Vec<(Who, u16, Text)>> {
    let cluster = reach.cluster;
    match subject {
        Subject::Pods { namespace, labels, ports, .. } => {
            let parties = reach.pods_of(*namespace, labels);
            let at = |party: PartyId| ports.iter().map(move |(port, of)| (Who::Pods(party), *port, *of));
            Some(parties.into_iter().flat_map(at).collect())
        }
        Subject::Outside { port, address, .. } => Some(vec![(Who::Outside(*address), *port, "TCP".into())]),
        Subject::Namespace { name, .. } => Some(listening(reach, &reach.in_namespace(*name).collect::<Vec<_>>())),
        Subject::Object { .. } => {
            let entity = entity(cluster, subject)?;
            if let Some(front) = cluster.fronts.iter().find(|front| front.entity == entity) {
                let behind = behind(reach, front, |_, _| true);
                let at = |(party, ports): (PartyId, Vec<crate::reach::edges::EdgePort>)| {
                    ports.into_iter().map(move |port| (Who::Pods(party), port.number, port.protocol))
                };
                return Some(behind.into_iter().flat_map(at).collect());
            }
            let of = |id: &PartyId| reach.party(*id).pods.is_some_and(|pods| pods.entity == entity);
            let parties: Vec<PartyId> = reach.written().filter(of).collect();
            Some(listening(reach, &parties))
        }
        Subject::Host { .. } | Subject::Cluster { .. } => None,
    }
}

/// The ports that containers say they listen on.
fn listening(reach: &Reach<'_>, parties: &[PartyId]) -> Vec<(Who, u16, Text)> {
    let ports = |party: &PartyId| {
        let containers = reach.party(*party).pods.into_iter().flat_map(|pods| &pods.containers);
        let ports = containers.flat_map(|container| &container.ports);
        ports.map(|port| (Who::Pods(*party), port.number, port.protocol)).collect::<Vec<_>>()
    };
    parties.iter().flat_map(ports).collect()
}

/// A subject as people call it.
fn shown(subject: &Subject) -> String {
    match subject {
        Subject::Pods { path, .. } => format!("`{path}`"),
        Subject::Object { name, .. } | Subject::Namespace { name, .. } | Subject::Host { name, .. } => {
            format!("`{name}`")
        }
        Subject::Outside { host, .. } => format!("`{host}`"),
        Subject::Cluster { cluster } => format!("`{cluster}`"),
    }
}

fn end(reach: &Reach<'_>, who: Who) -> String {
    match who {
        Who::Pods(id) => reach.party(id).shown(reach.cluster),
        Who::Hosts => "a host".to_owned(),
        Who::Outside(Some(address)) => format!("`{address}`"),
        Who::Outside(None) => "the internet".to_owned(),
    }
}

fn target(reach: &Reach<'_>, (_, to, port, protocol): &Line) -> String {
    format!("{} at {protocol} port {port}", end(reach, *to))
}

/// The rules that let a connection pass, and the sides that no policy is about.
fn permits(reach: &Reach<'_>, line: &Line, answer: Answer) -> Vec<(Place, String)> {
    let sides = [(Direction::Egress, answer.egress, line.0, "out"), (Direction::Ingress, answer.ingress, line.1, "in")];
    let place = |(direction, verdict, own, way): (Direction, Verdict, Who, &str)| {
        if let Some((policy, rule)) = reach.rule(verdict, direction) {
            let name = reach.cluster.objects.get(policy.entity).map_or("", |entity| &*entity.name);
            return Some((rule.at, format!("`{name}` lets it {way} here")));
        }
        let Who::Pods(own) = own else {
            return None;
        };
        let pods = reach.party(own).pods?;
        Some((pods.at, format!("no policy decides what is let {way} here")))
    };
    sides.into_iter().filter_map(place).collect()
}

/// The policies that refuse a connection.
fn refusals(reach: &Reach<'_>, line: &Line, answer: Answer) -> Vec<(Place, String)> {
    const SHOWN: usize = 3;
    let mut places = Vec::new();
    for direction in answer.refusing() {
        let (own, way) = match direction {
            Direction::Egress => (line.0, "out"),
            Direction::Ingress => (line.1, "in"),
        };
        let Who::Pods(own) = own else {
            continue;
        };
        for (_, policy) in reach.isolating(own, direction).take(SHOWN) {
            if let Some(entity) = reach.cluster.objects.get(policy.entity) {
                places.push((entity.at, format!("`{}` does not let it {way}", entity.name)));
            }
        }
    }
    places
}
