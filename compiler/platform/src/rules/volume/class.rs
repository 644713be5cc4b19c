//! `volume/no-class`: claims that name no class where none is meant by default; `volume/two-defaults`: where two are.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, VolumeSource};
use crate::rules::{Findings, storage};

/// One class is meant where none is named.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut defaults = cluster.storage.iter().filter(|storage| storage.default);
    let Some(first) = defaults.next() else {
        return none(cluster, found);
    };
    for other in defaults.filter(|other| other.class != first.class) {
        let message = format!("both `{}` and `{}` are meant where a claim names no class", first.class, other.class);
        let place = |storage: &crate::model::Storage| if storage.given { storage.at } else { cluster.distribution.at };
        let finding = Diagnostic::new(&rules::VOLUME_TWO_DEFAULTS, place(other), message);
        let finding = finding.label("which one counts is not written anywhere").also(place(first), "the other one");
        found.push(finding.help("let one class be the default, or tell the distribution to leave its own out"));
    }
}

fn none(cluster: &Cluster, found: &mut Findings) {
    if storage::may_come(cluster) {
        return;
    }
    let mut tell = |at: Place, who: String| {
        let message = format!("{who} names no class of storage, and none is meant by default");
        let finding = Diagnostic::new(&rules::VOLUME_NO_CLASS, at, message).label("this waits for ever");
        found.push(
            finding
                .also(cluster.distribution.at, "this brings no class")
                .help("install something that provides volumes, and name its class or let it be the default"),
        );
    };
    for claim in cluster.claims.iter().filter(|claim| claim.class.is_none() && claim.volume.is_none()) {
        if let Some(object) = cluster.objects.get(claim.entity) {
            tell(object.at, object.shown());
        }
    }
    for pods in &cluster.pods {
        let own = pods.volumes.iter().find(|volume| matches!(&volume.source, VolumeSource::Own { class: None, .. }));
        if let (Some(volume), Some(object)) = (own, cluster.objects.get(pods.entity)) {
            let at = if object.given { volume.at } else { object.at };
            tell(at, format!("the volume `{}` of {}", volume.name, object.shown()));
        }
    }
}
