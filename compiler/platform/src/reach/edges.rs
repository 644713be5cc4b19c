//! Who must reach whom: by what is written in `uses`, and by the names that containers are given.

use std::collections::BTreeSet;
use std::fmt;

use domain::{Cidr, Ip};
use rustc_hash::FxHashMap;

use super::mentions::{Mention, is_host_key, is_only_named, is_own_address, mentions};
use super::{PartyId, Reach, Who, home};
use crate::Place;
use crate::model::{Cluster, Container, Front, Text};

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
    pub target: Target,
    /// The ports, of which one is enough.
    pub ports: Vec<EdgePort>,
}

/// What is reached, as it is called where that is written.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The path of an endpoint.
    Path(Text),
    /// A service, by its namespace and its name.
    Service(Text, Text),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Path(path) => write!(f, "`{path}`"),
            Target::Service(namespace, name) => write!(f, "`{name}` in `{namespace}`"),
        }
    }
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

/// Endpoints that are only written as such, by namespace and name.
pub struct Endpoints(FxHashMap<(Text, Text), usize>);

impl Endpoints {
    /// Those of a cluster.
    pub fn of(cluster: &Cluster) -> Endpoints {
        let named = cluster.endpoints.iter().zip(0..).filter_map(|(endpoint, number)| {
            Some(((endpoint.namespace, endpoint.host.split('.').next()?.into()), number))
        });
        Endpoints(named.collect())
    }

    fn has(&self, namespace: Text, name: Text) -> bool {
        self.0.contains_key(&(namespace, name))
    }

    /// The pods behind one.
    fn behind(
        &self,
        reach: &mut Reach<'_>,
        (namespace, name): (Text, Text),
        port: Option<u16>,
    ) -> Vec<(PartyId, Vec<EdgePort>)> {
        let endpoint = self.0.get(&(namespace, name)).and_then(|number| reach.cluster.endpoints.get(*number));
        let Some(endpoint) = endpoint.filter(|endpoint| port.is_none_or(|port| port == endpoint.number)) else {
            return Vec::new();
        };
        let ports = vec![EdgePort { asked: endpoint.number, number: endpoint.target, protocol: endpoint.protocol }];
        let parties = reach.pods_of(endpoint.namespace, &endpoint.pods);
        parties.into_iter().map(|party| (party, ports.clone())).collect()
    }
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
            let one = EdgePort { asked, number, protocol: port.protocol };
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
pub fn needs<'a>(reach: &mut Reach<'a>, endpoints: &Endpoints) -> Needs {
    let cluster = reach.cluster;
    let mut needs = Needs::default();
    for one in &cluster.uses {
        let port = EdgePort { asked: one.to.target, number: one.to.target, protocol: one.to.protocol };
        for from in reach.pods_of(one.namespace, &one.pods) {
            for to in reach.pods_of(one.to.namespace, &one.to.pods) {
                let target = Target::Path(Text::from(&one.to.path));
                needs.edges.push(Edge { at: one.at, from, to, target, ports: vec![port.clone()] });
            }
        }
    }
    for one in &cluster.externals {
        for from in reach.pods_of(one.namespace, &one.pods) {
            let address = one.address.as_ref().map(|address| address.value).filter(|address| address.prefix() > 0);
            needs.ways.push(Way { at: one.at, from, host: one.host, port: one.port, address });
        }
    }
    let own = cluster.ingresses.iter().flat_map(|ingress| &ingress.paths).map(|path| &*path.host).collect();
    for from in reach.written() {
        let Some(pods) = reach.party(from).pods else {
            continue;
        };
        for container in pods.containers.iter().chain(&pods.before) {
            of_container(reach, endpoints, from, container, &own, &mut needs);
        }
    }
    needs
}

/// What a container reaches, by the hosts that its texts speak of.
fn of_container<'a>(
    reach: &mut Reach<'a>,
    endpoints: &Endpoints,
    from: PartyId,
    container: &'a Container,
    own: &BTreeSet<&str>,
    needs: &mut Needs,
) {
    let through_proxy = container.env.iter().any(|(name, _)| is_proxy(name));
    let variables = container.env.iter().map(|(name, text)| (Some(&**name), text));
    for (variable, text) in variables.chain(container.arguments.iter().map(|text| (None, text))) {
        for mention in mentions(&text.value) {
            let key = mention.key.or(variable);
            let port = mention.port.or_else(|| beside(container, variable?));
            // What the name of a variable says is asked last: most texts speak of no host at all.
            match within(reach, endpoints, from, &mention, key, port) {
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

/// Whether a variable says through whom pods reach what is outside: `HTTPS_PROXY`.
fn is_proxy(name: &str) -> bool {
    const END: &str = "s_proxy";
    let end = name.len().checked_sub(END.len()).and_then(|from| name.get(from..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(END))
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
    endpoints: &Endpoints,
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
        .flatten()
        .find(|(namespace, name)| reach.service(*namespace, *name).is_some() || endpoints.has(*namespace, *name))?;
    let is = |one: &EdgePort, _: &str| port.is_none_or(|port| port == one.asked);
    let behind = match reach.service(namespace, name) {
        Some(front) => behind(reach, front, is),
        None => endpoints.behind(reach, (namespace, name), port),
    };
    let to = behind.into_iter().filter(|(to, _)| *to != from);
    let target = Target::Service(namespace, name);
    Some(to.map(|(to, ports)| Edge { at: Place::default(), from, to, target, ports }).collect())
}

/// The services that a host could be, the most likely first: by namespace and name.
fn services(host: &str, own: Text, domain: &str) -> [Option<(Text, Text)>; 2] {
    let within = host.strip_suffix(domain).and_then(|rest| rest.strip_suffix('.')).unwrap_or(host);
    let (within, is_service) = within.strip_suffix(".svc").map_or((within, false), |within| (within, true));
    let mut parts = within.split('.');
    let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
    // Of a name that nobody has, there is nothing.
    let known = |namespace: &str, name: &str| Some((Text::known(namespace)?, Text::known(name)?));
    let here = |name: &str| Some((own, Text::known(name)?));
    match parts {
        [Some(name), None, ..] => [here(name), None],
        [Some(name), Some(namespace), None, _] if is_service => [known(namespace, name), None],
        // A pod of a service without an address of its own can stand before the name.
        [Some(first), Some(second), None, _] => [known(second, first), here(second)],
        [_, Some(name), Some(namespace), None] => [known(namespace, name), None],
        _ => [None, None],
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
    let is_namespace = Text::known(last).and_then(|last| reach.namespace_labels(last)).is_some() && !rest.contains('.');
    (mention.port.is_some() && public && !is_namespace && mention.host != "www.w3.org").then(|| way(None))
}
