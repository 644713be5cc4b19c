//! `secret/no-credentials`: a source that is fetched by `ssh`, and nothing to be let in by.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Holder};
use crate::rules::Findings;

/// Flux fetches nothing by `ssh` without a key.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for literal in cluster.literals.iter().filter(|literal| literal.holder == Holder::Address) {
        let Some(object) = cluster.objects.get(literal.by).filter(|object| &*object.kind == "GitRepository") else {
            continue;
        };
        if literal.value.starts_with("ssh://") && !cluster.with_credentials.contains(&literal.by) {
            let message = format!("{} is fetched by ssh, and has no key", object.shown());
            let finding = Diagnostic::new(&rules::SECRET_NO_CREDENTIALS, literal.value.at, message);
            found.push(finding.help("name the secret with the key in `secretRef`"));
        }
    }
}
