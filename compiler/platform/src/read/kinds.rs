//! Objects of Kubernetes by their kinds: one line in a list says who reads a kind.

use super::scalar::{bytes, int, port, said, text};
use super::{
    ObjectSource, ask, certificate, charts, delivery, files, gateway, made, needs, network, outside, pods, policy,
    quota, references, rhythm, rights, routes, scale, service, texts as held,
};
use crate::Node;
use crate::model::{
    Budget, Claim, Cluster, Entity, Ingress, IngressClass, IngressPath, Namespace, Persistent, PortName, Storage, Text,
};

/// Adds an object to the model.
pub fn add<N: Node>(cluster: &mut Cluster, object: &ObjectSource<N>) {
    let entity = cluster.objects.len();
    let mut known = object.entity();
    let node = object.node;
    match (&*object.group, &*object.kind) {
        ("", "Namespace") => namespace(cluster, &known),
        ("", "ConfigMap" | "Secret") => known.keys = Some(keys(node)),
        ("", "Service") => cluster.fronts.extend(service::front(node, entity)),
        ("", "PersistentVolumeClaim") => cluster.claims.push(claim(node, entity)),
        ("", "PersistentVolume") => cluster.persistents.push(persistent(node, entity)),
        ("", "ResourceQuota") => cluster.quotas.extend(quota::quota(node, entity)),
        ("", "LimitRange") => cluster.ranges.push(quota::range(node, entity)),
        ("networking.k8s.io", "NetworkPolicy") => cluster.policies.push(policy::policy(node, entity)),
        ("networking.k8s.io", "Ingress") => cluster.ingresses.push(ingress(node, entity)),
        ("networking.k8s.io", "IngressClass") => cluster.ingress_classes.push(ingress_class(node, &known)),
        ("storage.k8s.io", "StorageClass") => cluster.storage.push(storage(node, &known)),
        (
            "admissionregistration.k8s.io" | "apiregistration.k8s.io" | "apiextensions.k8s.io",
            "ValidatingWebhookConfiguration"
            | "MutatingWebhookConfiguration"
            | "APIService"
            | "CustomResourceDefinition",
        ) => cluster.hooks.extend(ask::hooks(node, &known, entity)),
        ("monitoring.coreos.com", "Prometheus") => cluster.scrapers.push(ask::scraper(node, &known, entity)),
        ("monitoring.coreos.com", "ServiceMonitor") => cluster.monitors.extend(ask::monitor(node, &known, entity)),
        ("monitoring.coreos.com", "PodMonitor") => {
            cluster.pod_monitors.extend(ask::pod_monitor(node, &known, entity));
        }
        ("autoscaling", "HorizontalPodAutoscaler") => scale::autoscaler(cluster, node, &known, entity),
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") => scale::resized(cluster, node, &known, entity),
        ("keda.sh", "ScaledObject") => scale::scaled(cluster, node, &known, entity),
        ("policy", "PodDisruptionBudget") => cluster.budgets.push(budget(node, entity)),
        ("metallb.io", "IPAddressPool") => network::pool(cluster, node, &known, entity),
        ("cilium.io", "CiliumLoadBalancerIPPool") => network::blocks(cluster, node, &known, entity),
        ("metallb.io", "L2Advertisement" | "BGPAdvertisement") => {
            cluster.announcements.push(network::announcement(node, &known, entity));
        }
        ("crd.projectcalico.org" | "projectcalico.org", "IPPool") => cluster.cni.pools.extend(network::pods(node)),
        ("operator.tigera.io", "Installation") => cluster.cni.pools.extend(network::installation(node)),
        _ => {}
    }
    network::note_unseen(&mut cluster.unseen, &known, node);
    cluster.filled.extend(filled(node, &known));
    let spec = pods::spec(node, &known);
    references::references(node, spec, &known, entity, &mut cluster.references);
    files::files(spec, &known, entity, &mut cluster.references);
    needs::object(cluster, node, &known);
    charts::object(cluster, node, &known, entity);
    outside::outside(cluster, node, &known, entity);
    delivery::step(cluster, node, &known, entity);
    delivery::directory(cluster, node, &known, entity);
    rhythm::rhythm(cluster, node, &known, entity);
    made::made(cluster, node, &known, entity);
    rights::note(cluster, node, &known, entity);
    certificate::note(cluster, node, &known, entity);
    routes::routes(cluster, node, &known, entity);
    gateway::note(cluster, node, &known, entity);
    delivery::project(cluster, node, &known, entity);
    cluster.pods.extend(pods::pods(node, &known, entity));
    held::texts(cluster, node, &known, entity);
    crate::laws::broken(node, &known, entity, &mut cluster.broken);
    cluster.objects.push(known);
}

/// The namespaces in which something makes pods because of an object, if it is one of somebody's own kind.
fn filled<N: Node>(node: N, known: &Entity) -> Vec<Text> {
    let is_own = known.group.contains('.') && !known.group.ends_with(".k8s.io");
    // These make no pods.
    let is_plain = network::is_plain(&known.kind) || &*known.kind == "NetworkPolicy" || network::is_quiet(&known.group);
    if !is_own || is_plain {
        return Vec::new();
    }
    let spec = node.get("spec");
    let target = || spec?.get("targetNamespace").and_then(text);
    let destination = || spec?.get("destination")?.get("namespace").and_then(text);
    [Some(known.namespace), target(), destination()].into_iter().flatten().collect()
}

fn namespace(cluster: &mut Cluster, entity: &Entity) {
    let mut labels = entity.labels.clone();
    labels.insert("kubernetes.io/metadata.name".into(), entity.name);
    let fresh = || Namespace { name: entity.name, at: entity.at, labels: labels.clone() };
    // What the object says is what the cluster will have.
    cluster.namespaces.entry(entity.name).or_insert_with(fresh).labels = labels.clone();
}

fn keys<N: Node>(node: N) -> Vec<Text> {
    let fields = ["data", "binaryData", "stringData"].into_iter().filter_map(|field| node.get(field));
    fields.flat_map(Node::entries).map(|(key, _)| key.into()).collect()
}

fn claim<N: Node>(node: N, entity: usize) -> Claim {
    let spec = node.get("spec");
    let size = spec.and_then(|spec| spec.get("resources")?.get("requests")?.get("storage"));
    Claim {
        entity,
        class: said(spec.and_then(|spec| spec.get("storageClassName")), text),
        access: texts(spec.and_then(|spec| spec.get("accessModes"))),
        size: said(size, bytes),
        volume: said(spec.and_then(|spec| spec.get("volumeName")), text).filter(|name| !name.is_empty()),
    }
}

fn persistent<N: Node>(node: N, entity: usize) -> Persistent {
    let spec = node.get("spec");
    let size = spec.and_then(|spec| spec.get("capacity")?.get("storage"));
    Persistent {
        entity,
        on_any: said(spec.and_then(|spec| spec.get("nodeAffinity")?.get("required")), |node| Some(pods::terms(node))),
        class: spec.and_then(|spec| spec.get("storageClassName")).and_then(text).unwrap_or_else(|| "".into()),
        access: texts(spec.and_then(|spec| spec.get("accessModes"))),
        size: size.and_then(bytes),
    }
}

/// A list of texts.
pub fn texts<N: Node>(node: Option<N>) -> Vec<Text> {
    node.map(Node::items).unwrap_or_default().into_iter().filter_map(text).collect()
}

fn ingress<N: Node>(node: N, entity: usize) -> Ingress {
    let annotations = node
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"))
        .map(super::annotations)
        .unwrap_or_default();
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let by_annotation = || {
        let value = node.get("metadata")?.get("annotations")?.get("kubernetes.io/ingress.class");
        said(value, text)
    };
    let rules = part("rules").map(Node::items).unwrap_or_default();
    let tls = part("tls").map(Node::items).unwrap_or_default();
    Ingress {
        entity,
        class: said(part("ingressClassName"), text).or_else(by_annotation),
        paths: rules.into_iter().flat_map(paths).collect(),
        tls: tls.into_iter().flat_map(served).collect(),
        default: part("defaultBackend").and_then(|backend| leads(backend, "", "", "ImplementationSpecific")),
        annotations,
    }
}

fn paths<N: Node>(rule: N) -> Vec<IngressPath> {
    let host = rule.get("host").and_then(text).unwrap_or_else(|| "".into());
    let paths = rule.get("http").and_then(|http| http.get("paths")).map(Node::items).unwrap_or_default();
    let path = |path: N| {
        let way = path.get("path").and_then(text).unwrap_or_else(|| "/".into());
        let kind = path.get("pathType").and_then(text).unwrap_or_else(|| "ImplementationSpecific".into());
        Some(IngressPath { at: path.place(), ..leads(path.get("backend")?, &host, &way, &kind)? })
    };
    paths.into_iter().filter_map(path).collect()
}

/// Where a backend leads.
fn leads<N: Node>(backend: N, host: &str, path: &str, kind: &str) -> Option<IngressPath> {
    let service = backend.get("service")?;
    Some(IngressPath {
        at: backend.place(),
        host: host.into(),
        path: path.into(),
        kind: kind.into(),
        service: said(service.get("name"), text)?,
        port: service.get("port").and_then(backend_port),
    })
}

/// The hosts of a certificate; an empty one where all are meant.
fn served<N: Node>(tls: N) -> Vec<Text> {
    let hosts = texts(tls.get("hosts"));
    if hosts.is_empty() { vec!["".into()] } else { hosts }
}

fn backend_port<N: Node>(node: N) -> Option<PortName> {
    let number = node.get("number").and_then(port).map(PortName::Number);
    number.or_else(|| node.get("name").and_then(text).map(PortName::Name))
}

fn ingress_class<N: Node>(node: N, entity: &Entity) -> IngressClass {
    let annotation = |key: &str| node.get("metadata")?.get("annotations")?.get(key).and_then(text);
    IngressClass {
        class: entity.name,
        at: entity.at,
        default: annotation("ingressclass.kubernetes.io/is-default-class").is_some_and(|value| &*value == "true"),
        controller: node
            .get("spec")
            .and_then(|spec| spec.get("controller"))
            .and_then(text)
            .unwrap_or_else(|| "".into()),
        namespace: None,
        pods: Default::default(),
        public: false,
        brought: false,
        ports: Vec::new(),
    }
}

fn storage<N: Node>(node: N, entity: &Entity) -> Storage {
    let annotation = |key: &str| node.get("metadata")?.get("annotations")?.get(key).and_then(text);
    Storage {
        class: entity.name,
        at: entity.at,
        given: true,
        default: annotation("storageclass.kubernetes.io/is-default-class").is_some_and(|value| &*value == "true"),
        on_host: node.get("provisioner").and_then(text).is_some_and(|name| {
            matches!(&*name, "rancher.io/local-path" | "kubernetes.io/no-provisioner" | "openebs.io/local")
        }),
        shared: false,
        size: None,
        copies: said(node.get("parameters").and_then(|all| all.get("numberOfReplicas")), int),
    }
}

fn budget<N: Node>(node: N, entity: usize) -> Budget {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    Budget {
        entity,
        selector: part("selector").map(policy::selector).unwrap_or_default(),
        least: said(part("minAvailable"), text),
        missing: said(part("maxUnavailable"), text),
    }
}
