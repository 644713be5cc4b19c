//! Reachability agrees with a second implementation that knows no index: the text of the API, word for word.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use platform::Place;
use platform::model::{
    Cluster, Container, ContainerPort, Entity, Expression, Labels, Namespace, Operator, Peer, Pods, Policy, PolicyPort,
    PolicyRule, PortName, Said, Selector, Text,
};
use platform::reach::{Reach, Who};
use proptest::prelude::*;

const SPACES: [&str; 3] = ["a", "b", "c"];
const KEYS: [&str; 3] = ["app", "tier", "team"];
const VALUES: [&str; 3] = ["x", "y", "z"];

fn text(text: &str) -> Text {
    text.into()
}

fn said<T>(value: T) -> Said<T> {
    Said { value, at: Place::default(), given: true }
}

fn labels() -> impl Strategy<Value = Labels> {
    some_labels(3)
}

fn some_labels(most: usize) -> impl Strategy<Value = Labels> {
    let keys = proptest::sample::select(&KEYS[..]).prop_map(text);
    let values = proptest::sample::select(&VALUES[..]).prop_map(text);
    proptest::collection::btree_map(keys, values, 0..=most).prop_map(|labels| labels.into_iter().collect())
}

fn expression() -> impl Strategy<Value = Expression> {
    let operators = [Operator::In, Operator::NotIn, Operator::Exists, Operator::DoesNotExist];
    let values = proptest::collection::vec(proptest::sample::select(&VALUES[..]).prop_map(text), 1..3);
    (proptest::sample::select(&KEYS[..]), proptest::sample::select(operators.to_vec()), values)
        .prop_map(|(key, operator, values)| Expression { key: text(key), operator, values })
}

fn selector() -> impl Strategy<Value = Selector> {
    (some_labels(2), proptest::collection::vec(expression(), 0..2))
        .prop_map(|(labels, expressions)| Selector { labels, expressions })
}

fn spaces() -> impl Strategy<Value = Selector> {
    let named = proptest::sample::select(&SPACES[..]).prop_map(|name| Selector {
        labels: Labels::from([(text("kubernetes.io/metadata.name"), text(name))]),
        expressions: Vec::new(),
    });
    let listed =
        proptest::collection::vec(proptest::sample::select(&SPACES[..]).prop_map(text), 1..3).prop_map(|values| {
            Selector {
                labels: Labels::default(),
                expressions: vec![Expression {
                    key: text("kubernetes.io/metadata.name"),
                    operator: Operator::In,
                    values,
                }],
            }
        });
    prop_oneof![named, listed, selector()]
}

fn peer() -> impl Strategy<Value = Peer> {
    let at = Place::default();
    prop_oneof![
        4 => (proptest::option::of(spaces()), proptest::option::of(selector()))
            .prop_map(move |(namespaces, pods)| Peer::Pods { at, namespaces, pods }),
        1 => prop_oneof![Just("0.0.0.0/0"), Just("10.0.0.0/8"), Just("192.168.0.0/16")].prop_map(|cidr| Peer::Block {
            cidr: said(cidr.parse_cidr()),
            except: Vec::new()
        }),
        1 => Just(Peer::Block { cidr: said("0.0.0.0/0".parse_cidr()), except: vec![said("10.0.0.0/8".parse_cidr())] }),
    ]
}

trait ParseCidr {
    fn parse_cidr(&self) -> domain::Cidr;
}

impl ParseCidr for str {
    fn parse_cidr(&self) -> domain::Cidr {
        domain::Cidr::parse(self).unwrap()
    }
}

fn port() -> impl Strategy<Value = PolicyPort> {
    let which = prop_oneof![
        Just((None, None)),
        (80u16..84).prop_map(|port| (Some(PortName::Number(port)), None)),
        (78u16..82).prop_map(|port| (Some(PortName::Number(port)), Some(port + 3))),
        prop_oneof![Just("web"), Just("rpc")].prop_map(|name| (Some(PortName::Name(text(name))), None)),
    ];
    (which, prop_oneof![Just("TCP"), Just("UDP")]).prop_map(|((port, end), protocol)| PolicyPort {
        at: Place::default(),
        protocol: text(protocol),
        port: port.map(said),
        end,
    })
}

fn rules() -> impl Strategy<Value = Option<Vec<PolicyRule>>> {
    let rule = (proptest::collection::vec(peer(), 0..3), proptest::collection::vec(port(), 0..3))
        .prop_map(|(peers, ports)| PolicyRule { at: Place::default(), peers, ports });
    proptest::option::of(proptest::collection::vec(rule, 0..3))
}

fn entity(cluster: &mut Cluster, kind: &str, namespace: &str) -> usize {
    let name = text(&format!("{}", cluster.objects.len()));
    let entity = Entity { kind: text(kind), namespace: text(namespace), name, ..Entity::default() };
    cluster.objects.push(entity);
    cluster.objects.len() - 1
}

/// Pods: their namespace, labels, whether they are on the host's network, and which port is called `web`.
type Some4 = (&'static str, Labels, bool, u16);

fn cluster() -> impl Strategy<Value = Cluster> {
    let pods: BoxedStrategy<Some4> =
        (proptest::sample::select(&SPACES[..]), labels(), proptest::bool::weighted(0.1), 80u16..84).boxed();
    let policy = (proptest::sample::select(&SPACES[..]), selector(), rules(), rules());
    (
        proptest::collection::vec(pods, 1..6),
        // More than are looked at one by one.
        proptest::collection::vec(policy, 0..40),
        proptest::collection::vec(labels(), 3),
        proptest::bool::weighted(0.9),
    )
        .prop_map(|(pods, policies, spaces, enforced)| {
            let mut cluster = Cluster::default();
            cluster.cni.policies = enforced;
            cluster.cni.blocks_mean_pods = true;
            cluster.distribution.known = true;
            cluster.network.pods = vec![said("10.42.0.0/16".parse_cidr())];
            for (name, mut labels) in SPACES.into_iter().zip(spaces) {
                labels.insert(text("kubernetes.io/metadata.name"), text(name));
                cluster.namespaces.insert(text(name), Namespace { name: text(name), at: Place::default(), labels });
            }
            for (namespace, labels, host_network, web) in pods {
                let entity = entity(&mut cluster, "Deployment", namespace);
                let port = ContainerPort {
                    at: Place::default(),
                    name: text("web"),
                    number: web,
                    protocol: text("TCP"),
                    host_port: None,
                };
                let containers = vec![Container { ports: vec![port], ..Container::default() }];
                cluster.pods.push(Pods { entity, labels, host_network, containers, ..Pods::default() });
            }
            for (namespace, pods, ingress, egress) in policies {
                let entity = entity(&mut cluster, "NetworkPolicy", namespace);
                cluster.policies.push(Policy { idle: None, entity, pods, pods_at: Place::default(), ingress, egress });
            }
            cluster
        })
}

/// The second implementation.
mod naive {
    use super::*;

    pub fn passes(cluster: &Cluster, own: &Pods, other: &Pods, target: &Pods, out: bool, port: u16) -> bool {
        if own.host_network || !cluster.cni.policies {
            return true;
        }
        let about: Vec<&Policy> = cluster
            .policies
            .iter()
            .filter(|policy| if out { policy.egress.is_some() } else { policy.ingress.is_some() })
            .filter(|policy| cluster.objects[policy.entity].namespace == cluster.objects[own.entity].namespace)
            .filter(|policy| policy.pods.matches(&own.labels))
            .collect();
        about.is_empty()
            || about.iter().any(|policy| {
                let rules = if out { &policy.egress } else { &policy.ingress };
                rules.iter().flatten().any(|rule| {
                    (rule.peers.is_empty() || rule.peers.iter().any(|peer| means(cluster, policy, other, peer)))
                        && (rule.ports.is_empty() || rule.ports.iter().any(|one| is(one, target, port)))
                })
            })
    }

    fn is(one: &PolicyPort, target: &Pods, port: u16) -> bool {
        &*one.protocol == "TCP"
            && match (&one.port.as_ref().map(|port| port.value.clone()), one.end) {
                (None, _) => true,
                (Some(PortName::Number(first)), Some(last)) => *first <= port && port <= last,
                (Some(PortName::Number(number)), None) => *number == port,
                (Some(PortName::Name(name)), _) => {
                    target.containers[0].ports[0].name == *name && target.containers[0].ports[0].number == port
                }
            }
    }

    fn means(cluster: &Cluster, policy: &Policy, pods: &Pods, peer: &Peer) -> bool {
        let space = &cluster.objects[pods.entity].namespace;
        match peer {
            Peer::Unreadable => false,
            Peer::Pods { .. } if pods.host_network => false,
            Peer::Pods { namespaces, pods: chosen, .. } => {
                namespaces.as_ref().map_or(cluster.objects[policy.entity].namespace == *space, |namespaces| {
                    namespaces.matches(&cluster.namespaces[space].labels)
                }) && chosen.as_ref().is_none_or(|chosen| chosen.matches(&pods.labels))
            }
            Peer::Block { cidr, except } => {
                let address = domain::Ip::parse(if pods.host_network { "192.168.1.1" } else { "10.42.0.7" }).unwrap();
                cidr.contains(address) && !except.iter().any(|one| one.contains(address))
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn agrees_with_the_text_of_the_api(mut cluster in cluster()) {
        let host = |address: &str| platform::model::Host {
            address: Some(said(domain::Ip::parse(address).unwrap())),
            ..platform::model::Host::default()
        };
        cluster.hosts = vec![host("192.168.1.1"), host("192.168.1.2")];
        let reach = Reach::new(&cluster);
        let all: Vec<_> = reach.written().collect();
        for (one, from) in cluster.pods.iter().zip(&all) {
            for (other, to) in cluster.pods.iter().zip(&all) {
                for port in 79..85 {
                    let answer = reach.may(Who::Pods(*from), Who::Pods(*to), port, "TCP");
                    let out = naive::passes(&cluster, one, other, other, true, port);
                    let into = naive::passes(&cluster, other, one, other, false, port);
                    prop_assert_eq!(answer.is_allowed(), out && into);
                    prop_assert_eq!(answer.is_blocked(), !(out && into));
                    let refusing: Vec<_> = answer.refusing().collect();
                    prop_assert_eq!(refusing.len(), usize::from(!out) + usize::from(!into));
                }
            }
        }
    }
}
