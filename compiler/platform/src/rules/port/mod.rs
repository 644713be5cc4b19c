//! Ports: of services, of hosts, and of the machine that a cluster is in.

pub mod clash;
pub mod host;
pub mod map;
pub mod monitor;
pub mod probe;
pub mod range;
pub mod target;
pub mod twice;
pub mod unmapped;
pub mod webhook;

use crate::model::{Cluster, Front, FrontPort};

/// Ports of all hosts that services take.
pub(super) fn node_ports(cluster: &Cluster) -> impl Iterator<Item = (&Front, &FrontPort)> {
    let open = cluster.fronts.iter().filter(|front| matches!(&*front.kind.value, "NodePort" | "LoadBalancer"));
    open.flat_map(|front| front.ports.iter().map(move |port| (front, port)))
}
