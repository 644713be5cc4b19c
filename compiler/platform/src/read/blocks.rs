//! The blocks of a cluster's namespaces, found once for all who read them.

use super::scalar::text;
use crate::Node;
use crate::model::Text;

/// A namespace and what stands in it.
pub struct Space<N> {
    /// The namespace.
    pub node: N,
    /// What it is called.
    pub name: Text,
    /// Its blocks.
    pub blocks: Vec<Block<N>>,
}

/// A block of a namespace.
pub struct Block<N> {
    /// The block.
    pub node: N,
    schemas: Vec<&'static str>,
}

/// The namespaces of a cluster.
pub fn spaces<N: Node>(cluster: N) -> Vec<Space<N>> {
    cluster.get("namespace").map(Node::items).unwrap_or_default().into_iter().map(Space::of).collect()
}

impl<N: Node> Space<N> {
    fn of(node: N) -> Space<N> {
        let entries = node.entries().into_iter().flat_map(|(_, field)| field.items());
        let blocks = entries.map(|node| Block { node, schemas: node.schemas() });
        // What has no schema is a value of the namespace itself.
        let blocks = blocks.filter(|block| !block.schemas.is_empty()).collect();
        Space { node, name: named(node), blocks }
    }

    /// What runs pods or lets them run, by the blocks.
    pub fn components(&self) -> impl Iterator<Item = &Block<N>> {
        self.blocks.iter().filter(|block| block.is("Component"))
    }

    /// Components of which only the outside is written: what they make is not seen here.
    pub fn opaque(&self) -> impl Iterator<Item = &Block<N>> {
        self.components().filter(|block| !block.is("Workload"))
    }
}

impl<N: Node> Block<N> {
    /// Whether it is of a schema, or of one that extends it.
    pub fn is(&self, schema: &str) -> bool {
        self.schemas.contains(&schema)
    }
}

/// What people call something: by its field `name`, or by the name of its block.
pub fn named<N: Node>(node: N) -> Text {
    node.get("name").and_then(text).unwrap_or_else(|| node.name().unwrap_or_default().into())
}
