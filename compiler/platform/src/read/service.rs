//! Services of Kubernetes.

use domain::Ip;

use super::labels;
use super::scalar::{int, ip, port, port_name, said, text, truth};
use crate::model::{Front, FrontPort, PortName, Said, Text};
use crate::{Node, Place};

/// Annotations by which a service asks for an address, the older one last.
const ADDRESS: [&str; 4] = [
    "metallb.io/loadBalancerIPs",
    "metallb.universe.tf/loadBalancerIPs",
    "lbipam.cilium.io/ips",
    "kube-vip.io/loadbalancerIPs",
];
const SHARE: [&str; 3] =
    ["metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip", "lbipam.cilium.io/sharing-key"];
const POOL: [&str; 2] = ["metallb.io/address-pool", "metallb.universe.tf/address-pool"];

/// A service.
pub fn front<N: Node>(node: N, entity: usize) -> Option<Front> {
    let spec = node.get("spec")?;
    let annotations = node.get("metadata").and_then(|metadata| metadata.get("annotations"));
    let annotation = |keys: &[&str]| keys.iter().find_map(|key| annotations?.get(key));
    let kind = said(spec.get("type"), text);
    let requested = said(spec.get("loadBalancerIP"), ip);
    let ports = spec.get("ports").map(Node::items).unwrap_or_default();
    let chosen = spec.get("selector").filter(|selector| !selector.entries().is_empty());
    Some(Front {
        entity,
        kind: kind.unwrap_or(Said { value: "ClusterIP".into(), at: node.place(), given: false }),
        selector: said(chosen, |selector| Some(labels(selector))),
        ports: ports.into_iter().filter_map(front_port).collect(),
        headless: spec.get("clusterIP").and_then(text).is_some_and(|address| &*address == "None"),
        inner: said(spec.get("clusterIP"), ip),
        two_families: two_families(spec),
        addresses: requested.into_iter().chain(annotation(&ADDRESS).map(addresses).unwrap_or_default()).collect(),
        pool: said(annotation(&POOL), text),
        share: said(annotation(&SHARE), text),
        on_hosts: spec.get("allocateLoadBalancerNodePorts").and_then(truth).unwrap_or(true),
        local: spec.get("externalTrafficPolicy").and_then(text).is_some_and(|policy| &*policy == "Local"),
        balancer: said(spec.get("loadBalancerClass"), text),
        annotations: annotations.map(super::annotations).unwrap_or_default(),
    })
}

/// Where a service says that it must have addresses of two families.
fn two_families<N: Node>(spec: N) -> Option<Place> {
    let policy = spec.get("ipFamilyPolicy")?;
    (text(policy).as_deref() == Some("RequireDualStack")).then(|| policy.place())
}

/// Addresses in one text, with commas between.
fn addresses<N: Node>(node: N) -> Vec<Said<Ip>> {
    let listed: Text = text(node).unwrap_or_else(|| "".into());
    let parsed = listed.split(',').filter_map(|address| Ip::parse(address.trim()).ok());
    parsed.map(|value| Said { value, at: node.place(), given: node.given() }).collect()
}

fn front_port<N: Node>(node: N) -> Option<FrontPort> {
    let number = node.get("port").and_then(port)?;
    let itself = Said { value: PortName::Number(number), at: node.place(), given: node.given() };
    Some(FrontPort {
        at: node.place(),
        name: node.get("name").and_then(text).unwrap_or_else(|| "".into()),
        number,
        protocol: node.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into()),
        target: said(node.get("targetPort"), port_name).unwrap_or(itself),
        node_port: said(node.get("nodePort"), int),
        app_protocol: node.get("appProtocol").and_then(text),
    })
}
