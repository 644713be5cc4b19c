//! `order/same-step`: a resource that comes together with what makes its kind known.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::Image;

use crate::Place;
use crate::model::{Cluster, Entity};
use crate::rules::Findings;

const WAVE: &str = "argocd.argoproj.io/sync-wave";
const OPTIONS: &str = "argocd.argoproj.io/sync-options";
const STEP: [&str; 2] = ["kustomize.toolkit.fluxcd.io/namespace", "kustomize.toolkit.fluxcd.io/name"];

/// Charts, and the groups of the kinds that come with them.
const GROUPS: &[(&str, &str)] = &[
    ("cert-manager", "cert-manager.io"),
    ("cloudnative-pg", "postgresql.cnpg.io"),
    ("external-secrets", "external-secrets.io"),
    ("flink-kubernetes-operator", "flink.apache.org"),
    ("karpenter", "karpenter.sh"),
    ("keda", "keda.sh"),
    ("kube-prometheus-stack", "monitoring.coreos.com"),
    ("kyverno", "kyverno.io"),
    ("longhorn", "longhorn.io"),
    ("metallb", "metallb.io"),
    ("sealed-secrets", "bitnami.com"),
    ("spark-operator", "sparkoperator.k8s.io"),
    ("strimzi-kafka-operator", "kafka.strimzi.io"),
    ("traefik", "traefik.io"),
    ("velero", "velero.io"),
];

/// What answers the API server about a kind must run before the first of it comes: the image, and the group.
const ASKED: &[(&str, &str)] = &[("quay.io/metallb/controller", "metallb.io")];

/// A kind is known, and who is asked about it runs, before the first of it comes.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut first: BTreeMap<&str, Vec<(&Entity, Place)>> = BTreeMap::new();
    for chart in &cluster.charts {
        let group = GROUPS.iter().find(|(name, _)| *name == &*chart.name).map(|(_, group)| *group);
        if let (Some(group), Some(by)) = (group, chart.entity.and_then(|by| cluster.objects.get(by))) {
            first.entry(group).or_default().push((by, chart.at));
        }
    }
    for pods in &cluster.pods {
        let images = pods.containers.iter().filter_map(|container| container.reference.as_ref());
        for image in images.map(Image::name) {
            let group = ASKED.iter().find(|(asked, _)| *asked == image).map(|(_, group)| *group);
            if let (Some(group), Some(by)) = (group, cluster.objects.get(pods.entity)) {
                first.entry(group).or_default().push((by, by.name_at));
            }
        }
    }
    if first.is_empty() {
        return;
    }
    for object in &cluster.objects {
        let brought = first.get(&*object.group).map(Vec::as_slice).unwrap_or_default();
        let together = brought.iter().filter_map(|(by, at)| Some((*by, *at, together(by, object)?)));
        // Where one of several comes earlier, that one is enough.
        let together: Vec<_> = together.collect();
        if let (Some((by, at, how)), true) = (together.first(), together.len() == brought.len()) {
            found.push(told(object, by, *at, how));
        }
    }
}

/// In which step both come, if it is one.
fn together(by: &Entity, object: &Entity) -> Option<String> {
    let step = |of: &Entity| Some((*of.labels.named(STEP[0])?, *of.labels.named(STEP[1])?));
    if let (Some(one), Some(other)) = (step(by), step(object)) {
        return (one == other).then(|| format!("in the Kustomization `{}`", one.1));
    }
    let waits = object.annotations.get(OPTIONS).is_some_and(|said| said.contains("SkipDryRunOnMissingResource=true"));
    let wave = |of: &Entity| of.annotations.get(WAVE)?.trim().parse::<i64>().ok();
    let (one, other) = (wave(by)?, wave(object)?);
    (!waits && other <= one).then(|| format!("in wave {other}"))
}

fn told(object: &Entity, by: &Entity, at: Place, how: &str) -> Diagnostic<Place> {
    let message = format!("{} comes {how}, and no earlier than {}, which its kind is of", object.shown(), by.shown());
    Diagnostic::new(&rules::ORDER_SAME_STEP, object.at, message)
        .label("nobody knows this kind yet, or answers for it")
        .also(at, "this must be ready first")
        .help("let it come in a later step, which waits until the first is ready")
}
