//! Laws of services, ingresses and network policies.

use domain::{Cidr, Ip};

use super::{Judge, at, conditions, list, word};
use crate::Node;
use crate::model::PortName;
use crate::read::scalar::{cidr, int, port, port_name};

/// A service says only what counts for its type.
pub fn service<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(spec) = node.get("spec") else {
        return;
    };
    let kind = word(spec, "type").unwrap_or_else(|| "ClusterIP".into());
    let opened = matches!(&*kind, "NodePort" | "LoadBalancer");
    if &*kind == "ExternalName" {
        return external(spec, judge);
    }
    let address = spec.get("clusterIP").filter(|_| word(spec, "clusterIP").is_some_and(|address| &*address == "None"));
    if let Some(address) = address.filter(|_| opened) {
        let text = format!("has no address of its own, and is of type `{kind}`");
        judge.tell(address.place(), text, "leave `clusterIP: None` out, or the type");
    }
    if let Some(said) = spec.get("externalTrafficPolicy").filter(|_| !opened && spec.get("externalIPs").is_none()) {
        let text = "says who answers what comes from outside, and is not reached from there";
        judge.tell(said.place(), text, "leave `externalTrafficPolicy` out, or say `type: LoadBalancer` or `NodePort`");
    }
    for said in list(spec, "ports").into_iter().filter_map(|port| port.get("nodePort")) {
        if !opened && int(said).is_some_and(|number| number != 0) {
            let text = "asks for a port of the hosts, and is of type `ClusterIP`";
            judge.tell(said.place(), text, "say `type: NodePort`, or leave `nodePort` out");
        }
    }
    let sources = spec.get("loadBalancerSourceRanges").filter(|ranges| !ranges.items().is_empty());
    if let Some(ranges) = sources.filter(|_| &*kind != "LoadBalancer") {
        let text = format!("says who may reach its address from outside, and is of type `{kind}`, which has none");
        judge.tell(ranges.place(), text, "say `type: LoadBalancer`, or let a network policy say who may come");
    }
    for range in list(spec, "loadBalancerSourceRanges") {
        let said = crate::read::scalar::text(range).unwrap_or_else(|| "".into());
        if cidr(range).is_none() && Cidr::parse(said.trim()).is_err() && !said.contains("${") {
            let help = match Ip::parse(said.trim()) {
                Ok(_) => {
                    format!("write `{}`", said.trim().to_owned() + if said.contains(':') { "/128" } else { "/32" })
                }
                Err(_) => "write networks such as `192.168.1.0/24`".to_owned(),
            };
            judge.tell(range.place(), format!("lets in `{said}`, which is no network"), help);
        }
    }
}

/// Another name for a service is a name.
fn external<N: Node>(spec: N, judge: &mut Judge<'_>) {
    let Some(said) = spec.get("externalName") else {
        return judge.tell(spec.place(), "is another name, and does not say for what", "write `externalName`");
    };
    let Some(name) = word(spec, "externalName") else {
        return;
    };
    if Ip::parse(&name).is_ok() {
        let help = "write a service without `selector`, and an `EndpointSlice` with the address";
        return judge.dead(
            said.place(),
            format!("is another name for `{name}`, which is an address and no name"),
            help,
        );
    }
    if !is_host(name.strip_suffix('.').unwrap_or(&name)) {
        let text = format!("is another name for `{name}`, which is no name of a host");
        judge.tell(said.place(), text, "write the name alone, without a protocol, a port or a path");
    }
}

/// Whether a text is labels with dots between.
fn is_host(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let label = |label: &str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        !ends && (1..=63).contains(&label.len()) && label.bytes().all(inner)
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// An ingress names hosts, paths from the root, and one port of a service.
pub fn ingress<N: Node>(node: N, judge: &mut Judge<'_>) {
    let annotation = at(node, &["metadata", "annotations", "kubernetes.io/ingress.class"]);
    let class = at(node, &["spec", "ingressClassName"]);
    let value = |node: Option<N>| node.and_then(crate::read::scalar::text);
    if let (Some(said), Some(old), Some(new)) = (annotation, value(annotation), value(class))
        && old != new
    {
        let text = format!("is of the class `{new}`, and of `{old}` by its annotation");
        judge.tell(said.place(), text, "leave the annotation `kubernetes.io/ingress.class` out");
    }
    let rules = node.get("spec").map(|spec| list(spec, "rules")).unwrap_or_default();
    for rule in rules {
        if let (Some(said), Some(host)) = (rule.get("host"), word(rule, "host").filter(|host| !host.is_empty())) {
            self::host(said, &host, judge);
        }
        for path in rule.get("http").map(|http| list(http, "paths")).unwrap_or_default() {
            if let (Some(said), Some(text)) = (path.get("path"), word(path, "path"))
                && !text.is_empty()
                && !text.starts_with('/')
            {
                judge.tell(
                    said.place(),
                    format!("leads the path `{text}`, which does not begin at the root"),
                    format!("write `/{text}`"),
                );
            }
            let port = at(path, &["backend", "service", "port"]);
            if let Some(port) = port.filter(|port| port.get("name").is_some() && port.get("number").is_some()) {
                let text = "leads to a port by its name and by its number";
                judge.tell(port.place(), text, "leave one of them out");
            }
        }
    }
}

fn host<N: Node>(said: N, host: &str, judge: &mut Judge<'_>) {
    let why = if Ip::parse(host).is_ok() {
        "an address, and must be a name"
    } else if !is_host(host.strip_prefix("*.").unwrap_or(host)) {
        "no name of a host"
    } else {
        return;
    };
    let help = match host {
        "*" => "leave `host` out: then every host is meant",
        _ if why.starts_with("an address") => "leave `host` out, or give the address a name",
        _ if host.contains('*') => "put `*` at the beginning alone: `*.example.org`",
        _ => "write the name alone, in small letters, without a protocol, a port or a path",
    };
    judge.tell(said.place(), format!("serves the host `{host}`, which is {why}"), help);
}

/// Peers are one thing, and ranges go up.
pub fn policy<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(spec) = node.get("spec") else {
        return;
    };
    spec.get("podSelector").into_iter().for_each(|choice| conditions(choice, judge));
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for rule in list(spec, rules) {
            list(rule, peers).into_iter().for_each(|peer| self::peer(peer, judge));
            list(rule, "ports").into_iter().for_each(|port| range(port, judge));
        }
    }
}

fn peer<N: Node>(peer: N, judge: &mut Judge<'_>) {
    let choices: Vec<N> =
        ["podSelector", "namespaceSelector"].into_iter().filter_map(|field| peer.get(field)).collect();
    choices.iter().for_each(|choice| conditions(*choice, judge));
    let Some(block) = peer.get("ipBlock") else {
        if choices.is_empty() {
            let help = "name pods, namespaces or a block of addresses; for everybody, leave the list of peers out";
            judge.tell(peer.place(), "has a peer that is nobody", help);
        }
        return;
    };
    if !choices.is_empty() {
        let text = "has a peer that is a block of addresses and a choice of pods at once";
        judge.tell(peer.place(), text, "make them two peers");
    }
    let Some(network) = block.get("cidr").and_then(cidr) else {
        return;
    };
    for except in list(block, "except") {
        if let Some(inner) = cidr(except).filter(|inner| *inner == network || !network.contains_cidr(*inner)) {
            let text = format!("excepts {inner} from {network}, of which it is no part");
            judge.tell(except.place(), text, "except networks that lie within the block");
        }
    }
}

fn range<N: Node>(said: N, judge: &mut Judge<'_>) {
    let (Some(end), Some(last)) = (said.get("endPort"), said.get("endPort").and_then(port)) else {
        return;
    };
    match said.get("port").and_then(port_name) {
        Some(PortName::Number(first)) if first <= last => {}
        Some(PortName::Number(first)) => {
            let text = format!("has a range of ports from {first} to {last}, which is none");
            judge.tell(end.place(), text, "let `endPort` be at least `port`");
        }
        Some(PortName::Name(name)) => {
            let text = format!("has a range of ports that begins at the name `{name}`");
            judge.tell(end.place(), text, "write the first port as a number");
        }
        None => judge.tell(end.place(), "has a range of ports that begins nowhere", "write `port`, the first of them"),
    }
}
