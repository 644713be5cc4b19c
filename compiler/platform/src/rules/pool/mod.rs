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

use domain::{Family, IpRange};

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
