//! `scale/two`: two that scale the same pods.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// One alone says how many pods there are.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for (first, second) in &cluster.scaled_twice {
        let (Some(first), Some(second)) = (cluster.objects.get(*first), cluster.objects.get(*second)) else {
            continue;
        };
        let message = format!("{} scales what {} scales", second.shown(), first.shown());
        let finding = Diagnostic::new(&rules::SCALE_TWO, second.name_at, message).label("the two undo each other");
        found.push(
            finding.also(first.name_at, "this one scales it too").help("make one of both, with the metrics of each"),
        );
    }
    // Who follows a share of what pods ask for, and who changes that, follow each other.
    for (scaled, second) in &cluster.resized {
        let share = cluster.autoscalers.get(scaled).filter(|scaler| !scaler.of_requests.is_empty());
        let first = share.and_then(|scaler| cluster.objects.get(scaler.entity));
        let (Some(first), Some(second)) = (first, cluster.objects.get(*second)) else { continue };
        let message =
            format!("{} changes what pods ask for, and {} follows a share of that", second.shown(), first.shown());
        let finding = Diagnostic::new(&rules::SCALE_TWO, second.name_at, message).label("the two chase each other");
        let finding = finding.also(first.name_at, "follows it");
        found.push(
            finding
                .help("let one only tell (`updateMode: \"Off\"`), or let the other follow a metric of something else"),
        );
    }
}
