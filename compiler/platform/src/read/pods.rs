//! What runs pods.

use domain::Image;

use super::kinds::texts;
use super::labels;
use super::policy::{expression, selector};
use super::scalar::{all_said, bytes, count, cpu, int, long, port, port_name, said, text, truth};
use crate::Node;
use crate::model::{
    Container, ContainerPort, Entity, PodVolume, Pods, PortName, Resources, Said, Selector, Text, Toleration,
    VolumeSource,
};

/// Where the pods of an object are described.
fn template<N: Node>(node: N, entity: &Entity) -> Option<N> {
    let spec = || node.get("spec");
    match (&*entity.group, &*entity.kind) {
        ("", "Pod") => Some(node),
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
        | ("", "ReplicationController")
        | ("batch", "Job") => spec()?.get("template"),
        ("batch", "CronJob") => spec()?.get("jobTemplate")?.get("spec")?.get("template"),
        _ => None,
    }
}

/// What the pods of an object are, if it has any.
pub fn spec<N: Node>(node: N, entity: &Entity) -> Option<N> {
    template(node, entity)?.get("spec")
}

/// What runs pods, if the object does.
pub fn pods<N: Node>(node: N, entity: &Entity, number: usize) -> Option<Pods> {
    let template = template(node, entity)?;
    let spec = template.get("spec")?;
    let own = node.get("spec");
    let replicas = match &*entity.kind {
        "DaemonSet" => None,
        "Job" => said(own.and_then(|own| own.get("parallelism")), int).or(Some(one(node))),
        _ => said(own.and_then(|own| own.get("replicas")), int).or(Some(one(node))),
    };
    let list = |field: &str| spec.get(field).map(Node::items).unwrap_or_default();
    let volumes = list("volumes").into_iter().map(volume);
    let claims = own.and_then(|own| own.get("volumeClaimTemplates")).map(Node::items).unwrap_or_default();
    Some(Pods {
        entity: number,
        replicas,
        selector: own.and_then(|own| own.get("selector")).map(selector),
        labels: template.get("metadata").and_then(|metadata| metadata.get("labels")).map(labels).unwrap_or_default(),
        at: template.place(),
        containers: list("containers").into_iter().map(container).collect(),
        before: list("initContainers").into_iter().map(container).collect(),
        volumes: volumes.chain(claims.into_iter().map(own_volume)).collect(),
        host_network: spec.get("hostNetwork").and_then(truth).unwrap_or(false),
        account: said(spec.get("serviceAccountName"), text),
        host: said(spec.get("nodeName"), text),
        on: spec.get("nodeSelector").map(labels).unwrap_or_default(),
        on_any: required_hosts(spec),
        apart: required(spec, "podAntiAffinity"),
        near: required(spec, "podAffinity"),
        spread: spread(spec),
        tolerations: list("tolerations").into_iter().map(toleration).collect(),
        overlaps: &*entity.kind == "Deployment" && overlaps(own),
        names: said(spec.get("dnsPolicy"), text),
        admission: super::security::admission(spec),
    })
}

/// Whether a deployment starts a new pod before the one that it replaces is gone.
fn overlaps<N: Node>(own: Option<N>) -> bool {
    let strategy = own.and_then(|own| own.get("strategy"));
    let anew =
        strategy.and_then(|strategy| strategy.get("type")).and_then(text).is_some_and(|kind| &*kind == "Recreate");
    let surge = strategy.and_then(|strategy| strategy.get("rollingUpdate")?.get("maxSurge")).and_then(text);
    !anew && !surge.is_some_and(|surge| matches!(&*surge, "0" | "0%"))
}

fn one<N: Node>(node: N) -> Said<i64> {
    Said { value: 1, at: node.place(), given: false }
}

fn container<N: Node>(node: N) -> Container {
    let ports = node.get("ports").map(Node::items).unwrap_or_default();
    let amounts = |field: &str| node.get("resources").and_then(|amounts| amounts.get(field)).map(resources);
    let words = ["command", "args"].into_iter().flat_map(|field| all_said(node.get(field), long));
    let env = node.get("env").map(Node::items).unwrap_or_default();
    let image = said(node.get("image"), text);
    Container {
        name: node.get("name").and_then(text).unwrap_or_else(|| "".into()),
        at: node.place(),
        reference: image.as_ref().and_then(|image| Image::parse(image).ok()),
        image,
        ports: ports.into_iter().filter_map(container_port).collect(),
        requests: amounts("requests").unwrap_or_default(),
        limits: amounts("limits").unwrap_or_default(),
        arguments: words.collect(),
        probed: probed(node),
        hooked: hooked(node),
        sidecar: node.get("restartPolicy").and_then(text).is_some_and(|policy| &*policy == "Always"),
        own_namespace: env.iter().filter_map(|variable| own_namespace(*variable)).collect(),
        env: env
            .into_iter()
            .filter_map(|variable| Some((variable.get("name").and_then(text)?, said(variable.get("value"), long)?)))
            .collect(),
    }
}

/// The name of a variable that holds the namespace of the pod.
fn own_namespace<N: Node>(variable: N) -> Option<Text> {
    let path = variable.get("valueFrom")?.get("fieldRef")?.get("fieldPath").and_then(text)?;
    (&*path == "metadata.namespace").then(|| variable.get("name").and_then(text))?
}

/// The names of ports at which probes ask.
fn probed<N: Node>(node: N) -> Vec<Said<crate::model::Text>> {
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"].into_iter().filter_map(|field| node.get(field));
    let port = |probe: N| ["httpGet", "tcpSocket"].into_iter().find_map(|way| probe.get(way)?.get("port"));
    let is_name = |name: &Said<crate::model::Text>| name.value.parse::<u16>().is_err() && !name.value.contains("${");
    probes.filter_map(|probe| said(port(probe), text)).filter(is_name).collect()
}

/// The ports at which it is asked when it has started and before it ends, unless that is asked of somebody else.
fn hooked<N: Node>(node: N) -> Vec<Said<PortName>> {
    let Some(lifecycle) = node.get("lifecycle") else {
        return Vec::new();
    };
    let hooks = ["postStart", "preStop"].into_iter().filter_map(|field| lifecycle.get(field));
    let port = |hook: N| {
        let asked = ["httpGet", "tcpSocket"].into_iter().find_map(|way| hook.get(way))?;
        said(asked.get("port").filter(|_| asked.get("host").is_none()), port_name)
    };
    hooks.filter_map(port).collect()
}

fn container_port<N: Node>(node: N) -> Option<ContainerPort> {
    Some(ContainerPort {
        at: node.place(),
        name: node.get("name").and_then(text).unwrap_or_else(|| "".into()),
        number: node.get("containerPort").and_then(port)?,
        protocol: node.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into()),
        host_port: said(node.get("hostPort"), int),
    })
}

fn resources<N: Node>(node: N) -> Resources {
    let others = node.entries().into_iter().filter(|(name, _)| !matches!(*name, "cpu" | "memory"));
    Resources {
        cpu: said(node.get("cpu"), cpu),
        memory: said(node.get("memory"), bytes),
        others: others.filter_map(|(name, amount)| Some((name.into(), said(Some(amount), count)?))).collect(),
    }
}

fn volume<N: Node>(node: N) -> PodVolume {
    let claim = || node.get("persistentVolumeClaim")?.get("claimName").and_then(text).map(VolumeSource::Claim);
    let host = || node.get("hostPath")?.get("path").and_then(text).map(VolumeSource::Host);
    PodVolume {
        name: node.get("name").and_then(text).unwrap_or_else(|| "".into()),
        at: node.place(),
        source: claim().or_else(host).unwrap_or(VolumeSource::Other),
    }
}

/// A claim that every pod of a stateful set gets for itself.
fn own_volume<N: Node>(node: N) -> PodVolume {
    let spec = node.get("spec");
    let size = spec.and_then(|spec| spec.get("resources")?.get("requests")?.get("storage")).and_then(bytes);
    let class = spec.and_then(|spec| spec.get("storageClassName")).and_then(text);
    PodVolume {
        name: node
            .get("metadata")
            .and_then(|metadata| metadata.get("name"))
            .and_then(text)
            .unwrap_or_else(|| "".into()),
        at: node.place(),
        source: VolumeSource::Own { class, access: texts(spec.and_then(|spec| spec.get("accessModes"))), size },
    }
}

fn required_hosts<N: Node>(spec: N) -> Vec<Selector> {
    let required = || spec.get("affinity")?.get("nodeAffinity")?.get("requiredDuringSchedulingIgnoredDuringExecution");
    required().map(terms).unwrap_or_default()
}

/// A choice of hosts: any of these.
pub fn terms<N: Node>(required: N) -> Vec<Selector> {
    let terms = required.get("nodeSelectorTerms").map(Node::items).unwrap_or_default();
    let term = |term: N| Selector {
        labels: Default::default(),
        expressions: term
            .get("matchExpressions")
            .map(Node::items)
            .unwrap_or_default()
            .into_iter()
            .filter_map(expression)
            .collect(),
    };
    terms.into_iter().map(term).collect()
}

fn required<N: Node>(spec: N, kind: &str) -> Vec<(Selector, crate::model::Text)> {
    let required = || spec.get("affinity")?.get(kind)?.get("requiredDuringSchedulingIgnoredDuringExecution");
    let terms = required().map(Node::items).unwrap_or_default();
    let term = |term: N| Some((term.get("labelSelector").map(selector)?, term.get("topologyKey").and_then(text)?));
    terms.into_iter().filter_map(term).collect()
}

fn spread<N: Node>(spec: N) -> Vec<(i64, crate::model::Text, Selector)> {
    let constraints = spec.get("topologySpreadConstraints").map(Node::items).unwrap_or_default();
    let strict =
        |node: &N| node.get("whenUnsatisfiable").and_then(text).is_none_or(|action| &*action == "DoNotSchedule");
    let constraint = |node: N| {
        let pods = node.get("labelSelector").map(selector)?;
        Some((node.get("maxSkew").and_then(int)?, node.get("topologyKey").and_then(text)?, pods))
    };
    constraints.into_iter().filter(strict).filter_map(constraint).collect()
}

fn toleration<N: Node>(node: N) -> Toleration {
    let part = |field: &str| node.get(field).and_then(text).unwrap_or_else(|| "".into());
    Toleration {
        key: part("key"),
        any_value: &*part("operator") == "Exists",
        value: part("value"),
        effect: part("effect"),
    }
}
