//! `volume/rollout`: a rollout whose new pod waits for a volume that the old one holds.

use std::cell::LazyCell;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::capacity::{claims, replicas};
use crate::model::{Claim, Cluster};
use crate::rules::{Findings, storage};

/// Parts of the names of classes whose volumes one host has at a time.
const ATTACHED: &[&str] = &[
    "longhorn",
    "ceph-block",
    "rbd",
    "ebs",
    "gp2",
    "gp3",
    "iscsi",
    "hcloud",
    "linstor",
    "do-block",
    "cinder",
    "standard-rwo",
];

/// Where one pod can have a volume, the old one goes before the new one comes.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let named = cluster.claims.iter().filter_map(|claim| {
        let object = cluster.objects.get(claim.entity)?;
        Some(((&*object.namespace, &*object.name), claim))
    });
    let named: FxHashMap<(&str, &str), &Claim> = named.collect();
    let may_come = LazyCell::new(|| storage::may_come(cluster));
    let mut mounted: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for name in (0..cluster.pods.len()).flat_map(|number| claims(cluster, number)) {
        *mounted.entry(name).or_default() += 1;
    }
    for (number, pods) in
        cluster.pods.iter().enumerate().filter(|(_, pods)| pods.overlaps && replicas(cluster, pods) == 1)
    {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let mut held = claims(cluster, number)
            .filter(|name| mounted.get(name) == Some(&1))
            .filter_map(|name| named.get(&name).copied());
        let Some((claim, by)) = held.find_map(|claim| Some((claim, holder(cluster, claim, &may_come)?))) else {
            continue;
        };
        let Some(volume) = cluster.objects.get(claim.entity) else {
            continue;
        };
        let message =
            format!("a new pod of {} waits for {}, which {by} at a time can mount", object.shown(), volume.shown());
        let finding = Diagnostic::new(&rules::VOLUME_ROLLOUT, object.at, message);
        let finding = finding.label("the old pod is there until the new one is ready").also(volume.at, "the claim");
        found.push(finding.help("write `strategy.type: Recreate`"));
    }
}

/// Who alone can hold a volume, where a rollout comes to a halt by that.
fn holder(cluster: &Cluster, claim: &Claim, may_come: &LazyCell<bool, impl FnOnce() -> bool>) -> Option<&'static str> {
    let all = |mode: &str| !claim.access.is_empty() && claim.access.iter().all(|access| **access == *mode);
    if all("ReadWriteOncePod") {
        return Some("one pod");
    }
    let attached = match (storage::of(cluster, claim), &claim.class) {
        (Some(class), _) => !class.on_host && !class.shared,
        // Where nobody could bring the class, it is missing, which is another mistake.
        (None, Some(class)) if **may_come => ATTACHED.iter().any(|word| class.contains(word)),
        (None, _) => false,
    };
    (all("ReadWriteOnce") && attached && cluster.hosts.len() != 1).then_some("one host")
}
