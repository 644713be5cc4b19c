//! The rules over a whole platform: one file a rule, below the group of its code.

mod capacity;
mod expose;
mod ha;
mod image;
mod ingress;
mod names;
mod net;
mod order;
mod paths;
mod policy;
mod pool;
mod port;
mod reach;
mod refs;
mod requires;
mod secret;
mod version;
mod volume;
mod workloads;

use diagnostics::Diagnostic;

use self::paths::Paths;
use crate::Place;
use crate::model::{Cluster, Platform};

/// How many findings of a rule are compared with everything that could be meant.
const COMPARED: usize = 100;

/// What rules found.
pub type Findings = Vec<Diagnostic<Place>>;

/// A rule that looks at each cluster by itself.
type OfCluster = fn(&Cluster, &mut Findings);

/// A rule that looks at clusters together.
type OfPlatform = fn(&Platform, &mut Findings);

/// A rule that looks at who reaches whom.
type OfPaths = fn(&mut Paths<'_>, &mut Findings);

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
    port::clash::check,
    port::host::check,
    port::map::check,
    port::range::check,
    port::twice::check,
    port::unmapped::check,
    expose::no_address::check,
    expose::scheme::check,
    expose::silent::check,
    expose::two_balancers::check,
    workloads::check,
    ingress::backend::check,
    ingress::clash::check,
    ingress::class::check,
    ingress::classes::check,
    policy::not_enforced::check,
    reach::scrape::check_taken,
    capacity::placed::check,
    capacity::limits::check,
    capacity::no_requests::check,
    capacity::architecture::check,
    volume::amount::check,
    volume::shared::check,
    ha::control_planes::check,
    ha::budget::check,
    names::grammar::check,
    names::length::check,
    order::cycle::check,
    order::no_wait::check,
    order::wave::check,
    refs::named::check,
    refs::namespace::check,
    requires::network::check,
    requires::offered::check,
    version::window::check,
    version::nodes::check,
    version::flux_api::check,
    version::metallb::check,
    version::external_dns::check,
    version::retired::check,
    version::unpinned::check,
    secret::literal::check,
    secret::sealed::check,
    secret::credentials::check,
    secret::weak::check,
    image::blocked::check,
    image::removed::check,
];

const OF_PATHS: &[OfPaths] = &[
    policy::no_namespace::check,
    policy::either::check,
    policy::selects_nothing::check,
    policy::port::check,
    reach::dns::check,
    reach::blocked::check,
    reach::external::check,
    reach::ingress::check,
    reach::hook::check,
    reach::scrape::check,
];

const OF_PLATFORM: &[OfPlatform] = &[net::duplicate::check, pool::overlap::check];

/// Everything that is wrong with a platform.
pub fn check(platform: &Platform) -> Findings {
    let mut found = Vec::new();
    for cluster in &platform.clusters {
        for rule in OF_CLUSTER {
            rule(cluster, &mut found);
        }
        if let Some(mut paths) = Paths::new(cluster) {
            for rule in OF_PATHS {
                rule(&mut paths, &mut found);
            }
        }
    }
    for rule in OF_PLATFORM {
        rule(platform, &mut found);
    }
    found
}
