//! `ref/namespace`: objects in a namespace that nobody makes.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashSet;

use super::unseen::others;
use crate::Place;
use crate::model::{Cluster, Text};
use crate::rules::Findings;

/// What every cluster has; Flux makes its own before it reads anything.
const BUILT_IN: &[&str] = &["default", "kube-system", "kube-public", "kube-node-lease", "flux-system"];

/// Every namespace that is written must be there.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let made = |name: &str| cluster.made.iter().any(|made| made.kind == "Namespace" && *made.name == *name);
    let mut missing: BTreeMap<&str, Vec<(Place, String)>> = BTreeMap::new();
    let there: FxHashSet<Text> = cluster.namespaces.keys().copied().collect();
    let objects = cluster.objects.iter().filter(|object| object.given && !object.namespace.is_empty());
    for object in objects.filter(|object| !there.contains(&object.namespace)) {
        let stands = format!("{} stands in", without(&object.shown(), &object.namespace));
        missing.entry(&object.namespace).or_default().push((object.namespace_at, stands));
    }
    let named = cluster.references.iter().filter(|reference| reference.kind == "Namespace" && reference.name.given);
    for reference in named.filter(|reference| !there.contains(&reference.name.value)) {
        if let Some(by) = cluster.objects.get(reference.by) {
            let needs = format!("{} needs", by.shown());
            missing.entry(&reference.name.value).or_default().push((reference.name.at, needs));
        }
    }
    let unseen = others(cluster).any(|unseen| unseen.namespace.is_none());
    for (name, places) in missing {
        let near = nearest(name, cluster.namespaces.keys().map(|name| &**name));
        if BUILT_IN.contains(&name) || made(name) || of_parts(cluster, name) || unseen && near.is_none() {
            continue;
        }
        let mut places = places.into_iter();
        let Some((at, by)) = places.next() else {
            continue;
        };
        let message = format!("{by} the namespace `{name}`, which nobody declares");
        let mut finding = Diagnostic::new(&rules::REF_NAMESPACE, at, message).label("there is no such namespace");
        for (at, by) in places {
            finding = finding.also(at, format!("{by} it too"));
        }
        found.push(match near {
            Some(near) => finding.help(format!("write `{near}`")),
            None => finding.help(format!("declare it: `namespace {name} {{}}` in the cluster")),
        });
    }
}

/// An object without its namespace, which the message says anyway.
fn without(shown: &str, namespace: &str) -> String {
    shown.trim_end_matches(&format!(" in `{namespace}`")).to_owned()
}

/// Namespaces that come with what a cluster has one of.
fn of_parts(cluster: &Cluster, name: &str) -> bool {
    match name {
        "calico-system" | "calico-apiserver" | "tigera-operator" => cluster.cni.schema == "Calico",
        "cilium-secrets" => cluster.cni.schema == "Cilium",
        "kube-flannel" => cluster.cni.schema == "Flannel",
        _ => false,
    }
}
