//! Which pods a service stands in front of: an index by labels, and the rules that ask it.

use rustc_hash::FxHashMap;

use super::{Findings, expose, port};
use crate::model::{Cluster, Entity, Labels, Pods};
use crate::reach::trust::is_added;

/// A namespace, and a label with its value.
type Key<'a> = (&'a str, &'a str, &'a str);

/// What runs pods, by its namespace and each of its labels.
pub struct Workloads<'a> {
    by_label: FxHashMap<Key<'a>, Vec<&'a Pods>>,
    told: FxHashMap<Key<'a>, Vec<&'a Labels>>,
    /// Stateful sets by namespace and name.
    sets: FxHashMap<(&'a str, &'a str), &'a Pods>,
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
            by_controller(pods, object, &mut by_label);
        }
        let mut told: FxHashMap<Key, Vec<&Labels>> = FxHashMap::default();
        for spoken in &cluster.told {
            for (key, value) in &spoken.pods {
                told.entry((&spoken.namespace, key, value)).or_default().push(&spoken.pods);
            }
        }
        let sets = cluster.pods.iter().filter_map(|pods| {
            let object = cluster.objects.get(pods.entity).filter(|object| &*object.kind == "StatefulSet")?;
            Some(((&*object.namespace, &*object.name), pods))
        });
        Workloads { by_label, told, sets: sets.collect() }
    }

    /// Those that have all of these labels.
    pub fn selected(&self, namespace: &str, labels: &Labels) -> Vec<&'a Pods> {
        let set = of_set(labels).and_then(|set| self.sets.get(&(namespace, set)));
        let candidates = set.map_or_else(|| rarest(&self.by_label, namespace, labels), std::slice::from_ref);
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

/// The labels by which controllers tell the pods of one object from others.
fn by_controller<'a>(pods: &'a Pods, object: &'a Entity, by_label: &mut FxHashMap<Key<'a>, Vec<&'a Pods>>) {
    if matches!(&*object.kind, "Job") {
        for key in ["job-name", "batch.kubernetes.io/job-name"] {
            by_label.entry((&object.namespace, key, &object.name)).or_default().push(pods);
        }
    }
}

/// Whether pods have labels. Which ones a controller adds to each of them is not written.
fn has_all(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| is_added(key) || labels.get(key) == Some(value))
}

/// The name of the stateful set whose pod is chosen by its name: `db-0`.
fn of_set(labels: &Labels) -> Option<&str> {
    let (set, number) = labels.get("statefulset.kubernetes.io/pod-name")?.rsplit_once('-')?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(set)
}

/// The shortest of the lists in which everything that has all of the labels is.
fn rarest<'m, T>(map: &'m FxHashMap<Key<'m>, Vec<T>>, namespace: &'m str, labels: &'m Labels) -> &'m [T] {
    let none: &[T] = &[];
    let plain = labels.iter().filter(|(key, _)| !is_added(key) || key.contains("job-name"));
    let lists = plain.map(|(key, value)| map.get(&(namespace, &**key, &**value)).map_or(none, Vec::as_slice));
    lists.min_by_key(|list| list.len()).unwrap_or_default()
}
