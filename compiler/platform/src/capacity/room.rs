//! What hosts have for pods.

use super::Amount;
use super::demand::Ask;
use crate::model::{Cluster, Host};

/// More than anything asks for: what is not known is no limit.
pub const UNLIMITED: u64 = u64::MAX / 4;

/// What a host has, by the numbers of the amounts.
pub type Room = Vec<u64>;

/// What each host has before anything runs on it.
pub fn rooms(cluster: &Cluster, amounts: &[Amount]) -> Vec<Room> {
    cluster.hosts.iter().map(|host| amounts.iter().map(|amount| of(host, amount)).collect()).collect()
}

fn of(host: &Host, amount: &Amount) -> u64 {
    let (cpu, memory) = host.reserve;
    match amount {
        Amount::Cpu => host.cpu.as_ref().map_or(UNLIMITED, |all| all.thousandths().saturating_sub(cpu.thousandths())),
        Amount::Memory => host.memory.as_ref().map_or(UNLIMITED, |all| all.count().saturating_sub(memory.count())),
        Amount::Pods => u64::try_from(host.max_pods).unwrap_or(0),
        Amount::Other(name) => host.devices.get(name).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0),
    }
}

/// Whether there is room for this.
pub fn holds(room: &[u64], ask: &Ask) -> bool {
    ask.iter().zip(room).all(|(ask, has)| ask <= has)
}

/// How many times there is room for this.
pub fn times(room: &[u64], ask: &Ask) -> u64 {
    let parts = ask.iter().zip(room).filter(|(ask, _)| **ask > 0);
    parts.map(|(ask, has)| has / ask).min().unwrap_or(u64::MAX)
}

/// Takes it; what is not there is not taken.
pub fn take(room: &mut [u64], ask: &Ask) {
    for (has, ask) in room.iter_mut().zip(ask) {
        *has = has.saturating_sub(*ask);
    }
}

/// Gives it back.
pub fn give(room: &mut [u64], ask: &Ask) {
    for (has, ask) in room.iter_mut().zip(ask) {
        *has += ask;
    }
}
