//! Hosts, networks, pools, addresses, and what is exposed.

use super::{Box, Means, Picture};
use crate::model::{Cluster, Front};

/// The picture.
pub fn picture(cluster: &Cluster) -> Picture {
    let mut picture = Picture::default();
    let network = &cluster.network;
    let lan = match &network.nodes {
        Some(nodes) => format!("network of the hosts {}", nodes.value),
        None => "hosts".to_owned(),
    };
    let lan = picture.group(&lan, network.nodes.as_ref().map(|nodes| nodes.at));
    let mut hosts = Vec::new();
    for host in &cluster.hosts {
        let mut details: Vec<String> =
            host.address.iter().chain(&host.address6).map(|at| at.value.to_string()).collect();
        details.push(if host.control_plane { "control plane" } else { "worker" }.to_owned());
        let size = [
            host.cpu.as_ref().map(|cpu| format!("{} cpu", cpu.value)),
            host.memory.as_ref().map(|memory| memory.value.to_string()),
        ];
        details.extend(Some(size.into_iter().flatten().collect::<Vec<_>>().join(", ")).filter(|size| !size.is_empty()));
        let make =
            || Box { label: host.name.to_string(), kind: "host".to_owned(), details, group: lan, at: Some(host.at) };
        hosts.push(picture.node(format!("host {}", host.name), make));
    }
    let others = network.gateway.iter().map(|at| ("gateway".to_owned(), at));
    let others = others.chain(network.vip.iter().map(|at| ("API".to_owned(), at)));
    let others = others.chain(network.dns_servers.iter().map(|at| ("name server".to_owned(), at)));
    let others = others.chain(network.machines.iter().map(|(name, at)| (name.to_string(), at)));
    for (label, address) in others {
        let details = vec![address.value.to_string()];
        let key = format!("machine {label} {}", address.value);
        picture.node(key, || Box { label, kind: "machine".to_owned(), details, group: lan, at: Some(address.at) });
    }
    for pool in &network.pools {
        let details =
            pool.ranges.iter().map(|range| format!("{}, {} addresses", range.value, range.value.size())).collect();
        let make =
            || Box { label: pool.name.to_string(), kind: "pool".to_owned(), details, group: lan, at: Some(pool.at) };
        picture.node(format!("pool {}", pool.name), make);
    }
    let inside = picture.group("networks of the cluster", Some(network.at));
    for (label, ranges) in [("pods", &network.pods), ("services", &network.services)] {
        for range in ranges {
            let details = vec![format!("{}, {} addresses", range.value, range.value.size())];
            let make = || Box {
                label: label.to_owned(),
                kind: "network".to_owned(),
                details,
                group: inside,
                at: Some(range.at),
            };
            picture.node(format!("network {label} {}", range.value), make);
        }
    }
    for front in &cluster.fronts {
        exposed(cluster, front, &hosts, &mut picture);
    }
    for ingress in &cluster.ingresses {
        let Some(entity) = cluster.objects.get(ingress.entity) else {
            continue;
        };
        let group = picture.group("names", None);
        for path in &ingress.paths {
            let host = if path.host.is_empty() { "any name".to_owned() } else { path.host.to_string() };
            let class = ingress.class.as_ref().map(|class| format!("class {}", class.value));
            let details = class.into_iter().collect();
            let make = || Box { label: host.clone(), kind: "ingress".to_owned(), details, group, at: Some(path.at) };
            let from = picture.node(format!("name {host}"), make);
            let front = cluster.fronts.iter().find(|front| {
                cluster
                    .objects
                    .get(front.entity)
                    .is_some_and(|of| of.namespace == entity.namespace && of.name == path.service.value)
            });
            if let Some(front) = front {
                let to = service(cluster, front, &mut picture);
                picture.edge(from, to, Means::Reaches, &path.path, Some(path.at));
            }
        }
    }
    picture
}

/// A service that is reached from outside, and where.
fn exposed(cluster: &Cluster, front: &Front, hosts: &[usize], picture: &mut Picture) {
    let kind = &*front.kind.value;
    if !matches!(kind, "LoadBalancer" | "NodePort") {
        return;
    }
    let to = service(cluster, front, picture);
    let ports: Vec<String> = front.ports.iter().map(|port| format!("{}/{}", port.number, port.protocol)).collect();
    if kind == "LoadBalancer" {
        let pools = cluster
            .network
            .pools
            .iter()
            .filter(|pool| front.pool.as_ref().is_none_or(|asked| asked.value == pool.name));
        let from = pools.map(|pool| format!("pool {}", pool.name)).find_map(|key| picture.known(&key));
        let asked = front.addresses.first().map(|address| format!("{} ", address.value)).unwrap_or_default();
        if let Some(from) = from {
            picture.edge(from, to, Means::Has, &format!("{asked}{}", ports.join(" ")), Some(front.kind.at));
        }
    }
    for port in front.ports.iter().filter_map(|port| port.node_port.as_ref()) {
        for host in hosts {
            picture.edge(*host, to, Means::Reaches, &format!("port {}", port.value), Some(port.at));
        }
    }
}

fn service(cluster: &Cluster, front: &Front, picture: &mut Picture) -> usize {
    let (namespace, name, at) = match cluster.objects.get(front.entity) {
        Some(entity) => (entity.namespace.to_string(), entity.name.to_string(), Some(entity.at)),
        None => (String::new(), String::new(), None),
    };
    let group = picture.group(&format!("namespace {namespace}"), None);
    let details = vec![front.kind.value.to_string()];
    let make = || Box { label: name.clone(), kind: "Service".to_owned(), details, group, at };
    picture.node(format!("service {namespace} {name}"), make)
}
