//! Properties of the finished platform, which tests ask for: one row of a table each.

mod capacity;
mod reaches;
mod subject;

pub use subject::{Subject, subject};

use crate::Place;
use crate::model::{Cluster, Platform};
pub use crate::reach::trust::Trust;

/// A property that tests can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Property {
    /// Whether one thing may connect to another.
    Reaches,
    /// Whether all pods have a place when a host is gone.
    Survives,
    /// Whether all pods have a place.
    Fits,
}

/// What a property is called, of how many things it is asked, and what these are.
pub const PROPERTIES: [(&str, Property, usize, &str); 3] = [
    ("reaches", Property::Reaches, 2, "two of services, ports, endpoints, components, namespaces, hosts, externals"),
    ("survives", Property::Survives, 1, "a host"),
    ("fits", Property::Fits, 1, "a cluster"),
];

/// What was found of a property.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Whether it holds.
    pub holds: Trust,
    /// Why, in one line.
    pub why: String,
    /// What made it so, by place.
    pub places: Vec<(Place, String)>,
}

impl Finding {
    fn unknown(why: impl Into<String>) -> Finding {
        Finding { holds: Trust::Perhaps, why: why.into(), places: Vec::new() }
    }
}

/// Asks for a property; nothing where it can not be asked of these.
pub fn find(platform: &Platform, property: Property, subjects: &[Subject]) -> Option<Finding> {
    match (property, subjects) {
        (Property::Reaches, [from, to]) => reaches::find(platform, from, to),
        (Property::Survives, [Subject::Host { cluster, name }]) => capacity::survives(named(platform, cluster)?, name),
        (Property::Fits, [Subject::Cluster { cluster }]) => Some(capacity::fits(named(platform, cluster)?)),
        _ => None,
    }
}

fn named<'a>(platform: &'a Platform, name: &str) -> Option<&'a Cluster> {
    platform.clusters.iter().find(|cluster| cluster.name == name)
}
