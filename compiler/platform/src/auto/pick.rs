//! One value of each source: from what it is chosen, and why there is none.

use diagnostics::{Rule, rules};
use domain::{Cidr, Family, Ip, IpRange};

use super::facts::Facts;
use super::taken::Taken;
use super::{Block, Request, Source};
use crate::model::{Cluster, Pool};

/// Why there is nothing to choose from; one of a kind is told for each cluster.
pub struct Why {
    /// What is broken.
    pub rule: &'static Rule,
    /// What is said.
    pub message: String,
    /// What to do.
    pub help: String,
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

/// That an instance stands in no cluster.
pub fn no_cluster() -> Why {
    missing("it stands in no cluster".to_owned(), "open it in a cluster")
}

fn missing(message: String, help: &str) -> Why {
    Why { rule: &rules::AUTO_SOURCE, message, help: help.to_owned() }
}

/// The first address of the network of the hosts that is free.
pub fn host(cluster: &Cluster, request: &Request, facts: &mut Facts) -> Result<Ip, Why> {
    let Some(network) = network_of(cluster, request.source) else {
        let message = format!("the hosts of `{}` stand in no network that is written", cluster.name);
        let help = match request.source {
            Source::Hosts6 => "write it: `network { nodes6: fd00:1::/64 }`",
            _ => "write it: `network { nodes: 192.168.1.0/24 }`",
        };
        return Err(missing(message, help));
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
pub fn service(cluster: &Cluster, request: &Request, facts: &mut Facts) -> Result<Ip, Why> {
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
pub fn port(cluster: &Cluster, taken: &mut Taken) -> Result<u16, Why> {
    let (first, last) = ports_of(cluster).unwrap_or((30000, 32767));
    let Some(port) = taken.first_free(first.into(), last.into()).and_then(|port| u16::try_from(port).ok()) else {
        let message = format!("all ports from {first} to {last} of `{}` are taken", cluster.name);
        let help = "make `node-ports` of the network larger".to_owned();
        return Err(Why { rule: &rules::AUTO_EXHAUSTED, message, help });
    };
    taken.add(port.into(), port.into());
    Ok(port)
}

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

/// Of two families, the one of the hosts.
pub fn block(cluster: Option<&Cluster>, first: Block, other: Option<Block>) -> Block {
    let hosts = cluster.and_then(|cluster| network_of(cluster, Source::Hosts)).map(Cidr::family);
    other.filter(|other| hosts == Some(other.within.family())).unwrap_or(first)
}

/// The first network of a size that is free.
pub fn network(block: Block, facts: &mut Facts) -> Result<Cidr, Why> {
    let Block { within, prefix } = block;
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
pub fn network_of(cluster: &Cluster, source: Source) -> Option<Cidr> {
    let mut networks = cluster.network.of_hosts().map(|network| network.value);
    match source {
        Source::Hosts6 => networks.find(|network| network.family() == Family::V6),
        _ => networks.next(),
    }
}

/// The addresses of a network that hosts can have: none that means the network itself.
pub fn usable(network: Cidr) -> Option<IpRange> {
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
pub fn pools_of<'a>(cluster: &'a Cluster, request: &Request) -> Vec<&'a Pool> {
    let wanted = |pool: &&Pool| match &request.pool {
        Some(name) => pool.name == *name,
        None => pool.automatic && !pool.narrow,
    };
    let mut pools: Vec<&Pool> = cluster.network.pools.iter().filter(wanted).collect();
    pools.sort_by_key(|pool| (pool.ranges.first().map(|range| range.first()), pool.name));
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

/// The ports of all hosts that are for services.
pub fn ports_of(cluster: &Cluster) -> Option<(u16, u16)> {
    cluster.network.node_ports.as_ref().map(|range| range.value)
}
