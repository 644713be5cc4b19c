//! `expose/two-balancers`: two that give addresses to every service.

use diagnostics::{Diagnostic, rules};

use crate::model::{Balancer, Cluster};
use crate::rules::Findings;

/// What the distribution brings gives addresses too, unless it is told to leave that out.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(brought) = &cluster.distribution.balancer else {
        return;
    };
    let chosen = cluster.balancer.as_ref().filter(|chosen: &&Balancer| chosen.schema != brought.schema);
    let by_objects = cluster.network.pools.iter().find(|pool| pool.entity.is_some());
    let (who, at) = match (chosen, by_objects) {
        (Some(chosen), _) => (format!("`{}`", chosen.schema), chosen.at),
        (None, Some(pool)) => (format!("the owner of the pool `{}`", pool.name), pool.at),
        (None, None) => return,
    };
    let message = format!("{who} and `{}` both give addresses to the services of `{}`", brought.schema, cluster.name);
    found.push(
        Diagnostic::new(&rules::EXPOSE_TWO_BALANCERS, at, message)
            .also(
                cluster.distribution.at,
                format!("the distribution brings `{}` unless told otherwise", brought.schema),
            )
            .help("tell the distribution to leave it out: `disable: [\"servicelb\"]`"),
    );
}
