//! Which pods a service stands in front of: an index by labels.

use std::collections::BTreeMap;

use crate::model::{Cluster, Labels, Pods, Text};

/// What runs pods, by its namespace and each of its labels.
pub struct Workloads<'a> {
    by_label: BTreeMap<(&'a str, &'a str, &'a str), Vec<&'a Pods>>,
    told: BTreeMap<(&'a str, &'a str, &'a str), Vec<&'a Labels>>,
}

impl<'a> Workloads<'a> {
    /// Those of a cluster.
    pub fn of(cluster: &'a Cluster) -> Workloads<'a> {
        let mut by_label: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pods in &cluster.pods {
            let Some(object) = cluster.objects.get(pods.entity) else {
                continue;
            };
            for (key, value) in &pods.labels {
                by_label.entry((&*object.namespace, &**key, &**value)).or_default().push(pods);
            }
        }
        let mut told: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for spoken in &cluster.told {
            for (key, value) in &spoken.pods {
                told.entry((&*spoken.namespace, &**key, &**value)).or_default().push(&spoken.pods);
            }
        }
        Workloads { by_label, told }
    }

    /// Those that have all of these labels.
    pub fn selected(&self, namespace: &str, labels: &Labels) -> Vec<&'a Pods> {
        let candidates = rarest(&self.by_label, namespace, labels);
        candidates.iter().copied().filter(|pods| has_all(&pods.labels, labels)).collect()
    }

    /// Whether a block speaks of pods with all of these labels, whoever makes them.
    pub fn are_told(&self, namespace: &str, labels: &Labels) -> bool {
        rarest(&self.told, namespace, labels).iter().any(|pods| has_all(pods, labels))
    }

    /// The values that pods of a namespace have for a label.
    pub fn values(&self, namespace: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> + '_ {
        let from = self.by_label.range((namespace, key, "")..);
        from.map(|(known, _)| *known)
            .take_while(move |known| (known.0, known.1) == (namespace, key))
            .map(|known| known.2)
    }
}

fn has_all(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value): (&Text, &Text)| labels.get(key) == Some(value))
}

/// The shortest of the lists in which everything that has all of the labels is.
fn rarest<'m, T>(
    map: &'m BTreeMap<(&'m str, &'m str, &'m str), Vec<T>>,
    namespace: &'m str,
    labels: &'m Labels,
) -> &'m [T] {
    let none: &[T] = &[];
    let lists = labels.iter().map(|(key, value)| map.get(&(namespace, &**key, &**value)).map_or(none, Vec::as_slice));
    lists.min_by_key(|list| list.len()).unwrap_or_default()
}
