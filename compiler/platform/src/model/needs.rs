//! What is needed of a cluster beside objects: interfaces, operators, policies that are enforced.

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
