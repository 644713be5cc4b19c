//! Choosing: what is kept stays while it fits, what is missing gets the first that is free.

use std::collections::BTreeMap;

use diagnostics::{Rule, rules};
use domain::{Cidr, Family, Ip, IpRange};

use super::facts::Facts;
use super::taken::Taken;
use super::{Chosen, Source, by_path};
use crate::Node;
use crate::model::{Cluster, Platform, Pool, Text};
use crate::read::scalar::text;

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
pub fn choose(platform: &Platform, requests: &[Request], elsewhere: &[Chosen]) -> Answer {
    let clusters = platform.clusters.iter().map(|cluster| (cluster.name.as_str(), cluster)).collect();
    let chooser = Chooser { platform, requests, elsewhere, clusters };
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
    elsewhere: &'a [Chosen],
    clusters: BTreeMap<&'a str, &'a Cluster>,
}

/// Why there is nothing to choose from; one of a kind is told for each cluster.
struct Why {
    rule: &'static Rule,
    message: String,
    help: String,
}

/// Addresses from which one is chosen.
struct Room {
    /// What they are: "the network of the hosts (10.0.0.0/24)".
    what: String,
    /// All of them.
    ranges: Vec<IpRange>,
    /// What to do when none is left.
    help: &'static str,
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
            (Source::Networks { within, .. }, Chosen::Cidr(network)) => network.family() == within.family(),
            _ => false,
        }
    }

    fn answer(&self, turn: u8, numbers: &[usize]) -> Answer {
        let mut facts = self.facts(turn);
        let mut ports: BTreeMap<&str, Taken> = BTreeMap::new();
        let mut shared = self.shared();
        let mut refused: BTreeMap<(Option<&str>, u8, String), Refusal> = BTreeMap::new();
        let mut chosen = Vec::new();
        for number in numbers {
            let Some(request) = self.requests.get(*number) else {
                continue;
            };
            let group = request.share.as_ref().map(|share| (&request.cluster, &request.pool, share));
            if let Some(known) = group.and_then(|group| shared.get(&group)) {
                chosen.push((*number, *known));
                continue;
            }
            let found = match request.source {
                Source::Hosts | Source::Hosts6 => self.host(request, &mut facts).map(Chosen::Ip),
                Source::Pools => self.service(request, &mut facts).map(Chosen::Ip),
                Source::NodePorts => self.port(request, &mut ports).map(Chosen::Port),
                Source::Networks { within, prefix } => network(within, prefix, &mut facts).map(Chosen::Cidr),
            };
            match found {
                Ok(value) => {
                    chosen.push((*number, value));
                    shared.extend(group.map(|group| (group, value)));
                }
                Err(why) => {
                    let key = (request.cluster.as_deref(), request.source.turn(), why.message.clone());
                    let Why { rule, message, help } = why;
                    let message = format!("nothing can be chosen for `{}`: {message}", request.path);
                    let first = Refusal { request: *number, more: 0, rule, message, help };
                    refused.entry(key).and_modify(|first| first.more += 1).or_insert(first);
                }
            }
        }
        Answer { chosen, refused: refused.into_values().collect() }
    }

    /// What is taken, as far as it matters in a turn.
    fn facts(&self, turn: u8) -> Facts {
        let mut facts = Facts::of(self.platform);
        let kept = self.requests.iter().filter_map(|request| request.kept);
        for (value, who) in
            kept.map(|kept| (kept, "`auto`")).chain(self.elsewhere.iter().map(|kept| (*kept, "other platforms")))
        {
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
        for request in self.requests.iter().filter(|request| request.source == Source::Pools) {
            let kept = request.kept.filter(|kept| self.fits(request, *kept));
            if let (Some(share), Some(kept)) = (&request.share, kept) {
                let first = shared.entry((&request.cluster, &request.pool, share)).or_insert(kept);
                *first = kept.min(*first);
            }
        }
        shared
    }

    fn host(&self, request: &Request, facts: &mut Facts) -> Result<Ip, Why> {
        let missing =
            |what: &str, help: &str| Why { rule: &rules::AUTO_SOURCE, message: what.to_owned(), help: help.to_owned() };
        let Some(cluster) = self.cluster(request) else {
            return Err(missing("it stands in no cluster", "open the host in a cluster"));
        };
        let Some(network) = network_of(cluster, request.source) else {
            let message = format!("the hosts of `{}` stand in no network that is written", cluster.name);
            return Err(missing(
                &message,
                match request.source {
                    Source::Hosts6 => "write it: `network { nodes6: fd00:1::/64 }`",
                    _ => "write it: `network { nodes: 192.168.1.0/24 }`",
                },
            ));
        };
        let range = usable(network).map(|range| beside_gateway(cluster, range));
        let room = Room {
            what: format!("the network of the hosts ({network})"),
            ranges: range.into_iter().collect(),
            help: "make the network larger, or free some of it",
        };
        let free = room.ranges.iter().find_map(|range| {
            let free = facts.set(range.family()).first_free(range.first().bits(), range.last().bits())?;
            Ip::from_bits(range.family(), free)
        });
        take(free, &room, "hosts", facts)
    }

    /// An address of a pool, from the end: who gives addresses by itself begins at the start.
    fn service(&self, request: &Request, facts: &mut Facts) -> Result<Ip, Why> {
        let missing = |message: String, help: &str| Why { rule: &rules::AUTO_SOURCE, message, help: help.to_owned() };
        let Some(cluster) = self.cluster(request) else {
            return Err(missing("it stands in no cluster".to_owned(), "open the service in a cluster"));
        };
        if cluster.balancer.as_ref().is_some_and(|balancer| !balancer.pools) {
            let message = format!("the balancer of `{}` takes no addresses from pools", cluster.name);
            return Err(missing(message, "leave `address` out, or let `balancer` be one that has pools"));
        }
        let pools = pools_of(cluster, request);
        if pools.is_empty() {
            let message = match &request.pool {
                Some(name) => format!("`{}` has no pool `{name}`", cluster.name),
                None => format!("`{}` has no pool of addresses for any service", cluster.name),
            };
            return Err(missing(message, "write one: `network { pool lan { range: 192.168.1.200..192.168.1.250 } }`"));
        }
        let first = cluster.network.services.first().map_or(Family::V4, |services| services.family());
        let of_family = |family| pools.iter().flat_map(|pool| &pool.ranges).any(|range| range.family() == family);
        let family = if of_family(first) || !of_family(other(first)) { first } else { other(first) };
        let ranges = |pool: &Pool| {
            let mut ranges: Vec<IpRange> = pool.ranges.iter().map(|range| range.value).collect();
            ranges.retain(|range| range.family() == family);
            ranges.sort_by_key(|range| std::cmp::Reverse(range.first()));
            ranges
        };
        let free = pools
            .iter()
            .find_map(|pool| ranges(pool).into_iter().find_map(|range| last_of_pool(cluster, pool, range, facts)));
        let names: Vec<String> = pools.iter().map(|pool| format!("`{}`", pool.name)).collect();
        let room = Room {
            what: format!("the pool {}", names.join(", ")),
            ranges: pools.iter().flat_map(|pool| ranges(pool)).collect(),
            help: "make a pool larger, or let services share an address",
        };
        take(free, &room, "services", facts)
    }

    /// A port of the band that Kubernetes keeps for ports that are asked for, and only then one that it gives itself.
    fn port(&self, request: &Request, ports: &mut BTreeMap<&'a str, Taken>) -> Result<u16, Why> {
        let Some(cluster) = self.cluster(request) else {
            let message = "it stands in no cluster".to_owned();
            return Err(Why { rule: &rules::AUTO_SOURCE, message, help: "open the service in a cluster".to_owned() });
        };
        let (first, last) = ports_of(cluster).unwrap_or((30000, 32767));
        let taken = ports.entry(&cluster.name).or_insert_with(|| self.ports_taken(cluster));
        let Some(port) = taken.first_free(first.into(), last.into()).and_then(|port| u16::try_from(port).ok()) else {
            let message = format!("all ports from {first} to {last} of `{}` are taken", cluster.name);
            let help = "make `node-ports` of the network larger".to_owned();
            return Err(Why { rule: &rules::AUTO_EXHAUSTED, message, help });
        };
        taken.add(port.into(), port.into());
        Ok(port)
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

/// What services that share an address have in common: the cluster, the pool and a word.
type Group<'a> = (&'a Option<String>, &'a Option<Text>, &'a Text);

/// Takes what was found free, or says by whom everything is taken.
fn take(free: Option<Ip>, room: &Room, who: &'static str, facts: &mut Facts) -> Result<Ip, Why> {
    match free {
        Some(address) => {
            facts.add_one(address, who);
            Ok(address)
        }
        None => {
            let size = room.ranges.iter().fold(0_u128, |size, range| size.saturating_add(range.size()));
            let message = format!(
                "{} has {size} address{}, and all are taken: {}",
                room.what,
                if size == 1 { "" } else { "es" },
                facts.told(&room.ranges)
            );
            Err(Why { rule: &rules::AUTO_EXHAUSTED, message, help: room.help.to_owned() })
        }
    }
}

fn network(within: Cidr, prefix: u8, facts: &mut Facts) -> Result<Cidr, Why> {
    let size = 1_u128.checked_shl(u32::from(within.family().width() - prefix)).unwrap_or(u128::MAX);
    let (first, last) = (within.first().bits(), within.last().bits());
    let free = facts.set(within.family()).first_block(first, last, size);
    let network = free.and_then(|first| Cidr::containing(Ip::from_bits(within.family(), first)?, prefix).ok());
    let Some(network) = network else {
        let message = format!("no /{prefix} of {within} is free of the networks that are there");
        let help = "write a network, or make those that are there smaller".to_owned();
        return Err(Why { rule: &rules::AUTO_EXHAUSTED, message, help });
    };
    facts.add_network(network, "`auto`");
    Ok(network)
}

/// The network that the hosts of a cluster stand in.
fn network_of(cluster: &Cluster, source: Source) -> Option<Cidr> {
    let mut networks = cluster.network.of_hosts().map(|network| network.value);
    match source {
        Source::Hosts6 => networks.find(|network| network.family() == Family::V6),
        _ => networks.next(),
    }
}

/// The addresses of a network that hosts can have: none that means the network itself.
fn usable(network: Cidr) -> Option<IpRange> {
    let (first, last) = (network.first(), network.last());
    // Of two addresses or one, each is a host's.
    if network.family().width() - network.prefix() < 2 {
        return IpRange::new(first, last).ok();
    }
    let last = if network.family() == Family::V4 { last.minus(1).ok()? } else { last };
    IpRange::new(first.plus(1).ok()?, last).ok()
}

/// Where nobody says who the gateway is, it is most likely the first address.
fn beside_gateway(cluster: &Cluster, range: IpRange) -> IpRange {
    let is_known = cluster.network.gateway.as_ref().is_some_and(|gateway| gateway.family() == range.family());
    let without_first = range.first().plus(1).ok().and_then(|second| IpRange::new(second, range.last()).ok());
    if is_known { range } else { without_first.unwrap_or(range) }
}

/// The pools that give an address to who asks: the one that is named, or all that give to anybody, in the order of their
/// addresses.
fn pools_of<'a>(cluster: &'a Cluster, request: &Request) -> Vec<&'a Pool> {
    let wanted = |pool: &&Pool| match &request.pool {
        Some(name) => pool.name == *name,
        None => pool.automatic && !pool.narrow,
    };
    let mut pools: Vec<&Pool> = cluster.network.pools.iter().filter(wanted).collect();
    pools.sort_by_key(|pool| (pool.ranges.first().map(|range| range.first()), pool.name.clone()));
    pools
}

fn other(family: Family) -> Family {
    match family {
        Family::V4 => Family::V6,
        Family::V6 => Family::V4,
    }
}

/// The last address of a range of a pool that is free and reached.
fn last_of_pool(cluster: &Cluster, pool: &Pool, range: IpRange, facts: &Facts) -> Option<Ip> {
    let is_edge = |address: Ip| {
        let around = cluster.network.of_hosts().find(|nodes| nodes.contains(address));
        let means_network = around.and_then(|nodes| usable(nodes.value));
        let ends = [0, 255].contains(&(address.bits() % 256));
        means_network.is_some_and(|usable| !usable.contains(address))
            || pool.avoids_edges && ends && range.family() == Family::V4
    };
    let mut last = range.last();
    loop {
        let free = facts.set(range.family()).last_free(range.first().bits(), last.bits())?;
        let address = Ip::from_bits(range.family(), free)?;
        if !is_edge(address) {
            return Some(address);
        }
        last = address.minus(1).ok().filter(|last| range.contains(*last))?;
    }
}

fn ports_of(cluster: &Cluster) -> Option<(u16, u16)> {
    cluster.network.node_ports.as_ref().map(|range| range.value)
}
