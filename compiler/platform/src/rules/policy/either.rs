//! `policy/either`: two peers, where one was meant that is both.

use diagnostics::{Diagnostic, rules};

use super::shown;
use crate::Place;
use crate::model::{Peer, Selector, Text};
use crate::reach::spaces::{is_nobody, named};
use crate::reach::{Direction, home, rules as rules_of};
use crate::rules::Findings;
use crate::rules::paths::Paths;

/// A namespace and pods as two items of a list are all pods of the one, and the others here. Where there are none such here,
/// those of the namespace were meant.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let cluster = paths.cluster;
    for policy in &cluster.policies {
        let own = home(cluster, policy.entity);
        for direction in [Direction::Egress, Direction::Ingress] {
            for rule in rules_of(policy, direction).unwrap_or_default() {
                for pair in rule.peers.windows(2) {
                    let Some((spaces, (at, pods))) = slip(pair) else {
                        continue;
                    };
                    if !is_elsewhere(paths, own, spaces, pods) {
                        continue;
                    }
                    let message = format!(
                        "this lets every pod of the namespaces with {} through, and pods with {} of `{own}`, which has none",
                        shown(spaces),
                        shown(pods)
                    );
                    let finding = Diagnostic::new(&rules::POLICY_EITHER, at, message);
                    found.push(finding.label("this is another peer").help(
                        "write both in one item of the list, without a `-` or a brace between them, if these pods of \
                         these namespaces are meant",
                    ));
                }
            }
        }
    }
}

/// Two items that would be one with both.
fn slip(pair: &[Peer]) -> Option<(&Selector, (Place, &Selector))> {
    let [one, other] = pair else {
        return None;
    };
    spaces(one).zip(pods(other)).or_else(|| spaces(other).zip(pods(one)))
}

fn spaces(peer: &Peer) -> Option<&Selector> {
    match peer {
        Peer::Pods { namespaces: Some(spaces), pods: None, .. } if !spaces.is_all() => Some(spaces),
        _ => None,
    }
}

fn pods(peer: &Peer) -> Option<(Place, &Selector)> {
    match peer {
        Peer::Pods { namespaces: None, pods: Some(pods), at } if !pods.is_all() => Some((*at, pods)),
        _ => None,
    }
}

/// Whether pods are known not to be here, or known to be where the other item says.
fn is_elsewhere(paths: &Paths<'_>, own: Text, spaces: &Selector, pods: &Selector) -> bool {
    let cluster = paths.cluster;
    if paths.reach.chosen(own, pods).next().is_some() {
        return false;
    }
    let named = named(Some(spaces), &own).unwrap_or_default();
    let is_dns = named.contains(&cluster.dns.namespace) && pods.matches(&cluster.dns.pods);
    let there = named.iter().any(|space| paths.reach.chosen(*space, pods).next().is_some());
    is_dns || there || is_nobody(&paths.reach, own, pods)
}

/// Whether a peer is half of such a pair, so that another rule needs not to speak of it.
pub fn is_half(peers: &[Peer], number: usize) -> bool {
    let pair = |from: usize| peers.get(from..from + 2).is_some_and(|pair| slip(pair).is_some());
    pair(number) || number > 0 && pair(number - 1)
}
