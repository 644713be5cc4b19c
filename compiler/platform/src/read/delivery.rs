//! How objects get into the cluster: what waits for what.

use super::references::{each, is};
use super::scalar::{said, text, truth};
use crate::Node;
use crate::model::{Cluster, Entity, Step, Substitution, Text};

const KUSTOMIZATION: (&str, &str) = ("kustomize.toolkit.fluxcd.io", "Kustomization");
const RELEASE: (&str, &str) = ("helm.toolkit.fluxcd.io", "HelmRelease");

/// Adds a step of Flux.
pub fn step<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let says = |way: &str| {
        let mut found = false;
        each(node, way, &mut |end| found |= truth(end).unwrap_or(!end.items().is_empty()));
        found
    };
    let waits = match () {
        () if is(entity, KUSTOMIZATION) => {
            ["spec wait", "spec healthChecks", "spec healthCheckExprs"].iter().any(|way| says(way))
        }
        () if is(entity, RELEASE) => !says("spec install disableWait"),
        () => return,
    };
    if is(entity, KUSTOMIZATION) {
        cluster.substitutions.extend(substitution(node, entity, number));
    }
    let mut after = Vec::new();
    each(node, "spec dependsOn *", &mut |to| {
        let namespace: Text = to.get("namespace").and_then(text).unwrap_or(entity.namespace);
        // An expression says by itself when the other is ready.
        let judged = to.get("readyExpr").is_some();
        after.extend(said(to.get("name"), text).map(|name| (namespace, name, judged)));
    });
    cluster.steps.push(Step { entity: number, waits, after });
}

/// What a kustomization puts in the place of variables, if it does.
fn substitution<N: Node>(node: N, entity: &Entity, number: usize) -> Option<Substitution> {
    let build = node.get("spec")?.get("postBuild")?;
    let values = build.get("substitute").map(Node::entries).unwrap_or_default();
    let from = build.get("substituteFrom").map(Node::items).unwrap_or_default();
    let named = |of: N| Some((of.get("kind").and_then(text)?, entity.namespace, of.get("name").and_then(text)?));
    Some(Substitution {
        entity: number,
        values: values.into_iter().filter_map(|(name, value)| Some((name.into(), said(Some(value), text)?))).collect(),
        from: from.into_iter().filter_map(named).collect(),
    })
}
