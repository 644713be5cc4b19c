//! The ends of the paths of one side: all pods that are written or spoken of, and what is outside; and of which of them
//! anything that counts differs from the other side.

use std::collections::{BTreeMap, BTreeSet};

use domain::Cidr;

use crate::Place;
use crate::diff::{Both, Report, Side, Thing};
use crate::model::{Cluster, Labels, Peer, PolicyRule, PortName, Text};
use crate::reach::edges::behind;
use crate::reach::{Answer, Direction, PartyId, Reach, Who, home, rules};

/// How many networks outside are asked for.
const MOST_NETWORKS: usize = 64;

pub type Port = (u16, Text);

/// One end of paths.
pub struct End {
    pub who: Who,
    pub name: String,
    pub at: Option<Place>,
    pub ports: BTreeSet<Port>,
    /// Whether anything that counts differs from the other side.
    touched: bool,
}

type Ends = BTreeMap<String, End>;

/// One side with its ends, which have the same numbers on both.
pub struct Asked<'a> {
    pub reach: Reach<'a>,
    ends: Vec<Option<End>>,
}

/// What is known of a path on one side.
#[derive(Clone, Copy)]
pub enum State {
    /// One end is not there.
    Absent,
    Known(Answer),
}

/// Both sides, the old one first, and how many ends they have together.
pub fn ends<'a>(
    both: &Both<'_>,
    report: &Report,
    (before, after): (&'a Cluster, &'a Cluster),
) -> (Asked<'a>, Asked<'a>, usize) {
    let networks = networks(before, after);
    let (one, mut old) = asked(before, &networks, &renamed(both, report));
    let (other, mut new) = asked(after, &networks, &BTreeMap::new());
    touch(both, (&one, &mut old), (&other, &mut new));
    let names: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let numbered = |mut ends: Ends| names.iter().map(|name| ends.remove(name)).collect();
    let (old, new) = (numbered(old), numbered(new));
    (Asked { reach: one, ends: old }, Asked { reach: other, ends: new }, names.len())
}

impl Asked<'_> {
    pub fn end(&self, number: usize) -> Option<&End> {
        self.ends.get(number)?.as_ref()
    }

    /// Whether anything that counts of an end differs from the other side.
    pub fn is_touched(&self, number: usize) -> bool {
        self.end(number).is_some_and(|end| end.touched)
    }

    pub fn state(&self, from: usize, to: usize, (port, protocol): &Port) -> State {
        let (Some(from), Some(to)) = (self.end(from), self.end(to)) else {
            return State::Absent;
        };
        let is_outside = |end: &End| matches!(end.who, Who::Outside(_));
        if is_outside(from) && is_outside(to) || !to.ports.contains(&(*port, *protocol)) {
            return State::Absent;
        }
        State::Known(self.reach.may(from.who, to.who, *port, protocol))
    }

    /// Where it is written that the one uses the other, if it is.
    pub fn used(&self, from: usize, to: usize) -> Option<Place> {
        let is = |number: usize, namespace: &Text, labels: &Labels| {
            let Some(Who::Pods(id)) = self.end(number).map(|end| end.who) else {
                return false;
            };
            let party = self.reach.party(id);
            let has = |(key, value): (&Text, &Text)| party.labels.get(key) == Some(value);
            party.namespace == *namespace && labels.iter().all(has)
        };
        let used = self.reach.cluster.uses.iter();
        let mut used = used.filter(|used| is(from, &used.namespace, &used.pods));
        used.find(|used| is(to, &used.to.namespace, &used.to.pods)).map(|used| used.at)
    }
}

/// The ends of one side.
fn asked<'a>(cluster: &'a Cluster, networks: &[Cidr], renamed: &BTreeMap<String, String>) -> (Reach<'a>, Ends) {
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
        let mut ports: BTreeSet<Port> = declared.map(|port| (port.number, port.protocol)).collect();
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
        for id in reach.pods_of(used.to.namespace, &used.to.pods) {
            if reach.party(id).pods.is_none() {
                let name = format!("`{}`", used.to.path);
                let end = ends.entry(format!("made {} {:?}", used.to.namespace, used.to.pods)).or_insert_with(|| End {
                    who: Who::Pods(id),
                    name,
                    at: Some(used.to.at),
                    ports: BTreeSet::new(),
                    touched: false,
                });
                end.ports.insert((used.to.target, used.to.protocol));
            }
        }
    }
    for network in networks {
        let end = outside(Some(*network), format!("`{network}`"), &outer);
        ends.insert(format!("outside {network}"), end);
    }
    ends.insert("outside".to_owned(), outside(None, "the internet".to_owned(), &outer));
    (reach, ends)
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
                found.insert((*number, port.protocol));
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
    let named = |side: &Side, number: usize| {
        side.things.get(number).map(|of| key(&of.group, &of.kind, &of.namespace, &of.name))
    };
    report.renamed.iter().filter_map(|(old, new)| Some((named(both.old, *old)?, named(both.new, *new)?))).collect()
}

/// Marks the ends of which anything that counts differs.
fn touch(both: &Both<'_>, (one, old): (&Reach<'_>, &mut Ends), (other, new): (&Reach<'_>, &mut Ends)) {
    let all = everywhere(one.cluster) != everywhere(other.cluster);
    let policies = policies(both);
    let marks = |reach: &Reach<'_>, ends: &Ends| {
        let mark = |(key, end): (&String, &End)| (key.clone(), print(reach, end), is_changed(reach, end, &policies));
        ends.iter().map(mark).collect::<Vec<_>>()
    };
    let (before, after) = (marks(one, old), marks(other, new));
    let mut touched = BTreeSet::new();
    for (mine, theirs) in [(&before, &after), (&after, &before)] {
        let prints: BTreeMap<&String, &String> = theirs.iter().map(|(key, print, _)| (key, print)).collect();
        for (key, print, changed) in mine {
            if all || *changed || prints.get(key) != Some(&print) {
                touched.insert(key.clone());
            }
        }
    }
    for ends in [old, new] {
        ends.iter_mut().for_each(|(key, end)| end.touched = touched.contains(key));
    }
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
    let is_policy = |thing: &&Thing| thing.is("networking.k8s.io", "NetworkPolicy");
    let home = |namespace: &Text| if namespace.is_empty() { Text::from("default") } else { *namespace };
    pairs.chain(others).filter(is_policy).map(|thing| (home(&thing.namespace), thing.name)).collect()
}

/// What counts of an end itself.
fn print(reach: &Reach<'_>, end: &End) -> String {
    let Who::Pods(id) = end.who else {
        return format!("{:?}", end.ports);
    };
    let party = reach.party(id);
    let space = reach.namespace_labels(party.namespace);
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
fn is_changed(reach: &Reach<'_>, end: &End, policies: &BTreeSet<(Text, Text)>) -> bool {
    let Who::Pods(id) = end.who else {
        return false;
    };
    let cluster = reach.cluster;
    [Direction::Ingress, Direction::Egress].into_iter().any(|direction| {
        reach.isolating(id, direction).any(|(_, policy)| {
            let name = cluster.objects.get(policy.entity).map(|entity| entity.name).unwrap_or_default();
            rules(policy, direction).is_some() && policies.contains(&(home(cluster, policy.entity), name))
        })
    })
}
