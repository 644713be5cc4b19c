//! Which namespaces there are, and what is known of what stands in them.

use rustc_hash::FxHashMap;

use super::index::{self, rules};
use super::party::Parties;
use super::trust::{Known, Trust, chooses, wanted};
use super::{Direction, IS_MADE, PartyId, Reach, home, system_label};
use crate::model::{Cluster, Labels, Peer, Policy, Selector, Text};

/// Every namespace that somebody speaks of, with its labels as far as they are known.
struct Spaces {
    by_name: FxHashMap<Text, (Labels, Known)>,
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
        let mut by_name = FxHashMap::default();
        let own = |name: Text| Labels::from([(system_label(), name)]);
        let in_objects = cluster.objects.iter().map(|object| &object.namespace).filter(|name| !name.is_empty());
        for name in in_objects.chain(&cluster.filled) {
            by_name.entry(*name).or_insert_with(|| (own(*name), Known::Partly));
        }
        for name in IS_MADE.map(Text::from) {
            by_name.insert(name, (own(name), Known::Written));
        }
        for (name, namespace) in &cluster.namespaces {
            by_name.insert(*name, (namespace.labels.clone(), Known::Written));
        }
        Spaces { by_name }
    }

    /// What a choice of namespaces means.
    pub fn chosen(&self, selector: &Selector) -> Chosen {
        // Whichever comes first, the best of them is the same.
        let each = self.by_name.values().map(|(labels, known)| chooses(selector, labels, *known));
        let trust = Trust::any(each);
        if trust == Trust::Yes {
            return Chosen::Some;
        }
        let wanted = wanted(selector).flat_map(|wanted| wanted.values);
        let meant = wanted.filter_map(|value| self.by_name.get_key_value(value));
        let without = |(name, (labels, known)): (&Text, &(Labels, Known))| {
            (chooses(selector, labels, *known) == Trust::No).then_some(*name)
        };
        match meant.filter_map(without).next() {
            Some(name) => Chosen::None(Some(name)),
            None if trust == Trust::No => Chosen::None(None),
            None => Chosen::Some,
        }
    }
}

/// The names that a choice of namespaces lists, where it does; the own one where nothing is chosen.
pub fn named<'s>(namespaces: Option<&'s Selector>, own: &'s Text) -> Option<&'s [Text]> {
    namespaces.map_or(Some(std::slice::from_ref(own)), index::named)
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
pub fn dead(cluster: &Cluster) -> Vec<Dead> {
    let spaces = Spaces::new(cluster);
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
        let named = index::named(selector).unwrap_or_default();
        let is = |name: &Text| {
            let space = self.by_name.get(name);
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
pub fn of_selector(reach: &Reach<'_>, namespace: Text, selector: Option<&Selector>) -> Option<Vec<PartyId>> {
    const MANY: usize = 64;
    let here = all_written(reach, namespace)?;
    match selector.filter(|selector| !selector.is_all()) {
        Some(selector) => {
            let found: Vec<PartyId> = reach.chosen(namespace, selector).take(MANY + 1).collect();
            (found.len() <= MANY).then_some(found)
        }
        None => (here.len() <= MANY).then(|| here.collect()),
    }
}

/// Whether it is certain that no pods of a namespace are chosen.
pub fn is_nobody(reach: &Reach<'_>, namespace: Text, selector: &Selector) -> bool {
    all_written(reach, namespace).is_some() && reach.chosen(namespace, selector).next().is_none()
}

/// The pods of a namespace, if there are some and all of them are written.
fn all_written<'r>(reach: &'r Reach<'_>, namespace: Text) -> Option<Parties<'r>> {
    let here = reach.in_namespace(namespace);
    (here.len() > 0 && !reach.cluster.filled.contains(&namespace)).then_some(here)
}
