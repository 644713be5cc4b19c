//! `fits`, `survives`: whether all pods have a place.

use super::Finding;
use crate::capacity::{Misfit, fits as has_room, survives as has_room_without};
use crate::model::Cluster;
use crate::reach::trust::Trust;

pub fn fits(cluster: &Cluster) -> Finding {
    if cluster.hosts.is_empty() {
        return Finding::unknown(format!("no host of `{}` is written", cluster.name));
    }
    found(cluster, has_room(cluster), format!("all pods of `{}` have a place", cluster.name))
}

pub fn survives(cluster: &Cluster, host: &str) -> Option<Finding> {
    let number = cluster.hosts.iter().position(|one| &*one.name == host)?;
    let why = format!("all pods of `{}` have a place without `{host}`", cluster.name);
    Some(found(cluster, has_room_without(cluster, number), why))
}

fn found(cluster: &Cluster, room: Result<(), Misfit>, why: String) -> Finding {
    let Err(misfit) = room else {
        return Finding { holds: Trust::Yes, why, places: Vec::new() };
    };
    let pods = misfit.pods.iter().filter_map(|pods| cluster.pods.get(*pods));
    let places = pods.filter_map(|pods| cluster.objects.get(pods.entity)).take(8);
    let places = places.map(|entity| (entity.at, entity.shown())).collect();
    Finding { holds: Trust::No, why: misfit.message(cluster), places }
}
