//! `volume/access`: a volume for several hosts, of a class whose volumes stay on one.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Storage, Text, VolumeSource};
use crate::rules::{Findings, storage};

/// What several hosts mount is of a class that can be mounted by several.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for claim in &cluster.claims {
        let wide = claim.access.iter().find(|access| is_wide(access));
        let (Some(access), Some(object)) = (wide, cluster.objects.get(claim.entity)) else {
            continue;
        };
        // Volumes that somebody made by hand can be mounted as they say.
        let class = storage::of(cluster, claim).filter(|class| claim.volume.is_none() && stays(cluster, class));
        let at = claim.class.as_ref().filter(|class| class.given).map_or(object.at, |class| class.at);
        found.extend(class.map(|class| told(cluster, &object.shown(), access, class, at)));
    }
    for pods in &cluster.pods {
        for volume in &pods.volumes {
            let VolumeSource::Own { class, access, .. } = &volume.source else {
                continue;
            };
            let (Some(access), Some(object)) =
                (access.iter().find(|access| is_wide(access)), cluster.objects.get(pods.entity))
            else {
                continue;
            };
            let class = storage::named(cluster, class.as_ref()).filter(|class| stays(cluster, class));
            let shown = format!("the volume `{}` of {}", volume.name, object.shown());
            let at = if object.given { volume.at } else { object.at };
            found.extend(class.map(|class| told(cluster, &shown, access, class, at)));
        }
    }
}

fn is_wide(access: &str) -> bool {
    matches!(access, "ReadWriteMany" | "ReadOnlyMany")
}

/// Whether all volumes of a class are made, each on its host.
fn stays(cluster: &Cluster, class: &Storage) -> bool {
    class.on_host && !class.shared && !cluster.persistents.iter().any(|volume| volume.class == class.class)
}

fn told(cluster: &Cluster, shown: &str, access: &Text, class: &Storage, at: Place) -> Diagnostic<Place> {
    let message =
        format!("{shown} wants to be mounted as `{access}`, and volumes of `{}` stay on one host", class.class);
    let by = if class.given { class.at } else { cluster.distribution.at };
    Diagnostic::new(&rules::VOLUME_ACCESS, at, message)
        .label("this volume is never made")
        .also(by, "the class comes from here")
        .help("ask for `ReadWriteOnce`, or take a class whose volumes are reached over the network by several hosts")
}
