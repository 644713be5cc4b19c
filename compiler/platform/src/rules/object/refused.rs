//! `object/refused`: an object that Kubernetes refuses for what it says by itself.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// No object breaks a law of Kubernetes.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    found.extend(cluster.broken.iter().map(|broken| {
        let finding = Diagnostic::new(&rules::OBJECT_REFUSED, broken.at, broken.message.clone());
        finding.label(broken.why).help(broken.help.clone())
    }));
}
