//! Who could have made what nobody sees: charts, operators, other repositories. What they could have made is not missing.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Cluster, Maker, Reference};

/// Kinds that people write themselves: no chart brings those that somebody else needs.
const OWN: &[&str] = &[
    "GitRepository",
    "HelmRepository",
    "OCIRepository",
    "Bucket",
    "Kustomization",
    "HelmRelease",
    "ImageRepository",
    "Provider",
    "AppProject",
    "Issuer",
    "ClusterIssuer",
    "SecretStore",
    "ClusterSecretStore",
    "IPAddressPool",
    "Kafka",
];

/// Makers, without the kustomizations of this very platform: those of the repository that most are of.
pub fn others(cluster: &Cluster) -> impl Iterator<Item = &Maker> {
    let is_step = |by: usize| cluster.objects.get(by).is_some_and(|by| &*by.kind == "Kustomization");
    let mut sources: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for of in cluster.references.iter().filter(|of| of.group == "source.toolkit.fluxcd.io" && is_step(of.by)) {
        sources.entry((of.kind, &of.namespace, &of.name.value)).or_default().push(of.by);
    }
    let most = sources.into_values().rev().max_by_key(Vec::len).unwrap_or_default();
    let own: FxHashSet<usize> = most.into_iter().collect();
    cluster.makers.iter().filter(move |maker| maker.by.is_none_or(|by| !own.contains(&by)))
}

/// By which object things are made, if by one, and of which kind alone.
type Made = (Option<usize>, Option<&'static str>);

/// Who makes what is not seen, so that one question is one look.
pub struct Makers<'a> {
    cluster: &'a Cluster,
    /// Makers of anything, by namespace; those for everywhere have none.
    any: FxHashMap<Option<&'a str>, Vec<Made>>,
    /// What resources speak of.
    told: FxHashSet<(&'a str, &'a str)>,
    /// The names of resources.
    resources: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Makers<'a> {
    /// Those of a cluster.
    pub fn of(cluster: &'a Cluster) -> Self {
        let mut makers =
            Makers { cluster, any: Default::default(), told: Default::default(), resources: Default::default() };
        for unseen in others(cluster) {
            let namespace = unseen.namespace.as_deref();
            let of = unseen.by.and_then(|by| cluster.objects.get(by));
            match &unseen.name {
                None => makers.any.entry(namespace).or_default().push((unseen.by, unseen.kind)),
                Some(name) if of.is_some_and(|of| of.name == *name) => {
                    makers.resources.insert((namespace.unwrap_or_default(), name));
                }
                Some(name) => {
                    makers.told.insert((namespace.unwrap_or_default(), name));
                }
            }
        }
        makers
    }

    /// Whether somebody could make what is named.
    pub fn could_make(&self, reference: &Reference) -> bool {
        let namespace = &*reference.namespace;
        self.is_of_system(reference)
            || self.is_any(None, reference)
            || self.is_any(Some(namespace), reference)
            || namespace.is_empty() && self.any.keys().any(|namespace| self.is_any(*namespace, reference))
            || !OWN.contains(&reference.kind) && self.is_of_operator(reference)
    }

    /// The system makes objects of its own, and what Flux starts with can not come from its repository.
    fn is_of_system(&self, reference: &Reference) -> bool {
        match &*reference.namespace {
            "kube-system" | "kube-public" | "kube-node-lease" => !OWN.contains(&reference.kind),
            "flux-system" => matches!(reference.kind, "Secret" | "ConfigMap" | "ServiceAccount"),
            _ => false,
        }
    }

    fn is_any(&self, namespace: Option<&str>, reference: &Reference) -> bool {
        let makers = self.any.get(&namespace).map(Vec::as_slice).unwrap_or_default();
        // What a chart needs can not come from the chart.
        let mut others = makers
            .iter()
            .filter(|(by, kind)| *by != Some(reference.by) && kind.is_none_or(|kind| kind == reference.kind));
        others.any(|(by, _)| !OWN.contains(&reference.kind) || !self.is_chart(*by))
    }

    fn is_chart(&self, by: Option<usize>) -> bool {
        let of = by.and_then(|by| self.cluster.objects.get(by));
        of.is_none_or(|of| matches!(&*of.kind, "HelmRelease" | "HelmChart"))
    }

    /// An operator may make what carries the name of its resource, as whole words, or what the resource speaks of.
    fn is_of_operator(&self, reference: &Reference) -> bool {
        let (namespace, name) = (&*reference.namespace, &*reference.name.value);
        let is_joint = |byte: u8| matches!(byte, b'-' | b'.');
        let joints = || name.bytes().enumerate().filter(|(_, byte)| is_joint(*byte)).map(|(at, _)| at).take(16);
        let starts = std::iter::once(0).chain(joints().map(|at| at + 1));
        let mut parts = starts.flat_map(|from| joints().chain([name.len()]).map(move |to| name.get(from..to)));
        self.told.contains(&(namespace, name))
            || parts.any(|part| part.is_some_and(|part| self.resources.contains(&(namespace, part))))
    }
}
