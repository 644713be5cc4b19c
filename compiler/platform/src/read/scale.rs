//! What says how many pods there are: autoscalers, and the objects of KEDA, which makes one of each.

use super::scalar::{int, said, text};
use crate::Node;
use crate::model::{Autoscaler, Cluster, Entity, Text};

/// A `HorizontalPodAutoscaler`.
pub fn autoscaler<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, entity: usize) {
    let part = |field: &str| node.get("spec")?.get(field);
    let target = |field: &str| part("scaleTargetRef")?.get(field).and_then(text);
    if let (Some(kind), Some(name)) = (target("kind"), target("name")) {
        let least = part("minReplicas").and_then(int).unwrap_or(1);
        let most = said(part("maxReplicas"), int);
        let of = Autoscaler { entity, least, most, of_requests: of_requests(node) };
        add(cluster, (known.namespace, kind, name), of);
    }
}

/// A `ScaledObject` of KEDA: <https://keda.sh/docs/2.17/reference/scaledobject-spec/>.
pub fn scaled<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, entity: usize) {
    let part = |field: &str| node.get("spec")?.get(field);
    let target = |field: &str| part("scaleTargetRef")?.get(field).and_then(text);
    // It can take over an autoscaler that there is.
    let annotations = || node.get("metadata")?.get("annotations");
    let takes_over = annotations().and_then(|all| all.get("scaledobject.keda.sh/transfer-hpa-ownership")).is_some();
    if let (Some(name), false) = (target("name"), takes_over) {
        let kind = target("kind").unwrap_or_else(|| "Deployment".into());
        let least = part("minReplicaCount").and_then(int).unwrap_or(0);
        let most = said(part("maxReplicaCount"), int);
        let triggers = part("triggers").map(Node::items).unwrap_or_default();
        let of = Autoscaler { entity, least, most, of_requests: triggers.into_iter().filter_map(share).collect() };
        add(cluster, (known.namespace, kind, name), of);
    }
}

/// A `VerticalPodAutoscaler` that changes what pods ask for.
pub fn resized<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, entity: usize) {
    let part = |field: &str| node.get("spec")?.get(field);
    let target = |field: &str| part("targetRef")?.get(field).and_then(text);
    let mode = part("updatePolicy").and_then(|policy| policy.get("updateMode")).and_then(text);
    if let (Some(kind), Some(name)) = (target("kind"), target("name"))
        && mode.is_none_or(|mode| &*mode != "Off")
    {
        cluster.resized.push(((known.namespace, kind, name), entity));
    }
}

fn add(cluster: &mut Cluster, scaled: (Text, Text, Text), by: Autoscaler) {
    let entity = by.entity;
    if let Some(other) = cluster.autoscalers.insert(scaled, by) {
        cluster.scaled_twice.push((other.entity, entity));
    }
}

/// What is compared with the requests of pods: resources of which a share is meant.
fn of_requests<N: Node>(node: N) -> Vec<Text> {
    let metrics = node.get("spec").and_then(|spec| spec.get("metrics")).map(Node::items).unwrap_or_default();
    let resource = |metric: N| {
        let resource = metric.get("resource")?;
        let share = resource.get("target").is_some_and(|target| target.get("averageUtilization").is_some());
        share.then(|| resource.get("name").and_then(text)).flatten()
    };
    let first = node.get("spec").and_then(|spec| spec.get("targetCPUUtilizationPercentage"));
    metrics.into_iter().filter_map(resource).chain(first.map(|_| "cpu".into())).collect()
}

/// The resource of a trigger that follows a share of what all containers ask for.
fn share<N: Node>(trigger: N) -> Option<Text> {
    let kind = trigger.get("type").and_then(text).filter(|kind| matches!(&**kind, "cpu" | "memory"))?;
    let held = |field: &str| trigger.get("metadata")?.get(field).and_then(text);
    let metric = trigger.get("metricType").and_then(text).or_else(|| held("type"))?;
    (&*metric == "Utilization" && held("containerName").is_none()).then_some(kind)
}
