//! Whether pods have room, against a second implementation that tries every way to place them.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use domain::{Bytes, Cpu};
use platform::Place;
use platform::capacity::{fits, survives};
use platform::model::{
    Cluster, Container, ContainerPort, Entity, Host, Labels, Pods, Resources, Said, Selector, Taint, Text, Toleration,
};
use proptest::prelude::*;

fn said<T>(value: T) -> Said<T> {
    Said { value, at: Place::default(), given: true }
}

fn host(number: usize, cpu: u32, memory: u32, zone: u8, tainted: bool) -> Host {
    let name: Text = format!("n{number}").into();
    let labels: Labels = [("kubernetes.io/hostname".into(), name), ("zone".into(), format!("z{zone}").into())].into();
    let taint = Taint { key: "own".into(), value: "".into(), effect: "NoSchedule".into() };
    Host {
        name,
        cpu: Some(said(Cpu::from_thousandths(cpu.into()).unwrap())),
        memory: Some(said(Bytes::from_count(memory.into()).unwrap())),
        labels,
        taints: if tainted { vec![taint] } else { Vec::new() },
        max_pods: 110,
        ..Host::default()
    }
}

#[derive(Clone, Debug)]
struct Wanted {
    replicas: u8,
    cpu: u32,
    memory: u32,
    zone: Option<u8>,
    apart: Option<bool>,
    tolerates: bool,
    port: bool,
}

fn add(cluster: &mut Cluster, number: usize, wanted: &Wanted) {
    let app: Text = format!("a{number}").into();
    let entity = cluster.objects.len();
    cluster.objects.push(Entity { kind: "Deployment".into(), name: app, ..Entity::default() });
    let requests = Resources {
        cpu: Some(said(Cpu::from_thousandths(wanted.cpu.into()).unwrap())),
        memory: Some(said(Bytes::from_count(wanted.memory.into()).unwrap())),
        ..Resources::default()
    };
    let port = ContainerPort {
        protocol: "TCP".into(),
        host_port: Some(said(80)),
        number: 80,
        name: "".into(),
        at: Place::default(),
    };
    let labels: Labels = [("app".into(), app)].into();
    let key: Text = if wanted.apart == Some(true) { "zone".into() } else { "kubernetes.io/hostname".into() };
    let toleration = Toleration { key: "own".into(), any_value: true, value: "".into(), effect: "".into() };
    cluster.pods.push(Pods {
        entity,
        replicas: Some(said(wanted.replicas.into())),
        labels: labels.clone(),
        containers: vec![Container {
            requests,
            ports: if wanted.port { vec![port] } else { Vec::new() },
            ..Container::default()
        }],
        on: wanted.zone.map(|zone| ("zone".into(), format!("z{zone}").into())).into_iter().collect(),
        apart: wanted.apart.map(|_| (Selector { labels, expressions: Vec::new() }, key)).into_iter().collect(),
        tolerations: if wanted.tolerates { vec![toleration] } else { Vec::new() },
        ..Pods::default()
    });
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let zone = proptest::option::weighted(0.2, 0u8..2);
    let apart = proptest::option::weighted(0.3, any::<bool>());
    (1u8..4, 1u32..8, 1u32..8, zone, apart, proptest::bool::weighted(0.3), proptest::bool::weighted(0.2)).prop_map(
        |(replicas, cpu, memory, zone, apart, tolerates, port)| Wanted {
            replicas,
            cpu: cpu * 100,
            memory,
            zone,
            apart,
            tolerates,
            port,
        },
    )
}

/// Tries every way.
fn can_be_placed(hosts: &[(u32, u32, u8, bool)], pods: &[(usize, &Wanted)], placed: &mut Vec<usize>) -> bool {
    let Some((kind, pod)) = pods.get(placed.len()) else {
        return true;
    };
    for (number, (cpu, memory, zone, tainted)) in hosts.iter().enumerate() {
        let there = || placed.iter().enumerate().filter(|(_, at)| **at == number).map(|(other, _)| pods[other].1);
        let room = there().map(|pod| pod.cpu).sum::<u32>() + pod.cpu <= *cpu
            && there().map(|pod| pod.memory).sum::<u32>() + pod.memory <= *memory;
        let suits = pod.zone.is_none_or(|wanted| wanted == *zone) && (!tainted || pod.tolerates);
        let port = !pod.port || !there().any(|other| other.port);
        let near = placed.iter().enumerate().any(|(other, at)| {
            let same = if pod.apart == Some(true) { hosts[*at].2 == *zone } else { *at == number };
            pods[other].0 == *kind && same
        });
        if room && suits && port && (pod.apart.is_none() || !near) {
            placed.push(number);
            if can_be_placed(hosts, pods, placed) {
                return true;
            }
            placed.pop();
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn as_every_way_says(
        hosts in proptest::collection::vec((4u32..16, 4u32..16, 0u8..2, proptest::bool::weighted(0.2)), 1..4),
        wanted in proptest::collection::vec(wanted(), 1..4),
        gone in 0usize..4,
    ) {
        let hosts: Vec<_> = hosts.into_iter().map(|(cpu, memory, zone, tainted)| (cpu * 100, memory, zone, tainted)).collect();
        let mut cluster = Cluster::default();
        for (number, (cpu, memory, zone, tainted)) in hosts.iter().enumerate() {
            cluster.hosts.push(host(number, *cpu, *memory, *zone, *tainted));
        }
        for (number, wanted) in wanted.iter().enumerate() {
            add(&mut cluster, number, wanted);
        }
        let pods: Vec<(usize, &Wanted)> = wanted
            .iter()
            .enumerate()
            .flat_map(|(number, wanted)| std::iter::repeat_n((number, wanted), wanted.replicas.into()))
            .collect();
        prop_assert_eq!(fits(&cluster).is_ok(), can_be_placed(&hosts, &pods, &mut Vec::new()));
        // Without a host: as if it had never been there, where nobody must stand apart.
        if gone < hosts.len() && hosts.len() > 1 && wanted.iter().all(|wanted| wanted.apart.is_none() && !wanted.port) {
            let mut left = hosts.clone();
            left.remove(gone);
            prop_assert_eq!(survives(&cluster, gone).is_ok(), can_be_placed(&left, &pods, &mut Vec::new()));
        }
    }
}

/// Ten thousand services on a thousand hosts.
#[test]
fn many() {
    let hosts = (0..1000).map(|number| host(number, 16_000, 64_000, (number % 3) as u8, false)).collect();
    let mut cluster = Cluster { hosts, ..Cluster::default() };
    for number in 0..10_000 {
        let size = (number % 7 + 1) as u32;
        let wanted = Wanted {
            replicas: 2,
            cpu: size * 100,
            memory: size * 400,
            zone: None,
            apart: (number % 10 == 0).then_some(false),
            tolerates: false,
            port: false,
        };
        add(&mut cluster, number, &wanted);
    }
    assert_eq!(fits(&cluster), Ok(()));
}
