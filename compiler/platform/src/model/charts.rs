//! Charts that are installed, by whoever: a block, a release of Flux, an application of Argo CD, k3s.

use std::collections::BTreeMap;

use super::{Long, Said, Text};
use crate::Place;

/// A chart that is installed.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name, without its repository.
    pub name: Text,
    /// What it is installed as.
    pub release: Text,
    /// Where it is named.
    pub at: Place,
    /// Who installs it, as people call it.
    pub by: String,
    /// The object that installs it, if it is one.
    pub entity: Option<usize>,
    /// The namespace where it is installed.
    pub namespace: Text,
    /// Where it comes from, where that is said beside it.
    pub repository: Option<Text>,
    /// Its version, where a block says it; what objects install is known from these.
    pub version: Option<Said<Text>>,
    /// How it is installed.
    pub how: How,
    /// What its values say, by the way to it: `identity.issuer.scheme`. What is empty is there too.
    pub values: BTreeMap<Long, Vec<Said<Text>>>,
    /// Whether more values come from where nobody sees them here.
    pub open: bool,
    /// Where a user says values that no type describes.
    pub untyped: Option<Place>,
}

/// How a chart is installed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// By whatever delivers the platform.
    Block,
    /// By Flux, which waits until everything is ready.
    FluxWaits,
    /// By Flux, which does not wait.
    Flux,
    /// By Argo CD.
    Argo,
    /// By k3s.
    K3s,
}

impl Chart {
    /// What is said at a way.
    pub fn says(&self, way: &str) -> Option<&Said<Text>> {
        self.all(way).first()
    }

    /// Everything that is said at a way: the elements of a list.
    pub fn all(&self, way: &str) -> &[Said<Text>] {
        self.values.get(way).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether exactly this is said at a way.
    pub fn is(&self, way: &str, value: &str) -> bool {
        self.says(way).is_some_and(|said| *said.value == *value)
    }
}
