//! Whether the pods of a cluster have room on its hosts, and what remains when one of these fails.
//!
//! ```text
//! hosts, less what is kept and what runs on each ─┐
//!                                                 ├─ pack ─> they fit, or a proof that they can not
//! pods that are alike, with what they ask for ────┘
//! ```
//!
//! It follows the scheduler of Kubernetes in what a host must have (amounts, labels, taints, ports, pods that may not stand
//! together, spread) and not in the order in which that takes pods: they fit if *some* way to place them exists. A cluster
//! is said not to fit only where that is proven, so what is unknown counts as room: hosts without a size, clusters without
//! hosts, those that grow by themselves, labels that other software sets.

mod demand;
mod message;
mod pack;
mod room;
mod suits;

pub use demand::{Ask, Demand, Group, ask, claims, demand, of_one, replicas};
pub use pack::{Outcome, pack};
pub use room::{Room, rooms};
pub use suits::{Suitable, Suits, keeps_away};

use crate::model::{Cluster, Text};

/// Pods that have no place.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// Which: numbers of `Cluster::pods`.
    pub pods: Vec<usize>,
    /// Why not.
    pub why: Why,
}

/// Why pods have no place.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Every host that would suit keeps them away by a taint: the first of these hosts, and the taint's key.
    Tainted(usize, Text),
    /// No host has the labels that they want.
    Unsuited,
    /// No host is large enough: the amount, what they ask for, and the host that has most of it, with how much.
    TooLarge(Amount, u64, usize, u64),
    /// So many may not share a place, and there are only so many places.
    Apart(u64, u64),
    /// All together ask for so much of what there is only so much of.
    Together(Amount, u64, u64),
    /// There is enough, but in pieces that are too small.
    Pieces,
    /// A volume stays on this host.
    Volume(usize),
    /// Without this host the control planes have no majority.
    Majority(usize),
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// Thousandths of a processor.
    Cpu,
    /// Bytes of memory.
    Memory,
    /// Pods.
    Pods,
    /// Devices and the like, by their resource.
    Other(Text),
}

impl Amount {
    /// So much of it, as people write it.
    pub fn shown(&self, count: u64) -> String {
        match self {
            Amount::Cpu if count < 1000 => format!("{count}m cpu"),
            Amount::Cpu => format!("{} cpu", count as f64 / 1000.0),
            Amount::Memory => {
                let mebibytes = count / (1 << 20);
                if count.is_multiple_of(1 << 30) {
                    format!("{}GiB memory", mebibytes / 1024)
                } else {
                    format!("{mebibytes}MiB memory")
                }
            }
            Amount::Pods => format!("{count} pods"),
            Amount::Other(name) => format!("{count} `{name}`"),
        }
    }
}

/// Whether a cluster gets hosts by itself when it needs them, so that nothing can be said of what fits.
pub fn grows(cluster: &Cluster) -> bool {
    let makes_hosts = |group: &str, kind: &str| {
        matches!(
            (group, kind),
            ("karpenter.sh", "NodePool" | "Provisioner") | ("cluster.x-k8s.io", "MachineDeployment")
        )
    };
    cluster.network.more_hosts > 0 || cluster.objects.iter().any(|object| makes_hosts(&object.group, &object.kind))
}

/// Whether all pods that run for long have room.
pub fn fits(cluster: &Cluster) -> Result<(), Misfit> {
    if cluster.hosts.is_empty() || grows(cluster) {
        return Ok(());
    }
    let demand = demand(cluster, None);
    let alone = demand.groups.iter().find_map(|group| group.misfit(cluster, &demand));
    alone.map_or(Ok(()), Err)?;
    together(cluster, &demand)
}

/// Whether the pods have room together, given that each has it alone.
pub fn together(cluster: &Cluster, demand: &Demand) -> Result<(), Misfit> {
    match pack(demand) {
        Outcome::Fits | Outcome::Unknown => Ok(()),
        Outcome::TooMuch { amount, asked, there } => Err(Misfit {
            pods: (0..cluster.pods.len()).collect(),
            why: Why::Together(demand.amounts[amount].clone(), asked, there),
        }),
        Outcome::Pieces(group) => {
            let pods = demand.groups.get(group).map(|group| group.pods.clone()).unwrap_or_default();
            Err(Misfit { pods, why: Why::Pieces })
        }
    }
}

/// Whether all pods have room when this host fails. Of pods that may not share a host, as many are enough as there are hosts
/// left; and a workload of several pods with volumes on their hosts may lose the one that was there.
pub fn survives(cluster: &Cluster, host: usize) -> Result<(), Misfit> {
    majority(cluster, host)?;
    if grows(cluster) {
        return Ok(());
    }
    let before = demand(cluster, None);
    let mut after = demand(cluster, Some(host));
    let fewest: Vec<u64> = after.groups.iter().map(|group| group.most(&after).unwrap_or(u64::MAX)).collect();
    for ((group, was), most) in after.groups.iter_mut().zip(&before.groups).zip(fewest) {
        if was.held && was.hosts.open.get(host) == Some(&true) {
            if was.count == 1 {
                return Err(Misfit { pods: group.pods.clone(), why: Why::Volume(host) });
            }
            group.count -= 1;
        }
        group.count = group.count.min(most.max(1));
    }
    let alone = after.groups.iter().find_map(|group| group.misfit(cluster, &after));
    alone.map_or(Ok(()), Err)?;
    together(cluster, &after)
}

/// Nothing is placed anew without a majority of the control planes.
fn majority(cluster: &Cluster, host: usize) -> Result<(), Misfit> {
    let planes = cluster.hosts.iter().filter(|host| host.control_plane).count();
    let fails = cluster.hosts.get(host).is_some_and(|host| host.control_plane);
    if cluster.distribution.known && fails && planes - 1 < planes / 2 + 1 {
        return Err(Misfit { pods: Vec::new(), why: Why::Majority(host) });
    }
    Ok(())
}
