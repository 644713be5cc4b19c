//! Versions that do not go together, that nobody keeps up, or that nobody chose.

mod components;
pub mod external_dns;
mod facts;
mod flux_api;
mod metallb;
pub mod nodes;
mod retired;
pub mod unpinned;
mod window;

use super::Findings;
use crate::model::Cluster;

/// The rules about what a cluster runs.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let components = components::components(cluster);
    window::check(cluster, &components, found);
    flux_api::check(cluster, &components, found);
    metallb::check(cluster, &components, found);
    retired::check(&components, found);
}
