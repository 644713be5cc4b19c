//! `pool/overlap`: an address that two pools give away.

use diagnostics::{Diagnostic, rules};
use domain::IpRange;

use super::layer2;
use crate::model::{Cluster, Platform, Pool, Said};
use crate::rules::Findings;

struct Given<'a> {
    cluster: &'a Cluster,
    pool: &'a Pool,
    range: &'a Said<IpRange>,
    layer2: bool,
}

/// Pools of a cluster are disjoint; so are those of different clusters that are announced in the networks of hosts.
pub fn check(platform: &Platform, found: &mut Findings) {
    let mut all: Vec<Given> = platform.clusters.iter().flat_map(of_cluster).collect();
    all.sort_by_key(|given| (given.range.first(), given.range.last()));
    // A range overlaps one before it exactly if it begins before the furthest end so far.
    let mut open: Vec<&Given> = Vec::new();
    for given in &all {
        open.retain(|before| before.range.last() >= given.range.first());
        match open.iter().find(|before| clash(before, given)) {
            Some(before) => found.push(report(before, given)),
            // What clashes is reported once: what comes after it is compared with what was there before.
            None => open.push(given),
        }
    }
}

fn of_cluster(cluster: &Cluster) -> impl Iterator<Item = Given<'_>> {
    cluster.network.pools.iter().flat_map(move |pool| {
        let layer2 = layer2(cluster, pool);
        pool.ranges.iter().map(move |range| Given { cluster, pool, range, layer2 })
    })
}

fn clash(one: &Given, other: &Given) -> bool {
    let same_cluster = one.cluster.at == other.cluster.at;
    // What is written once, for no cluster in particular, is meant for each.
    let same_object = one.pool.at == other.pool.at && !same_cluster;
    one.range.overlaps(other.range.value)
        && !same_object
        && (same_cluster || one.layer2 && other.layer2 && reach(one, other))
}

/// Whether two clusters may stand in one network.
fn reach(one: &Given, other: &Given) -> bool {
    match (&one.cluster.network.nodes, &other.cluster.network.nodes) {
        (Some(one), Some(other)) => one.overlaps(other.value),
        _ => true,
    }
}

fn report(before: &Given, given: &Given) -> Diagnostic<crate::Place> {
    // The place that comes later in the text is the one to look at.
    let (first, second) = if before.range.at <= given.range.at { (before, given) } else { (given, before) };
    let shared = (first.range.first().max(second.range.first()), first.range.last().min(second.range.last()));
    let of = |given: &Given| {
        let elsewhere = first.cluster.at != second.cluster.at;
        if elsewhere {
            format!("`{}` of `{}`", given.pool.name, given.cluster.name)
        } else {
            format!("`{}`", given.pool.name)
        }
    };
    let what = if shared.0 == shared.1 { shared.0.to_string() } else { format!("{} to {}", shared.0, shared.1) };
    Diagnostic::new(
        &rules::POOL_OVERLAP,
        second.range.at,
        format!("the pools {} and {} both give away {what}", of(first), of(second)),
    )
    .label("two services would answer at one address")
    .also(first.range.at, format!("{} has {}", of(first), first.range.value))
    .help("give each pool addresses of its own")
}
