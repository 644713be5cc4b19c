//! What a cluster has, by what others call it. It is made once, and every question is one look.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lists::{List, Lists};
use crate::model::{Cluster, Front, Text};

/// A namespace, and a label with its value.
type Labelled = (Text, Text, Text);

/// What runs pods and what stands before them, by namespace, labels and names. All are numbers of the cluster's own lists.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_label: Lists<Labelled>,
    by_namespace: Lists<Text>,
    /// How many have a label, wherever they are, once somebody asks.
    anywhere: OnceLock<FxHashMap<(Text, Text), usize>>,
    services: FxHashMap<(Text, Text), u32>,
}

impl Index {
    /// That of a cluster.
    pub fn of(cluster: &Cluster) -> Index {
        let labels = cluster.pods.iter().map(|pods| pods.labels.len()).sum();
        let (mut by_label, mut by_namespace) = (Lists::with_room(labels), Lists::default());
        for (number, pods) in cluster.pods.iter().enumerate() {
            let Some(object) = cluster.objects.get(pods.entity) else {
                continue;
            };
            let namespace = object.space();
            by_namespace.push(namespace, number);
            for (key, value) in &pods.labels {
                by_label.push((namespace, *key, *value), number);
            }
        }
        let services = cluster.fronts.iter().zip(0..).filter_map(|(front, number)| {
            let object = cluster.objects.get(front.entity)?;
            Some(((object.space(), object.name), number))
        });
        Index { by_label, by_namespace, anywhere: OnceLock::new(), services: services.collect() }
    }

    /// Everything in a namespace that runs pods.
    pub fn in_namespace(&self, namespace: Text) -> List<'_> {
        self.by_namespace.of(&namespace)
    }

    /// What runs pods with a label.
    pub fn with_label(&self, namespace: Text, key: Text, value: Text) -> List<'_> {
        self.by_label.of(&(namespace, key, value))
    }

    /// How many run pods with a label, in a namespace or anywhere.
    pub fn count(&self, namespace: Option<Text>, key: Text, value: Text) -> usize {
        if let Some(namespace) = namespace {
            return self.with_label(namespace, key, value).len();
        }
        let anywhere = self.anywhere.get_or_init(|| {
            let mut all: FxHashMap<(Text, Text), usize> = FxHashMap::default();
            for ((_, key, value), count) in self.by_label.counts() {
                *all.entry((*key, *value)).or_default() += count;
            }
            all
        });
        anywhere.get(&(key, value)).copied().unwrap_or_default()
    }

    /// The fewest of a namespace among which are all that have these labels.
    pub fn fewest<'i>(
        &'i self,
        namespace: Text,
        labels: impl Iterator<Item = (&'i Text, &'i Text)>,
    ) -> Option<List<'i>> {
        labels.map(|(key, value)| self.with_label(namespace, *key, *value)).min_by_key(List::len)
    }

    /// The values that pods of a namespace have for a label, in order.
    pub fn values(&self, namespace: Text, key: Text) -> Vec<&'static str> {
        let known = self.by_label.keys().filter(|known| (known.0, known.1) == (namespace, key));
        let mut values: Vec<&str> = known.map(|known| known.2.as_str()).collect();
        values.sort_unstable();
        values
    }

    /// A service by its namespace and its name.
    pub fn service<'a>(&self, cluster: &'a Cluster, namespace: Text, name: Text) -> Option<&'a Front> {
        cluster.fronts.get(*self.services.get(&(namespace, name))? as usize)
    }
}
