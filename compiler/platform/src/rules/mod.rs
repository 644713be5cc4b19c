//! The rules over a whole platform: one file a rule, below the group of its code.

mod net;
mod pool;

use diagnostics::Diagnostic;

use crate::Place;
use crate::model::{Cluster, Platform};

/// What rules found.
pub type Findings = Vec<Diagnostic<Place>>;

/// A rule that looks at each cluster by itself.
type OfCluster = fn(&Cluster, &mut Findings);

/// A rule that looks at clusters together.
type OfPlatform = fn(&Platform, &mut Findings);

const OF_CLUSTER: &[OfCluster] = &[
    net::cluster_dns::check,
    net::cni_pool::check,
    net::dhcp::check,
    net::endpoint::check,
    net::outside::check,
    net::overlap::check,
    net::room::check,
    pool::dhcp::check,
    pool::edge::check,
    pool::exhausted::check,
    pool::range::check,
    pool::request::check,
    pool::share::check,
    pool::subnet::check,
    pool::taken::check,
];

const OF_PLATFORM: &[OfPlatform] = &[net::duplicate::check, pool::overlap::check];

/// Everything that is wrong with a platform.
pub fn check(platform: &Platform) -> Findings {
    let mut found = Vec::new();
    for cluster in &platform.clusters {
        for rule in OF_CLUSTER {
            rule(cluster, &mut found);
        }
    }
    for rule in OF_PLATFORM {
        rule(platform, &mut found);
    }
    found
}
