//! Addresses, ports and names at which something is reached, and that become others.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Field;
use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Thing, chosen, fields, matched::Pair, quoted, secrecy, some};

/// Annotations by which a service asks for an address.
const ASKS: [&str; 8] = [
    "metallb.io/address-pool",
    "metallb.universe.tf/address-pool",
    "metallb.io/loadBalancerIPs",
    "metallb.universe.tf/loadBalancerIPs",
    "metallb.io/allow-shared-ip",
    "io.cilium/lb-ipam-ips",
    "lbipam.cilium.io/ips",
    "external-dns.alpha.kubernetes.io/hostname",
];

/// Tells what is reached elsewhere.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        match (&*pair.new.group, &*pair.new.kind) {
            ("", "Service") => service(pair, report),
            ("metallb.io", "IPAddressPool") => pool(pair, &["spec", "addresses"], report),
            ("cilium.io", "CiliumLoadBalancerIPPool") => pool(pair, &["spec", "blocks"], report),
            ("gateway.networking.k8s.io", "Gateway") => {
                let fields = chosen(pair, report, |field| field.is_under(&["spec", "addresses"]));
                told(pair, &fields, format!("{} asks for another address", pair.new.shown()), "", report);
            }
            _ => {}
        }
    }
    network(both, report);
}

fn told(pair: &Pair<'_>, fields: &[usize], message: String, why: &str, report: &mut Report) {
    if !fields.is_empty() {
        report.tell_fields(Change::new(Level::Disruption, Effect::Moves, message).why(why), pair, fields);
    }
}

fn service(pair: &Pair<'_>, report: &mut Report) {
    let kind = |thing: &Thing| thing.body.at(&["spec", "type"]).text().unwrap_or("ClusterIP").to_owned();
    let (before, after) = (kind(pair.old), kind(pair.new));
    let of = pair.new.shown();
    let types = chosen(pair, report, |field| field.is_under(&["spec", "type"]));
    let why = match (before.as_str(), after.as_str()) {
        ("LoadBalancer", _) => "the address that the balancer gave it is given back",
        ("NodePort", "ClusterIP" | "ExternalName") => "the port of the hosts closes",
        (_, "ExternalName") | ("ExternalName", _) => "its name leads elsewhere",
        _ => "it is reached from outside of the cluster too, from now on",
    };
    told(pair, &types, format!("{of} is reached in another way: {before} -> {after}"), why, report);
    let is_address = |field: &Field<'_>| {
        ["loadBalancerIP", "externalIPs", "externalName", "loadBalancerClass"]
            .iter()
            .any(|name| field.is_under(&["spec", name]))
            || field.is_under(&["metadata", "annotations"])
                && field.way.get(2).is_some_and(|key| ASKS.contains(&&**key))
    };
    let addresses = chosen(pair, report, is_address);
    if let Some(first) = addresses.first().and_then(|first| pair.fields.get(*first)) {
        let (old, new) = secrecy::shown(pair.new, first);
        let none = || "none".to_owned();
        let what = fields::shown(first.way.get(1..).unwrap_or_default());
        let message = format!(
            "{of} asks for another address: `{what}` {} -> {}",
            old.unwrap_or_else(none),
            new.unwrap_or_else(none)
        );
        told(pair, &addresses, message, "who has the old address, or a name for it, reaches nobody", report);
    }
    ports(pair, report);
}

/// The ports of a service: by number, with the port of the hosts.
fn ports(pair: &Pair<'_>, report: &mut Report) {
    let listed = |thing: &Thing| {
        let ports = thing.body.at(&["spec", "ports"]).items().iter();
        ports
            .filter_map(|port| {
                let protocol = port.get("protocol").text().unwrap_or("TCP").to_owned();
                Some(((port.get("port").int()?, protocol), port.get("nodePort").int()))
            })
            .collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (listed(pair.old), listed(pair.new));
    let fields = chosen(pair, report, |field| field.is_under(&["spec", "ports"]));
    let of = pair.new.shown();
    let moved: Vec<String> = old
        .iter()
        .filter_map(|(port, node)| {
            let (before, after) = ((*node)?, *new.get(port)?);
            let after_shown = after.map_or("one that the cluster chooses".to_owned(), |after| after.to_string());
            (Some(before) != after).then(|| format!("{before} -> {after_shown}"))
        })
        .collect();
    let is_node_port = |number: &&usize| {
        pair.fields.get(**number).is_some_and(|field| field.way.last().is_some_and(|last| &**last == "nodePort"))
    };
    if !moved.is_empty() {
        let fields: Vec<usize> = fields.iter().filter(is_node_port).copied().collect();
        let message = format!("{of} is reached at another port of the hosts: {}", some(&moved));
        told(pair, &fields, message, "whoever has the old port reaches nobody", report);
    }
    let gone: Vec<String> = old
        .keys()
        .filter(|port| !new.contains_key(port))
        .map(|(port, protocol)| format!("{protocol} {port}"))
        .collect();
    if !gone.is_empty() {
        let fields = chosen(pair, report, |field| field.is_under(&["spec", "ports"]));
        let now: Vec<String> = new.keys().map(|(port, protocol)| format!("{protocol} {port}")).collect();
        let why = match now.is_empty() {
            true => "it has no ports any more".to_owned(),
            false => format!("it answers at {}", some(&now)),
        };
        told(pair, &fields, format!("{of} answers no more at {}", some(&gone)), &why, report);
    }
}

fn pool(pair: &Pair<'_>, way: &[&str], report: &mut Report) {
    let fields = chosen(pair, report, |field| field.touches(way));
    let set = |value: &Value| value.items().iter().map(Value::shown).collect::<BTreeSet<_>>();
    let (old, new) = pair.both(way);
    let gone: Vec<String> = set(old).difference(&set(new)).map(|range| quoted(range)).collect();
    if gone.is_empty() || fields.is_empty() {
        return;
    }
    let message = format!("{} has other addresses: {} go", pair.new.shown(), some(&gone));
    told(pair, &fields, message, "services with an address that is not in the pool any more get another one", report);
}

/// What blocks say of the network: where the API is, and the pools.
fn network(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let of = &new.name;
    let (before, after) = (&old.network, &new.network);
    let mut say = |field: &str, message: Option<String>, why: &str, places| {
        let block = ("network".into(), field.into());
        if let Some(message) = message {
            report.blocks.insert(block);
            let (old, new) = places;
            report.tell(Change::new(Level::Disruption, Effect::Moves, message).why(why).places(Some(old), Some(new)));
        }
    };
    let moved = |what: &str, old: Option<String>, new: Option<String>| {
        let none = || "none".to_owned();
        (old != new).then(|| format!("{what}: {} -> {}", old.unwrap_or_else(none), new.unwrap_or_else(none)))
    };
    let kubeconfigs = "kubelets, kubeconfigs and the certificate of the API have the old one";
    let ip = |said: &Option<crate::model::Said<domain::Ip>>| said.as_ref().map(|said| said.value.to_string());
    let at = |said: Option<crate::Place>, network: &crate::model::Network| said.unwrap_or(network.at);
    let vips = moved(&format!("the control planes of `{of}` share another address"), ip(&before.vip), ip(&after.vip));
    let places =
        (at(before.vip.as_ref().map(|said| said.at), before), at(after.vip.as_ref().map(|said| said.at), after));
    say("vip", vips, kubeconfigs, places);
    let text = |said: &Option<crate::model::Said<crate::model::Text>>| said.as_ref().map(|said| said.value.to_string());
    let ends = moved(&format!("the API of `{of}` is reached elsewhere"), text(&before.endpoint), text(&after.endpoint));
    let places = (
        at(before.endpoint.as_ref().map(|said| said.at), before),
        at(after.endpoint.as_ref().map(|said| said.at), after),
    );
    let told_end = ends.is_some();
    say("endpoint", ends, kubeconfigs, places);
    let gateways = moved(&format!("the hosts of `{of}` go out another way"), ip(&before.gateway), ip(&after.gateway));
    let places = (
        at(before.gateway.as_ref().map(|said| said.at), before),
        at(after.gateway.as_ref().map(|said| said.at), after),
    );
    say("gateway", gateways, "each host needs its network set up anew", places);
    if told_end || ip(&before.vip) != ip(&after.vip) {
        report.blocks.insert(("network".into(), "names".into()));
    }
    pools(both, report);
    if old.balancer.as_ref().map(|of| of.schema) != new.balancer.as_ref().map(|of| of.schema) {
        let schema = |of: &Option<crate::model::Balancer>| of.as_ref().map_or("none", |of| of.schema);
        let message = format!(
            "services of `{of}` get their addresses from another: {} -> {}",
            schema(&old.balancer),
            schema(&new.balancer)
        );
        let change = Change::new(Level::Disruption, Effect::Moves, message).why("each may get another address");
        let at = |of: &Option<crate::model::Balancer>, cluster: &crate::model::Cluster| {
            of.as_ref().map_or(cluster.at, |of| of.at)
        };
        report.tell(change.places(Some(at(&old.balancer, old)), Some(at(&new.balancer, new))));
        report.blocks.insert(("balancer".into(), "".into()));
    }
}

/// Pools of blocks; those that objects make are told as objects.
fn pools(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    report.blocks.insert(("network".into(), "pool".into()));
    let written = |pools: &'_ [crate::model::Pool]| {
        let own = pools.iter().filter(|pool| pool.entity.is_none());
        own.map(|pool| {
            let ranges: Vec<String> = pool.ranges.iter().map(|range| range.value.to_string()).collect();
            (pool.name, (ranges, pool.layer2, pool.at))
        })
        .collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (written(&old.network.pools), written(&new.network.pools));
    for (name, (ranges, layer2, at)) in &before {
        let change = |level, message: String, why: &str| Change::new(level, Effect::Moves, message).why(why);
        let lost = "services with an address of it get another one, or none";
        match after.get(name) {
            None => {
                report.tell(change(Level::Disruption, format!("the pool `{name}` goes"), lost).places(Some(*at), None))
            }
            Some((now, _, place)) if now != ranges => {
                let message =
                    format!("the pool `{name}` has other addresses: {} -> {}", ranges.join(", "), now.join(", "));
                let kept = covers(old, new, name);
                let level = if kept { Level::Note } else { Level::Disruption };
                let why = if kept { "every address that was in it still is" } else { lost };
                report.tell(change(level, message, why).places(Some(*at), Some(*place)));
            }
            Some((_, other, place)) if other != layer2 => {
                let message = format!("the pool `{name}` is announced in another way");
                report.tell(
                    change(Level::Disruption, message, "routers and neighbours must know")
                        .places(Some(*at), Some(*place)),
                );
            }
            Some(_) => {}
        }
    }
    for (name, (_, _, at)) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        let change = Change::new(Level::Note, Effect::Moves, format!("the pool `{name}` comes"));
        report.tell(change.places(None, Some(*at)));
    }
}

/// Whether every address of an old pool is in the new one.
fn covers(old: &crate::model::Cluster, new: &crate::model::Cluster, name: &str) -> bool {
    let of = |cluster: &'_ crate::model::Cluster| {
        let pools = cluster.network.pools.iter().filter(|pool| pool.entity.is_none() && &*pool.name == name);
        pools.flat_map(|pool| pool.ranges.iter().map(|range| range.value)).collect::<Vec<_>>()
    };
    let after = of(new);
    of(old).iter().all(|range| after.iter().any(|other| other.contains(range.first()) && other.contains(range.last())))
}
