//! `policy/elsewhere`: a policy of one team in the namespace of another.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Who may be reached in a namespace is said in its block: what another one says there, its owners do not find.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for policy in &cluster.foreign {
        let (name, own, other) = (&policy.name, &policy.written, &policy.namespace);
        let message = format!("the policy `{name}` of `{own}` is about the pods of `{}`", other.value);
        found.push(
            Diagnostic::new(&rules::POLICY_ELSEWHERE, other.at, message)
                .label("those who look after this namespace do not find it here")
                .help(format!("write it in the block of `{}`", other.value)),
        );
    }
}
