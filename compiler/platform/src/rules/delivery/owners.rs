//! `delivery/two-owners`: what two deliver, each as it is written there.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Chart, Cluster, Directory};
use crate::rules::Findings;

/// A release of a chart, and a directory of a repository, has one owner.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut releases: BTreeMap<(&str, &str), Vec<&Chart>> = BTreeMap::new();
    for chart in &cluster.charts {
        releases.entry((&chart.namespace, &chart.release)).or_default().push(chart);
    }
    for ((namespace, release), owners) in releases {
        let [first, others @ ..] = owners.as_slice() else { continue };
        for other in others {
            let message = format!(
                "the release `{release}` in `{namespace}` has two owners, {} and {}, which undo what the other does",
                first.by, other.by
            );
            found.push(
                Diagnostic::new(&rules::DELIVERY_TWO_OWNERS, other.at, message)
                    .label("installed here")
                    .also(first.at, "and here")
                    .help("take one of them out, or give the release another name"),
            );
        }
    }
    directories(cluster, found);
}

/// Flux within Flux and applications within applications are how both are used; one within the other is a fight.
fn directories(cluster: &Cluster, found: &mut Findings) {
    let of = |kind: &str| -> Vec<&Directory> {
        let is = |directory: &&Directory| cluster.objects.get(directory.by).is_some_and(|by| &*by.kind == kind);
        cluster.directories.iter().filter(is).collect()
    };
    let kustomizations = of("Kustomization");
    for one in of("Application") {
        let Some(other) = kustomizations.iter().find(|other| plain(&other.path.value) == plain(&one.path.value)) else {
            continue;
        };
        let (Some(by), Some(and)) = (cluster.objects.get(one.by), cluster.objects.get(other.by)) else { continue };
        let message = format!("`{}` has two owners, {} and {}", plain(&one.path.value), by.shown(), and.shown());
        found.push(
            Diagnostic::new(&rules::DELIVERY_TWO_OWNERS, one.path.at, message)
                .label("delivered by this")
                .also(other.path.at, "and by this")
                .help("take one of them out"),
        );
    }
}

/// A directory, however it is written.
pub(super) fn plain(path: &str) -> &str {
    path.trim_start_matches("./").trim_matches('/')
}
