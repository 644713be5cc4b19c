//! Which namespaces there are, and what is known of what stands in them.

use std::collections::BTreeMap;

use super::index::rules;
use super::trust::{Known, Trust, chooses, pairs};
use super::{Direction, IS_MADE, PartyId, Reach, SYSTEM_LABEL, home};
use crate::model::{Cluster, Labels, Peer, Policy, Selector, Text};

/// Every namespace that somebody speaks of, with its labels as far as they are known.
pub struct Spaces {
    by_name: BTreeMap<Text, (Labels, Known)>,
}

/// What a choice of namespaces means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// It means some, or could.
    Some,
    /// It means none; the name that it seems to want, where such a namespace is there without the label.
    None(Option<Text>),
}

impl Spaces {
    /// The namespaces of a cluster.
    pub fn new(cluster: &Cluster) -> Spaces {
        let mut by_name = BTreeMap::new();
        let own = |name: &str| Labels::from([(SYSTEM_LABEL.into(), name.into())]);
        let in_objects = cluster.objects.iter().map(|object| &object.namespace).filter(|name| !name.is_empty());
        for name in in_objects.chain(&cluster.filled) {
            if !by_name.contains_key(name) {
                by_name.insert(name.clone(), (own(name), Known::Partly));
            }
        }
        for name in IS_MADE {
            by_name.insert(name.into(), (own(name), Known::Written));
        }
        for (name, namespace) in &cluster.namespaces {
            by_name.insert(name.clone(), (namespace.labels.clone(), Known::Written));
        }
        Spaces { by_name }
    }

    /// Whether there is such a namespace.
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// What a choice of namespaces means.
    pub fn chosen(&self, selector: &Selector) -> Chosen {
        let mut trust = Trust::No;
        for (labels, known) in self.by_name.values() {
            trust = trust.max(chooses(selector, labels, *known));
            if trust == Trust::Yes {
                return Chosen::Some;
            }
        }
        let wanted = pairs(selector).into_iter().flatten().map(|(_, value)| value);
        let meant = wanted.filter_map(|value| self.by_name.get_key_value(value));
        let without = |(name, (labels, known)): (&Text, &(Labels, Known))| {
            (chooses(selector, labels, *known) == Trust::No).then(|| name.clone())
        };
        match meant.filter_map(without).next() {
            Some(name) => Chosen::None(Some(name)),
            None if trust == Trust::No => Chosen::None(None),
            None => Chosen::Some,
        }
    }

    /// The names that a choice of namespaces lists, where it does; the own one where nothing is chosen.
    pub fn named<'s>(&'s self, namespaces: Option<&'s Selector>, own: &'s str) -> Option<Vec<&'s str>> {
        let Some(selector) = namespaces else {
            return Some(vec![own]);
        };
        let by_name = pairs(selector).into_iter().find(|pairs| pairs.iter().all(|(key, _)| *key == SYSTEM_LABEL))?;
        Some(by_name.into_iter().map(|(_, name)| name).collect())
    }
}

/// A rule of a policy whose peers mean nobody, because they choose namespaces that are not there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Dead {
    /// The policy.
    pub policy: usize,
    /// Whether it looks out.
    pub is_egress: bool,
    /// The rule.
    pub rule: usize,
    /// The peer.
    pub peer: usize,
    /// The namespace that is meant, where it is known.
    pub meant: Option<Text>,
}

/// The peers that choose namespaces which are not there.
pub fn dead(cluster: &Cluster, spaces: &Spaces) -> Vec<Dead> {
    let mut found = Vec::new();
    for (number, policy) in cluster.policies.iter().enumerate() {
        for direction in [Direction::Egress, Direction::Ingress] {
            for (rule, of) in rules(policy, direction).unwrap_or_default().iter().enumerate() {
                for (peer, one) in of.peers.iter().enumerate() {
                    let Peer::Pods { namespaces: Some(namespaces), .. } = one else {
                        continue;
                    };
                    if let Chosen::None(meant) = spaces.chosen_fast(namespaces) {
                        let is_egress = direction == Direction::Egress;
                        found.push(Dead { policy: number, is_egress, rule, peer, meant });
                    }
                }
            }
        }
    }
    found
}

impl Spaces {
    /// The same as [`chosen`](Self::chosen), without a look at every namespace where one is named.
    fn chosen_fast(&self, selector: &Selector) -> Chosen {
        if selector.is_all() {
            return Chosen::Some;
        }
        let named = self.named(Some(selector), "").unwrap_or_default();
        let is = |name: &&str| {
            let space = self.by_name.get(*name);
            space.is_some_and(|(labels, known)| chooses(selector, labels, *known) != Trust::No)
        };
        if named.iter().any(is) { Chosen::Some } else { self.chosen(selector) }
    }
}

/// Pods that a policy is about, if all of them are written.
pub fn subjects(reach: &Reach<'_>, policy: &Policy) -> Option<Vec<PartyId>> {
    of_selector(reach, home(reach.cluster, policy.entity), Some(&policy.pods))
}

/// Pods of a namespace that are chosen, if all of them are written and they are not too many to look at.
pub fn of_selector(reach: &Reach<'_>, namespace: &str, selector: Option<&Selector>) -> Option<Vec<PartyId>> {
    const MANY: usize = 64;
    let here = reach.in_namespace(namespace);
    if reach.cluster.filled.contains(namespace) || here.is_empty() {
        return None;
    }
    match selector.filter(|selector| !selector.is_all()) {
        Some(selector) => Some(reach.chosen(namespace, selector)).filter(|found| found.len() <= MANY),
        None => (here.len() <= MANY).then(|| here.to_vec()),
    }
}
