//! Which pods a service stands in front of: an index by labels, and the rules that ask it.

use rustc_hash::FxHashMap;

use super::{Findings, expose, port};
use crate::model::{Cluster, Labels, Pods};

/// A namespace, and a label with its value.
type Key<'a> = (&'a str, &'a str, &'a str);

/// What runs pods, by its namespace and each of its labels.
pub struct Workloads<'a> {
    by_label: FxHashMap<Key<'a>, Vec<&'a Pods>>,
    told: FxHashMap<Key<'a>, Vec<&'a Labels>>,
}

/// What is wrong with services and the pods behind them.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let workloads = Workloads::of(cluster);
    expose::no_pods::check(cluster, &workloads, found);
    port::target::check(cluster, &workloads, found);
}

impl<'a> Workloads<'a> {
    /// Those of a cluster.
    fn of(cluster: &'a Cluster) -> Workloads<'a> {
        let mut by_label: FxHashMap<Key, Vec<&Pods>> = FxHashMap::default();
        for pods in &cluster.pods {
            let Some(object) = cluster.objects.get(pods.entity) else {
                continue;
            };
            for (key, value) in &pods.labels {
                by_label.entry((&object.namespace, key, value)).or_default().push(pods);
            }
        }
        let mut told: FxHashMap<Key, Vec<&Labels>> = FxHashMap::default();
        for spoken in &cluster.told {
            for (key, value) in &spoken.pods {
                told.entry((&spoken.namespace, key, value)).or_default().push(&spoken.pods);
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

    /// The values that pods of a namespace have for a label, in order.
    pub fn values(&self, namespace: &str, key: &str) -> Vec<&'a str> {
        let known = self.by_label.keys().filter(|known| (known.0, known.1) == (namespace, key));
        let mut values: Vec<&str> = known.map(|known| known.2).collect();
        values.sort_unstable();
        values
    }
}

fn has_all(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
}

/// The shortest of the lists in which everything that has all of the labels is.
fn rarest<'m, T>(map: &'m FxHashMap<Key<'m>, Vec<T>>, namespace: &'m str, labels: &'m Labels) -> &'m [T] {
    let none: &[T] = &[];
    let lists = labels.iter().map(|(key, value)| map.get(&(namespace, &**key, &**value)).map_or(none, Vec::as_slice));
    lists.min_by_key(|list| list.len()).unwrap_or_default()
}
