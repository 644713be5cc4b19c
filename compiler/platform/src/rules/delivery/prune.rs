//! `delivery/prune`: what is taken out of the repository stays in the cluster.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// A kustomization takes away what is no longer written.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for rhythm in &cluster.rhythms {
        let (Some(entity), Some(prunes)) = (cluster.objects.get(rhythm.entity), &rhythm.prunes) else { continue };
        if !prunes.value {
            let message = format!("{} leaves in the cluster what is taken out of the repository", entity.shown());
            found.push(
                Diagnostic::new(&rules::DELIVERY_PRUNE, prunes.at, message)
                    .label("nothing is ever taken away")
                    .help("set `prune: true`; what must stay says so by the annotation `kustomize.toolkit.fluxcd.io/prune: disabled`"),
            );
        }
    }
}
