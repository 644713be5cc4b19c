//! `delivery/interval`: what delivers waits longer than until it looks again.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// A look ends before the next one, and a try that failed is not put off beyond it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for rhythm in &cluster.rhythms {
        let (Some(entity), Some(interval)) = (cluster.objects.get(rhythm.entity), &rhythm.interval) else { continue };
        let longer = [
            (&rhythm.timeout, "waits for up to", "let it give up before it looks again"),
            (&rhythm.retry, "tries what failed again after", "a retry that comes after the next look is none"),
        ];
        for (said, does, help) in longer {
            let Some(said) = said.as_ref().filter(|said| said.value > interval.value) else { continue };
            let message = format!("{} {does} {}, and looks again every {}", entity.shown(), said.value, interval.value);
            found.push(
                Diagnostic::new(&rules::DELIVERY_INTERVAL, said.at, message)
                    .label("longer than the interval")
                    .also(interval.at, "it looks again after this")
                    .help(help),
            );
        }
    }
}
