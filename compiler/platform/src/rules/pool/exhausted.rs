//! `pool/exhausted`: more services than addresses.

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Diagnostic, rules};

use super::{Finder, balanced, room, shown, takes_pools};
use crate::model::{Cluster, Front, Pool};
use crate::rules::Findings;

/// Each service needs an address, or shares one with those that have the same word.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let pools = &cluster.network.pools;
    if !takes_pools(cluster) || pools.is_empty() {
        return;
    }
    let finder = Finder::of(pools);
    let mut asking: BTreeMap<usize, Vec<&Front>> = BTreeMap::new();
    let mut any = Vec::new();
    let mut is_free = false;
    for front in balanced(cluster) {
        let asked = finder.asked_by(front);
        is_free |= asked.is_empty();
        // Who asks for what is given only when asked for, takes nothing from the others.
        if asked.iter().all(|number| pools.get(*number).is_some_and(|pool| pool.automatic)) {
            any.push(front);
        }
        asked.into_iter().for_each(|number| asking.entry(number).or_default().push(front));
    }
    for (number, fronts) in &asking {
        if let Some(pool) = pools.get(*number) {
            compare(cluster, &format!("the pool `{}` has", pool.name), &[pool], fronts, 0, found);
        }
    }
    let automatic: Vec<&Pool> = pools.iter().filter(|pool| pool.automatic).collect();
    let brought = cluster.ingress_classes.iter().filter(|class| class.brought && !class.ports.is_empty()).count();
    if automatic.is_empty() || !is_free && brought == 0 {
        return;
    }
    compare(cluster, "the pools have", &automatic, &any, brought, found);
}

fn compare(cluster: &Cluster, whose: &str, pools: &[&Pool], fronts: &[&Front], more: usize, found: &mut Findings) {
    let ranges = pools.iter().flat_map(|pool| pool.ranges.iter().map(|range| room(pool, range.value)));
    let there = ranges.fold(0_u128, u128::saturating_add);
    let mut shared = BTreeSet::new();
    let apart = |front: &&&Front| match &front.share {
        Some(word) => shared.insert(word.value),
        None => true,
    };
    let needed: Vec<&&Front> = fronts.iter().filter(apart).collect();
    let wanted = (needed.len() + more) as u128;
    let (Some(last), Some(pool)) = (needed.last(), pools.first()) else {
        return;
    };
    if wanted > there && pools.iter().all(|pool| pool.unread.is_empty()) {
        let message = format!("{whose} {there} addresses, and {wanted} services need one each");
        let entity = cluster.objects.get(last.entity);
        found.push(
            Diagnostic::new(&rules::POOL_EXHAUSTED, pool.ranges.first().map_or(pool.at, |range| range.at), message)
                .also(
                    entity.map_or(last.kind.at, |entity| entity.at),
                    format!("{} would wait for one", shown(cluster, last.entity)),
                )
                .help("make the pool larger, or let services share an address"),
        );
    }
}
