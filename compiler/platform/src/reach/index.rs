//! Policies by what they could be about, so that a question looks at few of them.

use rustc_hash::FxHashMap;

use super::trust::wanted;
use super::{Direction, home, system_label};
use crate::index::Index as PodIndex;
use crate::lists::Lists;
use crate::model::{Cluster, Labels, Peer, Policy, PolicyRule, Selector, Text, Wanted};

type Label = (Text, Text);

/// The policies of one direction.
pub struct Index {
    /// By namespace, those that choose all of its pods.
    all: FxHashMap<Text, Vec<u32>>,
    /// By namespace and the rarest of the labels that they want.
    by_label: Lists<(Text, Label)>,
    /// By namespace, those that want no label in particular.
    wide: Lists<Text>,
    /// Peers by the rarest of the labels that they want.
    peers: Lists<Label>,
    /// Peers that want no label of pods, by the namespace that they name.
    spaces: Lists<Text>,
    /// The peers of these two.
    entries: Vec<Entry>,
    /// By policy, the peers that are found in no other way; everybody is one.
    open: Vec<Vec<(u32, Option<u32>)>>,
    /// By policy, how many peers its rules have.
    sizes: Vec<usize>,
}

/// A peer of a rule of a policy; nobody in particular is everybody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The policy.
    pub policy: u32,
    /// The rule.
    pub rule: u32,
    /// The peer.
    pub peer: Option<u32>,
}

/// The rules of a policy in a direction.
pub fn rules(policy: &Policy, direction: Direction) -> Option<&[PolicyRule]> {
    match direction {
        Direction::Egress => policy.egress.as_deref(),
        Direction::Ingress => policy.ingress.as_deref(),
    }
}

impl Index {
    /// The policies of a cluster that say something of a direction.
    pub fn new(cluster: &Cluster, pods: &PodIndex, direction: Direction) -> Index {
        let mut index = Index {
            all: FxHashMap::default(),
            by_label: Lists::with_room(cluster.policies.len()),
            wide: Lists::default(),
            peers: Lists::with_room(cluster.policies.len()),
            spaces: Lists::default(),
            entries: Vec::new(),
            open: vec![Vec::new(); cluster.policies.len()],
            sizes: vec![0; cluster.policies.len()],
        };
        for (number, policy) in cluster.policies.iter().enumerate() {
            if let Some(rules) = rules(policy, direction) {
                let namespace = home(cluster, policy.entity);
                if let Some(size) = index.sizes.get_mut(number) {
                    *size = rules.iter().map(|rule| 1 + rule.peers.len()).sum();
                }
                index.add(namespace, policy, number as u32, pods);
                index.add_peers(namespace, rules, number as u32, pods);
            }
        }
        index
    }

    fn add(&mut self, namespace: Text, policy: &Policy, number: u32, all: &PodIndex) {
        if policy.pods.is_all() {
            self.all.entry(namespace).or_default().push(number);
            return;
        }
        match rarest(all, Some(namespace), &policy.pods) {
            Some(wanted) => {
                for label in wanted.pairs() {
                    self.by_label.push((namespace, label), number as usize);
                }
            }
            None => self.wide.push(namespace, number as usize),
        }
    }

    fn add_peers(&mut self, own: Text, rules: &[PolicyRule], number: u32, all: &PodIndex) {
        for (rule, of) in rules.iter().enumerate() {
            let entry =
                |peer: Option<usize>| Entry { policy: number, rule: rule as u32, peer: peer.map(|peer| peer as u32) };
            if of.peers.is_empty() {
                self.add_open(entry(None));
            }
            for (nth, peer) in of.peers.iter().enumerate() {
                self.add_peer(own, peer, entry(Some(nth)), all);
            }
        }
    }

    fn add_peer(&mut self, own: Text, peer: &Peer, entry: Entry, all: &PodIndex) {
        let Peer::Pods { namespaces, .. } = peer else {
            return self.add_open(entry);
        };
        let names = namespaces.as_ref().map(named);
        // Where several are named, what is rare in the first is rare enough.
        let space = match names {
            None => Some(own),
            Some(names) => names.and_then(|names| names.first()).copied(),
        };
        if let Some(wanted) = pods(peer).and_then(|pods| rarest(all, space, pods)) {
            wanted.pairs().for_each(|label| self.peers.push(label, self.entries.len()));
            self.entries.push(entry);
            return;
        }
        match names {
            None => self.add_space(&[own], entry),
            Some(Some(names)) => self.add_space(names, entry),
            Some(None) => self.add_open(entry),
        }
    }

    fn add_space(&mut self, names: &[Text], entry: Entry) {
        names.iter().for_each(|name| self.spaces.push(*name, self.entries.len()));
        self.entries.push(entry);
    }

    fn add_open(&mut self, entry: Entry) {
        if let Some(open) = self.open.get_mut(entry.policy as usize) {
            open.push((entry.rule, entry.peer));
        }
    }

    /// How much there is to look at in a policy.
    pub fn size(&self, policy: u32) -> usize {
        self.sizes.get(policy as usize).copied().unwrap_or_default()
    }

    /// The policies that choose all pods of a namespace.
    pub fn of_all(&self, namespace: Text) -> &[u32] {
        self.all.get(&namespace).map_or(&[], Vec::as_slice)
    }

    /// The policies that could choose pods by their labels.
    pub fn of_labels(&self, namespace: Text, labels: &Labels) -> Vec<u32> {
        let by_label = labels.iter().map(|(key, value)| self.by_label.of(&(namespace, (*key, *value))));
        let all = by_label.chain([self.wide.of(&namespace)]).flatten();
        let mut found: Vec<u32> = all.map(|number| number as u32).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every policy of a namespace.
    pub fn of_namespace(&self, namespace: Text, cluster: &Cluster, direction: Direction) -> Vec<u32> {
        let policies = cluster.policies.iter().enumerate();
        let here = policies.filter(|(_, policy)| home(cluster, policy.entity) == namespace);
        here.filter(|(_, policy)| rules(policy, direction).is_some()).map(|(number, _)| number as u32).collect()
    }

    /// The peers that pods could be, besides those that [`open`](Self::open) has.
    pub fn of_peer<'s>(&'s self, namespace: Text, labels: &'s Labels) -> impl Iterator<Item = Entry> + use<'s> {
        let by_label = labels.iter().map(|(key, value)| self.peers.of(&(*key, *value)));
        let all = by_label.chain([self.spaces.of(&namespace)]).flatten();
        all.filter_map(|number| self.entries.get(number).copied())
    }

    /// The peers of a policy that must always be looked at.
    pub fn open(&self, policy: u32) -> impl Iterator<Item = Entry> {
        let open = self.open.get(policy as usize).map_or(&[] as &[_], Vec::as_slice);
        open.iter().map(move |(rule, peer)| Entry { policy, rule: *rule, peer: *peer })
    }
}

fn pods(peer: &Peer) -> Option<&Selector> {
    match peer {
        Peer::Pods { pods, .. } => pods.as_ref(),
        _ => None,
    }
}

/// The names that a choice of namespaces lists, if it is by name.
pub fn named(namespaces: &Selector) -> Option<&[Text]> {
    let label = system_label();
    wanted(namespaces).find(|wanted| *wanted.key == label).map(|wanted| wanted.values)
}

/// The label that the fewest pods have, of a namespace or of all.
fn rarest<'s>(pods: &PodIndex, namespace: Option<Text>, selector: &'s Selector) -> Option<Wanted<'s>> {
    let mut all = wanted(selector);
    let (first, second) = (all.next()?, all.next());
    let Some(second) = second else {
        return Some(first);
    };
    let often =
        |wanted: &Wanted<'_>| -> usize { wanted.pairs().map(|(key, value)| pods.count(namespace, key, value)).sum() };
    [first, second].into_iter().chain(all).min_by_key(often)
}
