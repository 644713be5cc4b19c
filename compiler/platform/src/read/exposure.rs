//! What an exposure of a block says, where the objects that come of it say the same: it is shown where it was written.

use std::collections::BTreeMap;

use super::blocks::{Space, named};
use super::scalar::{int, ip, said, text};
use crate::Node;
use crate::model::{Cluster, Entity, Said, Text};

/// Shows what the objects of exposures say at the places of the exposures.
pub fn place<N: Node>(cluster: &mut Cluster, spaces: &[Space<N>]) {
    let fronts = by_name(&cluster.objects, cluster.fronts.iter().map(|front| front.entity));
    let ingresses = by_name(&cluster.objects, cluster.ingresses.iter().map(|ingress| ingress.entity));
    for space in spaces {
        for service in space.blocks.iter().filter(|block| block.is("Service")).map(|block| block.node) {
            let key = |name: Text| (space.name, name);
            for exposure in service.get("expose").map(Node::items).unwrap_or_default() {
                if let Some(number) = fronts.get(&key(named(service))) {
                    front(cluster, *number, exposure);
                }
                let name = format!("{}-{}", named(service), exposure.name().unwrap_or_default());
                if let Some(number) = ingresses.get(&key(name.into())) {
                    ingress(cluster, *number, exposure);
                }
            }
        }
    }
}

/// The numbers of objects of a kind, by namespace and name.
fn by_name(objects: &[Entity], entities: impl Iterator<Item = usize>) -> BTreeMap<(Text, Text), usize> {
    let known = entities.enumerate().filter_map(|(number, entity)| Some((objects.get(entity)?, number)));
    known.map(|(object, number)| ((object.namespace, object.name), number)).collect()
}

/// Takes the place of what says the same.
fn show<T: PartialEq>(known: &mut Said<T>, written: Option<&Said<T>>) {
    if let Some(written) = written.filter(|written| written.given && written.value == known.value) {
        known.at = written.at;
        known.given = true;
    }
}

fn front<N: Node>(cluster: &mut Cluster, number: usize, exposure: N) {
    let Some(front) = cluster.fronts.get_mut(number) else {
        return;
    };
    let port = said(exposure.get("number"), int);
    front.ports.iter_mut().filter_map(|known| known.node_port.as_mut()).for_each(|known| show(known, port.as_ref()));
    let address = said(exposure.get("address"), ip);
    front.addresses.iter_mut().for_each(|known| show(known, address.as_ref()));
    let pool = said(exposure.get("pool"), text);
    front.pool.iter_mut().for_each(|known| show(known, pool.as_ref()));
    let share = said(exposure.get("share"), text);
    front.share.iter_mut().for_each(|known| show(known, share.as_ref()));
}

fn ingress<N: Node>(cluster: &mut Cluster, number: usize, exposure: N) {
    let Some(ingress) = cluster.ingresses.get_mut(number) else {
        return;
    };
    let class = said(exposure.get("class"), text);
    ingress.class.iter_mut().for_each(|known| show(known, class.as_ref()));
    let host = said(exposure.get("host"), text).filter(|host| host.given);
    for path in &mut ingress.paths {
        path.at = host.as_ref().filter(|host| host.value == path.host).map_or(path.at, |host| host.at);
    }
}
