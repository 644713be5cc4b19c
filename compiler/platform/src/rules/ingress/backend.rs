//! `ingress/backend`: an ingress that leads to a service or a port that there is not.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Entity, Front, IngressPath, PortName, usual_space};
use crate::rules::{COMPARED, Findings};

/// The service stands in the namespace of the ingress and has the port. A service that nobody shows may be of a chart.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut fronts: FxHashMap<(&str, &str), &Front> = FxHashMap::default();
    let mut elsewhere: FxHashMap<&str, (&str, Place)> = FxHashMap::default();
    for front in &cluster.fronts {
        if let Some(object) = cluster.objects.get(front.entity) {
            fronts.insert((&object.namespace, &object.name), front);
            elsewhere.insert(&object.name, (&object.namespace, object.at));
        }
    }
    let mut compared = 0;
    for ingress in &cluster.ingresses {
        let Some(object) = cluster.objects.get(ingress.entity) else {
            continue;
        };
        for path in ingress.paths.iter().chain(&ingress.default) {
            found.extend(match fronts.get(&(&*object.namespace, &*path.service.value)) {
                Some(front) => {
                    let port = path.port.as_ref();
                    port.and_then(|port| no_port(cluster, object, (port, path.at, &path.service.value), front))
                }
                None => {
                    compared += 1;
                    let near = if compared <= COMPARED { near(cluster, object, path) } else { None };
                    no_service(cluster, object, path, near, &elsewhere)
                }
            });
        }
    }
    // That the service of a route is there, `ref/missing` looks at.
    for lead in &cluster.leads {
        let Some(object) = cluster.objects.get(lead.by) else { continue };
        let at = if lead.port.given { lead.port.at } else { object.at };
        found.extend(
            fronts
                .get(&(&*lead.namespace, &*lead.service.value))
                .or_else(|| fronts.get(&("", &*lead.service.value)).filter(|_| lead.namespace == usual_space()))
                .and_then(|front| no_port(cluster, object, (&lead.port.value, at, &lead.service.value), front)),
        );
    }
}

fn no_port(
    cluster: &Cluster,
    object: &Entity,
    (port, at, service): (&PortName, Place, &str),
    front: &Front,
) -> Option<Diagnostic<Place>> {
    let has = front.ports.iter().any(|known| match port {
        PortName::Number(number) => known.number == *number,
        PortName::Name(name) => known.name == *name,
    });
    if has || front.ports.is_empty() {
        return None;
    }
    let called = match port {
        PortName::Number(number) => number.to_string(),
        PortName::Name(name) => format!("`{name}`"),
    };
    let home = cluster.objects.get(front.entity).map_or(at, |front| front.at);
    let message =
        format!("{} leads to port {called} of the service `{service}`, which has no such port", object.shown());
    let ports: Vec<String> =
        front
            .ports
            .iter()
            .take(5)
            .map(|port| {
                if port.name.is_empty() {
                    port.number.to_string()
                } else {
                    format!("{} (`{}`)", port.number, port.name)
                }
            })
            .collect();
    Some(
        Diagnostic::new(&rules::INGRESS_BACKEND, at, message)
            .label("requests would not come through")
            .also(home, "the service")
            .help(format!("its ports are {}", ports.join(", "))),
    )
}

/// The service of the namespace that was probably meant.
fn near<'a>(cluster: &'a Cluster, object: &Entity, path: &IngressPath) -> Option<&'a str> {
    let objects = cluster.fronts.iter().filter_map(|front| cluster.objects.get(front.entity));
    let here = objects.filter(|other| other.namespace == object.namespace);
    nearest(&path.service.value, here.map(|other| &*other.name))
}

fn no_service(
    cluster: &Cluster,
    object: &Entity,
    path: &IngressPath,
    near: Option<&str>,
    elsewhere: &FxHashMap<&str, (&str, Place)>,
) -> Option<Diagnostic<Place>> {
    let name = &*path.service.value;
    let other = elsewhere.get(name);
    let unseen = cluster.unseen.everywhere || cluster.unseen.namespaces.contains(&object.namespace);
    if unseen && near.is_none() {
        return None;
    }
    let message = format!("{} leads to the service `{name}`, which `{}` does not have", object.shown(), object.space());
    let finding =
        Diagnostic::new(&rules::INGRESS_BACKEND, path.service.at, message).label("requests would not come through");
    Some(match (near, other) {
        (Some(near), _) => finding.help(format!("did you mean `{near}`?")),
        (None, Some((namespace, at))) => finding
            .also(*at, format!("`{namespace}` has a service of this name"))
            .help(format!("an ingress reaches services of its own namespace: move it to `{namespace}`")),
        (None, None) => finding.help("name a service of the namespace"),
    })
}
