//! Who asks services of the cluster by itself.

use super::kinds::texts;
use super::labels;
use super::policy::selector;
use super::scalar::{port, port_name, said, text, truth};
use crate::Node;
use crate::model::{Entity, Hook, Labels, Monitor, MonitorPort, PodMonitor, Scraper, Selector, Text};

/// The services that the API server asks because of an object.
pub fn hooks<N: Node>(node: N, known: &Entity, entity: usize) -> Vec<Hook> {
    let service = |node: N| {
        Some(Hook {
            entity,
            at: node.place(),
            namespace: node.get("namespace").and_then(text)?,
            service: node.get("name").and_then(text)?,
            port: node.get("port").and_then(port).unwrap_or(443),
            guards: None,
        })
    };
    if known.kind.ends_with("WebhookConfiguration") {
        let webhooks = node.get("webhooks").map(Node::items).unwrap_or_default();
        let hook = |webhook: N| {
            let hook = service(webhook.get("clientConfig")?.get("service")?)?;
            Some(Hook { guards: guards(webhook), ..hook })
        };
        return webhooks.into_iter().filter_map(hook).collect();
    }
    let named: Vec<N> = match &*known.kind {
        "APIService" => node.get("spec").and_then(|spec| spec.get("service")).into_iter().collect(),
        "CustomResourceDefinition" => {
            let webhook = || node.get("spec")?.get("conversion")?.get("webhook")?.get("clientConfig")?.get("service");
            webhook().into_iter().collect()
        }
        _ => Vec::new(),
    };
    named.into_iter().filter_map(service).collect()
}

/// The namespaces and labels of pods that are refused when a webhook does not answer.
fn guards<N: Node>(webhook: N) -> Option<(Selector, Selector)> {
    let lenient = webhook.get("failurePolicy").and_then(text).is_some_and(|policy| &*policy == "Ignore");
    let rules = webhook.get("rules").map(Node::items).unwrap_or_default();
    let has = |rule: &N, field: &str, wanted: &str| {
        texts(rule.get(field)).iter().any(|one| **one == *wanted || matches!(&**one, "*" | "*/*"))
    };
    let about =
        |rule: &N| has(rule, "resources", "pods") && has(rule, "operations", "CREATE") && has(rule, "apiGroups", "");
    if lenient || webhook.get("matchConditions").is_some() || !rules.iter().any(about) {
        return None;
    }
    let choice = |field: &str| webhook.get(field).map(selector).unwrap_or_default();
    Some((choice("namespaceSelector"), choice("objectSelector")))
}

/// A `Prometheus`.
pub fn scraper<N: Node>(node: N, known: &Entity, entity: usize) -> Scraper {
    let spec = node.get("spec");
    let part = |field: &str| spec.and_then(|spec| spec.get(field));
    let added = part("podMetadata").and_then(|metadata| metadata.get("labels")).map(labels).unwrap_or_default();
    // What the operator gives the pods.
    let own = [
        ("app.kubernetes.io/name", "prometheus"),
        ("app.kubernetes.io/instance", &*known.name),
        ("app.kubernetes.io/managed-by", "prometheus-operator"),
        ("operator.prometheus.io/name", &*known.name),
        ("prometheus", &*known.name),
    ];
    let own: Labels = own.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
    Scraper {
        entity,
        pods: own.iter().chain(&added).map(|(key, value)| (*key, *value)).collect(),
        services: part("serviceMonitorSelector").map(selector),
        namespaces: part("serviceMonitorNamespaceSelector").map(selector),
    }
}

/// A `ServiceMonitor`.
pub fn monitor<N: Node>(node: N, known: &Entity, entity: usize) -> Option<Monitor> {
    let spec = node.get("spec")?;
    let endpoints = spec.get("endpoints").map(Node::items).unwrap_or_default();
    let endpoint = |endpoint: N| {
        let of_pods = || said(endpoint.get("targetPort"), port_name).map(MonitorPort::OfPods);
        said(endpoint.get("port"), text).map(MonitorPort::OfService).or_else(of_pods)
    };
    Some(Monitor {
        entity,
        services: spec.get("selector").map(selector)?,
        namespaces: namespaces(spec, known),
        ports: endpoints.into_iter().filter_map(endpoint).collect(),
    })
}

/// A `PodMonitor`.
pub fn pod_monitor<N: Node>(node: N, known: &Entity, entity: usize) -> Option<PodMonitor> {
    let spec = node.get("spec")?;
    let endpoints = spec.get("podMetricsEndpoints").map(Node::items).unwrap_or_default();
    Some(PodMonitor {
        entity,
        pods: spec.get("selector").map(selector)?,
        namespaces: namespaces(spec, known),
        ports: endpoints.into_iter().filter_map(|endpoint| said(endpoint.get("port"), text)).collect(),
    })
}

/// The namespaces that a monitor looks into: its own, those that it lists, or every one.
fn namespaces<N: Node>(spec: N, known: &Entity) -> Option<Vec<Text>> {
    let spaces = spec.get("namespaceSelector");
    let any = spaces.and_then(|spaces| spaces.get("any")).and_then(truth).unwrap_or(false);
    let listed = texts(spaces.and_then(|spaces| spaces.get("matchNames")));
    (!any).then(|| if listed.is_empty() { vec![known.namespace] } else { listed })
}
