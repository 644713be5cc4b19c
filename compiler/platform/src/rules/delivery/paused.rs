//! `delivery/paused`: what delivers is told to stand still, in the source.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// A pause that is written stays until somebody remembers it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for rhythm in &cluster.rhythms {
        let (Some(entity), Some(paused)) = (cluster.objects.get(rhythm.entity), &rhythm.paused) else { continue };
        if !paused.value {
            continue;
        }
        let rest = if &*entity.kind == "Kustomization" { "; releases that it made go on" } else { "" };
        let message =
            format!("{} is paused: what is written of it does not get into the cluster{rest}", entity.shown());
        found.push(
            Diagnostic::new(&rules::DELIVERY_PAUSED, paused.at, message)
                .label("it stands still until this goes")
                .help("pause with `operate.sh pause PART`, which stops releases too, and take this out"),
        );
    }
}
