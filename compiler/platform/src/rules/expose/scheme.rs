//! `expose/scheme`: an address that speaks another protocol than the port behind it.

use diagnostics::{Diagnostic, rules};
use domain::Ip;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Place;
use crate::model::{Cluster, Front, FrontPort, Platform, Said, Text};
use crate::rules::Findings;
use crate::rules::pool::shown;

/// `http://` to a port that speaks TLS, and `https://` to one that does not, where the port says what it speaks.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let ports = Ports::of(cluster);
    for pods in &cluster.pods {
        let namespace = cluster.objects.get(pods.entity).map(|object| object.namespace.clone()).unwrap_or_default();
        for (name, value) in pods.containers.iter().flat_map(|container| &container.env) {
            found.extend(wrong(cluster, &ports, name, value, &namespace));
        }
    }
}

/// The same of the addresses that a platform puts out, which are those of hosts: names in a cluster mean nothing there.
pub fn told(platform: &Platform, found: &mut Findings) {
    for cluster in &platform.clusters {
        let ports = Ports { by_name: FxHashMap::default(), ..Ports::of(cluster) };
        found.extend(platform.outputs.iter().filter_map(|(name, value)| wrong(cluster, &ports, name, value, "")));
    }
}

fn wrong(
    cluster: &Cluster,
    ports: &Ports<'_>,
    name: &str,
    value: &Said<Text>,
    namespace: &str,
) -> Option<Diagnostic<Place>> {
    let (scheme, (front, port)) =
        address(value).and_then(|(scheme, host, number)| Some((scheme, ports.find(host, number, namespace)?)))?;
    let secure = speaks_tls(port).filter(|secure| *secure != (scheme == "https"))?;
    let right = if secure { "https" } else { "http" };
    let service = shown(cluster, front.entity);
    let message = format!("`{name}` says {scheme}:// to port {} of {service}, which speaks {right}", port.number);
    let finding = Diagnostic::new(&rules::EXPOSE_SCHEME, value.at, message);
    Some(finding.also(port.at, format!("the port speaks {right}")).help(format!("write {right}://")))
}

/// What a port speaks, where it says so.
fn speaks_tls(port: &FrontPort) -> Option<bool> {
    let said = port.app_protocol.as_deref().unwrap_or(&port.name).to_ascii_lowercase();
    match said.as_str() {
        "https" | "kubernetes.io/wss" | "https-web" => Some(true),
        "http" | "kubernetes.io/ws" | "kubernetes.io/h2c" => Some(false),
        // `proxy-tls` is what some charts call it.
        _ => said.ends_with("-tls").then_some(true),
    }
}

/// The scheme, the host and the port of an address on the web.
pub(super) fn address(value: &Said<Text>) -> Option<(&str, &str, u16)> {
    let (scheme, rest) = value.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit_once('@').map_or(authority, |(_, after)| after);
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => Some((scheme, host, port.parse().ok()?)),
        _ => Some((scheme, authority, if scheme == "https" { 443 } else { 80 })),
    }
}

/// Ports of services: by name and namespace, and by node port.
struct Ports<'a> {
    by_name: FxHashMap<(&'a str, &'a str), &'a Front>,
    by_node_port: FxHashMap<i64, (&'a Front, &'a FrontPort)>,
    hosts: FxHashSet<String>,
}

impl<'a> Ports<'a> {
    fn of(cluster: &'a Cluster) -> Ports<'a> {
        let named = |front: &'a Front| {
            let object = cluster.objects.get(front.entity)?;
            Some(((&*object.namespace, &*object.name), front))
        };
        let node = crate::rules::port::node_ports(cluster)
            .filter_map(|(front, port)| Some((port.node_port.as_ref()?.value, (front, port))));
        let addresses = cluster.hosts.iter().filter_map(|host| Some(host.address.as_ref()?.value.to_string()));
        Ports {
            by_name: cluster.fronts.iter().filter_map(named).collect(),
            by_node_port: node.collect(),
            hosts: addresses.chain(cluster.hosts.iter().map(|host| host.name.to_string())).collect(),
        }
    }

    fn find(&self, host: &str, number: u16, namespace: &str) -> Option<(&'a Front, &'a FrontPort)> {
        if self.hosts.contains(host) {
            return self.by_node_port.get(&i64::from(number)).copied();
        }
        if Ip::parse(host).is_ok() {
            return None;
        }
        let mut parts = host.split('.');
        let name = parts.next()?;
        let namespace = parts.next().unwrap_or(namespace);
        if parts.next().is_some_and(|part| part != "svc") {
            return None;
        }
        let front = *self.by_name.get(&(namespace, name))?;
        front.ports.iter().find(|port| port.number == number).map(|port| (front, port))
    }
}
