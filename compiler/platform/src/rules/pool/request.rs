//! `pool/request`: a service asks for an address that no pool has, or for a pool that there is not.

use diagnostics::{Diagnostic, rules};
use domain::{Ip, nearest};

use super::{Finder, balanced, shown, takes_pools};
use crate::Place;
use crate::model::{Cluster, Front, Said, Text};
use crate::rules::Findings;

/// What is asked for is there, in the pool that is asked for.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let pools = &cluster.network.pools;
    let is_known = takes_pools(cluster) && !pools.is_empty() && pools.iter().all(|pool| pool.unread.is_empty());
    if !is_known {
        return;
    }
    let finder = Finder::of(pools);
    for front in balanced(cluster) {
        if let Some(name) = front.pool.as_ref().filter(|name| !finder.by_name.contains_key(&*name.value)) {
            found.push(no_pool(cluster, front, name));
            continue;
        }
        found.extend(front.addresses.iter().filter_map(|address| no_address(cluster, &finder, front, address)));
    }
}

fn no_pool(cluster: &Cluster, front: &Front, name: &Said<Text>) -> Diagnostic<Place> {
    let message =
        format!("{} asks for addresses of the pool `{}`, which there is not", shown(cluster, front.entity), name.value);
    let finding = Diagnostic::new(&rules::POOL_REQUEST, name.at, message).label("it would wait for an address");
    let pools = || cluster.network.pools.iter().map(|pool| &*pool.name);
    match nearest(&name.value, pools()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),

        None => finding.help(format!("the pools are {}", listed(pools()))),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn no_address(cluster: &Cluster, finder: &Finder, front: &Front, address: &Said<Ip>) -> Option<Diagnostic<Place>> {
    let asked = front.pool.as_ref().map(|name| &name.value);
    let wanted = asked.and_then(|name| finder.by_name.get(&**name));
    if finder.with(address.value).any(|number| wanted.is_none_or(|wanted| number == *wanted)) {
        return None;
    }
    let who = shown(cluster, front.entity);
    let whose = match asked {
        Some(name) => format!("which is none of the pool `{name}`"),
        None => "which is in no pool".to_owned(),
    };
    let message = format!("{who} asks for {}, {whose}", address.value);
    let finding = Diagnostic::new(&rules::POOL_REQUEST, address.at, message).label("it would wait for an address");
    let ranges = cluster.network.pools.iter().flat_map(|pool| pool.ranges.iter().map(move |range| (pool, range)));
    let finding = ranges
        .take(5)
        .fold(finding, |finding, (pool, range)| finding.also(range.at, format!("`{}` has {}", pool.name, range.value)));
    Some(finding.help("ask for an address of a pool, or add it to one"))
}
