//! What Kubernetes refuses of an object by itself: laws between its fields, which no type of a field can say.
//!
//! A law reads an object through [`Node`] and says what it breaks; it knows of no other object. What needs two of them is
//! a rule.

mod cron;
mod custom;
mod network;
mod others;
mod pods;
mod work;

use crate::model::{Broken, Entity, Text};
use crate::read::scalar::text;
use crate::{Node, Place};

/// The laws that an object breaks.
pub fn broken<N: Node>(node: N, entity: &Entity, by: usize, found: &mut Vec<Broken>) {
    let mut judge = Judge { entity, by, found };
    match (&*entity.group, &*entity.kind) {
        ("", "Service") => network::service(node, &mut judge),
        ("networking.k8s.io", "NetworkPolicy") => network::policy(node, &mut judge),
        ("networking.k8s.io", "Ingress") => network::ingress(node, &mut judge),
        ("policy", "PodDisruptionBudget") => others::budget(node, &mut judge),
        ("autoscaling", "HorizontalPodAutoscaler") => others::autoscaler(node, &mut judge),
        ("rbac.authorization.k8s.io", _) => others::access(node, &mut judge),
        ("", "Namespace") => others::namespace(node, &mut judge),
        ("", "PersistentVolumeClaim") => others::claim(node, &mut judge),
        ("", "PersistentVolume") => others::volume(node, &mut judge),
        ("", "Secret" | "ConfigMap") => others::data(node, &mut judge),
        ("cert-manager.io", "Certificate") => custom::certificate(node, &mut judge),
        ("source.toolkit.fluxcd.io", "HelmRepository") => custom::charts(node, &mut judge),
        ("source.toolkit.fluxcd.io", "GitRepository") => custom::repository(node, &mut judge),
        ("source.toolkit.fluxcd.io", "OCIRepository") => custom::registry(node, &mut judge),
        ("helm.toolkit.fluxcd.io", "HelmRelease") => custom::release(node, &mut judge),
        ("postgresql.cnpg.io", "ScheduledBackup") => custom::backup(node, &mut judge),
        (group, _) if is_custom(group) => custom::others(node, &mut judge),
        _ => work::of(node, &mut judge),
    }
}

/// Whether a group is of somebody else than Kubernetes.
fn is_custom(group: &str) -> bool {
    group.contains('.') && !group.ends_with(".k8s.io")
}

/// Who looks at an object.
struct Judge<'a> {
    entity: &'a Entity,
    by: usize,
    found: &'a mut Vec<Broken>,
}

impl Judge<'_> {
    /// Says that a law is broken: "the Service `web` in `shop`" comes before the text.
    fn tell(&mut self, at: Place, text: impl AsRef<str>, help: impl Into<String>) {
        self.push("Kubernetes refuses this", at, text, help);
    }

    /// Says that what is accepted can never work.
    fn dead(&mut self, at: Place, text: impl AsRef<str>, help: impl Into<String>) {
        self.push("this never works", at, text, help);
    }

    fn push(&mut self, why: &'static str, at: Place, text: impl AsRef<str>, help: impl Into<String>) {
        let at = if self.entity.given { at } else { self.entity.at };
        let message = format!("{} {}", self.entity.shown(), text.as_ref());
        self.found.push(Broken { by: self.by, at, message, why, help: help.into() });
    }
}

/// A field of a field.
fn at<N: Node>(node: N, way: &[&str]) -> Option<N> {
    way.iter().try_fold(node, |node, field| node.get(field))
}

/// The elements of a list.
fn list<N: Node>(node: N, field: &str) -> Vec<N> {
    node.get(field).map(Node::items).unwrap_or_default()
}

/// The text of a field, if it is known already: what Flux puts in later is not.
fn word<N: Node>(node: N, field: &str) -> Option<Text> {
    node.get(field).and_then(text).filter(|text| !text.contains("${"))
}

/// Conditions of a selector that can not be asked.
fn conditions<N: Node>(selector: N, judge: &mut Judge<'_>) {
    for condition in list(selector, "matchExpressions") {
        let Some(operator) = word(condition, "operator") else {
            continue;
        };
        let none = list(condition, "values").is_empty();
        match &*operator {
            "In" | "NotIn" if none => {
                let text = format!("asks a label by `{operator}` without values");
                judge.tell(condition.place(), text, "write at least one value, or ask by `Exists`");
            }
            "Exists" | "DoesNotExist" if !none => {
                let text = format!("asks a label by `{operator}` with values");
                judge.tell(condition.place(), text, "leave the values out, or ask by `In`");
            }
            _ => {}
        }
    }
}
