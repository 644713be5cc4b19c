//! `pool/exhausted`: more services than addresses.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use super::{balanced, room, shown, takes_pools};
use crate::model::{Cluster, Front, Pool};
use crate::rules::Findings;

/// Each service needs an address, or shares one with those that have the same word.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let pools = &cluster.network.pools;
    if !takes_pools(cluster) || pools.is_empty() {
        return;
    }
    for pool in pools {
        let asking: Vec<&Front> = balanced(cluster).filter(|front| asks_for(front, pool)).collect();
        compare(cluster, &format!("the pool `{}` has", pool.name), &[pool], &asking, 0, found);
    }
    let automatic: Vec<&Pool> = pools.iter().filter(|pool| pool.automatic).collect();
    let asks_elsewhere = |front: &Front| pools.iter().any(|pool| !pool.automatic && asks_for(front, pool));
    let all: Vec<&Front> = balanced(cluster).filter(|front| !asks_elsewhere(front)).collect();
    if automatic.is_empty() || all.iter().all(|front| pools.iter().any(|pool| asks_for(front, pool))) {
        return;
    }
    let brought = cluster.ingress_classes.iter().filter(|class| class.brought && !class.ports.is_empty()).count();
    compare(cluster, "the pools have", &automatic, &all, brought, found);
}

/// Whether a service asks for addresses of this pool.
fn asks_for(front: &Front, pool: &Pool) -> bool {
    let by_name = front.pool.as_ref().is_some_and(|name| name.value == pool.name);
    by_name || front.addresses.iter().any(|address| pool.ranges.iter().any(|range| range.contains(address.value)))
}

fn compare(cluster: &Cluster, whose: &str, pools: &[&Pool], fronts: &[&Front], more: usize, found: &mut Findings) {
    let ranges = pools.iter().flat_map(|pool| pool.ranges.iter().map(|range| room(pool, range.value)));
    let there = ranges.fold(0_u128, u128::saturating_add);
    let mut shared = BTreeSet::new();
    let apart = |front: &&&Front| match &front.share {
        Some(word) => shared.insert(word.value.clone()),
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
