//! How often what delivers looks, how long it waits, and how often it tries again.

use super::references::is;
use super::scalar::{duration, int, said, truth};
use crate::Node;
use crate::model::{Cluster, Entity, Rhythm, Said};

/// Adds the rhythm of an object that delivers.
pub fn rhythm<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let is_kustomization = is(entity, ("kustomize.toolkit.fluxcd.io", "Kustomization"));
    if !is_kustomization && !is(entity, ("helm.toolkit.fluxcd.io", "HelmRelease")) {
        return;
    }
    let Some(spec) = node.get("spec") else { return };
    let tries = ["install", "upgrade"].into_iter().filter_map(|when| {
        said(spec.get(when)?.get("remediation")?.get("retries"), int).map(|retries| (when, retries))
    });
    cluster.rhythms.push(Rhythm {
        entity: number,
        interval: said(spec.get("interval"), duration),
        timeout: said(spec.get("timeout"), duration),
        retry: said(spec.get("retryInterval"), duration),
        prunes: if is_kustomization { said(spec.get("prune"), truth) } else { None },
        paused: said(spec.get("suspend"), truth),
        tries: tries.collect::<Vec<(&'static str, Said<i64>)>>(),
    });
}
