//! `policy/undone`: a policy that keeps everything out, and another that lets everything in again.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Policy, PolicyRule, Text};
use crate::reach::{Direction, home, rules as rules_of};
use crate::rules::Findings;
use rustc_hash::FxHashMap;

/// Policies are added up: one that allows everything leaves nothing of one that allows nothing.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for direction in [Direction::Ingress, Direction::Egress] {
        let mut closed: FxHashMap<Text, &Policy> = FxHashMap::default();
        for policy in cluster.policies.iter().filter(|policy| closes(policy, direction)) {
            closed.entry(home(cluster, policy.entity)).or_insert(policy);
        }
        for policy in cluster.policies.iter().filter(|policy| policy.pods.is_all()) {
            let open = rules_of(policy, direction).and_then(|rules| rules.iter().find(|rule| is_open(rule)));
            if let (Some(open), Some(closed)) = (open, closed.get(&home(cluster, policy.entity))) {
                found.extend(told(cluster, (policy, open), closed, direction));
            }
        }
    }
}

/// Whether a policy is about all pods and allows nothing.
fn closes(policy: &Policy, direction: Direction) -> bool {
    policy.pods.is_all() && rules_of(policy, direction).is_some_and(<[PolicyRule]>::is_empty)
}

fn is_open(rule: &PolicyRule) -> bool {
    rule.peers.is_empty() && rule.ports.is_empty()
}

fn told(
    cluster: &Cluster,
    (policy, open): (&Policy, &PolicyRule),
    closed: &Policy,
    direction: Direction,
) -> Option<Diagnostic<Place>> {
    let (opening, closing) = (cluster.objects.get(policy.entity)?, cluster.objects.get(closed.entity)?);
    let (lets, keeps) = match direction {
        Direction::Ingress => ("lets everybody in to", "keeps nobody out"),
        Direction::Egress => ("lets everything out of", "keeps nothing in"),
    };
    let message =
        format!("`{}` {lets} every pod of `{}`, so `{}` {keeps}", opening.name, opening.namespace, closing.name);
    let finding = Diagnostic::new(&rules::POLICY_UNDONE, open.at, message).also(closing.name_at, "this is undone");
    Some(finding.help("choose the pods that this is for, or say who and at which ports"))
}
