//! Choosing: what is kept stays while it fits, what is missing gets the first that is free.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::pick::{self, Why, network_of, pools_of, ports_of, usable};
use super::taken::Taken;
use super::{Chosen, Source, by_path};
use crate::Node;
use crate::model::{Cluster, Platform, Text};
use crate::read::scalar::text;
use diagnostics::Rule;

/// Something that stands as `auto`.
#[derive(Clone, Debug)]
pub struct Request {
    /// The field, as people call it: `lab.host.one.address`.
    pub path: String,
    /// Where its values come from.
    pub source: Source,
    /// What was chosen before.
    pub kept: Option<Chosen>,
    /// What people call the cluster that it is for.
    pub cluster: Option<String>,
    /// The pool that it asks for.
    pub pool: Option<Text>,
    /// Who has the same word here shares the address.
    pub share: Option<Text>,
}

impl Request {
    /// What an instance asks for one of its fields.
    pub fn of<N: Node>(instance: N, path: String, source: Source, kept: Option<Chosen>) -> Request {
        let cluster = instance.get("cluster").filter(|cluster| !cluster.path().is_empty()).map(Node::path);
        let word = |field: &str| instance.get(field).and_then(text);
        Request { path, source, kept, cluster, pool: word("pool"), share: word("share") }
    }
}

/// What somebody has of whom the model does not know, and what people call them.
pub type Other = (Chosen, &'static str);

/// What was chosen, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// New values, by the numbers of the requests.
    pub chosen: Vec<(usize, Chosen)>,
    /// Why nothing can be chosen: one reason for all that have it.
    pub refused: Vec<Refusal>,
}

/// Why nothing can be chosen for a request.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The number of the request.
    pub request: usize,
    /// How many more requests it holds for.
    pub more: usize,
    /// What is broken.
    pub rule: &'static Rule,
    /// What is said.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Chooses what is missing or no longer fits: of one source after the other, since what is chosen of one decides what is
/// free of the next. Who calls evaluates the platform with the answer, and asks again until nothing new is chosen.
pub fn choose(platform: &Platform, requests: &[Request], others: &[Other]) -> Answer {
    let clusters = platform.clusters.iter().map(|cluster| (cluster.name.as_str(), cluster)).collect();
    let chooser = Chooser { platform, requests, others, clusters };
    let mut order: Vec<usize> = (0..requests.len()).filter(|number| chooser.is_open(*number)).collect();
    order.sort_by(|one, other| match (requests.get(*one), requests.get(*other)) {
        (Some(one), Some(other)) => by_path(&one.path, &other.path),
        _ => one.cmp(other),
    });
    let mut refused = Vec::new();
    for turn in 0..3 {
        let due = |number: &&usize| requests.get(**number).is_some_and(|request| request.source.turn() == turn);
        let numbers: Vec<usize> = order.iter().filter(due).copied().collect();
        if numbers.is_empty() {
            continue;
        }
        let mut answer = chooser.answer(turn, &numbers);
        refused.append(&mut answer.refused);
        if !answer.chosen.is_empty() {
            return Answer { chosen: answer.chosen, refused };
        }
    }
    Answer { chosen: Vec::new(), refused }
}

/// Requests that keep what only one of them can have.
pub fn twice(requests: &[Request]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by(|one, other| match (requests.get(*one), requests.get(*other)) {
        (Some(one), Some(other)) => by_path(&one.path, &other.path),
        _ => one.cmp(other),
    });
    let mut known: BTreeMap<(Chosen, Option<&str>), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for number in order {
        let Some((request, kept)) = requests.get(number).and_then(|request| Some((request, request.kept?))) else {
            continue;
        };
        // Each cluster has its own ports; addresses and networks are those of all.
        let space = match kept {
            Chosen::Port(_) => request.cluster.as_deref(),
            Chosen::Ip(_) | Chosen::Cidr(_) => None,
        };
        match known.get(&(kept, space)) {
            Some(first) if requests.get(*first).is_some_and(|first| shares(first, request)) => {}
            Some(first) => found.push((*first, number)),
            None => {
                known.insert((kept, space), number);
            }
        }
    }
    found
}

/// Whether two services let each other have their address.
fn shares(one: &Request, other: &Request) -> bool {
    one.share.is_some() && one.share == other.share && one.cluster == other.cluster && one.source == other.source
}

struct Chooser<'a> {
    platform: &'a Platform,
    requests: &'a [Request],
    others: &'a [Other],
    clusters: BTreeMap<&'a str, &'a Cluster>,
}

impl<'a> Chooser<'a> {
    fn cluster(&self, request: &Request) -> Option<&'a Cluster> {
        self.clusters.get(request.cluster.as_deref()?).copied()
    }

    /// Whether something must be chosen: nothing is kept, or what is kept no longer fits.
    fn is_open(&self, number: usize) -> bool {
        let Some(request) = self.requests.get(number) else {
            return false;
        };
        request.kept.is_none_or(|kept| !self.fits(request, kept))
    }

    /// What can not be known is no reason to give anything up.
    fn fits(&self, request: &Request, kept: Chosen) -> bool {
        let cluster = self.cluster(request);
        match (request.source, kept) {
            (Source::Hosts | Source::Hosts6, Chosen::Ip(address)) => {
                let network = cluster.and_then(|cluster| network_of(cluster, request.source));
                network.is_none_or(|network| usable(network).is_some_and(|range| range.contains(address)))
            }
            (Source::Pools, Chosen::Ip(address)) => {
                let pools = cluster.map(|cluster| pools_of(cluster, request)).unwrap_or_default();
                let mut ranges = pools.iter().flat_map(|pool| &pool.ranges);
                pools.is_empty() || ranges.any(|range| range.value.contains(address))
            }
            (Source::NodePorts, Chosen::Port(port)) => {
                cluster.is_none_or(|cluster| ports_of(cluster).is_none_or(|(from, to)| (from..=to).contains(&port)))
            }
            (Source::Networks(first, other), Chosen::Cidr(network)) => {
                network.family() == pick::block(cluster, first, other).within.family()
            }
            _ => false,
        }
    }

    fn answer(&self, turn: u8, numbers: &[usize]) -> Answer {
        let mut free = Free { facts: self.facts(turn), ports: BTreeMap::new() };
        let mut shared = self.shared();
        let mut refused: BTreeMap<(Option<&str>, Source, Option<&Text>), Refusal> = BTreeMap::new();
        let mut chosen = Vec::new();
        for (number, request) in numbers.iter().filter_map(|number| Some((*number, self.requests.get(*number)?))) {
            let group = group_of(request);
            if let Some(known) = group.and_then(|group| shared.get(&group)) {
                chosen.push((number, *known));
                continue;
            }
            // What is used up for one is used up for all that come after it.
            let key = (request.cluster.as_deref(), request.source, request.pool.as_ref());
            if let Some(first) = refused.get_mut(&key) {
                first.more += 1;
                continue;
            }
            match self.pick(request, &mut free) {
                Ok(value) => {
                    chosen.push((number, value));
                    shared.extend(group.map(|group| (group, value)));
                }
                Err(Why { rule, message, help }) => {
                    let message = format!("nothing can be chosen for `{}`: {message}", request.path);
                    refused.insert(key, Refusal { request: number, more: 0, rule, message, help });
                }
            }
        }
        Answer { chosen, refused: refused.into_values().collect() }
    }

    fn pick(&self, request: &Request, free: &mut Free<'a>) -> Result<Chosen, Why> {
        let cluster = self.cluster(request);
        if let Source::Networks(first, other) = request.source {
            return pick::network(pick::block(cluster, first, other), &mut free.facts).map(Chosen::Cidr);
        }
        let cluster = cluster.ok_or_else(pick::no_cluster)?;
        match request.source {
            Source::NodePorts => {
                let taken = free.ports.entry(&cluster.name).or_insert_with(|| self.ports_taken(cluster));
                pick::port(cluster, taken).map(Chosen::Port)
            }
            Source::Pools => pick::service(cluster, request, &mut free.facts).map(Chosen::Ip),
            _ => pick::host(cluster, request, &mut free.facts).map(Chosen::Ip),
        }
    }

    /// What is taken, as far as it matters in a turn.
    fn facts(&self, turn: u8) -> Facts {
        let mut facts = Facts::of(self.platform);
        let kept = self.requests.iter().filter_map(|request| request.kept);
        for (value, who) in kept.map(|kept| (kept, "`auto`")).chain(self.others.iter().copied()) {
            match value {
                Chosen::Ip(address) => facts.add_one(address, who),
                Chosen::Cidr(network) if turn == 0 => facts.add_network(network, who),
                Chosen::Cidr(_) | Chosen::Port(_) => {}
            }
        }
        if turn < 2 {
            facts.add_ranges(self.platform);
        }
        if turn == 0 {
            facts.add_networks(self.platform);
        }
        facts
    }

    /// The addresses that services share already, by what they have in common.
    fn shared(&self) -> BTreeMap<Group<'a>, Chosen> {
        let mut shared = BTreeMap::new();
        for request in self.requests {
            let kept = request.kept.filter(|kept| self.fits(request, *kept));
            if let (Some(group), Some(kept)) = (group_of(request), kept) {
                let first = shared.entry(group).or_insert(kept);
                *first = kept.min(*first);
            }
        }
        shared
    }

    fn ports_taken(&self, cluster: &Cluster) -> Taken {
        let mut taken = Taken::default();
        let services = cluster.fronts.iter().flat_map(|front| &front.ports).filter_map(|port| port.node_port.as_ref());
        let of_services = services.filter_map(|port| u16::try_from(port.value).ok());
        let containers = cluster.pods.iter().flat_map(|pods| &pods.containers).flat_map(|container| &container.ports);
        let of_pods = containers.filter_map(|port| u16::try_from(port.host_port.as_ref()?.value).ok());
        let brought = cluster.distribution.ports.iter().chain(&cluster.cni.ports).copied();
        let same = self.requests.iter().filter(|request| request.cluster.as_deref() == Some(&cluster.name));
        let kept = same.filter_map(|request| match request.kept {
            Some(Chosen::Port(port)) => Some(port),
            _ => None,
        });
        of_services.chain(of_pods).chain(brought).chain(kept).for_each(|port| {
            taken.add(port.into(), port.into());
        });
        taken
    }
}

/// What is free, as it becomes less.
struct Free<'a> {
    facts: Facts,
    /// The ports that are taken, by cluster.
    ports: BTreeMap<&'a str, Taken>,
}

fn group_of(request: &Request) -> Option<Group<'_>> {
    let share = request.share.as_ref().filter(|_| request.source == Source::Pools)?;
    Some((&request.cluster, &request.pool, share))
}

/// What services that share an address have in common: the cluster, the pool and a word.
type Group<'a> = (&'a Option<String>, &'a Option<Text>, &'a Text);
