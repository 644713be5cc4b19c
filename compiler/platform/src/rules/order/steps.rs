//! The steps of a cluster by their names.

use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Entity, Said, Step, Text};

/// Steps, and how to find one.
pub struct Steps<'a> {
    /// The cluster that they are of.
    pub cluster: &'a Cluster,
    numbers: FxHashMap<(&'a str, &'a str, &'a str), usize>,
}

impl<'a> Steps<'a> {
    /// Those of a cluster.
    pub fn of(cluster: &'a Cluster) -> Self {
        let named = |(number, step): (usize, &'a Step)| {
            let entity = cluster.objects.get(step.entity)?;
            Some(((&*entity.kind, &*entity.namespace, &*entity.name), number))
        };
        Steps { cluster, numbers: cluster.steps.iter().enumerate().filter_map(named).collect() }
    }

    /// The object of a step.
    pub fn entity(&self, step: &Step) -> Option<&'a Entity> {
        self.cluster.objects.get(step.entity)
    }

    /// What a step waits for, where it is there.
    pub fn after(&self, number: usize) -> impl Iterator<Item = (usize, &'a Said<Text>, bool)> {
        let step = self.cluster.steps.get(number);
        let kind = step.and_then(|step| self.entity(step)).map_or("", |entity| &*entity.kind);
        let after = step.map(|step| step.after.as_slice()).unwrap_or_default();
        after.iter().filter_map(move |(namespace, name, judged)| {
            Some((*self.numbers.get(&(kind, &**namespace, &*name.value))?, name, *judged))
        })
    }
}

/// Where a step is written.
pub fn place(entity: &Entity) -> Place {
    entity.name_at
}
