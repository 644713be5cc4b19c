//! Who carries requests from outside to the pods of ingresses.

use super::{PartyId, Reach};
use crate::model::{Cluster, Ingress, IngressClass};

/// What controllers call themselves in a class, and the label of their pods.
const CONTROLLERS: [(&str, &str); 5] = [
    ("k8s.io/ingress-nginx", "ingress-nginx"),
    ("nginx.org/ingress-controller", "nginx-ingress"),
    ("traefik.io/ingress-controller", "traefik"),
    ("haproxy.org/ingress-controller", "kubernetes-ingress"),
    ("projectcontour.io/contour", "contour"),
];

/// The class of an ingress, if it is known.
pub fn class<'a>(cluster: &'a Cluster, ingress: &Ingress) -> Option<&'a IngressClass> {
    let mut classes = cluster.ingress_classes.iter();
    match &ingress.class {
        Some(named) => classes.find(|class| class.class == named.value),
        None => classes.find(|class| class.default),
    }
}

/// The pods that carry the traffic of a class, if it is known which.
pub fn controllers<'a>(reach: &mut Reach<'a>, class: &'a IngressClass) -> Vec<PartyId> {
    if let Some(namespace) = class.namespace.as_ref().filter(|_| !class.pods.is_empty()) {
        return reach.pods_of(*namespace, &class.pods);
    }
    let Some((_, name)) = CONTROLLERS.iter().find(|(controller, _)| *controller == &*class.controller) else {
        return Vec::new();
    };
    let is = |id: &PartyId| {
        let labels = reach.party(*id).labels;
        let is = |key: &str| labels.named(key).is_some_and(|value| &**value == *name);
        is("app.kubernetes.io/name")
            && labels.named("app.kubernetes.io/component").is_none_or(|part| &**part == "controller")
    };
    reach.written().filter(is).collect()
}
