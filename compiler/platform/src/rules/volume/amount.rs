//! `volume/too-large`: a claim larger than what there is; `volume/over-committed`: claims that together are more.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::Bytes;

use crate::Place;
use crate::capacity::replicas;
use crate::model::{Cluster, Storage, Text, VolumeSource};
use crate::rules::Findings;

/// A claim to storage: who makes it, how large each is, and how many there are.
struct Asked {
    at: Place,
    shown: String,
    size: Bytes,
    count: u64,
}

/// Claims fit into their class of storage; where this is the disk of a host, into a disk.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut by_class: BTreeMap<&str, Vec<Asked>> = BTreeMap::new();
    let default = cluster.storage.iter().find(|storage| storage.default).map(|storage| &*storage.class);
    let class = |said: Option<&Text>| said.map(|class| class.to_string()).or(default.map(str::to_owned));
    for (said, asked) in asked(cluster) {
        let Some(class) = class(said.as_ref()) else {
            continue;
        };
        if let Some(storage) = cluster.storage.iter().find(|storage| *storage.class == *class) {
            by_class.entry(&storage.class).or_default().push(asked);
        }
    }
    for (class, claims) in by_class {
        if let Some(storage) = cluster.storage.iter().find(|storage| *storage.class == *class) {
            judge(cluster, storage, &claims, found);
        }
    }
}

fn asked(cluster: &Cluster) -> Vec<(Option<Text>, Asked)> {
    let claims = cluster.claims.iter().filter_map(|claim| {
        let object = cluster.objects.get(claim.entity)?;
        let size = claim.size.as_ref()?;
        let asked = Asked { at: size.at, shown: object.shown(), size: size.value, count: 1 };
        Some((claim.class.as_ref().map(|class| class.value), asked))
    });
    let own = cluster.pods.iter().flat_map(|pods| {
        pods.volumes.iter().filter_map(move |volume| match &volume.source {
            VolumeSource::Own { class, size: Some(size), .. } => {
                let object = cluster.objects.get(pods.entity)?;
                let shown = format!("`{}` of {}", volume.name, object.shown());
                let asked = Asked { at: volume.at, shown, size: *size, count: replicas(cluster, pods) };
                Some((*class, asked))
            }
            _ => None,
        })
    });
    claims.chain(own).collect()
}

fn judge(cluster: &Cluster, storage: &Storage, claims: &[Asked], found: &mut Findings) {
    let class = &storage.class;
    let disks = cluster.hosts.iter().map(|host| Some(host.disk.as_ref()?.count())).collect::<Option<Vec<u64>>>();
    let disks = disks.filter(|disks| !disks.is_empty() && storage.on_host && cluster.network.more_hosts == 0);
    let all = storage.size.as_ref().map(|size| size.count());
    let one = disks.as_ref().and_then(|disks| disks.iter().max().copied()).into_iter().chain(all).min();
    let all = all.or_else(|| disks.map(|disks| disks.iter().fold(0, |sum: u64, disk| sum.saturating_add(*disk))));
    let mut fitting: u64 = 0;
    for claim in claims {
        match one {
            Some(one) if claim.size.count() > one => {
                let message =
                    format!("{} asks for {}, and `{class}` has at most {}", claim.shown, claim.size, shown(one));
                let finding = Diagnostic::new(&rules::VOLUME_TOO_LARGE, claim.at, message);
                found.push(finding.also(storage.at, "the class of storage").help("ask for less"));
            }
            _ => fitting = fitting.saturating_add(claim.size.count().saturating_mul(claim.count)),
        }
    }
    let Some(all) = all.filter(|all| fitting > *all) else {
        return;
    };
    let message = format!("claims to `{class}` ask for {} together, and there is {}", shown(fitting), shown(all));
    let mut finding = Diagnostic::new(&rules::VOLUME_OVER_COMMITTED, storage.at, message);
    let mut largest: Vec<&Asked> = claims.iter().collect();
    largest.sort_by_key(|claim| std::cmp::Reverse(claim.size.count().saturating_mul(claim.count)));
    for claim in largest.into_iter().take(3) {
        let times = if claim.count == 1 { String::new() } else { format!("{} times ", claim.count) };
        finding = finding.also(claim.at, format!("{times}{}", claim.size));
    }
    found.push(finding.help("ask for less, or have more storage"));
}

fn shown(count: u64) -> String {
    let gib = 1 << 30;
    if count.is_multiple_of(gib) {
        return format!("{}Gi", count / gib);
    }
    Bytes::from_count(count.into()).map_or_else(|_| String::new(), |bytes| bytes.to_string())
}
