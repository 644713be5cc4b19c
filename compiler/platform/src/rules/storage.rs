//! Which classes of storage there are, and whether others may come of what is not seen.

use super::refs::unseen::others;
use crate::model::{Claim, Cluster, Storage, Text};

/// What is in the names of charts and programs that bring classes of storage.
const BRINGS: &[&str] = &[
    "ceph",
    "csi",
    "democratic",
    "gluster",
    "iscsi",
    "juicefs",
    "linstor",
    "local-path",
    "longhorn",
    "lvm",
    "mayastor",
    "nfs",
    "openebs",
    "piraeus",
    "portworx",
    "provisioner",
    "rook",
    "seaweed",
    "storage",
    "synology",
    "topolvm",
    "trident",
    "volume",
    "zfs",
];

/// Whether something that is not seen here may bring classes of storage.
pub fn may_come(cluster: &Cluster) -> bool {
    let is_chart = |by: usize| {
        let object = cluster.objects.get(by);
        object.is_none_or(|object| matches!(&*object.kind, "HelmRelease" | "HelmChart"))
    };
    let is_own = |by: usize| {
        cluster.objects.get(by).is_some_and(|object| {
            !matches!(&*object.kind, "Kustomization" | "Application" | "ApplicationSet" | "ResourceSet")
        })
    };
    let unknown = others(cluster).filter_map(|maker| maker.by).any(|by| !is_chart(by) && !is_own(by));
    let brings = |name: &str| BRINGS.iter().any(|word| name.contains(word));
    let runs = |kind: &str| matches!(kind, "Deployment" | "DaemonSet" | "StatefulSet" | "CSIDriver");
    unknown
        || !cluster.distribution.known
        || cluster.unseen.words.iter().any(|word| brings(word))
        || cluster.installed.iter().any(|installed| brings(&installed.name))
        || cluster.objects.iter().any(|object| runs(&object.kind) && brings(&object.name))
}

/// The class of a claim, if it is known: the default one where none is named.
pub fn of<'a>(cluster: &'a Cluster, claim: &Claim) -> Option<&'a Storage> {
    named(cluster, claim.class.as_ref().map(|class| &class.value))
}

/// The class of this name; the default one where there is none.
pub fn named<'a>(cluster: &'a Cluster, class: Option<&Text>) -> Option<&'a Storage> {
    cluster.storage.iter().find(|storage| match class {
        Some(class) => *class == storage.class,
        None => storage.default,
    })
}
