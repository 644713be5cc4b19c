//! `port/target`: a service that leads to a port that its pods do not have.
//! `port/undeclared`: one that leads to a number that they do not declare.

use diagnostics::{Diagnostic, Rule, rules};
use domain::nearest;

use crate::Place;
use crate::model::{Cluster, Container, ContainerPort, Front, FrontPort, Pods, PortName};
use crate::reach::home;
use crate::rules::pool::shown;
use crate::rules::{Findings, Indexed};

/// Each port leads to one of the pods: by a name that some container gives, or by a number, which containers need not
/// declare but, where they declare others, mostly do.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    for front in &cluster.fronts {
        let Some(selector) = &front.selector else { continue };
        let namespace = home(cluster, front.entity);
        let pods = indexed.selected(namespace, selector);
        if pods.is_empty() {
            continue;
        }
        found.extend(front.ports.iter().filter_map(|port| wrong(cluster, front, port, &pods)));
        found.extend(front.ports.iter().find_map(|port| other(cluster, front, port, &pods)));
    }
}

/// The ports of all containers, those that run before and stay included.
fn ports(pods: &Pods) -> impl Iterator<Item = &ContainerPort> {
    pods.containers.iter().chain(&pods.before).flat_map(|container: &Container| &container.ports)
}

fn wrong(cluster: &Cluster, front: &Front, port: &FrontPort, pods: &[&Pods]) -> Option<Diagnostic<Place>> {
    let all = || pods.iter().flat_map(|pods| ports(pods)).filter(|known| known.protocol == port.protocol);
    let first = pods.first()?;
    let names = || (shown(cluster, front.entity), shown(cluster, first.entity));
    let finding = |rule: &'static Rule, message: String| {
        Diagnostic::new(rule, port.target.at, message).also(first.at, "the pods are described here")
    };
    match &port.target.value {
        PortName::Name(name) if all().all(|known| known.name != *name) => {
            let (who, behind) = names();
            let message =
                format!("{who} leads to port `{name}` ({}), which no container of {behind} has", port.protocol);
            let finding = finding(&rules::PORT_TARGET, message).label("nobody answers there");
            let called: Vec<&str> = all().map(|known| &*known.name).filter(|name| !name.is_empty()).collect();
            Some(match nearest(name, called.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None if called.is_empty() => finding.help(format!("call a port of the container `{name}`")),
                None => finding.help(format!("its ports are called {}", listed(&called))),
            })
        }
        PortName::Number(number) => {
            let silent = pods.iter().any(|pods| ports(pods).next().is_none());
            if silent || all().any(|known| known.number == *number) {
                return None;
            }
            let (who, behind) = names();
            let message =
                format!("{who} leads to port {number}/{}, which no container of {behind} declares", port.protocol);
            let declared: Vec<String> = all().take(5).map(|known| known.number.to_string()).collect();
            let finding = finding(&rules::PORT_UNDECLARED, message);
            Some(match declared.is_empty() {
                true => finding.help(format!("declare a port of the protocol {}", port.protocol)),
                false => finding.help(format!("its containers declare {}", declared.join(", "))),
            })
        }
        PortName::Name(_) => None,
    }
}

/// Of several that are chosen, all have the port. A job that is chosen too gets requests as long as it runs.
fn other(cluster: &Cluster, front: &Front, port: &FrontPort, pods: &[&Pods]) -> Option<Diagnostic<Place>> {
    let PortName::Number(number) = &port.target.value else { return None };
    let is_it = |known: &ContainerPort| known.number == *number && known.protocol == port.protocol;
    let has = |pods: &&&Pods| ports(pods).any(is_it);
    let first = pods.iter().find(has).filter(|_| pods.len() > 1)?;
    let is_job = |pods: &Pods| {
        let kind = cluster.objects.get(pods.entity).map(|object| object.kind);
        kind.is_some_and(|kind| matches!(&*kind, "Job" | "CronJob"))
    };
    let other = pods.iter().find(|pods| !has(pods) && (ports(pods).next().is_some() || is_job(pods)))?;
    let object = cluster.objects.get(other.entity)?;
    let message = format!(
        "{} leads to port {number}/{} of all pods that it chooses, and no container of {} declares it",
        shown(cluster, front.entity),
        port.protocol,
        object.shown()
    );
    let finding = Diagnostic::new(&rules::PORT_UNDECLARED, front.selector.as_ref()?.at, message);
    let finding = finding.label("chooses these too").also(other.at, "gets requests that it does not answer");
    Some(finding.also(first.at, "these answer").help("choose by a label that only those have that answer"))
}

fn listed(names: &[&str]) -> String {
    names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
