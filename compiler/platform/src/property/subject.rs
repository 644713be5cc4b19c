//! What properties are asked of.

use domain::Cidr;

use crate::Node;
use crate::model::{Labels, Text};
use crate::read::labels;
use crate::read::scalar::{cidr, port, text};

/// A thing of the platform that a property can be asked of.
#[derive(Clone, PartialEq, Debug)]
pub enum Subject {
    /// Pods, and the ports at which they are meant.
    Pods {
        /// What people call the cluster.
        cluster: String,
        /// What people call them.
        path: String,
        /// Their namespace.
        namespace: Text,
        /// Their labels.
        labels: Labels,
        /// The ports of the pods with their protocols.
        ports: Vec<(u16, Text)>,
    },
    /// An object: its kind, its namespace where that is written, and its name.
    Object {
        /// Its kind.
        kind: Text,
        /// Its namespace.
        namespace: Option<Text>,
        /// Its name.
        name: Text,
    },
    /// All pods of a namespace.
    Namespace {
        /// What people call the cluster.
        cluster: String,
        /// Its name.
        name: Text,
    },
    /// Something outside of clusters.
    Outside {
        /// What people call the cluster from which it is seen.
        cluster: String,
        /// Its name.
        host: Text,
        /// The port.
        port: u16,
        /// Where it is, if that is known.
        address: Option<Cidr>,
    },
    /// A host.
    Host {
        /// What people call the cluster.
        cluster: String,
        /// Its name.
        name: Text,
    },
    /// A cluster.
    Cluster {
        /// What people call it.
        cluster: String,
    },
}

/// What a value is to properties; nothing where it is nothing to them.
pub fn subject<N: Node>(node: N) -> Option<Subject> {
    let schemas = node.schemas();
    let is = |schema: &str| schemas.contains(&schema);
    let cluster = || Some(node.get("cluster").or_else(|| node.get("namespace")?.get("cluster"))?.path());
    let name = |node: N| node.get("name").and_then(text).or_else(|| node.name().map(Text::from));
    if is("Cluster") {
        return Some(Subject::Cluster { cluster: node.path() });
    }
    if is("Host") {
        return Some(Subject::Host { cluster: cluster()?, name: name(node)? });
    }
    if is("Namespace") {
        return Some(Subject::Namespace { cluster: cluster()?, name: name(node)? });
    }
    if is("External") {
        let address = node.get("address").filter(|address| address.given()).and_then(cidr);
        let (host, port) = (node.get("host").and_then(text)?, node.get("port").and_then(port)?);
        return Some(Subject::Outside { cluster: cluster()?, host, port, address });
    }
    if is("Endpoint") || is("Component") {
        let ports = match is("Endpoint") {
            true => vec![node],
            false => node.get("port").map(Node::items).unwrap_or_default(),
        };
        return Some(Subject::Pods {
            cluster: cluster()?,
            path: node.path(),
            namespace: name(node.get("namespace")?)?,
            labels: node.get("pods").map(labels)?,
            ports: ports.into_iter().filter_map(listens).collect(),
        });
    }
    let kind = node.get("kind").and_then(text)?;
    let metadata = node.get("metadata")?;
    Some(Subject::Object {
        kind,
        namespace: metadata.get("namespace").and_then(text),
        name: metadata.get("name").and_then(text)?,
    })
}

fn listens<N: Node>(endpoint: N) -> Option<(u16, Text)> {
    let protocol = endpoint.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into());
    Some((endpoint.get("target").and_then(port)?, protocol))
}
