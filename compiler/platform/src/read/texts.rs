//! Plain text in objects, and what they install: config maps, secrets, and what Flux, Argo CD and k3s take charts from.

use super::scalar::{long, said, text};
use crate::model::{Cluster, Entity, Holder, Installed, Literal, Long, Said, Sealed};
use crate::{Node, Scalar};

/// How deep values of charts are read.
const DEEPEST: usize = 12;

/// Adds what an object holds.
pub fn texts<N: Node>(cluster: &mut Cluster, node: N, known: &Entity, by: usize) {
    let spec = node.get("spec");
    let part = |path: &[&str]| path.iter().try_fold(node, |node, key| node.get(key));
    let mut held = Held { by, literals: &mut cluster.literals };
    match (&*known.group, &*known.kind) {
        ("", "ConfigMap") => held.all(Holder::Config, node.get("data")),
        ("", "Secret") => {
            held.all(Holder::Secret, node.get("stringData"));
            held.all(Holder::Encoded, node.get("data"));
        }
        ("helm.toolkit.fluxcd.io", "HelmRelease") => {
            held.all(Holder::Values, part(&["spec", "values"]));
            let (name, version) =
                (part(&["spec", "chart", "spec", "chart"]), part(&["spec", "chart", "spec", "version"]));
            cluster.installed.extend(chart(by, name, version));
        }
        ("helm.cattle.io", "HelmChart" | "HelmChartConfig") => {
            held.all(Holder::Values, part(&["spec", "values"]));
            held.all(Holder::Values, part(&["spec", "set"]));
            held.one(Holder::Values, "valuesContent", part(&["spec", "valuesContent"]));
            held.one(Holder::Address, "repo", part(&["spec", "repo"]));
            cluster.installed.extend(chart(by, part(&["spec", "chart"]), part(&["spec", "version"])));
        }
        ("argoproj.io", "Application") => {
            let sources = spec.and_then(|spec| spec.get("sources")).map(Node::items).unwrap_or_default();
            for source in sources.into_iter().chain(spec.and_then(|spec| spec.get("source"))) {
                held.one(Holder::Address, "repoURL", source.get("repoURL"));
                if let Some(helm) = source.get("helm") {
                    held.all(Holder::Values, helm.get("valuesObject"));
                    held.one(Holder::Values, "values", helm.get("values"));
                    for parameter in helm.get("parameters").map(Node::items).unwrap_or_default() {
                        let name = parameter.get("name").and_then(text).unwrap_or_else(|| "".into());
                        held.one(Holder::Values, &name, parameter.get("value"));
                    }
                }
                let found = chart(by, source.get("chart"), source.get("targetRevision"));
                cluster.installed.extend(found);
            }
        }
        ("source.toolkit.fluxcd.io", "HelmRepository" | "GitRepository" | "Bucket" | "OCIRepository") => {
            held.one(Holder::Address, "url", part(&["spec", "url"]));
            held.one(Holder::Address, "endpoint", part(&["spec", "endpoint"]));
            if part(&["spec", "secretRef"]).is_some() {
                cluster.with_credentials.insert(by);
            }
        }
        ("fluxcd.controlplane.io", "FluxInstance") => {
            let distribution = part(&["spec", "distribution"]);
            let version = distribution.and_then(|distribution| distribution.get("version"));
            let at = distribution.map_or(node.place(), Node::place);
            let version = said(version, text);
            cluster.installed.push(Installed { by, name: "flux".into(), chart: false, version, at });
        }
        ("bitnami.com", "SealedSecret") => {
            let template = part(&["spec", "template", "metadata"]);
            let of = |field: &str| said(template.and_then(|template| template.get(field)), text);
            let wide = |scope: &str| {
                let annotations = node.get("metadata").and_then(|metadata| metadata.get("annotations"));
                let said = annotations.and_then(|of| of.get(&format!("sealedsecrets.bitnami.com/{scope}")));
                said.and_then(text).is_some_and(|value| &*value == "true")
            };
            if !wide("cluster-wide") {
                let name = if wide("namespace-wide") { None } else { of("name") };
                cluster.sealed.push(Sealed { by, name, namespace: of("namespace") });
            }
        }
        _ => {}
    }
}

fn chart<N: Node>(by: usize, name: Option<N>, version: Option<N>) -> Option<Installed> {
    let at = name?.place();
    let name = name.and_then(text)?;
    // The last part of `repository/chart` or of an address.
    let name = name.rsplit('/').next().unwrap_or_default().into();
    Some(Installed { by, name, chart: true, version: said(version, text), at })
}

struct Held<'a> {
    by: usize,
    literals: &'a mut Vec<Literal>,
}

impl Held<'_> {
    fn all<N: Node>(&mut self, holder: Holder, node: Option<N>) {
        if let Some(node) = node {
            self.below(holder, "", node, DEEPEST);
        }
    }

    fn one<N: Node>(&mut self, holder: Holder, key: &str, node: Option<N>) {
        if let Some(value) = said(node, long) {
            self.push(holder, key, value);
        }
    }

    fn below<N: Node>(&mut self, holder: Holder, path: &str, node: N, deep: usize) {
        if let Some(scalar) = node.scalar() {
            if matches!(scalar, Scalar::Text(_) | Scalar::Int(_)) {
                self.one(holder, path, Some(node));
            }
            return;
        }
        if deep == 0 {
            return;
        }
        let entries = node.entries();
        if entries.is_empty() {
            // A variable of an environment has its name beside it.
            for item in node.items() {
                match item.get("name").and_then(text) {
                    Some(name) => {
                        self.below(holder, &format!("{path}.{name}"), item.get("value").unwrap_or(item), deep - 1)
                    }
                    None => self.below(holder, path, item, deep - 1),
                }
            }
        }
        // Beside the name of a secret, `secretKey` is the name of a key.
        let names_secret = entries.iter().any(|(key, _)| *key == "secretName");
        for (key, value) in entries.into_iter().filter(|(key, _)| !(names_secret && *key == "secretKey")) {
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            self.below(holder, &path, value, deep - 1);
        }
    }

    fn push(&mut self, holder: Holder, key: &str, value: Said<Long>) {
        self.literals.push(Literal { by: self.by, holder, key: key.into(), value });
    }
}
