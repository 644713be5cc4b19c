//! What is needed of a cluster beside objects: interfaces, operators, policies that are enforced.

use domain::{Bytes, Cpu, Version};

use super::Text;
use crate::Place;

/// That something needs what only another part of the cluster can give.
#[derive(Clone, Debug)]
pub struct Need {
    /// Who, as people call it.
    pub by: String,
    /// Where it is written.
    pub at: Place,
    /// What: `istio`, `cni.policy`, `metrics.k8s.io`
    pub what: Text,
}

/// What something needs of the hosts of a cluster, its version and its storage.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Who, as people call it.
    pub by: String,
    /// Where it is written.
    pub at: Place,
    /// How many hosts there must be that are like this.
    pub hosts: Option<i64>,
    /// Whether they are control planes, where that counts.
    pub control_plane: Option<bool>,
    /// `amd64`, `arm64`
    pub arch: Option<Text>,
    /// The distributions of which one must run on each.
    pub os: Vec<Text>,
    /// What each of them must have.
    pub cpu: Option<Cpu>,
    /// What each of them must have.
    pub memory: Option<Bytes>,
    /// What each of them must have.
    pub disk: Option<Bytes>,
    /// The least version of Kubernetes.
    pub kubernetes: Option<Version>,
    /// A class of storage; `default` is the one that is meant where none is named.
    pub storage: Option<Text>,
}
