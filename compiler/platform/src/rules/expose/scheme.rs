//! `expose/scheme`: an address that speaks another protocol than the port behind it.

use diagnostics::{Diagnostic, rules};
use domain::Ip;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Place;
use crate::index::Index;
use crate::model::{Cluster, Front, FrontPort, Platform, Text};
use crate::reach::home;
use crate::rules::pool::shown;
use crate::rules::{Findings, Indexed};

/// `http://` to a port that speaks TLS, and `https://` to one that does not, where the port says what it speaks.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    let ports = Ports::of(cluster, Some(&indexed.index));
    for pods in &cluster.pods {
        let namespace = home(cluster, pods.entity);
        for (name, value) in pods.containers.iter().flat_map(|container| &container.env) {
            found.extend(wrong(cluster, &ports, name, (value, value.at), &namespace));
        }
    }
}

/// The same of the addresses that a platform puts out, which are those of hosts: names in a cluster mean nothing there.
pub fn told(platform: &Platform, found: &mut Findings) {
    for cluster in &platform.clusters {
        let ports = Ports::of(cluster, None);
        found.extend(
            platform.outputs.iter().filter_map(|(name, value)| wrong(cluster, &ports, name, (value, value.at), "")),
        );
    }
}

fn wrong(
    cluster: &Cluster,
    ports: &Ports<'_>,
    name: &str,
    (value, at): (&str, Place),
    namespace: &str,
) -> Option<Diagnostic<Place>> {
    let (scheme, (front, port)) =
        address(value).and_then(|(scheme, host, number)| Some((scheme, ports.find(host, number, namespace)?)))?;
    let secure = speaks_tls(port).filter(|secure| *secure != (scheme == "https"))?;
    let right = if secure { "https" } else { "http" };
    let service = shown(cluster, front.entity);
    let message = format!("`{name}` says {scheme}:// to port {} of {service}, which speaks {right}", port.number);
    let finding = Diagnostic::new(&rules::EXPOSE_SCHEME, at, message);
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
pub(super) fn address(value: &str) -> Option<(&str, &str, u16)> {
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
    cluster: &'a Cluster,
    /// Services by their names, where these mean something.
    index: Option<&'a Index>,
    by_node_port: FxHashMap<i64, (&'a Front, &'a FrontPort)>,
    hosts: FxHashSet<String>,
}

impl<'a> Ports<'a> {
    fn of(cluster: &'a Cluster, index: Option<&'a Index>) -> Ports<'a> {
        let node = crate::rules::port::node_ports(cluster)
            .filter_map(|(front, port)| Some((port.node_port.as_ref()?.value, (front, port))));
        let addresses = cluster.hosts.iter().filter_map(|host| Some(host.address.as_ref()?.value.to_string()));
        Ports {
            cluster,
            index,
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
        let (namespace, name) = (Text::known(namespace)?, Text::known(name)?);
        let front = self.index?.service(self.cluster, namespace, name)?;
        front.ports.iter().find(|port| port.number == number).map(|port| (front, port))
    }
}
