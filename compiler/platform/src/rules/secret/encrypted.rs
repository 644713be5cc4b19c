//! `secret/not-decrypted`: what SOPS encrypted comes into the cluster as it is.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Where nobody decrypts it, pods get the encrypted text.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.decrypts {
        return;
    }
    for object in cluster.encrypted.iter().filter_map(|by| cluster.objects.get(*by)) {
        let message = format!("{} is encrypted with SOPS, and nothing that delivers decrypts it", object.shown());
        found.push(
            Diagnostic::new(&rules::SECRET_NOT_DECRYPTED, object.at, message)
                .label("the cluster would refuse this, or keep the encrypted text")
                .help("deliver it by Flux with `sops: true`, or take another provider of secrets"),
        );
    }
}
