//! What must hold of everything that is chosen for `auto`.

#![allow(clippy::expect_used, reason = "a test may fail")]

use domain::{Cidr, Ip, IpRange};
use platform::auto::{Block, Chosen, Request, Source, choose};
use platform::model::{Balancer, Cluster, Host, Pool, Said};
use platform::{Place, Platform};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is fixed in a cluster: by the last numbers of addresses in 10.0.0.0/24.
#[derive(Clone, Debug)]
struct Fixed {
    hosts: BTreeSet<u8>,
    gateway: Option<u8>,
    dhcp: (u8, u8),
    pool: (u8, u8),
}

fn said<T>(value: T) -> Said<T> {
    Said { value, at: Place::default(), given: true }
}

fn address(last: u8) -> Ip {
    Ip::parse(&format!("10.0.0.{last}")).expect("an address")
}

fn range((one, other): (u8, u8)) -> IpRange {
    IpRange::new(address(one.min(other)), address(one.max(other))).expect("a range")
}

fn cluster(fixed: &Fixed) -> Cluster {
    let host = |last: &u8| Host { address: Some(said(address(*last))), ..Host::default() };
    let pool = Pool {
        name: "lan".into(),
        at: Place::default(),
        ranges: vec![said(range(fixed.pool))],
        layer2: true,
        unread: Vec::new(),
        entity: None,
        automatic: true,
        avoids_edges: false,
        narrow: false,
    };
    let mut cluster = Cluster { name: "lab".into(), ..Cluster::default() };
    cluster.hosts = fixed.hosts.iter().map(host).collect();
    cluster.network.nodes = Some(said(Cidr::parse("10.0.0.0/24").expect("a network")));
    cluster.network.gateway = fixed.gateway.map(|last| said(address(last)));
    cluster.network.dhcp = Some(said(range(fixed.dhcp)));
    cluster.network.pools = vec![pool];
    cluster.network.node_ports = Some(said((30000, 30040)));
    cluster.balancer = Some(Balancer {
        schema: "MetalLB",
        at: Place::default(),
        version: None,
        on_hosts: false,
        pools: true,
        shares: true,
    });
    cluster
}

const NETWORKS: &str = "10.64.0.0/10";

/// Somebody who asks, by a number: what they ask for follows from it.
fn request(number: u16) -> Request {
    let source = match number % 5 {
        0 | 1 => Source::Hosts,
        2 => Source::Pools,
        3 => Source::NodePorts,
        _ => Source::parse(&["networks", NETWORKS, "16"]).expect("a source"),
    };
    let share = (number % 35 == 2).then(|| "word".into());
    let path = format!("lab.x-{number}");
    Request { path, source, kept: None, cluster: Some("lab".into()), pool: None, share }
}

/// Asks until nothing new is chosen, as who evaluates a platform does.
fn settle(fixed: &Fixed, kept: &BTreeMap<String, Chosen>, numbers: &[u16]) -> BTreeMap<String, Chosen> {
    let platform = Platform { clusters: vec![cluster(fixed)], ..Platform::default() };
    let mut requests: Vec<Request> = numbers.iter().map(|number| request(*number)).collect();
    for request in &mut requests {
        request.kept = kept.get(&request.path).copied();
    }
    loop {
        let answer = choose(&platform, &requests, &[]);
        if answer.chosen.is_empty() {
            break;
        }
        for (number, value) in answer.chosen {
            requests[number].kept = Some(value);
        }
    }
    requests.into_iter().filter_map(|request| Some((request.path, request.kept?))).collect()
}

fn fixed() -> impl Strategy<Value = Fixed> {
    let hosts = prop::collection::btree_set(1_u8..255, 0..20);
    let gateway = prop::option::of(1_u8..255);
    (hosts, gateway, (1_u8..255, 1_u8..255), (1_u8..255, 1_u8..255)).prop_map(|(hosts, gateway, dhcp, pool)| Fixed {
        hosts,
        gateway,
        dhcp,
        pool,
    })
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::btree_set(0_u16..200, 0..60).prop_map(|numbers| numbers.into_iter().collect())
}

proptest! {
    #[test]
    fn nobody_gets_what_somebody_has(fixed in fixed(), numbers in numbers()) {
        let chosen = settle(&fixed, &BTreeMap::new(), &numbers);
        let mut seen = BTreeSet::new();
        for number in &numbers {
            let request = request(*number);
            let Some(value) = chosen.get(&request.path) else { continue };
            prop_assert!(seen.insert(*value) || request.share.is_some(), "{value} twice");
            match (request.source, value) {
                (Source::NodePorts, Chosen::Port(port)) => prop_assert!((30000..=30040).contains(port)),
                (Source::Networks(Block { within, prefix }, _), Chosen::Cidr(network)) => {
                    prop_assert!(within.contains_cidr(*network) && network.prefix() == prefix);
                }
                (Source::Hosts, Chosen::Ip(ip)) => {
                    let last = (ip.bits() % 256) as u8;
                    prop_assert!(last != 0 && last != 255);
                    prop_assert!(!range(fixed.dhcp).contains(*ip) && !range(fixed.pool).contains(*ip));
                    prop_assert!(!fixed.hosts.contains(&last) && fixed.gateway != Some(last));
                }
                (Source::Pools, Chosen::Ip(ip)) => {
                    let last = (ip.bits() % 256) as u8;
                    prop_assert!(range(fixed.pool).contains(*ip));
                    prop_assert!(!fixed.hosts.contains(&last) && fixed.gateway != Some(last));
                }
                (source, value) => prop_assert!(false, "{source:?} gave {value}"),
            }
        }
    }

    /// Who is asked for nothing although something is free would be reported wrongly.
    #[test]
    fn nothing_is_refused_while_something_is_free(fixed in fixed(), numbers in numbers()) {
        let chosen = settle(&fixed, &BTreeMap::new(), &numbers);
        let hosts = numbers.iter().map(|number| request(*number)).filter(|request| request.source == Source::Hosts);
        if hosts.into_iter().any(|request| !chosen.contains_key(&request.path)) {
            let has = |ip: Ip| chosen.values().any(|value| *value == Chosen::Ip(ip));
            let free = (1_u8..255).map(address).find(|ip| {
                let last = (ip.bits() % 256) as u8;
                let is_fixed = fixed.hosts.contains(&last) || fixed.gateway == Some(last);
                let left = fixed.gateway.is_none() && last == 1;
                !is_fixed && !left && !has(*ip) && !range(fixed.dhcp).contains(*ip) && !range(fixed.pool).contains(*ip)
            });
            prop_assert_eq!(free, None);
        }
    }

    #[test]
    fn more_of_them_renumber_nobody(fixed in fixed(), numbers in numbers(), more in numbers()) {
        let before = settle(&fixed, &BTreeMap::new(), &numbers);
        let all: Vec<u16> = numbers.iter().chain(&more).copied().collect::<BTreeSet<_>>().into_iter().collect();
        let after = settle(&fixed, &before, &all);
        for (path, value) in &before {
            prop_assert_eq!(after.get(path), Some(value));
        }
        let fewer: Vec<u16> = all.iter().copied().filter(|number| number % 2 == 0).collect();
        for (path, value) in settle(&fixed, &after, &fewer) {
            prop_assert_eq!(after.get(&path).unwrap_or(&value), &value);
        }
    }

    #[test]
    fn what_is_kept_stays_whatever_becomes_fixed(one in fixed(), other in fixed(), numbers in numbers()) {
        let before = settle(&one, &BTreeMap::new(), &numbers);
        let after = settle(&other, &before, &numbers);
        for (path, value) in before {
            let is_host = !matches!(value, Chosen::Ip(ip) if range(one.pool).contains(ip));
            if is_host {
                prop_assert_eq!(after.get(&path), Some(&value));
            }
        }
    }

    #[test]
    fn the_order_of_asking_means_nothing(fixed in fixed(), numbers in numbers()) {
        let turned: Vec<u16> = numbers.iter().rev().copied().collect();
        prop_assert_eq!(settle(&fixed, &BTreeMap::new(), &numbers), settle(&fixed, &BTreeMap::new(), &turned));
    }
}

/// Five thousand at once: what grows with the square of it takes minutes, and this takes none.
#[test]
fn thousands_are_chosen_at_once() {
    let mut lab = Cluster { name: "lab".into(), ..Cluster::default() };
    lab.network.nodes = Some(said(Cidr::parse("10.0.0.0/16").expect("a network")));
    let platform = Platform { clusters: vec![lab], ..Platform::default() };
    let mut requests: Vec<Request> = (0..5000).map(|number| request(number * 5)).collect();
    for source in [Source::Hosts, Source::NodePorts] {
        requests.iter_mut().for_each(|request| request.source = source);
        let count = if source == Source::Hosts { 5000 } else { 2768 };
        let answer = choose(&platform, &requests, &[]);
        let values: BTreeSet<Chosen> = answer.chosen.iter().map(|(_, value)| *value).collect();
        assert_eq!((answer.chosen.len(), values.len()), (count, count));
        assert_eq!(answer.refused.len(), usize::from(count < 5000));
    }
}
