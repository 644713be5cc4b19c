//! `port/probe`: a probe or a hook that asks at a port that its container does not have.
//! `port/undeclared` of hooks: one that asks at a number that no container of its pod declares.

use diagnostics::{Diagnostic, rules};
use domain::nearest;

use crate::Place;
use crate::model::{Cluster, Container, Entity, Pods, PortName};
use crate::rules::Findings;

/// The ports of proxies that a mesh puts beside containers, and that hooks wait for.
const OF_MESH: [u16; 5] = [4191, 15000, 15020, 15021, 9901];

/// A probe names a port of its own container, and so does a hook.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else { continue };
        for container in pods.containers.iter().chain(&pods.before) {
            let has = |name: &str| container.ports.iter().any(|port| *port.name == *name);
            for port in container.probed.iter().filter(|port| !has(&port.value)) {
                let at = if port.given { port.at } else { object.at };
                found.push(unknown(object, container, ("probe", &port.value), at));
            }
            for port in &container.hooked {
                let at = if port.given { port.at } else { object.at };
                match &port.value {
                    PortName::Name(name) if !has(name) && !name.contains("${") => {
                        found.push(unknown(object, container, ("hook", name), at));
                    }
                    PortName::Name(_) => {}
                    PortName::Number(number) => found.extend(undeclared(object, pods, container, (*number, at))),
                }
            }
        }
    }
}

fn unknown(object: &Entity, container: &Container, (what, name): (&str, &str), at: Place) -> Diagnostic<Place> {
    let message = format!(
        "a {what} of the container `{}` of {} asks at port `{name}`, which this container does not have",
        container.name,
        object.shown(),
    );
    let finding = Diagnostic::new(&rules::PORT_PROBE, at, message).label(format!("this {what} always fails"));
    let called = || container.ports.iter().map(|port| &*port.name).filter(|name| !name.is_empty());
    let known: Vec<&str> = called().collect();
    match nearest(name, called()) {
        Some(near) => finding.help(format!("write `{near}`")),
        None if known.is_empty() => finding.help(format!("call a port of the container `{name}`")),
        None => finding.help(format!("its ports are called `{}`", known.join("`, `"))),
    }
}

/// A number need not be declared; where others are, it mostly is.
fn undeclared(
    object: &Entity,
    pods: &Pods,
    container: &Container,
    (number, at): (u16, Place),
) -> Option<Diagnostic<Place>> {
    let all = || pods.containers.iter().chain(&pods.before).flat_map(|container| &container.ports);
    let silent = pods.containers.iter().any(|container| container.ports.is_empty());
    if silent || OF_MESH.contains(&number) || all().any(|port| port.number == number) {
        return None;
    }
    let message = format!(
        "a hook of the container `{}` of {} asks at port {number}, which no container of its pod declares",
        container.name,
        object.shown(),
    );
    let declared: Vec<String> = all().take(5).map(|known| known.number.to_string()).collect();
    let finding = Diagnostic::new(&rules::PORT_UNDECLARED, at, message).label("most likely nobody answers there");
    Some(finding.help(format!("its containers declare {}", declared.join(", "))))
}
