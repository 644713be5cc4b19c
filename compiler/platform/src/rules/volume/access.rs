//! `volume/access`: a volume for several hosts, of a class whose volumes stay on one.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::{Findings, storage};

/// What several hosts mount is of a class that can be mounted by several.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for claim in &cluster.claims {
        let wide = claim.access.iter().find(|access| matches!(&***access, "ReadWriteMany" | "ReadOnlyMany"));
        let (Some(access), Some(object)) = (wide, cluster.objects.get(claim.entity)) else {
            continue;
        };
        let Some(class) = storage::of(cluster, claim).filter(|class| class.on_host && !class.shared) else {
            continue;
        };
        // Volumes that somebody made by hand can be mounted as they say.
        if claim.volume.is_some() || cluster.persistents.iter().any(|volume| volume.class == class.class) {
            continue;
        }
        let message = format!(
            "{} wants to be mounted as `{access}`, and volumes of `{}` stay on one host",
            object.shown(),
            class.class
        );
        let at = claim.class.as_ref().filter(|class| class.given).map_or(object.at, |class| class.at);
        let finding = Diagnostic::new(&rules::VOLUME_ACCESS, at, message).label("this volume is never made");
        let by = if class.given { class.at } else { cluster.distribution.at };
        found.push(finding.also(by, "the class comes from here").help(
            "ask for `ReadWriteOnce`, or take a class whose volumes are reached over the network by several hosts",
        ));
    }
}
