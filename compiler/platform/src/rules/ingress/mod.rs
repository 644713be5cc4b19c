//! Ingresses and their classes.

pub mod backend;
pub mod certificate;
pub mod clash;
pub mod class;
pub mod classes;
pub mod foreign;
pub mod middleware;
pub mod path;
pub mod record;
pub mod route;

use std::collections::BTreeSet;

use crate::model::Cluster;

/// The classes that there are; nothing where some may be that are not seen.
fn known_classes(cluster: &Cluster) -> Option<BTreeSet<&str>> {
    let classes: BTreeSet<&str> = cluster.ingress_classes.iter().map(|class| &*class.class).collect();
    let is_sure = cluster.distribution.known && !cluster.unseen.everywhere && !may_serve(cluster);
    is_sure.then_some(classes)
}

/// Names by which controllers are known that bring a class of their own.
const CONTROLLERS: [&str; 9] =
    ["ingress", "nginx", "traefik", "haproxy", "contour", "kong", "istio", "cilium", "gateway"];

/// Whether something seems to serve ingresses of a class that no block or object declares.
fn may_serve(cluster: &Cluster) -> bool {
    let serves = |word: &str| CONTROLLERS.iter().any(|controller| word.contains(controller));
    let is_declared =
        |word: &str| cluster.ingress_classes.iter().any(|class| !class.brought && word.contains(&*class.class));
    cluster.unseen.words.iter().any(|word| serves(word) && !is_declared(word) && !declares(cluster))
}

/// Whether classes are declared beside those of the distribution.
fn declares(cluster: &Cluster) -> bool {
    cluster.ingress_classes.iter().any(|class| !class.brought)
}
