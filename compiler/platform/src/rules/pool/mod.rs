//! Addresses for services.

pub mod dhcp;
pub mod edge;
pub mod exhausted;
pub mod overlap;
pub mod range;
pub mod request;
pub mod share;
pub mod subnet;
pub mod taken;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Family, Ip, IpRange};

use crate::model::{Announcement, Cluster, Entity, Front, Labels, Pool};

/// Services that get an address from outside, from whoever gives them in the cluster.
pub(super) fn balanced(cluster: &Cluster) -> impl Iterator<Item = &Front> {
    cluster.fronts.iter().filter(|front| &*front.kind.value == "LoadBalancer" && front.balancer.is_none())
}

/// Whether addresses are taken from pools.
pub(super) fn takes_pools(cluster: &Cluster) -> bool {
    cluster.balancer.as_ref().map_or(!cluster.network.pools.is_empty(), |balancer| balancer.pools)
}

/// What an object is called.
pub(super) fn shown(cluster: &Cluster, entity: usize) -> String {
    cluster.objects.get(entity).map(Entity::shown).unwrap_or_default()
}

/// The announcements that are of a pool.
pub(super) fn announced<'a>(cluster: &'a Cluster, pool: &'a Pool) -> impl Iterator<Item = &'a Announcement> {
    let labels: Option<&Labels> =
        pool.entity.and_then(|entity| cluster.objects.get(entity)).map(|object| &object.labels);
    cluster.announcements.iter().filter(move |announcement| {
        let by_label =
            || labels.is_some_and(|labels| announcement.selectors.iter().any(|selector| selector.matches(labels)));
        let all = announcement.pools.is_empty() && announcement.selectors.is_empty();
        all || announcement.pools.iter().any(|name| name.value == pool.name) || by_label()
    })
}

/// Whether a pool is announced in the network of the hosts.
fn layer2(cluster: &Cluster, pool: &Pool) -> bool {
    pool.layer2 || pool.entity.is_some() && announced(cluster, pool).any(|announcement| announcement.layer2)
}

/// How many addresses of a range are given away.
fn room(pool: &Pool, range: IpRange) -> u128 {
    if !pool.avoids_edges || range.family() == Family::V6 {
        return range.size();
    }
    // How many addresses up to this one end in 0 or 255.
    let edges = |end: u128| end.div_ceil(256) + end / 256;
    let (first, last) = (range.first().bits(), range.last().bits());
    range.size().saturating_sub(edges(last + 1).saturating_sub(edges(first)))
}

/// Finds pools by their names and their addresses.
struct Finder<'a> {
    by_name: BTreeMap<&'a str, usize>,
    /// Ranges by their first address, with the furthest end of those up to each.
    ranges: Vec<(IpRange, Ip, usize)>,
}

impl<'a> Finder<'a> {
    fn of(pools: &'a [Pool]) -> Finder<'a> {
        let mut ranges: Vec<(IpRange, Ip, usize)> = Vec::new();
        for (number, pool) in pools.iter().enumerate() {
            ranges.extend(pool.ranges.iter().map(|range| (range.value, range.last(), number)));
        }
        ranges.sort_by_key(|(range, _, _)| range.first());
        let mut furthest: Option<Ip> = None;
        for (range, end, _) in &mut ranges {
            *end = furthest.map_or(range.last(), |furthest| furthest.max(range.last()));
            furthest = Some(*end);
        }
        Finder { by_name: pools.iter().enumerate().map(|(number, pool)| (&*pool.name, number)).collect(), ranges }
    }

    /// The pools that have an address.
    fn with(&self, address: Ip) -> impl Iterator<Item = usize> + '_ {
        let until = self.ranges.partition_point(|(range, _, _)| range.first() <= address);
        let before = self.ranges.get(..until).unwrap_or_default().iter().rev();
        let near = before.take_while(move |(_, end, _)| *end >= address);
        near.filter(move |(range, _, _)| range.contains(address)).map(|(_, _, number)| *number)
    }

    /// The pools that a service asks for, by name or by address.
    fn asked_by(&self, front: &Front) -> BTreeSet<usize> {
        let by_name = front.pool.iter().filter_map(|name| self.by_name.get(&*name.value).copied());
        by_name.chain(front.addresses.iter().flat_map(|address| self.with(address.value))).collect()
    }
}
