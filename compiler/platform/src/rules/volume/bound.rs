//! `volume/no-match`: a claim for a volume made by hand, which that volume does not satisfy.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Claim, Cluster, Entity, Persistent};
use crate::rules::Findings;

/// A volume, and the object that it is.
type Known<'a> = (&'a Persistent, &'a Entity);

/// A claim and its volume have one class, and the volume is as large and as open as is asked for.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.persistents.is_empty() {
        return;
    }
    let mut by_name: FxHashMap<&str, Vec<Known>> = FxHashMap::default();
    let mut by_class: FxHashMap<&str, Vec<Known>> = FxHashMap::default();
    for volume in &cluster.persistents {
        if let Some(own) = cluster.objects.get(volume.entity) {
            by_name.entry(&own.name).or_default().push((volume, own));
            by_class.entry(&volume.class).or_default().push((volume, own));
        }
    }
    for claim in &cluster.claims {
        let Some(object) = cluster.objects.get(claim.entity) else {
            continue;
        };
        let candidates: &[Known] = match (&claim.volume, &claim.class) {
            (Some(name), _) => by_name.get(&*name.value).map(Vec::as_slice).unwrap_or_default(),
            (None, Some(class)) if !made_for(cluster, class) => {
                by_class.get(&*class.value).map(Vec::as_slice).unwrap_or_default()
            }
            (None, _) => continue,
        };
        if candidates.is_empty() {
            found.extend(claim.volume.as_ref().map(|name| {
                let message = format!("{} is for the volume `{}`, which does not exist", object.shown(), name.value);
                Diagnostic::new(&rules::VOLUME_NO_MATCH, name.at, message)
                    .label("this waits for ever")
                    .help("name a PersistentVolume that there is")
            }));
            continue;
        }
        let lacks: Vec<Option<String>> = candidates.iter().map(|(volume, _)| lacks(cluster, claim, volume)).collect();
        let (Some(Some(why)), Some((_, own)), true) =
            (lacks.first(), candidates.first(), lacks.iter().all(Option::is_some))
        else {
            continue;
        };
        let message = format!("{} can not have {}: {why}", object.shown(), own.shown());
        let at = claim.volume.as_ref().map_or(object.at, |name| name.at);
        let finding = Diagnostic::new(&rules::VOLUME_NO_MATCH, at, message).label("this waits for ever");
        found.push(finding.also(own.at, "the volume").help("let the claim ask for what the volume has"));
    }
}

/// Whether volumes of a class are made when they are asked for, or for none in particular.
fn made_for(cluster: &Cluster, class: &str) -> bool {
    class.is_empty() || cluster.storage.iter().any(|storage| *storage.class == *class)
}

/// What a volume lacks of what a claim asks for.
fn lacks(cluster: &Cluster, claim: &Claim, volume: &Persistent) -> Option<String> {
    let usual = cluster.storage.iter().find(|storage| storage.default);
    let class = claim.class.as_ref().map(|class| &*class.value).or(usual.map(|storage| &*storage.class));
    if let Some(class) = class.filter(|class| **class != *volume.class) {
        let of = |class: &str| if class.is_empty() { "no class".to_owned() } else { format!("the class `{class}`") };
        let by = if claim.class.is_none() { ", by default" } else { "" };
        return Some(format!("the claim is of {}{by}, and the volume of {}", of(class), of(&volume.class)));
    }
    if let Some(mode) = claim.access.iter().find(|mode| !volume.access.contains(mode)) {
        return Some(format!("it can not be mounted as `{mode}`"));
    }
    let (asked, has) = (claim.size.as_ref()?, volume.size?);
    (asked.value > has).then(|| format!("it has {has}, and {} is asked for", asked.value))
}
