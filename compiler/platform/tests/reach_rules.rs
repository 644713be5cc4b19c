//! Correct platforms are silent; each break at a random place is found by its rule. The platforms are plain data: services
//! that know each other by name, everything refused but what is needed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{Cidr, Ip};
use platform::model::{
    Cluster, Container, ContainerPort, Entity, Front, FrontPort, Host, Labels, Namespace, Peer, Pods, Policy,
    PolicyPort, PolicyRule, PortName, Said, Selector, Text,
};
use platform::{Place, Platform};
use proptest::prelude::*;

const NAME: &str = "kubernetes.io/metadata.name";

fn text(text: &str) -> Text {
    text.into()
}

fn said<T>(value: T) -> Said<T> {
    Said { value, at: Place::default(), given: true }
}

fn label(key: &str, value: &str) -> Labels {
    Labels::from([(text(key), text(value))])
}

fn choice(key: &str, value: &str) -> Selector {
    Selector { labels: label(key, value), expressions: Vec::new() }
}

fn at(port: u16, protocol: &str) -> PolicyPort {
    let port = Some(said(PortName::Number(port)));
    PolicyPort { at: Place::default(), protocol: text(protocol), port, end: None }
}

fn pods_of(space: &str, key: &str, value: &str) -> Peer {
    let namespaces = Some(choice(NAME, space));
    Peer::Pods { at: Place::default(), namespaces, pods: Some(choice(key, value)) }
}

fn rule(peer: Peer, ports: Vec<PolicyPort>) -> PolicyRule {
    PolicyRule { at: Place::default(), peers: vec![peer], ports }
}

/// How many services, in how many namespaces, and who reaches whom.
#[derive(Clone, Debug)]
struct Plan {
    services: usize,
    spaces: usize,
    edges: Vec<(usize, usize)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    (2usize..12, 1usize..4).prop_flat_map(|(services, spaces)| {
        let edges = proptest::collection::btree_set((0..services, 0..services), 1..12);
        edges.prop_map(move |edges| Plan {
            services,
            spaces,
            edges: edges.into_iter().filter(|(from, to)| from != to).collect(),
        })
    })
}

impl Plan {
    fn space(&self, service: usize) -> String {
        format!("space-{}", service % self.spaces)
    }
}

fn add(cluster: &mut Cluster, kind: &str, space: &str, name: &str) -> usize {
    let group = match kind {
        "Deployment" => "apps",
        "NetworkPolicy" => "networking.k8s.io",
        _ => "",
    };
    let (group, version, kind, namespace, name) = (text(group), text("v1"), text(kind), text(space), text(name));
    cluster.objects.push(Entity { group, version, kind, namespace, name, ..Entity::default() });
    cluster.objects.len() - 1
}

/// The policies are, by service: what it may reach, who may reach it.
fn cluster(plan: &Plan) -> Cluster {
    let mut cluster = Cluster { name: "lab".into(), domain: text("cluster.local"), ..Cluster::default() };
    cluster.cni.policies = true;
    cluster.cni.blocks_mean_pods = true;
    cluster.distribution.known = true;
    cluster.network.pods = vec![said(Cidr::parse("10.42.0.0/16").unwrap())];
    cluster.dns.namespace = text("kube-system");
    cluster.dns.pods = label("k8s-app", "kube-dns");
    for number in 0..plan.spaces {
        let name = text(&format!("space-{number}"));
        add(&mut cluster, "Namespace", "", &name);
        let labels = label(NAME, &name);
        cluster.namespaces.insert(name, Namespace { name, at: Place::default(), labels });
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); plan.services];
    let mut into = out.clone();
    for (from, to) in &plan.edges {
        out[*from].push(*to);
        into[*to].push(*from);
    }
    for number in 0..plan.services {
        service(&mut cluster, plan, number, &out[number], &into[number]);
    }
    cluster
}

fn service(cluster: &mut Cluster, plan: &Plan, number: usize, out: &[usize], into: &[usize]) {
    let (space, name) = (plan.space(number), format!("service-{number}"));
    let entity = add(cluster, "Deployment", &space, &name);
    let port = ContainerPort {
        at: Place::default(),
        name: text("http"),
        number: 8080,
        protocol: text("TCP"),
        host_port: None,
    };
    let variable = |to: &usize| {
        let url = format!("http://service-{to}.{}.svc.cluster.local:80/", plan.space(*to));
        (text(&format!("URL_{to}")), said(url.into()))
    };
    let env = out.iter().map(variable).collect();
    let containers = vec![Container { name: text("app"), ports: vec![port], env, ..Container::default() }];
    let labels = label("app", &name);
    cluster.pods.push(Pods { entity, labels: labels.clone(), containers, ..Pods::default() });
    let entity = add(cluster, "Service", &space, &name);
    cluster.fronts.push(Front {
        entity,
        kind: said(text("ClusterIP")),
        selector: Some(said(labels)),
        ports: vec![FrontPort {
            at: Place::default(),
            name: text("web"),
            number: 80,
            protocol: text("TCP"),
            target: said(PortName::Name(text("http"))),
            node_port: None,
            app_protocol: None,
        }],
        headless: false,
        on_hosts: false,
        inner: None,
        two_families: None,
        addresses: Vec::new(),
        pool: None,
        share: None,
        local: false,
        balancer: None,
        annotations: Default::default(),
    });
    let dns = rule(pods_of("kube-system", "k8s-app", "kube-dns"), vec![at(53, "UDP"), at(53, "TCP")]);
    let peer = |other: &usize| pods_of(&plan.space(*other), "app", &format!("service-{other}"));
    let line = |other: &usize| rule(peer(other), vec![at(8080, "TCP")]);
    let egress = std::iter::once(dns).chain(out.iter().map(line)).collect();
    let entity = add(cluster, "NetworkPolicy", &space, &format!("{name}-out"));
    let pods = choice("app", &name);
    let pods_at = Place::default();
    cluster.policies.push(Policy {
        idle: None,
        entity,
        pods: pods.clone(),
        pods_at,
        ingress: None,
        egress: Some(egress),
    });
    let entity = add(cluster, "NetworkPolicy", &space, &format!("{name}-in"));
    let ingress = into.iter().map(line).collect();
    cluster.policies.push(Policy { idle: None, entity, pods, pods_at, ingress: Some(ingress), egress: None });
}

/// The codes of what is found, of the groups that are about connections.
fn found(cluster: Cluster) -> Vec<&'static str> {
    let platform = Platform { clusters: vec![cluster], outputs: Vec::new() };
    let codes = platform::rules::check(&platform, 1).into_iter().map(|finding| finding.rule.code);
    codes.filter(|code| code.starts_with("reach/") || code.starts_with("policy/")).collect()
}

/// A break: what it does at a random connection, and the code that must come.
type Break = (&'static str, fn(&mut Cluster, (usize, usize)));

/// The rule of the policy of `own` that is about `other`.
fn line(cluster: &mut Cluster, own: usize, other: usize, out: bool) -> &mut PolicyRule {
    let policy = &mut cluster.policies[own * 2 + usize::from(!out)];
    let rules = if out { policy.egress.as_mut() } else { policy.ingress.as_mut() };
    let name = text(&format!("service-{other}"));
    let about = |peer: &Peer| match peer {
        Peer::Pods { pods: Some(pods), .. } => pods.labels.values().any(|value| *value == name),
        _ => false,
    };
    rules.unwrap().iter_mut().find(|rule| rule.peers.iter().any(about)).unwrap()
}

const BREAKS: [Break; 11] = [
    ("reach/blocked", |cluster, (from, to)| line(cluster, to, from, false).ports = vec![at(9, "TCP")]),
    ("reach/blocked", |cluster, (from, to)| line(cluster, from, to, true).ports = vec![at(8080, "UDP")]),
    ("reach/blocked", |cluster, (_, to)| cluster.policies[to * 2 + 1].ingress = Some(Vec::new())),
    ("reach/dns-blocked", |cluster, (from, _)| {
        cluster.policies[from * 2].egress.as_mut().unwrap()[0].ports.truncate(1);
    }),
    ("reach/dns-blocked", |cluster, (from, _)| {
        cluster.policies[from * 2].egress.as_mut().unwrap().remove(0);
    }),
    ("policy/service-port", |cluster, (from, to)| line(cluster, to, from, false).ports = vec![at(80, "TCP")]),
    ("policy/unknown-port", |cluster, (from, to)| {
        line(cluster, from, to, true).ports[0].port = Some(said(PortName::Name(text("web"))));
    }),
    ("policy/no-namespace", |cluster, (from, _)| {
        let peers = &mut cluster.policies[from * 2].egress.as_mut().unwrap()[0].peers;
        let Peer::Pods { namespaces, .. } = &mut peers[0] else { return };
        *namespaces = Some(choice("name", "kube-system"));
    }),
    ("policy/either", |cluster, (from, _)| {
        let peers = &mut cluster.policies[from * 2].egress.as_mut().unwrap()[0].peers;
        let Some(Peer::Pods { at, namespaces, pods }) = peers.pop() else { return };
        peers.push(Peer::Pods { at, namespaces, pods: None });
        peers.push(Peer::Pods { at, namespaces: None, pods });
    }),
    ("policy/selects-nothing", |cluster, (from, _)| cluster.policies[from * 2].pods = choice("app", "servise-0")),
    ("policy/not-enforced", |cluster, _| cluster.cni.policies = false),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_right_is_silent_and_each_break_is_found(plan in plan(), which in 0usize..100) {
        prop_assume!(!plan.edges.is_empty());
        let right = cluster(&plan);
        prop_assert_eq!(found(right.clone()), Vec::<&str>::new());
        let edge = plan.edges[which % plan.edges.len()];
        for (code, broken) in BREAKS {
            let mut cluster = right.clone();
            broken(&mut cluster, edge);
            let found = found(cluster);
            prop_assert!(found.contains(&code), "{} is not in {:?}", code, found);
        }
    }
}

/// One service that all the others reach, so that one namespace has a policy for each, and each has a rule for it.
fn hub(services: usize) -> Cluster {
    let edges = (1..services).flat_map(|one| [(one, 0), (one, one / 2)]).filter(|(from, to)| from != to);
    let mut edges: Vec<_> = edges.collect();
    edges.dedup();
    let mut cluster = cluster(&Plan { services, spaces: 50, edges });
    cluster.hosts = vec![Host { address: Some(said(Ip::parse("192.168.1.1").unwrap())), ..Host::default() }];
    cluster
}

#[test]
fn a_service_that_all_reach() {
    assert_eq!(found(hub(1_000)), Vec::<&str>::new());
}
