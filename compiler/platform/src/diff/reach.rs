//! Paths that open or close: both sides are asked who may reach whom, by all their policies together, and the answers are
//! compared. What only looks different, a policy that is written in another way or that another one makes up for, is silent.

use std::collections::{BTreeMap, BTreeSet};

use domain::Cidr;

use super::{Both, Change, Effect, Level, Report, Spot, some};
use crate::Place;
use crate::model::{Cluster, Labels, Peer, PolicyRule, PortName, Text};
use crate::reach::edges::behind;
use crate::reach::{Answer, Direction, PartyId, Reach, Verdict, Who, home, rules};

/// How many pairs of ends are asked.
const MOST: usize = 4_000_000;
/// How many networks outside are asked for.
const MOST_NETWORKS: usize = 64;

type Port = (u16, Text);

/// One end of paths.
struct End {
    who: Who,
    name: String,
    at: Option<Place>,
    ports: BTreeSet<Port>,
    /// Whether anything that counts differs from the other side.
    touched: bool,
}

type Ends = BTreeMap<String, End>;

/// One side with its ends.
struct Asked<'a> {
    reach: Reach<'a>,
    ends: Ends,
}

/// What is known of a path on one side.
#[derive(Clone, Copy)]
enum State {
    /// One end is not there.
    Absent,
    Known(Answer),
}

/// A path that opens or closes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Path {
    effect: Effect,
    level: Level,
    from: String,
    to: String,
    why: String,
    spots: (Option<Spot>, Option<Spot>),
}

/// Tells which paths open and which close.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((before, after)) = both.clusters.both() else {
        return;
    };
    let networks = networks(before, after);
    let renamed = renamed(both, report);
    let mut old = asked(before, &networks, &renamed);
    let mut new = asked(after, &networks, &BTreeMap::new());
    let names: BTreeSet<String> = old.ends.keys().chain(new.ends.keys()).cloned().collect();
    let touched = touch(both, &mut old, &mut new);
    if touched == 0 {
        return;
    }
    if touched.saturating_mul(names.len()) > MOST {
        let message = format!("{} are too many to compare who reaches whom", super::counted(names.len(), "workload"));
        report.tell(Change::new(Level::Disruption, Effect::Opens, message).why("look at `platc graph --view reach`"));
        return;
    }
    let mut paths: BTreeMap<Path, BTreeSet<Port>> = BTreeMap::new();
    for to in &names {
        let ports: BTreeSet<Port> =
            [&old, &new].into_iter().filter_map(|side| side.ends.get(to)).flat_map(|end| end.ports.clone()).collect();
        for from in names.iter().filter(|from| *from != to) {
            if !is_touched(&old, &new, from) && !is_touched(&old, &new, to) {
                continue;
            }
            for port in &ports {
                if let Some(path) = path((&old, &new), from, to, port) {
                    paths.entry(path).or_default().insert(port.clone());
                }
            }
        }
    }
    grouped(paths, report);
}

fn is_touched(old: &Asked<'_>, new: &Asked<'_>, name: &str) -> bool {
    [old, new].iter().any(|side| side.ends.get(name).is_some_and(|end| end.touched))
}

/// What becomes of one path.
fn path((old, new): (&Asked<'_>, &Asked<'_>), from: &str, to: &str, port: &Port) -> Option<Path> {
    let (was, is) = (old.state(from, to, port), new.state(from, to, port));
    let opens = |before: &State, after: &State| match (before, after) {
        (State::Known(before), State::Known(after)) => before.is_blocked() && after.is_allowed(),
        // What was not there was not reached; only what a rule says in so many words is told.
        (State::Absent, State::Known(after)) => after.is_allowed() && cause(after, None).is_some(),
        _ => false,
    };
    let (effect, side, before, answer) = if opens(&was, &is) {
        (Effect::Opens, new, was, is)
    } else if opens(&is, &was) {
        (Effect::Closes, old, is, was)
    } else {
        return None;
    };
    let State::Known(allowed) = answer else {
        return None;
    };
    let blocked = match before {
        State::Known(answer) => Some(answer),
        State::Absent => None,
    };
    let other = if effect == Effect::Opens { old } else { new };
    let there = |name: &str| other.ends.contains_key(name);
    let outside = |name: &str| side.ends.get(name).is_some_and(|end| matches!(end.who, Who::Outside(_)));
    // What comes or goes as a whole is told by itself; that it talks to others is no surprise.
    let level = match (there(from) && there(to), outside(from)) {
        (true, _) => Level::Disruption,
        (false, true) if effect == Effect::Opens => Level::Disruption,
        _ => Level::Note,
    };
    let (why, rule) = reason(side, other, effect, &allowed, blocked.as_ref(), from, to);
    let at = |side: &Asked<'_>, name: &str| side.ends.get(name).and_then(|end| end.at).map(Spot::Fact);
    let near = side.used(from, to).or(rule).map(Spot::Fact).or_else(|| at(side, to)).or_else(|| at(side, from));
    let far = at(other, to).or_else(|| at(other, from));
    let spots = if effect == Effect::Opens { (far, near) } else { (near, far) };
    let name = |name: &str| side.ends.get(name).map_or(String::new(), |end| end.name.clone());
    Some(Path { effect, level, from: name(from), to: name(to), why, spots })
}

/// The side of a connection that makes the difference: the one that refused, or where nobody was there, the one that has a
/// rule for it.
fn cause(allowed: &Answer, blocked: Option<&Answer>) -> Option<Direction> {
    let is_rule = |verdict| matches!(verdict, Verdict::By { .. });
    match blocked {
        Some(blocked) if blocked.ingress == Verdict::Refused => Some(Direction::Ingress),
        Some(_) => Some(Direction::Egress),
        None if is_rule(allowed.ingress) => Some(Direction::Ingress),
        None if is_rule(allowed.egress) => Some(Direction::Egress),
        None => None,
    }
}

/// Which policy lets it pass, or does not any more, and where that is written.
fn reason(
    side: &Asked<'_>,
    other: &Asked<'_>,
    effect: Effect,
    allowed: &Answer,
    blocked: Option<&Answer>,
    from: &str,
    to: &str,
) -> (String, Option<Place>) {
    let Some(direction) = cause(allowed, blocked) else {
        return (String::new(), None);
    };
    let (verdict, way, own) = match direction {
        Direction::Ingress => (allowed.ingress, "in", to),
        Direction::Egress => (allowed.egress, "out", from),
    };
    let rule = side.reach.rule(verdict, direction);
    let name = rule.and_then(|(policy, _)| side.reach.cluster.objects.get(policy.entity)).map(|entity| &entity.name);
    let refusing = || {
        let Who::Pods(id) = other.ends.get(own)?.who else {
            return None;
        };
        let (_, policy) = other.reach.isolating(id, direction).next()?;
        other.reach.cluster.objects.get(policy.entity).map(|entity| entity.name.clone())
    };
    let why = match (effect, name) {
        (Effect::Opens, Some(name)) => format!("the policy `{name}` lets it {way}"),
        (Effect::Opens, None) => format!("no policy decides any more who is let {way}"),
        (_, Some(name)) => format!("the policy `{name}` let it {way}, and none does now"),
        (_, None) => match refusing() {
            Some(name) => format!("the policy `{name}` decides now who is let {way}"),
            None => format!("it was let {way} by nobody's word, and is not any more"),
        },
    };
    (why, rule.map(|(_, rule)| rule.at))
}

/// Paths that differ in one end alone are told together.
fn grouped(paths: BTreeMap<Path, BTreeSet<Port>>, report: &mut Report) {
    const ALONE: usize = 3;
    let mut by_target: BTreeMap<(Effect, Level, String, String, String), Vec<Path>> = BTreeMap::new();
    for (path, ports) in paths {
        let key = (path.effect, path.level, path.to.clone(), shown(&ports), path.why.clone());
        by_target.entry(key).or_default().push(path);
    }
    let mut by_source: BTreeMap<(Effect, Level, String, String, String), Vec<Path>> = BTreeMap::new();
    for ((effect, level, to, ports, why), group) in by_target {
        if group.len() > ALONE {
            let froms: Vec<String> = group.iter().map(|path| path.from.clone()).collect();
            one(&group, &some(&froms), &to, &ports, report);
            continue;
        }
        for path in group {
            by_source.entry((effect, level, path.from.clone(), ports.clone(), why.clone())).or_default().push(path);
        }
    }
    for ((_, _, from, ports, _), group) in by_source {
        if group.len() > ALONE {
            let tos: Vec<String> = group.iter().map(|path| path.to.clone()).collect();
            one(&group, &from, &some(&tos), &ports, report);
            continue;
        }
        for path in &group {
            one(std::slice::from_ref(path), &from, &path.to, &ports, report);
        }
    }
}

/// Tells paths that have one effect for one reason.
fn one(group: &[Path], from: &str, to: &str, ports: &str, report: &mut Report) {
    let Some(Path { effect, level, why, spots, .. }) = group.first() else {
        return;
    };
    let verb = if *effect == Effect::Opens { "opens" } else { "closes" };
    let message = format!("{verb} {from} -> {to} at {ports}");
    let (old, new) = spots.clone();
    report.tell(Change::new(*level, *effect, message).why(why.as_str()).at(old, new));
}

/// `TCP 80, 443, UDP 53`
fn shown(ports: &BTreeSet<Port>) -> String {
    let mut by_protocol: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (number, protocol) in ports {
        by_protocol.entry(protocol).or_default().push(number.to_string());
    }
    by_protocol
        .iter()
        .map(|(protocol, numbers)| format!("{protocol} {}", numbers.join(", ")))
        .collect::<Vec<_>>()
        .join(", ")
}

impl Asked<'_> {
    /// Where it is written that the one uses the other, if it is.
    fn used(&self, from: &str, to: &str) -> Option<Place> {
        let is = |name: &str, namespace: &Text, labels: &Labels| {
            let Some(Who::Pods(id)) = self.ends.get(name).map(|end| end.who) else {
                return false;
            };
            let party = self.reach.party(id);
            let has = |(key, value): (&Text, &Text)| party.labels.get(key) == Some(value);
            party.namespace == &**namespace && labels.iter().all(has)
        };
        let used = self.reach.cluster.uses.iter();
        let mut used = used.filter(|used| is(from, &used.namespace, &used.pods));
        used.find(|used| is(to, &used.to.namespace, &used.to.pods)).map(|used| used.at)
    }

    fn state(&self, from: &str, to: &str, (port, protocol): &Port) -> State {
        let (Some(from), Some(to)) = (self.ends.get(from), self.ends.get(to)) else {
            return State::Absent;
        };
        let is_outside = |end: &End| matches!(end.who, Who::Outside(_));
        if is_outside(from) && is_outside(to) || !to.ports.contains(&(*port, protocol.clone())) {
            return State::Absent;
        }
        State::Known(self.reach.may(from.who, to.who, *port, protocol))
    }
}

/// The ends of one side: all pods that are written or spoken of, and what is outside.
fn asked<'a>(cluster: &'a Cluster, networks: &[Cidr], renamed: &BTreeMap<String, String>) -> Asked<'a> {
    let mut reach = Reach::new(cluster);
    let mut ends = Ends::new();
    let mut behind_fronts: BTreeMap<PartyId, BTreeSet<Port>> = BTreeMap::new();
    for front in &cluster.fronts {
        for (party, ports) in behind(&mut reach, front, |_, _| true) {
            let ports = ports.into_iter().map(|port| (port.number, port.protocol));
            behind_fronts.entry(party).or_default().extend(ports);
        }
    }
    let (inner, outer) = spoken(cluster);
    for id in reach.written() {
        let party = reach.party(id);
        let Some((pods, entity)) = party.pods.and_then(|pods| Some((pods, cluster.objects.get(pods.entity)?))) else {
            continue;
        };
        let declared = pods.containers.iter().flat_map(|container| &container.ports);
        let mut ports: BTreeSet<Port> = declared.map(|port| (port.number, port.protocol.clone())).collect();
        ports.extend(behind_fronts.remove(&id).unwrap_or_default());
        if ports.is_empty() {
            ports.extend(inner.iter().cloned());
        }
        let key = key(&entity.group, &entity.kind, &entity.namespace, &entity.name);
        let key = renamed.get(&key).cloned().unwrap_or(key);
        let end = End { who: Who::Pods(id), name: party.shown(cluster), at: Some(entity.at), ports, touched: false };
        ends.insert(key, end);
    }
    for used in &cluster.uses {
        for id in reach.pods_of(&used.to.namespace, &used.to.pods) {
            if reach.party(id).pods.is_none() {
                let name = format!("`{}`", used.to.path);
                let end = ends.entry(format!("made {} {:?}", used.to.namespace, used.to.pods)).or_insert_with(|| End {
                    who: Who::Pods(id),
                    name,
                    at: Some(used.to.at),
                    ports: BTreeSet::new(),
                    touched: false,
                });
                end.ports.insert((used.to.target, used.to.protocol.clone()));
            }
        }
    }
    for network in networks {
        let end = outside(Some(*network), format!("`{network}`"), &outer);
        ends.insert(format!("outside {network}"), end);
    }
    ends.insert("outside".to_owned(), outside(None, "the internet".to_owned(), &outer));
    Asked { reach, ends }
}

fn outside(network: Option<Cidr>, name: String, ports: &BTreeSet<Port>) -> End {
    End { who: Who::Outside(network), name, at: None, ports: ports.clone(), touched: false }
}

fn key(group: &str, kind: &str, namespace: &str, name: &str) -> String {
    format!("pods {group} {kind} {namespace} {name}")
}

/// The ports that rules speak of, for who comes in and who goes out.
fn spoken(cluster: &Cluster) -> (BTreeSet<Port>, BTreeSet<Port>) {
    let of = |rules: Option<&Vec<PolicyRule>>, found: &mut BTreeSet<Port>| {
        for port in rules.into_iter().flatten().flat_map(|rule| &rule.ports) {
            if let Some(PortName::Number(number)) = port.port.as_ref().map(|port| &port.value) {
                found.insert((*number, port.protocol.clone()));
            }
        }
    };
    let web: Port = (443, "TCP".into());
    let (mut inner, mut outer) = (BTreeSet::new(), BTreeSet::from([web]));
    for policy in &cluster.policies {
        of(policy.ingress.as_ref(), &mut inner);
        of(policy.egress.as_ref(), &mut outer);
    }
    outer.extend(cluster.externals.iter().map(|external| (external.port, "TCP".into())));
    (inner, outer)
}

/// The networks that policies of both sides speak of, those of the cluster's own pods left out.
fn networks(old: &Cluster, new: &Cluster) -> Vec<Cidr> {
    let mut found = BTreeSet::new();
    for policy in old.policies.iter().chain(&new.policies) {
        for rule in policy.ingress.iter().chain(&policy.egress).flatten() {
            for peer in &rule.peers {
                if let Peer::Block { cidr, .. } = peer
                    && cidr.prefix() > 0
                {
                    found.insert(cidr.to_string());
                }
            }
        }
    }
    let pods: Vec<Cidr> = [old, new].iter().flat_map(|of| &of.network.pods).map(|said| said.value).collect();
    let parsed = found.iter().filter_map(|text| Cidr::parse(text).ok());
    parsed.filter(|cidr| !pods.iter().any(|own| own.overlaps(*cidr))).take(MOST_NETWORKS).collect()
}

/// Who is called what on the new side.
fn renamed(both: &Both<'_>, report: &Report) -> BTreeMap<String, String> {
    let named = |side: &super::Side, number: usize| {
        side.things.get(number).map(|of| key(&of.group, &of.kind, &of.namespace, &of.name))
    };
    report.renamed.iter().filter_map(|(old, new)| Some((named(both.old, *old)?, named(both.new, *new)?))).collect()
}

/// Marks the ends of which anything that counts differs; how many these are.
fn touch(both: &Both<'_>, old: &mut Asked<'_>, new: &mut Asked<'_>) -> usize {
    let (before, after) = (old.reach.cluster, new.reach.cluster);
    let all = everywhere(before) != everywhere(after);
    let policies = policies(both);
    let marks = |asked: &Asked<'_>| {
        let mark = |(key, end): (&String, &End)| (key.clone(), print(asked, end), is_changed(asked, end, &policies));
        asked.ends.iter().map(mark).collect::<Vec<_>>()
    };
    let (one, other) = (marks(old), marks(new));
    let mut touched = BTreeSet::new();
    for (mine, theirs) in [(&one, &other), (&other, &one)] {
        let prints: BTreeMap<&String, &String> = theirs.iter().map(|(key, print, _)| (key, print)).collect();
        for (key, print, changed) in mine {
            if all || *changed || prints.get(key) != Some(&print) {
                touched.insert(key.clone());
            }
        }
    }
    for ends in [&mut old.ends, &mut new.ends] {
        ends.iter_mut().for_each(|(key, end)| end.touched = touched.contains(key));
    }
    touched.len()
}

/// What counts for every path of a cluster.
fn everywhere(cluster: &Cluster) -> String {
    let networks: Vec<String> = cluster.network.pods.iter().map(|said| said.value.to_string()).collect();
    let hosts: Vec<String> = cluster
        .hosts
        .iter()
        .map(|host| host.address.as_ref().map_or(String::new(), |said| said.value.to_string()))
        .collect();
    let others: Vec<&str> = cluster
        .objects
        .iter()
        .filter(|object| object.kind.contains("NetworkPolicy") && &*object.group != "networking.k8s.io")
        .map(|object| &*object.name)
        .collect();
    format!("{} {} {networks:?} {hosts:?} {others:?}", cluster.cni.policies, cluster.cni.blocks_mean_pods)
}

/// Policies that are not as they were, by namespace and name.
fn policies(both: &Both<'_>) -> BTreeSet<(Text, Text)> {
    let pairs = both.matched.pairs.iter().filter(|pair| !pair.fields.is_empty()).map(|pair| pair.new);
    let (gone, come) = (&both.matched.gone, &both.matched.come);
    let others = gone.iter().chain(come).map(|(_, thing)| *thing);
    let is_policy = |thing: &&super::Thing| thing.is("networking.k8s.io", "NetworkPolicy");
    let home = |namespace: &Text| if namespace.is_empty() { Text::from("default") } else { namespace.clone() };
    pairs.chain(others).filter(is_policy).map(|thing| (home(&thing.namespace), thing.name.clone())).collect()
}

/// What counts of an end itself.
fn print(asked: &Asked<'_>, end: &End) -> String {
    let Who::Pods(id) = end.who else {
        return format!("{:?}", end.ports);
    };
    let party = asked.reach.party(id);
    let space = asked.reach.namespace_labels(party.namespace);
    let named: Vec<_> = party
        .pods
        .into_iter()
        .flat_map(|pods| &pods.containers)
        .flat_map(|container| &container.ports)
        .map(|port| (&port.name, port.number, &port.protocol))
        .collect();
    format!("{:?} {:?} {space:?} {:?} {named:?} {}", party.namespace, party.labels, end.ports, party.on_host())
}

/// Whether a policy that chooses an end is not as it was.
fn is_changed(asked: &Asked<'_>, end: &End, policies: &BTreeSet<(Text, Text)>) -> bool {
    let Who::Pods(id) = end.who else {
        return false;
    };
    let cluster = asked.reach.cluster;
    [Direction::Ingress, Direction::Egress].into_iter().any(|direction| {
        asked.reach.isolating(id, direction).any(|(_, policy)| {
            let name = cluster.objects.get(policy.entity).map(|entity| entity.name.clone()).unwrap_or_default();
            rules(policy, direction).is_some() && policies.contains(&(home(cluster, policy.entity).into(), name))
        })
    })
}
