//! Objects that say which addresses there are and who announces them; and signs of what objects alone do not show.

use domain::{Cidr, Ip, IpRange};

use super::policy::selector;
use super::scalar::{all_said, cidr, range, said, text, truth};
use crate::Node;
use crate::model::{Announcement, Cluster, Entity, Pool, Said, Text, Unseen};

/// A pool of MetalLB. The one that a pool of the network became is that pool.
pub fn pool<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, entity: usize) {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let addresses = part("addresses").map(Node::items).unwrap_or_default();
    let truth_of = |field: &str, otherwise: bool| part(field).and_then(truth).unwrap_or(otherwise);
    let made = Pool {
        name: known.name,
        at: known.at,
        ranges: addresses.iter().filter_map(|address| said(Some(*address), range)).collect(),
        layer2: false,
        unread: addresses.iter().filter(|address| range(**address).is_none()).filter_map(unread).collect(),
        entity: Some(entity),
        automatic: truth_of("autoAssign", true),
        avoids_edges: truth_of("avoidBuggyIPs", false),
        narrow: part("serviceAllocation").is_some(),
    };
    add(cluster, made);
}

/// A pool of Cilium.
pub fn blocks<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, entity: usize) {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let blocks = part("blocks").map(Node::items).unwrap_or_default();
    let made = Pool {
        name: known.name,
        at: known.at,
        ranges: blocks.iter().filter_map(|block| said(Some(*block), self::block)).collect(),
        layer2: false,
        unread: blocks
            .iter()
            .filter_map(|block| unread(&block.get("cidr").filter(|cidr| range(*cidr).is_none())?))
            .collect(),
        entity: Some(entity),
        automatic: !part("disabled").and_then(truth).unwrap_or(false),
        avoids_edges: part("allowFirstLastIPs").and_then(text).is_some_and(|answer| &*answer == "No"),
        narrow: part("serviceSelector").is_some(),
    };
    add(cluster, made);
}

fn add(cluster: &mut Cluster, made: Pool) {
    match cluster.network.pools.iter_mut().find(|pool| pool.name == made.name && pool.entity.is_none()) {
        Some(pool) => {
            pool.entity = made.entity;
            pool.avoids_edges = made.avoids_edges;
        }
        None => cluster.network.pools.push(made),
    }
}

fn unread<N: Node>(node: &N) -> Option<Said<Text>> {
    said(Some(*node), text)
}

fn block<N: Node>(node: N) -> Option<IpRange> {
    let address = |field: &str| node.get(field).and_then(text).and_then(|text| Ip::parse(&text).ok());
    match node.get("cidr") {
        Some(network) => range(network),
        None => IpRange::new(address("start")?, address("stop").or_else(|| address("start"))?).ok(),
    }
}

/// Who announces which pools.
pub fn announcement<N: Node>(node: N, known: &Entity, entity: usize) -> Announcement {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let selectors = part("ipAddressPoolSelectors").map(Node::items).unwrap_or_default();
    Announcement {
        entity,
        layer2: &*known.kind == "L2Advertisement",
        pools: all_said(part("ipAddressPools"), text),
        selectors: selectors.into_iter().map(selector).collect(),
    }
}

/// A network of pods, as an object of Calico has it.
pub fn pods<N: Node>(node: N) -> Option<Said<Cidr>> {
    let spec = node.get("spec")?;
    let disabled = spec.get("disabled").and_then(truth).unwrap_or(false);
    if disabled { None } else { said(spec.get("cidr"), cidr) }
}

/// The networks of pods that Calico is installed with.
pub fn installation<N: Node>(node: N) -> Vec<Said<Cidr>> {
    let pools = || node.get("spec")?.get("calicoNetwork")?.get("ipPools");
    let pools = pools().map(Node::items).unwrap_or_default();
    pools.into_iter().filter_map(|pool| said(pool.get("cidr"), cidr)).collect()
}

/// Kinds whose objects make others in any namespace.
const DELIVERS: [&str; 6] = ["HelmRelease", "HelmChart", "Application", "ApplicationSet", "Kustomization", "Bundle"];

/// Groups of which no object makes pods, services or classes.
const QUIET: [&str; 16] = [
    "metallb.io",
    "cert-manager.io",
    "crd.projectcalico.org",
    "projectcalico.org",
    "cilium.io",
    "traefik.io",
    "networking.istio.io",
    "security.istio.io",
    "telemetry.istio.io",
    "external-secrets.io",
    "bitnami.com",
    "onepassword.com",
    "kyverno.io",
    "velero.io",
    "snapshot.storage.k8s.io",
    "source.toolkit.fluxcd.io",
];

/// Whether nobody makes pods because of an object of this group.
pub fn is_quiet(group: &str) -> bool {
    QUIET.contains(&group)
}

/// Whether nobody makes pods because of a kind: what the operator of Prometheus only reads.
pub fn is_plain(kind: &str) -> bool {
    matches!(kind, "ServiceMonitor" | "PodMonitor" | "Probe" | "PrometheusRule" | "AlertmanagerConfig" | "ScrapeConfig")
}

/// What an object says of others that are not seen.
pub fn note_unseen<N: Node>(unseen: &mut Unseen, known: &Entity, node: N) {
    let group = &*known.group;
    if !group.contains('.') || group.ends_with(".k8s.io") || is_quiet(group) || is_plain(&known.kind) {
        return;
    }
    unseen.namespaces.insert(known.namespace);
    if DELIVERS.contains(&&*known.kind) {
        unseen.everywhere = true;
        let chart = || {
            node.get("spec")?
                .get("chart")
                .and_then(|chart| text(chart).or_else(|| chart.get("spec")?.get("chart").and_then(text)))
        };
        let names = [Some(known.name), chart()];
        unseen.words.extend(names.into_iter().flatten().map(|word| Text::from(word.to_lowercase())));
    }
}
