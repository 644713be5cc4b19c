//! Who must reach whom: by what is written in `uses`, and by the names that containers are given.

use std::collections::BTreeSet;

use domain::{Cidr, Ip};
use rustc_hash::FxHashMap;

use super::mentions::{Mention, is_host_key, is_only_named, is_own_address, mentions};
use super::{PartyId, Reach, Who, home};
use crate::Place;
use crate::model::{Container, Front, Text};

/// That pods must reach other pods.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Where that is written.
    pub at: Place,
    /// Who.
    pub from: PartyId,
    /// Whom.
    pub to: PartyId,
    /// What it is called there.
    pub target: String,
    /// The ports, of which one is enough.
    pub ports: Vec<EdgePort>,
}

/// A port that must be reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EdgePort {
    /// The port of the service.
    pub asked: u16,
    /// The port of its pods, if that is known.
    pub number: u16,
    /// Its protocol.
    pub protocol: Text,
}

/// That pods must reach something outside of the cluster.
#[derive(Clone, Debug)]
pub struct Way {
    /// Where that is written.
    pub at: Place,
    /// Who.
    pub from: PartyId,
    /// The host.
    pub host: Text,
    /// The port.
    pub port: u16,
    /// Where it is, if that is known.
    pub address: Option<Cidr>,
}

impl Way {
    /// The other end.
    pub fn to(&self) -> Who {
        Who::Outside(self.address)
    }
}

/// What must be reached.
#[derive(Default)]
pub struct Needs {
    /// Within the cluster.
    pub edges: Vec<Edge>,
    /// Outside of it.
    pub ways: Vec<Way>,
}

/// What stands in front of pods, by namespace and name.
pub struct Fronts<'a> {
    by_name: FxHashMap<(&'a str, &'a str), usize>,
    /// Endpoints that are only written as such.
    endpoints: FxHashMap<(&'a str, &'a str), usize>,
}

impl<'a> Fronts<'a> {
    /// The services and endpoints of a cluster.
    pub fn new(reach: &Reach<'a>) -> Fronts<'a> {
        let cluster = reach.cluster;
        let fronts = cluster.fronts.iter().enumerate().filter_map(|(number, front)| {
            let entity = cluster.objects.get(front.entity)?;
            Some(((home(cluster, front.entity), &*entity.name), number))
        });
        let endpoints =
            cluster.endpoints.iter().enumerate().filter_map(|(number, endpoint)| {
                Some(((&*endpoint.namespace, endpoint.host.split('.').next()?), number))
            });
        Fronts { by_name: fronts.collect(), endpoints: endpoints.collect() }
    }

    /// A service by its name.
    pub fn find(&self, reach: &Reach<'a>, namespace: &str, name: &str) -> Option<&'a Front> {
        reach.cluster.fronts.get(find(&self.by_name, namespace, name)?)
    }

    fn has(&self, namespace: &str, name: &str) -> bool {
        find(&self.by_name, namespace, name).or_else(|| find(&self.endpoints, namespace, name)).is_some()
    }

    /// The pods behind an endpoint.
    fn behind_endpoint(
        &self,
        reach: &mut Reach<'a>,
        namespace: &str,
        name: &str,
        port: Option<u16>,
    ) -> Vec<(PartyId, Vec<EdgePort>)> {
        let endpoint = find(&self.endpoints, namespace, name).and_then(|number| reach.cluster.endpoints.get(number));
        let Some(endpoint) = endpoint.filter(|endpoint| port.is_none_or(|port| port == endpoint.number)) else {
            return Vec::new();
        };
        let protocol = endpoint.protocol.clone();
        let ports = vec![EdgePort { asked: endpoint.number, number: endpoint.target, protocol }];
        let parties = reach.pods_of(&endpoint.namespace, &endpoint.pods);
        parties.into_iter().map(|party| (party, ports.clone())).collect()
    }
}

fn find<'s>(map: &'s FxHashMap<(&'s str, &'s str), usize>, namespace: &'s str, name: &'s str) -> Option<usize> {
    map.get(&(namespace, name)).copied()
}

/// The pods behind a service, and the port of each for one of its ports.
pub fn behind<'a>(
    reach: &mut Reach<'a>,
    front: &'a Front,
    wanted: impl Fn(&EdgePort, &str) -> bool,
) -> Vec<(PartyId, Vec<EdgePort>)> {
    let Some(selector) = &front.selector else {
        return Vec::new();
    };
    let namespace = home(reach.cluster, front.entity);
    let mut found = Vec::new();
    for party in reach.pods_of(namespace, &selector.value) {
        let mut ports = Vec::new();
        for port in &front.ports {
            let Some(number) = reach.party(party).number(&port.target, &port.protocol) else {
                continue;
            };
            let asked = if front.headless { number } else { port.number };
            let one = EdgePort { asked, number, protocol: port.protocol.clone() };
            if wanted(&one, &port.name) {
                ports.push(one);
            }
        }
        if !ports.is_empty() {
            found.push((party, ports));
        }
    }
    found
}

/// Everything that must be reached.
pub fn needs<'a>(reach: &mut Reach<'a>, fronts: &Fronts<'a>) -> Needs {
    let cluster = reach.cluster;
    let mut needs = Needs::default();
    for one in &cluster.uses {
        let port = EdgePort { asked: one.to.target, number: one.to.target, protocol: one.to.protocol.clone() };
        for from in reach.pods_of(&one.namespace, &one.pods) {
            for to in reach.pods_of(&one.to.namespace, &one.to.pods) {
                let target = format!("`{}`", one.to.path);
                needs.edges.push(Edge { at: one.at, from, to, target, ports: vec![port.clone()] });
            }
        }
    }
    for one in &cluster.externals {
        for from in reach.pods_of(&one.namespace, &one.pods) {
            let address = one.address.as_ref().map(|address| address.value).filter(|address| address.prefix() > 0);
            needs.ways.push(Way { at: one.at, from, host: one.host.clone(), port: one.port, address });
        }
    }
    let own = cluster.ingresses.iter().flat_map(|ingress| &ingress.paths).map(|path| &*path.host).collect();
    for from in reach.written() {
        let Some(pods) = reach.party(from).pods else {
            continue;
        };
        for container in pods.containers.iter().chain(&pods.before) {
            of_container(reach, fronts, from, container, &own, &mut needs);
        }
    }
    needs
}

/// What a container reaches, by the hosts that its texts speak of.
fn of_container<'a>(
    reach: &mut Reach<'a>,
    fronts: &Fronts<'a>,
    from: PartyId,
    container: &'a Container,
    own: &BTreeSet<&str>,
    needs: &mut Needs,
) {
    let through_proxy = container.env.iter().any(|(name, _)| name.to_ascii_lowercase().ends_with("s_proxy"));
    let variables = container.env.iter().map(|(name, text)| (Some(&**name), text));
    for (variable, text) in variables.chain(container.arguments.iter().map(|text| (None, text))) {
        for mention in mentions(&text.value) {
            let key = mention.key.or(variable);
            let port = mention.port.or_else(|| beside(container, variable?));
            // What the name of a variable says is asked last: most texts speak of no host at all.
            match within(reach, fronts, from, &mention, key, port) {
                Some(_) if key.is_some_and(is_only_named) => {}
                Some(edges) => needs.edges.extend(edges.into_iter().map(|edge| Edge { at: text.at, ..edge })),
                None => {
                    let way = outside(reach, from, &mention);
                    let own = || own.contains(mention.host) || key.is_some_and(is_own_address);
                    needs.ways.extend(way.filter(|_| !through_proxy && !own()).map(|way| Way { at: text.at, ..way }));
                }
            }
        }
    }
}

/// The port in a variable beside one with a host: `DB_HOST` and `DB_PORT`.
fn beside(container: &Container, variable: &str) -> Option<u16> {
    let stem = variable.strip_suffix("HOST").or_else(|| variable.strip_suffix("host"))?;
    let is = |name: &str| name.strip_prefix(stem).is_some_and(|rest| rest.eq_ignore_ascii_case("port"));
    container.env.iter().find(|(name, _)| is(name)).and_then(|(_, port)| port.value.parse().ok())
}

/// The connections to a service that a mention means; none where it means no service.
fn within<'a>(
    reach: &mut Reach<'a>,
    fronts: &Fronts<'a>,
    from: PartyId,
    mention: &Mention<'_>,
    key: Option<&str>,
    port: Option<u16>,
) -> Option<Vec<Edge>> {
    let alone = !mention.host.contains('.');
    if alone && port.is_none() && mention.scheme.is_none() && !key.is_some_and(is_host_key) {
        return None;
    }
    let (namespace, name) = services(mention.host, reach.party(from).namespace, &reach.cluster.domain)
        .into_iter()
        .find(|(namespace, name)| fronts.has(namespace, name))?;
    let is = |one: &EdgePort, _: &str| port.is_none_or(|port| port == one.asked);
    let behind = match fronts.find(reach, namespace, name) {
        Some(front) => behind(reach, front, is),
        None => fronts.behind_endpoint(reach, namespace, name, port),
    };
    let to = behind.into_iter().filter(|(to, _)| *to != from);
    let edge =
        |(to, ports)| Edge { at: Place::default(), from, to, target: format!("`{name}` in `{namespace}`"), ports };
    Some(to.map(edge).collect())
}

/// The services that a host could be, the most likely first: by namespace and name.
fn services<'t>(host: &'t str, own: &'t str, domain: &str) -> Vec<(&'t str, &'t str)> {
    let within = host.strip_suffix(domain).and_then(|rest| rest.strip_suffix('.')).unwrap_or(host);
    let (within, is_service) = within.strip_suffix(".svc").map_or((within, false), |within| (within, true));
    let parts: Vec<&str> = within.split('.').collect();
    match *parts.as_slice() {
        [name] => vec![(own, name)],
        [name, namespace] if is_service => vec![(namespace, name)],
        // A pod of a service without an address of its own can stand before the name.
        [first, second] => vec![(second, first), (own, second)],
        [_, name, namespace] => vec![(namespace, name)],
        _ => Vec::new(),
    }
}

/// The way to a host on the internet that a mention means, if it is a url.
fn outside(reach: &Reach<'_>, from: PartyId, mention: &Mention<'_>) -> Option<Way> {
    let at = Place::default();
    mention.scheme?;
    let way = |address| Way { at, from, host: mention.host.into(), port: mention.port.unwrap_or(443), address };
    if let Ok(ip) = Ip::parse(mention.host) {
        let network = &reach.cluster.network;
        let within = network.pods.iter().chain(&network.services).any(|network| network.contains(ip));
        return (mention.port.is_some() && !within && !ip.is_loopback() && !ip.is_unspecified())
            .then(|| way(Some(Cidr::single(ip))));
    }
    let (rest, last) = mention.host.rsplit_once('.')?;
    let reserved = ["local", "svc", "internal", "lan", "home", "localhost", "test", "example", "invalid", "arpa"];
    let public = last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic()) && !reserved.contains(&last);
    let is_namespace = reach.namespace_labels(last).is_some() && !rest.contains('.');
    (mention.port.is_some() && public && !is_namespace && mention.host != "www.w3.org").then(|| way(None))
}
