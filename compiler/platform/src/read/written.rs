//! Where the texts of containers were written, which blocks hand on to the objects that they make.

use std::collections::BTreeMap;

use super::blocks::Space;
use crate::model::{Cluster, Text};
use crate::{Node, Place};

/// The texts of a block that runs containers.
struct Written {
    variables: BTreeMap<Text, Place>,
    arguments: Vec<Place>,
}

/// Points what containers are told to where a user wrote it, and not to where the standard library hands it on.
pub fn trace<N: Node>(spaces: &[Space<N>], cluster: &mut Cluster) {
    let mut written = BTreeMap::new();
    for space in spaces {
        for block in space.blocks.iter().filter(|block| block.is("Workload")) {
            if let Some(name) = block.node.name() {
                written.insert((space.name, Text::from(name)), texts(block.node));
            }
        }
    }
    for pods in &mut cluster.pods {
        let Some(entity) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let Some(written) = written.get(&(entity.namespace, entity.name)) else {
            continue;
        };
        for container in &mut pods.containers {
            for (name, value) in container.env.iter_mut().filter(|(_, value)| !value.given) {
                value.at = written.variables.get(name).copied().unwrap_or(value.at);
            }
            let all = container.arguments.len() == written.arguments.len();
            for (value, at) in container.arguments.iter_mut().zip(&written.arguments).filter(|_| all) {
                value.at = *at;
            }
        }
    }
}

fn texts<N: Node>(block: N) -> Written {
    let variables = block.get("env").map(Node::entries).unwrap_or_default();
    let list = |field: &str| block.get(field).map(Node::items).unwrap_or_default();
    Written {
        variables: variables.into_iter().map(|(name, value)| (name.into(), value.place())).collect(),
        arguments: list("command").into_iter().chain(list("arguments")).map(Node::place).collect(),
    }
}
