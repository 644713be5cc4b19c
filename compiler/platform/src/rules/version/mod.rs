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

pub(crate) use self::components::{Component, components};
pub(crate) use facts::Window as WindowFact;

use super::Findings;
use crate::model::Cluster;

/// What a chart installs, as windows of versions call it, where the version of the chart is its own.
pub(crate) fn component_of_chart(chart: &str) -> Option<&'static str> {
    facts::CHARTS.iter().find(|(name, _, tells)| *name == chart && *tells).map(|(_, name, _)| *name)
}

/// The rules about what a cluster runs.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let components = components::components(cluster);
    window::check(cluster, &components, found);
    flux_api::check(cluster, &components, found);
    metallb::check(cluster, &components, found);
    retired::check(&components, found);
}
