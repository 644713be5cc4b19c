//! Policies by what they could be about, so that a question looks at few of them.

use rustc_hash::FxHashMap;

use super::trust::pairs;
use super::{Direction, SYSTEM_LABEL, home};
use crate::model::{Cluster, Labels, Peer, Policy, PolicyRule, Selector};

type Label<'a> = (&'a str, &'a str);

/// The policies of one direction.
pub struct Index<'a> {
    /// By namespace, those that choose all of its pods.
    all: FxHashMap<&'a str, Vec<u32>>,
    /// By namespace and the rarest of the labels that they want.
    by_label: FxHashMap<(&'a str, Label<'a>), Vec<u32>>,
    /// By namespace, those that want no label in particular.
    wide: FxHashMap<&'a str, Vec<u32>>,
    /// Peers by the rarest of the labels that they want.
    peers: FxHashMap<Label<'a>, Vec<Entry>>,
    /// Peers that want no label of pods, by the namespace that they name.
    spaces: FxHashMap<&'a str, Vec<Entry>>,
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

impl<'a> Index<'a> {
    /// The policies of a cluster that say something of a direction.
    pub fn new(cluster: &'a Cluster, direction: Direction) -> Index<'a> {
        let mut index = Index {
            all: FxHashMap::default(),
            by_label: FxHashMap::default(),
            wide: FxHashMap::default(),
            peers: FxHashMap::default(),
            spaces: FxHashMap::default(),
            open: vec![Vec::new(); cluster.policies.len()],
            sizes: vec![0; cluster.policies.len()],
        };
        let (mut own, mut others) = (FxHashMap::default(), FxHashMap::default());
        for policy in &cluster.policies {
            count(&policy.pods, &mut own);
            for pods in rules(policy, direction).into_iter().flatten().flat_map(|rule| &rule.peers).filter_map(pods) {
                count(pods, &mut others);
            }
        }
        for (number, policy) in cluster.policies.iter().enumerate() {
            if let Some(rules) = rules(policy, direction) {
                let namespace = home(cluster, policy.entity);
                if let Some(size) = index.sizes.get_mut(number) {
                    *size = rules.iter().map(|rule| 1 + rule.peers.len()).sum();
                }
                index.add(namespace, policy, number as u32, &own);
                index.add_peers(namespace, rules, number as u32, &others);
            }
        }
        index
    }

    fn add(&mut self, namespace: &'a str, policy: &'a Policy, number: u32, counts: &FxHashMap<Label<'a>, u32>) {
        if policy.pods.is_all() {
            self.all.entry(namespace).or_default().push(number);
            return;
        }
        match rarest(&policy.pods, counts) {
            Some(labels) => {
                for label in labels {
                    self.by_label.entry((namespace, label)).or_default().push(number);
                }
            }
            None => self.wide.entry(namespace).or_default().push(number),
        }
    }

    fn add_peers(&mut self, own: &'a str, rules: &'a [PolicyRule], number: u32, counts: &FxHashMap<Label<'a>, u32>) {
        for (rule, of) in rules.iter().enumerate() {
            let entry =
                |peer: Option<usize>| Entry { policy: number, rule: rule as u32, peer: peer.map(|peer| peer as u32) };
            if of.peers.is_empty() {
                self.add_open(entry(None));
            }
            for (nth, peer) in of.peers.iter().enumerate() {
                self.add_peer(own, peer, entry(Some(nth)), counts);
            }
        }
    }

    fn add_peer(&mut self, own: &'a str, peer: &'a Peer, entry: Entry, counts: &FxHashMap<Label<'a>, u32>) {
        let Peer::Pods { namespaces, .. } = peer else {
            return self.add_open(entry);
        };
        if let Some(labels) = pods(peer).and_then(|pods| rarest(pods, counts)) {
            for label in labels {
                self.peers.entry(label).or_default().push(entry);
            }
            return;
        }
        match namespaces.as_ref().map(named) {
            None => self.spaces.entry(own).or_default().push(entry),
            Some(Some(names)) => {
                for name in names {
                    self.spaces.entry(name).or_default().push(entry);
                }
            }
            Some(None) => self.add_open(entry),
        }
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
    pub fn of_all(&self, namespace: &str) -> &[u32] {
        self.all.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// The policies that could choose pods by their labels.
    pub fn of_labels(&self, namespace: &str, labels: &Labels) -> Vec<u32> {
        let by_label = labels.iter().filter_map(|(key, value)| self.by_label.get(&(namespace, (&**key, &**value))));
        let wide = self.wide.get(namespace);
        let mut found: Vec<u32> = by_label.chain(wide).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every policy of a namespace.
    pub fn of_namespace(&self, namespace: &str, cluster: &Cluster, direction: Direction) -> Vec<u32> {
        let policies = cluster.policies.iter().enumerate();
        let here = policies.filter(|(_, policy)| home(cluster, policy.entity) == namespace);
        here.filter(|(_, policy)| rules(policy, direction).is_some()).map(|(number, _)| number as u32).collect()
    }

    /// The peers that pods could be, besides those that [`open`](Self::open) has.
    pub fn of_peer<'s>(&'s self, namespace: &'s str, labels: &'s Labels) -> impl Iterator<Item = Entry> + use<'s, 'a> {
        let by_label = labels.iter().filter_map(|(key, value)| self.peers.get(&(&**key, &**value)));
        by_label.chain(self.spaces.get(namespace)).flatten().copied()
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
fn named(namespaces: &Selector) -> Option<Vec<&str>> {
    let pairs = pairs(namespaces);
    let by_name = pairs.into_iter().find(|pairs| pairs.iter().all(|(key, _)| *key == SYSTEM_LABEL))?;
    Some(by_name.into_iter().map(|(_, name)| name).collect())
}

fn count<'a>(selector: &'a Selector, counts: &mut FxHashMap<Label<'a>, u32>) {
    for label in pairs(selector).into_iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
}

fn rarest<'a>(selector: &'a Selector, counts: &FxHashMap<Label<'a>, u32>) -> Option<Vec<Label<'a>>> {
    let often = |pairs: &Vec<Label<'_>>| pairs.iter().filter_map(|pair| counts.get(pair)).sum::<u32>();
    pairs(selector).into_iter().min_by_key(often)
}
