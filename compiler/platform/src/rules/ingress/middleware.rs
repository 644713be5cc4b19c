//! `ref/missing` of Traefik: a middleware that the annotation of an ingress names, and that there is not.

use diagnostics::{Diagnostic, rules};
use domain::nearest;

use crate::Place;
use crate::model::{Cluster, Entity, Text};
use crate::rules::Findings;

const NAMES: &str = "traefik.ingress.kubernetes.io/router.middlewares";

/// A middleware is named by its namespace, its name and who knows it: `shop-auth@kubernetescrd`.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let told = |object: &Entity| object.annotations.get(NAMES).cloned();
    let named: Vec<_> = cluster
        .ingresses
        .iter()
        .filter_map(|ingress| {
            let object = cluster.objects.get(ingress.entity)?;
            Some((object, told(object)?))
        })
        .collect();
    if named.is_empty() || cluster.unseen.everywhere {
        return;
    }
    let middlewares = cluster.objects.iter().filter(|object| &*object.kind == "Middleware");
    let known: Vec<(String, &Entity)> =
        middlewares.map(|object| (format!("{}-{}", object.space(), object.name), object)).collect();
    for (object, names) in named {
        for name in names.split(',').map(str::trim).filter(|name| !name.contains("${")) {
            let (own, of) = name.split_once('@').unwrap_or((name, "kubernetescrd"));
            // A chart may bring some of its own.
            let may_bring = |space: Text| own.strip_prefix(&*space).is_some_and(|rest| rest.starts_with('-'));
            let is_unseen =
                cluster.makers.iter().any(|maker| maker.name.is_none() && maker.namespace.is_none_or(may_bring));
            if of == "kubernetescrd" && !is_unseen && known.iter().all(|(known, _)| known != own) {
                found.extend(missing(cluster, object, own, &known));
            }
        }
    }
}

/// What may be of a namespace that is not written here is believed.
fn missing(cluster: &Cluster, object: &Entity, own: &str, known: &[(String, &Entity)]) -> Option<Diagnostic<Place>> {
    let mut joints = own.match_indices('-').filter_map(|(at, _)| Text::known(own.get(..at)?));
    let is_here = !own.contains('-') || joints.any(|space| cluster.namespaces.contains_key(&space));
    let message = format!("{} needs the Middleware `{own}`, which does not exist", object.shown());
    let finding = Diagnostic::new(&rules::REF_MISSING, object.at, message).label("there is no such Middleware");
    let without = known.iter().find(|(_, middleware)| *middleware.name == *own);
    let near = nearest(own, known.iter().map(|(name, _)| name.as_str()));
    Some(match (without, near) {
        (None, None) if !is_here => return None,
        (Some((name, middleware)), _) => finding
            .also(middleware.at, "it is called so with its namespace before")
            .help(format!("write `{name}@kubernetescrd`")),
        (None, Some(near)) => finding.help(format!("write `{near}@kubernetescrd`")),
        (None, None) => finding.help("declare it, by its namespace and its name: `shop-auth@kubernetescrd`"),
    })
}
