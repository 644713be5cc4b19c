//! `policy/no-namespace`: a choice of namespaces that means none.

use diagnostics::{Diagnostic, rules};

use super::shown;
use crate::model::Peer;
use crate::reach::{Direction, rules as rules_of, system_label};
use crate::rules::Findings;
use crate::rules::paths::Paths;

/// Every choice of namespaces must mean one that is there, by the labels that it really has.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    for dead in &paths.dead {
        let direction = if dead.is_egress { Direction::Egress } else { Direction::Ingress };
        let policy = paths.cluster.policies.get(dead.policy);
        let rule = policy.and_then(|policy| rules_of(policy, direction)?.get(dead.rule));
        let Some(Peer::Pods { at, namespaces: Some(namespaces), .. }) = rule.and_then(|rule| rule.peers.get(dead.peer))
        else {
            continue;
        };
        let message = format!("no namespace has {}, so nobody is meant here", shown(namespaces));
        let finding = Diagnostic::new(&rules::POLICY_NO_NAMESPACE, *at, message);
        found.push(match &dead.meant {
            Some(name) => {
                let here = paths.cluster.namespaces.get(name);
                let finding =
                    here.into_iter().fold(finding, |finding, here| finding.also(here.at, "has no such label"));
                finding.help(format!(
                    "`{name}` has the label `{}: {name}`, as every namespace has its own",
                    system_label()
                ))
            }
            None => finding.help("name a namespace that is there, or give it this label"),
        });
    }
}
