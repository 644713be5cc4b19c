//! `volume/shared`: more pods than one mount a volume that one host, or one pod, can mount.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::capacity::{Suits, claims, replicas};
use crate::model::{Claim, Cluster, Entity};
use crate::rules::Findings;

/// Who mounts a claim: the number of its pods' entry, and how many there are.
type Mounts<'a> = BTreeMap<(&'a str, &'a str), Vec<(usize, u64)>>;

/// A claim that one host can mount has one pod, or pods that can only stand on one host.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut mounts: Mounts = BTreeMap::new();
    for (number, pods) in cluster.pods.iter().enumerate() {
        let object = cluster.objects.get(pods.entity);
        let count = match object.map(|object| &*object.kind) {
            Some("DaemonSet") => cluster.hosts.len() as u64,
            // What runs now and then may wait for its turn.
            Some("CronJob" | "Job") | None => continue,
            Some(_) => replicas(cluster, pods),
        };
        for claim in claims(cluster, number).filter(|_| count > 0) {
            mounts.entry(claim).or_default().push((number, count));
        }
    }
    let suits = Suits::new(&cluster.hosts);
    for claim in &cluster.claims {
        let Some(object) = cluster.objects.get(claim.entity) else {
            continue;
        };
        let Some(mounted) = mounts.get(&(&*object.namespace, &*object.name)) else {
            continue;
        };
        if !claim.access.is_empty() && claim.access.iter().all(|access| access.starts_with("ReadWriteOnce")) {
            judge(cluster, &suits, (claim, object), mounted, found);
        }
    }
}

fn judge(
    cluster: &Cluster,
    suits: &Suits,
    (claim, object): (&Claim, &Entity),
    mounted: &[(usize, u64)],
    found: &mut Findings,
) {
    let count: u64 = mounted.iter().map(|(_, count)| count).sum();
    let by_pod = claim.access.iter().all(|access| &**access == "ReadWriteOncePod");
    if count < 2 || !by_pod && mounted.iter().all(|(pods, _)| together(cluster, suits, *pods)) {
        return;
    }
    // Several that run one pod each follow the volume to its host.
    let one_each = mounted.iter().all(|(_, count)| *count == 1);
    if one_each && !by_pod && stays(cluster, claim) {
        return;
    }
    let whose = mounted.iter().filter_map(|(pods, count)| Some((cluster.pods.get(*pods)?, count)));
    let whose = whose.filter_map(|(pods, count)| Some((cluster.objects.get(pods.entity)?, count)));
    let whose: Vec<(&Entity, &u64)> = whose.collect();
    let Some((first, _)) = whose.iter().max_by_key(|(_, count)| **count) else {
        return;
    };
    let by = if by_pod { "one pod" } else { "one host" };
    let message = format!("{count} pods mount {}, which {by} at a time can mount", object.shown());
    let mut finding = Diagnostic::new(&rules::VOLUME_SHARED, first.at, message);
    for (other, count) in &whose {
        let pods = if **count == 1 { "1 pod".to_owned() } else { format!("{count} pods") };
        if other.at != first.at {
            finding = finding.also(other.at, pods);
        } else {
            finding = finding.label(pods);
        }
    }
    found.push(finding.also(object.at, "the claim").help(
        "run one pod, let every pod have a claim of its own (a `StatefulSet` with `volumeClaimTemplates`), or take \
         `ReadWriteMany` of a class that can be mounted by many",
    ));
}

/// Whether pods can stand on one host only.
fn together(cluster: &Cluster, suits: &Suits, pods: usize) -> bool {
    let Some(pods) = cluster.pods.get(pods) else {
        return false;
    };
    let near =
        pods.near.iter().any(|(selector, key)| &**key == "kubernetes.io/hostname" && selector.matches(&pods.labels));
    near || !cluster.hosts.is_empty() && suits.of(pods).len() == 1
}

/// Whether the volume stays on the host where it was made.
fn stays(cluster: &Cluster, claim: &Claim) -> bool {
    let is = |class: &str| claim.class.as_ref().is_some_and(|said| *said.value == *class);
    let of =
        cluster.storage.iter().find(|storage| if claim.class.is_some() { is(&storage.class) } else { storage.default });
    of.is_none_or(|storage| storage.on_host)
}
