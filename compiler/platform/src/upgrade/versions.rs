//! Everything that gets another version: the cluster itself, then what runs in it.

use super::software::Pair;
use super::{Both, Distance, Move};
use crate::diff::{Block, Side};
use crate::model::{Cluster, Host, Text};

/// What moves, in the order in which it is told.
pub fn moves(both: &Both<'_>, software: &[Pair<'_>]) -> Vec<Move> {
    let mut found = Vec::new();
    let (old, new) = both.clusters;
    let called = match old.distribution.known && old.distribution.schema == new.distribution.schema {
        true => format!("Kubernetes ({})", new.distribution.schema),
        false => "Kubernetes".to_owned(),
    };
    found.extend(one(called, kubernetes(old), kubernetes(new)));
    found.extend(parts(both));
    for host in &new.hosts {
        let before = old.hosts.iter().find(|other| other.name == host.name);
        let own = |host: &Host, cluster: &Cluster| {
            let version = host.kubernetes.as_ref().map(|said| Text::from(said.as_str()));
            version.filter(|version| Some(version) != kubernetes(cluster).as_ref())
        };
        let ways = before.map(|before| (own(before, old), own(host, new)));
        if let Some((from, to)) = ways.filter(|(from, to)| from.is_some() || to.is_some()) {
            let of = |version: Option<Text>, cluster: &Cluster| version.or_else(|| kubernetes(cluster));
            found.extend(one(format!("Kubernetes of host {}", host.name), of(from, old), of(to, new)));
        }
    }
    for pair in software {
        let (from, to) = pair.versions();
        let name = match &pair.chart {
            Some(chart) if **chart != *pair.key.1 => format!("{} (chart {chart})", pair.name),
            _ => pair.name.clone(),
        };
        match (&pair.old, &pair.new) {
            (Some(_), Some(_)) => found.extend(one(name, from.cloned(), to.cloned())),
            (old, _) => {
                let distance = if old.is_some() { Distance::Gone } else { Distance::New };
                found.push(Move { what: name, from: from.cloned(), to: to.cloned(), distance });
            }
        }
    }
    found
}

/// What installs the cluster, what connects pods, what gives addresses, who delivers: by the versions that their blocks say.
fn parts(both: &Both<'_>) -> Vec<Move> {
    let (old, new) = both.clusters;
    let mut found = Vec::new();
    let named = [
        ("distribution", old.distribution.schema, new.distribution.schema),
        ("cni", old.cni.schema, new.cni.schema),
        ("balancer", schema(old), schema(new)),
        ("delivery", "Delivery", "Delivery"),
    ];
    for (block, was, is) in named {
        let versions = (version(both.old, old, block), version(both.new, new, block));
        let called = match block {
            "cni" => format!("network of pods: {is}"),
            "delivery" => "Flux".to_owned(),
            _ => is.to_owned(),
        };
        match was == is {
            // Where its version is that of Kubernetes, one of them is told.
            true if block == "distribution" && versions.1 == kubernetes(new) => {}
            true => found.extend(one(called, versions.0, versions.1)),
            false => {
                let shown = |name: &str, version: Option<Text>| {
                    Text::from(version.map_or(name.to_owned(), |version| format!("{name} {version}")))
                };
                let (from, to) = (shown(was, versions.0), shown(is, versions.1));
                let what = if block == "cni" { "network of pods" } else { block };
                found.push(Move { what: what.to_owned(), from: Some(from), to: Some(to), distance: Distance::Unknown });
            }
        }
    }
    found
}

fn kubernetes(cluster: &Cluster) -> Option<Text> {
    cluster.kubernetes.as_ref().map(|said| said.as_str().into())
}

fn schema(cluster: &Cluster) -> &'static str {
    cluster.balancer.as_ref().map_or("none", |balancer| balancer.schema)
}

fn version(side: &Side, cluster: &Cluster, name: &str) -> Option<Text> {
    let is = |block: &&Block| *block.cluster == *cluster.name && &*block.name == name;
    Some(side.blocks.iter().find(is)?.body.get("version").text()?.into())
}

fn one(what: String, from: Option<Text>, to: Option<Text>) -> Option<Move> {
    let (from, to) = (from?, to?);
    let distance = Distance::between(Some(&from), Some(&to));
    (from != to).then_some(Move { what, from: Some(from), to: Some(to), distance })
}
