//! From evaluated values to the model.

mod ask;
mod blocks;
mod certificate;
mod charts;
mod cluster;
mod delivery;
mod exposure;
mod files;
mod gateway;
mod kinds;
mod made;
mod needs;
mod network;
mod outputs;
mod outside;
mod plan;
mod pods;
mod policy;
mod quota;
mod references;
mod rhythm;
mod rights;
mod routes;
pub(crate) mod scalar;
mod scale;
mod security;
mod service;
mod texts;
mod written;

pub use self::plan::slug;
pub(crate) use self::policy::selector;
use crate::model::{Annotations, Cluster, Cni, Entity, Labels, Platform, Text};
use crate::{Node, Place};

/// An object of Kubernetes as it was evaluated.
pub struct ObjectSource<N> {
    /// What people call the cluster that it is for; nothing where it is for none in particular.
    pub cluster: Option<Text>,
    /// Its group; the core has none.
    pub group: Text,
    /// The version of the group.
    pub version: Text,
    /// Its kind.
    pub kind: Text,
    /// Its namespace; nothing where it lives in none.
    pub namespace: Text,
    /// Its name.
    pub name: Text,
    /// Where it stands.
    pub at: Place,
    /// What it says.
    pub node: N,
}

/// The model of a platform and of its objects.
pub fn platform<N: Node>(root: N, objects: impl IntoIterator<Item = ObjectSource<N>>) -> Platform {
    let clusters = root.get("cluster").map(Node::items).unwrap_or_default();
    let spaces: Vec<_> = clusters.iter().map(|cluster| blocks::spaces(*cluster)).collect();
    let read = clusters.iter().zip(&spaces).map(|(node, spaces)| cluster::cluster(*node, spaces));
    let mut platform = Platform { clusters: read.collect(), outputs: Vec::new() };
    if !platform.clusters.is_empty() {
        outputs::outputs(root, &mut platform.outputs);
    }
    for object in objects {
        // What is for no cluster in particular is for each.
        for cluster in &mut platform.clusters {
            if object.cluster.as_ref().is_none_or(|name| **name == *cluster.name) {
                kinds::add(cluster, &object);
            }
        }
    }
    for (spaces, cluster) in spaces.iter().zip(&mut platform.clusters) {
        spaces.iter().for_each(|space| needs::components(cluster, space));
        charts::merge(cluster);
        charts::named_classes(cluster);
        cluster.foreign.extend(spaces.iter().flat_map(policy::foreign));
        rights::apply(cluster);
        written::trace(spaces, cluster);
        exposure::place(cluster, spaces);
    }
    platform
}

/// The model of objects of which nobody says what cluster they are for: nothing is known of it, and it enforces policies.
pub fn without_blocks<N: Node>(objects: impl IntoIterator<Item = ObjectSource<N>>) -> Platform {
    let cni = Cni { policies: true, blocks_mean_pods: true, ..Cni::default() };
    let mut cluster = Cluster { cni, domain: "cluster.local".into(), ..Cluster::default() };
    objects.into_iter().for_each(|object| kinds::add(&mut cluster, &object));
    Platform { clusters: vec![cluster], outputs: Vec::new() }
}

impl<N: Node> ObjectSource<N> {
    fn entity(&self) -> Entity {
        let metadata = self.node.get("metadata");
        // What the standard library derives stands where its object does.
        let part_at = |field: &str| {
            let part = metadata.and_then(|metadata| metadata.get(field)).filter(|part| part.given());
            part.map_or(self.at, Node::place)
        };
        Entity {
            group: self.group,
            version: self.version,
            kind: self.kind,
            namespace: self.namespace,
            name: self.name,
            at: self.at,
            name_at: part_at("name"),
            namespace_at: part_at("namespace"),
            given: self.node.given(),
            annotations: metadata.and_then(|metadata| metadata.get("annotations")).map(annotations).unwrap_or_default(),
            labels: metadata.and_then(|metadata| metadata.get("labels")).map(labels).unwrap_or_default(),
            keys: None,
        }
    }
}

/// A map of texts of any length.
fn annotations<N: Node>(node: N) -> Annotations {
    node.entries().into_iter().filter_map(|(key, value)| Some((key.into(), scalar::long(value)?))).collect()
}

/// A map of short texts.
pub(crate) fn labels<N: Node>(node: N) -> Labels {
    node.entries().into_iter().filter_map(|(key, value)| Some((Text::from(key), scalar::text(value)?))).collect()
}
