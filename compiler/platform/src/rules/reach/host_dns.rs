//! `reach/host-dns`: pods on the network of their host that ask it for names, and not the cluster.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashSet;

use crate::Place;
use crate::model::{Labels, Pods, Text};
use crate::reach::{home, mentions};
use crate::rules::{Findings, Indexed};

/// Who is on the network of its host asks where the host asks, unless it says otherwise.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    let is_usual = |pods: &&Pods| pods.names.as_ref().is_none_or(|policy| &*policy.value == "ClusterFirst");
    let mut on_hosts = cluster.pods.iter().filter(|pods| pods.host_network).filter(is_usual).peekable();
    if on_hosts.peek().is_none() {
        return;
    }
    let users: FxHashSet<(Text, &Labels)> = cluster.uses.iter().map(|one| (one.namespace, &one.pods)).collect();
    for pods in on_hosts {
        let Some(object) = cluster.objects.get(pods.entity) else { continue };
        let said = pods.names.as_ref().filter(|said| said.given).map(|said| said.at);
        let uses = users.contains(&(object.space(), &pods.labels));
        let Some(at) = said.or_else(|| named(indexed, pods)).or_else(|| uses.then_some(object.at)) else { continue };
        let at = if object.given { at } else { object.at };
        let message = format!(
            "the pods of {} are on the network of their host, and so ask it for names, and not the cluster",
            object.shown()
        );
        let label = if said.is_some() { "this is not so there" } else { "the host knows no such name" };
        let finding = Diagnostic::new(&rules::REACH_HOST_DNS, at, message).label(label);
        found.push(finding.help("write `dnsPolicy: ClusterFirstWithHostNet`"));
    }
}

/// Where pods name a service of the cluster.
fn named(indexed: &Indexed<'_>, pods: &Pods) -> Option<Place> {
    let cluster = indexed.cluster;
    let namespace = home(cluster, pods.entity);
    let is_service = |host: &str| {
        let (name, rest) = host.split_once('.').unwrap_or((host, ""));
        let space = rest.split('.').next().filter(|space| !space.is_empty());
        let known = |space: Text| Some(indexed.index.service(cluster, space, Text::known(name)?).is_some());
        let space = space.map_or(Some(namespace), Text::known);
        let is_plain = matches!(rest.split_once('.').map_or("", |(_, rest)| rest), "" | "svc")
            || rest.split_once(".svc.").is_some_and(|(_, domain)| *domain == *cluster.domain);
        is_plain && space.and_then(known).unwrap_or(false)
    };
    // A word alone is a name of a service only where something says that it is a host.
    let speaks = |key: Option<&str>, text: &str| {
        mentions::mentions(text).any(|mention| {
            let key = mention.key.or(key);
            let is_host = mention.scheme.is_some() || mention.port.is_some() || key.is_some_and(mentions::is_host_key);
            (is_host || mention.host.contains(".svc")) && is_service(mention.host)
        })
    };
    pods.containers.iter().chain(&pods.before).find_map(|container| {
        let env = container.env.iter().find(|(name, value)| speaks(Some(name), value)).map(|(_, value)| value.at);
        env.or_else(|| container.arguments.iter().find(|word| speaks(None, word)).map(|word| word.at))
    })
}
