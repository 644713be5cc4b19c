//! `port/host`: a port of the host that pods take, and that somebody else has.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use super::node_ports;
use crate::Place;
use crate::model::{Cluster, Container, Pods};
use crate::rules::Findings;
use crate::rules::pool::{balanced, shown};

/// Whose a port of the hosts is.
struct Owner {
    name: String,
    at: Place,
    /// Whether only control planes have it.
    control_plane: bool,
}

/// What pods take of the ports of hosts is neither the cluster's own, nor the CNI's, nor a service's, nor that of other
/// pods that run on every host too.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let owners = owners(cluster);
    let mut daemons: BTreeMap<(i64, &str), (&Pods, Place)> = BTreeMap::new();
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity).filter(|object| &*object.namespace != "kube-system") else {
            continue;
        };
        for (number, protocol, at) in taken(pods) {
            let mut clash = |name: &str, other: Place| {
                let message =
                    format!("{} takes port {number}/{protocol} of its host, which {name} has", object.shown());
                found.push(
                    Diagnostic::new(&rules::PORT_HOST, at, message)
                        .also(other, format!("{name} has it"))
                        .help("take another port of the host, or none: a service reaches pods without one"),
                );
            };
            if let Some(owner) = owners.get(&(number, protocol)) {
                if !owner.control_plane || on_control_plane(cluster, pods) {
                    clash(&owner.name, owner.at);
                }
                continue;
            }
            let is_everywhere = &*object.kind == "DaemonSet" && pods.on.is_empty() && pods.on_any.is_empty();
            let other = is_everywhere.then(|| daemons.insert((number, protocol), (pods, at))).flatten();
            if let Some((other, other_at)) = other {
                clash(&shown(cluster, other.entity), other_at);
            }
        }
    }
}

fn taken(pods: &Pods) -> impl Iterator<Item = (i64, &str, Place)> {
    let ports = pods.containers.iter().flat_map(|container| &container.ports);
    ports.filter_map(|port| match &port.host_port {
        Some(number) => Some((number.value, &*port.protocol, number.at)),
        None => pods.host_network.then_some((i64::from(port.number), &*port.protocol, port.at)),
    })
}

/// Ports that only control planes take: the API, the datastore, the scheduler and the controllers.
const CONTROL_PLANE: [u16; 7] = [6443, 6444, 2379, 2380, 2381, 10257, 10259];

/// Ports of tunnels between hosts, which speak UDP.
const TUNNELS: [u16; 4] = [4789, 8472, 51820, 51821];

fn owners(cluster: &Cluster) -> BTreeMap<(i64, &str), Owner> {
    let mut owners = BTreeMap::new();
    let mut add = |port: u16, protocol, name: String, at| {
        let control_plane = CONTROL_PLANE.contains(&port);
        owners.entry((i64::from(port), protocol)).or_insert(Owner { name, at, control_plane });
    };
    let distribution = &cluster.distribution;
    for port in distribution.ports.iter().filter(|_| distribution.known) {
        add(*port, "TCP", "the distribution".to_owned(), distribution.at);
    }
    // Who installs the CNI by objects has these ports in them.
    if !installs(cluster, cluster.cni.schema) {
        for port in &cluster.cni.ports {
            let protocol = if TUNNELS.contains(port) { "UDP" } else { "TCP" };
            add(*port, protocol, "the CNI".to_owned(), cluster.cni.at);
        }
    }
    if cluster.balancer.as_ref().is_some_and(|balancer| balancer.on_hosts) {
        for class in cluster.ingress_classes.iter().filter(|class| class.brought) {
            for port in &class.ports {
                add(*port, "TCP", format!("`{}` of the distribution", class.class), distribution.at);
            }
        }
        for (front, port) in balanced(cluster).flat_map(|front| front.ports.iter().map(move |port| (front, port))) {
            add(port.number, &*port.protocol, shown(cluster, front.entity), port.at);
        }
    }
    for (front, port) in node_ports(cluster) {
        let number = port.node_port.as_ref().and_then(|number| u16::try_from(number.value).ok());
        if let Some(number) = number {
            add(number, &*port.protocol, shown(cluster, front.entity), port.at);
        }
    }
    owners
}

/// Whether some pods are those of the CNI, by their image.
fn installs(cluster: &Cluster, cni: &str) -> bool {
    let word = cni.to_lowercase();
    let of_cni = |container: &Container| container.image.as_ref().is_some_and(|image| image.contains(&word));
    !word.is_empty() && cluster.pods.iter().any(|pods| pods.containers.iter().any(of_cni))
}

/// Whether pods may come to a control plane.
fn on_control_plane(cluster: &Cluster, pods: &Pods) -> bool {
    let tolerates = |toleration: &crate::model::Toleration| {
        toleration.key.is_empty() || &*toleration.key == "node-role.kubernetes.io/control-plane"
    };
    let free = pods.on.is_empty() && pods.on_any.is_empty();
    free && (cluster.distribution.schedules_on_control_plane || pods.tolerations.iter().any(tolerates))
}
