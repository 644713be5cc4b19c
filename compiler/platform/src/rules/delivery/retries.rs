//! `delivery/retries`: a chart that is tried for ever.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// How often a chart is tried has an end.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for rhythm in &cluster.rhythms {
        let Some(entity) = cluster.objects.get(rhythm.entity) else { continue };
        for (when, tries) in rhythm.tries.iter().filter(|(_, tries)| tries.value < 0) {
            let what = if *when == "install" { "installs its chart" } else { "upgrades its chart" };
            let message = format!("{} {what} again and again, and never says that it can not", entity.shown());
            found.push(
                Diagnostic::new(&rules::DELIVERY_RETRIES, tries.at, message)
                    .label("for ever")
                    .help("take a number: `retries: 3`, and `strategy: \"rollback\"` for upgrades"),
            );
        }
    }
}
