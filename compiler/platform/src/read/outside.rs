//! What resources of others say of the world outside: where copies of data go, and how many machines may come.

use super::references::{each, is};
use super::scalar::{said, text};
use crate::Node;
use crate::model::{Backup, Cluster, Entity, Growth};

/// Kinds that say where copies go, and the ways to it.
const BACKUPS: &[((&str, &str), &[&str])] = &[
    (("velero.io", "BackupStorageLocation"), &["spec config s3Url"]),
    (("postgresql.cnpg.io", "Cluster"), &["spec backup barmanObjectStore endpointURL"]),
    (("barmancloud.cnpg.io", "ObjectStore"), &["spec configuration endpointURL"]),
    (("k8up.io", "Schedule"), &["spec backend s3 endpoint"]),
    (("k8up.io", "Backup"), &["spec backend s3 endpoint"]),
];

/// Adds what an object says of it.
pub fn outside<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    for way in BACKUPS.iter().filter(|(kind, _)| is(entity, *kind)).flat_map(|(_, ways)| *ways) {
        each(node, way, &mut |end| {
            let target = said(Some(end), text);
            cluster.backups.extend(target.map(|target| Backup { entity: number, target }));
        });
    }
    if is(entity, ("karpenter.sh", "NodePool")) {
        let part = |field: &str| node.get("spec").and_then(|spec| spec.get(field));
        let bounded = part("replicas").is_some() || part("limits").is_some_and(|limits| !limits.entries().is_empty());
        cluster.growth.push(Growth { entity: number, bounded });
    }
}
