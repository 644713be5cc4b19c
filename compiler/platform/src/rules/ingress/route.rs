//! `ingress/route`: a route that its gateway does not take, or that leads where it may not.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Place;
use crate::model::{Cluster, Entity, Gateway, Lead, Listener, Parent, Route, Text};
use crate::rules::Findings;

/// Some listener of each gateway takes the route: by its name, its port, the namespace of the route, and its hosts.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.routes.is_empty() {
        return;
    }
    let named = cluster.gateways.iter().filter_map(|gateway| {
        let object = cluster.objects.get(gateway.entity)?;
        Some(((object.space(), object.name), (gateway, object)))
    });
    let gateways: FxHashMap<(Text, Text), (&Gateway, &Entity)> = named.collect();
    for route in &cluster.routes {
        let Some(object) = cluster.objects.get(route.entity) else { continue };
        for parent in &route.parents {
            if let Some((gateway, by)) = gateways.get(&(parent.namespace, parent.name.value)) {
                found.extend(refused(cluster, (route, object), parent, (gateway, by)));
            }
        }
    }
    let permits: FxHashSet<(Text, Text, Text)> = cluster
        .permits
        .iter()
        .filter(|permit| &*permit.kind == "Service")
        .map(|one| (one.to, one.from.0, one.from.1))
        .collect();
    for lead in &cluster.leads {
        let Some(object) = cluster.objects.get(lead.by) else { continue };
        let crosses = object.group.as_str() == "gateway.networking.k8s.io" && lead.namespace != object.space();
        if crosses && !permits.contains(&(lead.namespace, object.kind, object.space())) {
            found.push(crossed(object, lead));
        }
    }
}

fn refused(
    cluster: &Cluster,
    (route, object): (&Route, &Entity),
    parent: &Parent,
    (gateway, by): (&Gateway, &Entity),
) -> Option<Diagnostic<Place>> {
    let asked = |listener: &&Listener| {
        parent.listener.as_ref().is_none_or(|name| name.value == listener.name)
            && parent.port.is_none_or(|port| listener.port == Some(port))
    };
    let told = |at: Place, why: String, help: String| {
        let at = if object.given { at } else { object.at };
        let message = format!("{} does not take {}: {why}", by.shown(), object.shown());
        let finding = Diagnostic::new(&rules::INGRESS_ROUTE, at, message).label("no request comes this way");
        Some(finding.also(by.name_at, "the gateway").help(help))
    };
    let asked: Vec<&Listener> = gateway.listeners.iter().filter(asked).collect();
    if asked.is_empty() {
        let names = || gateway.listeners.iter().map(|listener| &*listener.name);
        let section = parent.listener.as_ref().filter(|section| !section.contains("${"));
        let wanted = match (section, parent.port) {
            (Some(section), _) => format!("it has no listener `{}`", section.value),
            (None, Some(port)) if parent.listener.is_none() => format!("it has no listener at port {port}"),
            _ => return None,
        };
        let near = section.and_then(|section| nearest(&section.value, names()));
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None => format!("its listeners are called `{}`", names().take(5).collect::<Vec<_>>().join("`, `")),
        };
        return told(section.map_or(parent.name.at, |section| section.at), wanted, help);
    }
    let (own, home) = (object.space(), by.space());
    let open = |listener: &&&Listener| match &listener.from {
        None => own == home,
        Some(spaces) => cluster.namespaces.get(&own).is_none_or(|space| spaces.matches(&space.labels)),
    };
    let open: Vec<&&Listener> = asked.iter().filter(open).collect();
    if open.is_empty() {
        let why = match asked.iter().all(|listener| listener.from.is_none()) {
            true => format!("it takes those of `{home}` alone"),
            false => format!("it takes none of the namespace `{own}`"),
        };
        let help =
            format!("write `allowedRoutes.namespaces.from: All` at the listener, or a selector that chooses `{own}`");
        return told(parent.name.at, why, help);
    }
    let hears = |host: &str| open.iter().any(|one| one.host.as_ref().is_none_or(|own| meet(own, host)));
    let first = route.hosts.first()?;
    if route.hosts.iter().any(|host| host.contains("${") || hears(&host.value)) {
        return None;
    }
    let hosts: Vec<&str> = open.iter().filter_map(|listener| listener.host.as_deref()).take(5).collect();
    let why = format!("it listens for `{}`, and not for `{}`", hosts.join("`, `"), first.value);
    told(first.at, why, "name a host that a listener is for, or add a listener".to_owned())
}

/// Whether some name is one of both. A star stands for one label or several.
fn meet(one: &str, other: &str) -> bool {
    let within = |wide: &str, name: &str| {
        wide.strip_prefix('*').is_some_and(|end| name.len() > end.len() && name.ends_with(end))
    };
    one == other || within(one, other) || within(other, one)
}

fn crossed(object: &Entity, lead: &Lead) -> Diagnostic<Place> {
    let message = format!(
        "{} leads to the service `{}` of `{}`, which lets no route of `{}` lead there",
        object.shown(),
        lead.service.value,
        lead.namespace,
        object.space()
    );
    let at = if lead.service.given { lead.service.at } else { object.at };
    let finding = Diagnostic::new(&rules::INGRESS_ROUTE, at, message).label("requests are answered with 500");
    finding.help(format!(
        "put a `ReferenceGrant` into `{}`, from `{}` of `{}` to `Service`",
        lead.namespace,
        object.kind,
        object.space()
    ))
}
