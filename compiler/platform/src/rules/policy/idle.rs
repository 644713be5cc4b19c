//! `policy/idle`: rules of a direction that a policy says nothing of.

use diagnostics::{Diagnostic, rules};

use crate::rules::Findings;
use crate::rules::paths::Paths;

/// Rules count only for the directions that are named in `policyTypes`.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    for policy in &paths.cluster.policies {
        let (Some((at, side)), Some(object)) = (policy.idle, paths.cluster.objects.get(policy.entity)) else {
            continue;
        };
        let direction = if side == "egress" { "Egress" } else { "Ingress" };
        let message = format!("{} has rules of `{side}`, and is not about `{direction}`", object.shown());
        let at = if object.given { at } else { object.at };
        let finding = Diagnostic::new(&rules::POLICY_IDLE, at, message).label("these rules mean nothing");
        found.push(finding.help(format!("add `{direction}` to `policyTypes`, or leave the rules out")));
    }
}
