//! From evaluated values to the model.

mod ask;
mod cluster;
mod delivery;
mod exposure;
mod kinds;
mod made;
mod needs;
mod network;
mod pods;
mod policy;
mod references;
pub(crate) mod scalar;
mod service;
mod texts;
mod written;

use crate::model::{Entity, Labels, Platform, Text};
use crate::{Node, Place};

/// An object of Kubernetes as it was evaluated.
pub struct ObjectSource<N> {
    /// What people call the cluster that it is for; nothing where it is for none in particular.
    pub cluster: Option<String>,
    /// Its group; the core has none.
    pub group: String,
    /// The version of the group.
    pub version: String,
    /// Its kind.
    pub kind: String,
    /// Its namespace; nothing where it lives in none.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    /// What it says.
    pub node: N,
}

/// The model of a platform and of its objects.
pub fn platform<N: Node>(root: N, objects: impl IntoIterator<Item = ObjectSource<N>>) -> Platform {
    let clusters = root.get("cluster").map(Node::items).unwrap_or_default();
    let mut platform = Platform { clusters: clusters.iter().copied().map(cluster::cluster).collect() };
    for object in objects {
        // What is for no cluster in particular is for each.
        for cluster in &mut platform.clusters {
            if object.cluster.as_ref().is_none_or(|name| *name == cluster.name) {
                kinds::add(cluster, &object);
            }
        }
    }
    for (node, cluster) in clusters.into_iter().zip(&mut platform.clusters) {
        let namespaces = node.get("namespace").map(Node::items).unwrap_or_default();
        namespaces.into_iter().for_each(|namespace| needs::components(cluster, namespace));
        written::trace(node, cluster);
        exposure::place(cluster, node);
    }
    platform
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
            group: self.group.as_str().into(),
            version: self.version.as_str().into(),
            kind: self.kind.as_str().into(),
            namespace: self.namespace.as_str().into(),
            name: self.name.as_str().into(),
            at: self.at,
            name_at: part_at("name"),
            namespace_at: part_at("namespace"),
            given: self.node.given(),
            annotations: metadata.and_then(|metadata| metadata.get("annotations")).map(labels).unwrap_or_default(),
            labels: metadata.and_then(|metadata| metadata.get("labels")).map(labels).unwrap_or_default(),
            keys: None,
        }
    }
}

/// A map of texts.
pub(crate) fn labels<N: Node>(node: N) -> Labels {
    node.entries().into_iter().filter_map(|(key, value)| Some((Text::from(key), scalar::text(value)?))).collect()
}
