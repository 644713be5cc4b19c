//! Pods that had room on the hosts and have none any more.

use super::{Both, Change, Effect, Level, Report};
use crate::capacity::fits;

/// Tells where pods fit no more.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    if let (Ok(()), Err(misfit)) = (fits(old), fits(new)) {
        let entity = misfit.pods.first().and_then(|pods| new.objects.get(new.pods.get(*pods)?.entity));
        let change = Change::new(Level::Disruption, Effect::Fits, misfit.message(new));
        let change = change.why("there was room for all before; some pods will wait for a host");
        report.tell(change.places(Some(old.at), Some(entity.map_or(new.at, |entity| entity.at))));
    }
}
