//! `policy/selects-nothing`: a policy, or a peer of one, that no pods have the labels for.

use diagnostics::{Diagnostic, rules};

use super::{either, shown};
use crate::model::{Operator, Peer, Selector, Text};
use crate::reach::spaces::{is_nobody, named};
use crate::reach::{Direction, home, rules as rules_of};
use crate::rules::Findings;
use crate::rules::paths::Paths;

/// Where all pods of a namespace are written, a choice must mean some of them.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let cluster = paths.cluster;
    for policy in &cluster.policies {
        let own = home(cluster, policy.entity);
        // A choice that can not be made is another mistake.
        if policy.pods.expressions.iter().any(|one| one.operator == Operator::In && one.values.is_empty()) {
            continue;
        }
        if !policy.pods.is_all() && is_nobody(&paths.reach, own, &policy.pods) {
            let message = format!("no pods of `{own}` have {}, so this policy is about nobody", shown(&policy.pods));
            let finding = Diagnostic::new(&rules::POLICY_SELECTS_NOTHING, policy.pods_at, message);
            found.push(finding.help(near(paths, own, &policy.pods)));
            continue;
        }
        for direction in [Direction::Egress, Direction::Ingress] {
            for rule in rules_of(policy, direction).unwrap_or_default() {
                for (number, peer) in rule.peers.iter().enumerate() {
                    let Peer::Pods { at, namespaces, pods: Some(pods) } = peer else {
                        continue;
                    };
                    if pods.is_all() || either::is_half(&rule.peers, number) {
                        continue;
                    }
                    let named = named(namespaces.as_ref(), &own);
                    let [space] = *named.unwrap_or_default() else {
                        continue;
                    };
                    if is_nobody(&paths.reach, space, pods) {
                        let message = format!("no pods of `{space}` have {}, so nobody is meant here", shown(pods));
                        let finding = Diagnostic::new(&rules::POLICY_SELECTS_NOTHING, *at, message);
                        found.push(finding.help(near(paths, space, pods)));
                    }
                }
            }
        }
    }
}

/// What to do, with the labels that pods have.
fn near(paths: &Paths<'_>, space: Text, selector: &Selector) -> String {
    let values = |key: &Text| {
        let parties = paths.reach.in_namespace(space).map(|party| paths.reach.party(party).labels);
        let found: std::collections::BTreeSet<&str> =
            parties.filter_map(|labels| labels.get(key)).map(|value| &**value).collect();
        found
    };
    for (key, value) in &selector.labels {
        let there = values(key);
        if let Some(near) = domain::nearest(value, there.iter().copied()) {
            return format!("did you mean `{key}: {near}`?");
        }
    }
    let labels = paths.reach.in_namespace(space).next().map(|party| paths.reach.party(party).labels);
    let some = labels.and_then(|labels| labels.iter().next());
    some.map_or_else(String::new, |(key, value)| format!("choose labels that pods here have, such as `{key}: {value}`"))
}
