//! `port/clash`: a port of the hosts that two services take.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use super::node_ports;
use crate::Place;
use crate::model::{Cluster, Front};
use crate::rules::Findings;
use crate::rules::pool::{balanced, shown};

/// Who took a port: what people call it, and where.
struct Owner {
    name: String,
    at: Place,
}

/// Node ports are those of all hosts; so are the ports of services where the addresses of the hosts are theirs.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut taken: BTreeMap<(i64, &str), Owner> = BTreeMap::new();
    for (front, port) in node_ports(cluster) {
        let Some(number) = port.node_port.as_ref().filter(|number| number.value != 0) else {
            continue;
        };
        let owner = Owner { name: shown(cluster, front.entity), at: number.at };
        take(&mut taken, (number.value, &port.protocol), owner, "every host", found);
    }
    if cluster.balancer.as_ref().is_some_and(|balancer| balancer.on_hosts) {
        on_hosts(cluster, found);
    }
    mapped_twice(cluster, found);
}

/// Services of a group of hosts are those that have one word for it.
const GROUP: &str = "svccontroller.k3s.cattle.io/lbpool";

fn on_hosts(cluster: &Cluster, found: &mut Findings) {
    let group = |front: &Front| {
        let labels = cluster.objects.get(front.entity).map(|object| &object.labels);
        labels.and_then(|labels| labels.named(GROUP)).cloned().unwrap_or_else(|| "".into())
    };
    let mut groups: BTreeMap<_, BTreeMap<(i64, &str), Owner>> = BTreeMap::new();
    for class in cluster.ingress_classes.iter().filter(|class| class.brought) {
        let common = groups.entry("".into()).or_default();
        for port in &class.ports {
            let name = format!("`{}` of the distribution", class.class);
            common.insert((i64::from(*port), "TCP"), Owner { name, at: cluster.distribution.at });
        }
    }
    for front in balanced(cluster).filter(|front| !is_brought(cluster, front)) {
        let taken = groups.entry(group(front)).or_default();
        for port in &front.ports {
            let owner = Owner { name: shown(cluster, front.entity), at: port.at };
            take(taken, (i64::from(port.number), &port.protocol), owner, "the hosts", found);
        }
    }
}

/// Whether this is the service of what the distribution brings.
fn is_brought(cluster: &Cluster, front: &Front) -> bool {
    let object = cluster.objects.get(front.entity);
    object.is_some_and(|object| {
        cluster.ingress_classes.iter().any(|class| {
            class.brought && class.class == object.name && class.namespace.as_ref() == Some(&object.namespace)
        })
    })
}

fn take<'a>(
    taken: &mut BTreeMap<(i64, &'a str), Owner>,
    port: (i64, &'a str),
    owner: Owner,
    of: &str,
    found: &mut Findings,
) {
    let Some(first) = taken.get(&port) else {
        taken.insert(port, owner);
        return;
    };
    let (number, protocol) = port;
    let message = if first.name == owner.name {
        format!("{} takes port {number}/{protocol} of {of} twice", owner.name)
    } else {
        format!("{} and {} both take port {number}/{protocol} of {of}", first.name, owner.name)
    };
    found.push(
        Diagnostic::new(&rules::PORT_CLASH, owner.at, message)
            .label("only one of them would get it")
            .also(first.at, format!("{} takes it", first.name))
            .help("give one of them another port"),
    );
}

fn mapped_twice(cluster: &Cluster, found: &mut Findings) {
    let mut taken = BTreeMap::new();
    for mapped in cluster.distribution.map.iter().flat_map(|map| &map.value) {
        let owner = Owner { name: format!("the mapping to {}", mapped.to), at: mapped.at };
        take(&mut taken, (i64::from(mapped.host), &*mapped.protocol), owner, "the machine", found);
    }
}
