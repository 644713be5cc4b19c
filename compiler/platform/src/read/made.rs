//! What comes of objects beside themselves: secrets of certificates, services of operators, and what nobody can see.

use super::references::{Kind, each, is, is_known};
use super::scalar::text;
use crate::Node;
use crate::model::{Cluster, Entity, Made, Maker, Text};

const SECRET: Kind = ("", "Secret");
const SERVICE: Kind = ("", "Service");
const NAMESPACE: Kind = ("", "Namespace");

/// That an object makes another.
struct Makes {
    by: Kind,
    what: Kind,
    /// Where the names stand, of which the first that is written counts; the object's own where none is.
    named: &'static [&'static str],
    /// What follows the name.
    ends: &'static [&'static str],
    /// Where the keys stand; nobody knows them where there is no such way.
    keys: &'static [&'static str],
    /// One of these must be written, or be what follows ` = `.
    when: &'static [&'static str],
}

const ONE: Makes = Makes { by: SECRET, what: SECRET, named: &[], ends: &[""], keys: &[], when: &[] };
const APPLICATION: Kind = ("argoproj.io", "Application");
const CREATES: &str = "spec syncPolicy syncOptions * = CreateNamespace=true";
const ISSUERS: &[&str] = &[
    "metadata annotations cert-manager.io/cluster-issuer",
    "metadata annotations cert-manager.io/issuer",
    "metadata annotations kubernetes.io/tls-acme",
];

const MAKES: &[Makes] = &[
    Makes {
        by: ("external-secrets.io", "ExternalSecret"),
        named: &["spec target name"],
        keys: &["spec data * secretKey"],
        ..ONE
    },
    Makes {
        by: ("bitnami.com", "SealedSecret"),
        named: &["spec template metadata name"],
        keys: &["spec encryptedData", "spec template data"],
        ..ONE
    },
    Makes { by: ("onepassword.com", "OnePasswordItem"), ..ONE },
    Makes { by: ("cert-manager.io", "Certificate"), named: &["spec secretName"], ..ONE },
    Makes { by: ("networking.k8s.io", "Ingress"), named: &["spec tls * secretName"], when: ISSUERS, ..ONE },
    Makes {
        by: ("gateway.networking.k8s.io", "Gateway"),
        named: &["spec listeners * tls certificateRefs * name"],
        when: ISSUERS,
        ..ONE
    },
    Makes {
        by: ("postgresql.cnpg.io", "Cluster"),
        ends: &["-app", "-superuser", "-ca", "-server", "-replication"],
        ..ONE
    },
    Makes { by: ("postgresql.cnpg.io", "Cluster"), what: SERVICE, ends: &["-rw", "-ro", "-r"], ..ONE },
    Makes { by: ("kafka.strimzi.io", "KafkaUser"), ..ONE },
    Makes {
        by: ("kafka.strimzi.io", "Kafka"),
        ends: &["-cluster-ca-cert", "-cluster-ca", "-clients-ca-cert", "-clients-ca"],
        ..ONE
    },
    Makes { by: ("kafka.strimzi.io", "Kafka"), what: SERVICE, ends: &["-kafka-bootstrap", "-kafka-brokers"], ..ONE },
    Makes {
        by: ("", "PersistentVolume"),
        what: ("storage.k8s.io", "StorageClass"),
        named: &["spec storageClassName"],
        ..ONE
    },
    Makes {
        by: ("helm.toolkit.fluxcd.io", "HelmRelease"),
        what: NAMESPACE,
        named: &["spec targetNamespace", "metadata namespace"],
        when: &["spec install createNamespace"],
        ..ONE
    },
    Makes {
        by: ("helm.cattle.io", "HelmChart"),
        what: NAMESPACE,
        named: &["spec targetNamespace"],
        when: &["spec createNamespace"],
        ..ONE
    },
    Makes { by: APPLICATION, what: NAMESPACE, named: &["spec destination namespace"], when: &[CREATES], ..ONE },
];

/// Objects whose work is to make others that nobody sees here, and where these will be.
const UNSEEN: &[(Kind, &[&str])] = &[
    (("helm.toolkit.fluxcd.io", "HelmRelease"), &["spec targetNamespace", "metadata namespace"]),
    (("helm.cattle.io", "HelmChart"), &["spec targetNamespace", "metadata namespace"]),
    (("argoproj.io", "Application"), &["spec destination namespace"]),
    (("argoproj.io", "ApplicationSet"), &[]),
    (("kustomize.toolkit.fluxcd.io", "Kustomization"), &["spec targetNamespace"]),
    (("fluxcd.controlplane.io", "ResourceSet"), &[]),
    (("external-secrets.io", "ClusterExternalSecret"), &[]),
];

/// Groups whose controllers make nothing that others name, beside what the tables say.
const QUIET: &[&str] = &[
    "toolkit.fluxcd.io",
    "external-secrets.io",
    "cert-manager.io",
    "monitoring.coreos.com",
    "metallb.io",
    "metallb.universe.tf",
    "traefik.io",
    "keda.sh",
    "kyverno.io",
    "projectcalico.org",
    "cilium.io",
    "velero.io",
    "networking.istio.io",
    "security.istio.io",
    "telemetry.istio.io",
];

/// Adds what comes of an object.
pub fn made<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, by: usize) {
    for makes in MAKES.iter().filter(|makes| is(entity, makes.by)) {
        let written = |ways: &[&str]| {
            ways.iter().any(|way| match way.split_once(" = ") {
                Some((way, value)) => ends(node, way).iter().any(|end| **end == *value),
                None => !ends(node, way).is_empty(),
            })
        };
        if !makes.when.is_empty() && !written(makes.when) {
            continue;
        }
        let told = makes.named.iter().map(|way| ends(node, way)).find(|names| !names.is_empty());
        let open = !written(makes.keys) || written(&["spec dataFrom", "spec target template"]);
        let keys = makes.keys.iter().flat_map(|way| keys(node, way));
        let keys: Option<Vec<Text>> = (!open).then(|| keys.collect());
        for name in told.unwrap_or_else(|| vec![entity.name]) {
            cluster.made.extend(makes.ends.iter().map(|end| Made {
                group: makes.what.0,
                kind: makes.what.1,
                namespace: if matches!(makes.what.1, "StorageClass" | "Namespace") {
                    "".into()
                } else {
                    entity.namespace
                },
                name: format!("{name}{end}").into(),
                keys: keys.clone(),
                at: entity.at,
            }));
        }
    }
    unseen(cluster, node, entity, by);
}

/// The texts at the ends of a way.
fn ends<N: Node>(node: N, way: &str) -> Vec<Text> {
    let mut found = Vec::new();
    each(node, way, &mut |end| match text(end) {
        Some(text) if &*text == "false" => {}
        Some(text) => found.push(text),
        None => found.extend((!end.items().is_empty()).then(|| Text::from(""))),
    });
    found
}

/// Keys: texts at the end of a way, or the fields of the record there.
fn keys<N: Node>(node: N, way: &str) -> Vec<Text> {
    let mut found = Vec::new();
    each(node, way, &mut |end| match text(end) {
        Some(text) => found.push(text),
        None => found.extend(end.entries().into_iter().map(|(key, _)| Text::from(key))),
    });
    found
}

fn unseen<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, by: usize) {
    if let Some((_, ways)) = UNSEEN.iter().find(|(kind, _)| is(entity, *kind)) {
        let namespace = ways.iter().find_map(|way| ends(node, way).into_iter().next());
        cluster.makers.push(Maker { by: Some(by), namespace, name: None, kind: None });
        return;
    }
    let is_custom = entity.group.contains('.') && !entity.group.ends_with(".k8s.io");
    if !is_custom || is_known(entity) || QUIET.iter().any(|group| entity.group.ends_with(group)) {
        return;
    }
    // An operator may make what carries the name of its resource, or what the resource speaks of.
    let namespace = Some(entity.namespace);
    cluster.makers.push(Maker { by: Some(by), namespace, name: Some(entity.name), kind: None });
    let mut told = Vec::new();
    node.get("spec").into_iter().for_each(|spec| texts(spec, 0, &mut told));
    cluster.makers.extend(told.into_iter().map(|name| Maker { by: Some(by), namespace, name: Some(name), kind: None }));
}

/// Texts in what a resource says that could be names.
fn texts<N: Node>(node: N, depth: usize, found: &mut Vec<Text>) {
    if depth > 12 {
        return;
    }
    for (_, part) in node.entries() {
        texts(part, depth + 1, found);
    }
    for item in node.items() {
        texts(item, depth + 1, found);
    }
    let is_name = |text: &Text| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        (3..=253).contains(&text.len()) && text.bytes().all(inner)
    };
    found.extend(text(node).filter(is_name));
}
