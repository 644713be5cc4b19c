//! `pool/share`: services that can not have one address together.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::Ip;

use super::{balanced, shown, takes_pools};
use crate::model::{Cluster, Front, Labels, Text};
use crate::rules::Findings;

/// Services with one address have one word for it, different ports, and the same way of finding their pods.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if !takes_pools(cluster) {
        return;
    }
    let mut by_address: BTreeMap<Ip, Vec<&Front>> = BTreeMap::new();
    let mut by_word: BTreeMap<&Text, Vec<&Front>> = BTreeMap::new();
    for front in balanced(cluster) {
        for address in &front.addresses {
            by_address.entry(address.value).or_default().push(front);
        }
        // Services that ask for different addresses share none, whatever they say.
        if let Some(word) = front.share.as_ref().filter(|_| front.addresses.is_empty()) {
            by_word.entry(&word.value).or_default().push(front);
        }
    }
    for (address, fronts) in &by_address {
        group(cluster, &format!("have the address {address}"), fronts, found);
    }
    for (word, fronts) in &by_word {
        group(cluster, &format!("share an address by the word `{word}`"), fronts, found);
    }
}

fn group(cluster: &Cluster, how: &str, fronts: &[&Front], found: &mut Findings) {
    let mut ports: BTreeMap<(u16, &str), &Front> = BTreeMap::new();
    let Some(first) = fronts.first() else {
        return;
    };
    for front in fronts.iter() {
        let port = front.ports.iter().find_map(|port| {
            let owner =
                ports.insert((port.number, &*port.protocol), front).filter(|owner| owner.entity != front.entity)?;
            Some((owner, format!("port {}/{} is needed by both", port.number, port.protocol), port.at))
        });
        let apart = || (front.entity != first.entity).then(|| differ(cluster, first, front)).flatten();
        let Some((owner, why, at)) = port.or_else(|| apart().map(|why| (*first, why, front.kind.at))) else {
            continue;
        };
        let message = format!("{} and {} {how}: {why}", shown(cluster, owner.entity), shown(cluster, front.entity));
        let other = cluster.objects.get(owner.entity).map_or(owner.kind.at, |entity| entity.at);
        found.push(
            Diagnostic::new(&rules::POOL_SHARE, at, message)
                .also(other, "the other one")
                .help("give one of them another address, or make them fit to share"),
        );
    }
}

/// Why two services can not share an address, apart from their ports.
fn differ(cluster: &Cluster, one: &Front, other: &Front) -> Option<String> {
    let word = |front: &Front| front.share.as_ref().map(|word| word.value);
    if word(one).is_none() || word(one) != word(other) {
        return Some("they have no word in common that lets them share it".to_owned());
    }
    let pods = |front: &Front| -> Option<(Text, Option<Labels>)> {
        let namespace = cluster.objects.get(front.entity).map(|entity| entity.namespace).unwrap_or_default();
        front.local.then(|| (namespace, front.selector.as_ref().map(|selector| selector.value.clone())))
    };
    (pods(one) != pods(other)).then(|| "one keeps the addresses of callers, and their pods are not the same".to_owned())
}
