//! Network policies and selectors.

use super::blocks::Space;
use super::kinds::texts;
use super::labels;
use super::scalar::{all_said, cidr, port, port_name, said, text};
use crate::Node;
use crate::model::{Expression, Foreign, Operator, Peer, Policy, PolicyPort, PolicyRule, Selector, Text};

/// A network policy.
pub fn policy<N: Node>(node: N, entity: usize) -> Policy {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let rules = |field: &str, peers: &str| {
        let rules = part(field).map(Node::items).unwrap_or_default();
        rules.into_iter().map(|node| rule(node, peers)).collect::<Vec<_>>()
    };
    let types = texts(part("policyTypes"));
    let says = |direction: &str| types.iter().any(|ty| &**ty == direction);
    // Where no types are written, ingress is always meant, and egress where there is a rule for it.
    let ingress = types.is_empty() || says("Ingress");
    let egress = says("Egress") || types.is_empty() && part("egress").is_some_and(|rules| !rules.items().is_empty());
    let idle =
        |field: &'static str| part(field).filter(|rules| !rules.items().is_empty()).map(|rules| (rules.place(), field));
    Policy {
        entity,
        idle: idle("ingress").filter(|_| !ingress).or(idle("egress").filter(|_| !egress)),
        pods: part("podSelector").map(selector).unwrap_or_default(),
        pods_at: part("podSelector").map_or(node.place(), Node::place),
        ingress: ingress.then(|| rules("ingress", "from")),
        egress: egress.then(|| rules("egress", "to")),
    }
}

fn rule<N: Node>(node: N, peers: &str) -> PolicyRule {
    PolicyRule {
        at: node.place(),
        peers: node.get(peers).map(Node::items).unwrap_or_default().into_iter().map(peer).collect(),
        ports: node.get("ports").map(Node::items).unwrap_or_default().into_iter().map(policy_port).collect(),
    }
}

fn peer<N: Node>(node: N) -> Peer {
    if let Some(block) = node.get("ipBlock") {
        let except = all_said(block.get("except"), cidr);
        return said(block.get("cidr"), cidr).map_or(Peer::Unreadable, |cidr| Peer::Block { cidr, except });
    }
    Peer::Pods {
        at: node.place(),
        namespaces: node.get("namespaceSelector").map(selector),
        pods: node.get("podSelector").map(selector),
    }
}

fn policy_port<N: Node>(node: N) -> PolicyPort {
    PolicyPort {
        at: node.place(),
        protocol: node.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into()),
        port: said(node.get("port"), port_name),
        end: node.get("endPort").and_then(port),
    }
}

/// A choice by labels.
pub fn selector<N: Node>(node: N) -> Selector {
    let expressions = node.get("matchExpressions").map(Node::items).unwrap_or_default();
    Selector {
        labels: node.get("matchLabels").map(labels).unwrap_or_default(),
        expressions: expressions.into_iter().filter_map(expression).collect(),
    }
}

/// A condition on a label.
pub fn expression<N: Node>(node: N) -> Option<Expression> {
    Some(Expression {
        key: node.get("key").and_then(text)?,
        operator: Operator::named(&node.get("operator").and_then(text)?)?,
        values: texts(node.get("values")),
    })
}

/// The policies in the block of a namespace that are of another one.
pub fn foreign<N: Node>(space: &Space<N>) -> Vec<Foreign> {
    let policies = space.node.get("networkpolicy").map(Node::items).unwrap_or_default();
    let told = |policy: N| {
        let namespace = said(policy.get("metadata")?.get("namespace"), text)?;
        let name = policy.get("metadata")?.get("name").and_then(text).or_else(|| policy.name().map(Text::from))?;
        Some(Foreign { name, written: space.name, namespace })
    };
    let foreign = policies.into_iter().filter_map(told);
    foreign.filter(|of| of.namespace.given && *of.namespace.value != *space.name).collect()
}
