//! Which hosts suit pods: by labels and taints, before any amount is looked at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::demand::Places;
use crate::lists::Lists;
use crate::model::{Expression, Host, Labels, Pods, Selector, Taint, Text, Toleration};

/// Who sets labels of hosts beside their owner: clouds, and software that finds out what a host has.
const FOREIGN: &[&str] = &[
    "topology.kubernetes.io/",
    "failure-domain.beta.kubernetes.io/",
    "node.kubernetes.io/",
    "beta.kubernetes.io/",
    "feature.node.kubernetes.io/",
    "nvidia.com/",
    "amd.com/",
    "gpu.intel.com/",
    "intel.feature.node.kubernetes.io/",
    "karpenter.",
    "eks.amazonaws.com/",
    "cloud.google.com/",
    "kubernetes.azure.com/",
    "extensions.talos.dev/",
    "plan.upgrade.cattle.io/",
];

/// The hosts of a cluster, found by their labels.
pub struct Hosts<'a> {
    hosts: &'a [Host],
    /// Which hosts have a label of this value.
    with: Lists<(Text, Text)>,
    /// The keys of all labels.
    keys: FxHashSet<Text>,
    /// A host that is gone.
    gone: Option<usize>,
    /// What was asked before.
    known: RefCell<BTreeMap<String, Arc<Suitable>>>,
    /// Places that labels make.
    made: RefCell<BTreeMap<Text, Places>>,
}

/// The hosts that suit pods.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Suitable {
    /// Those where they could be placed.
    pub open: Vec<bool>,
    /// Those with the right labels, but a taint that keeps them away.
    pub tainted: Vec<bool>,
    /// How many are open.
    pub count: usize,
}

impl Suitable {
    /// The hosts that suit both.
    pub fn and(&self, other: &Suitable) -> Suitable {
        let both =
            |one: &[bool], other: &[bool]| -> Vec<bool> { one.iter().zip(other).map(|(a, b)| *a && *b).collect() };
        Suitable::new(both(&self.open, &other.open), both(&self.tainted, &other.tainted))
    }

    /// By host: where they could be placed, and where only a taint is in the way.
    pub fn new(open: Vec<bool>, tainted: Vec<bool>) -> Self {
        let count = open.iter().filter(|open| **open).count();
        Self { open, tainted, count }
    }

    /// The numbers of the open hosts.
    pub fn hosts(&self) -> impl Iterator<Item = usize> {
        self.open.iter().enumerate().filter(|(_, open)| **open).map(|(host, _)| host)
    }
}

impl<'a> Hosts<'a> {
    pub fn new(hosts: &'a [Host], gone: Option<usize>) -> Self {
        let (mut with, mut keys) = (Lists::default(), FxHashSet::default());
        for (number, host) in hosts.iter().enumerate() {
            for (key, value) in &host.labels {
                with.push((*key, *value), number);
                keys.insert(*key);
            }
        }
        Self { hosts, with, keys, gone, known: RefCell::default(), made: RefCell::default() }
    }

    /// Whether some host says something of this label, or else nobody could: then it is the owner who sets it.
    pub fn knows(&self, key: &Text) -> bool {
        !FOREIGN.iter().any(|foreign| key.starts_with(foreign)) || self.keys.contains(key)
    }

    /// The hosts that suit these pods; who wants the same gets the same.
    pub fn suit(&self, pods: &Pods) -> Arc<Suitable> {
        let wants = if pods.on.is_empty() && pods.on_any.is_empty() && pods.tolerations.is_empty() {
            String::new()
        } else {
            format!("{:?} {:?} {:?}", pods.on, pods.on_any, pods.tolerations)
        };
        let mut known = self.known.borrow_mut();
        known.entry(wants).or_insert_with(|| Arc::new(self.look(pods))).clone()
    }

    fn look(&self, pods: &Pods) -> Suitable {
        let judged = pods.on.iter().filter(|(key, _)| self.knows(key));
        let on: Labels = judged.map(|(key, value)| (*key, *value)).collect();
        let on_any: Vec<Selector> = pods.on_any.iter().map(|term| self.judged(term)).collect();
        let mut open = vec![false; self.hosts.len()];
        let mut tainted = open.clone();
        let judge = |number: usize| {
            let host = &self.hosts[number];
            let labelled = on.iter().all(|(key, value)| host.labels.get(key) == Some(value));
            let any = on_any.is_empty() || on_any.iter().any(|term| term.matches(&host.labels));
            if labelled && any && self.gone != Some(number) {
                let away = keeps_away(host, &pods.tolerations).is_some();
                open[number] = !away;
                tainted[number] = away;
            }
        };
        match on.iter().next() {
            Some((key, value)) => {
                self.with.of(&(*key, *value)).for_each(judge);
            }
            None => (0..self.hosts.len()).for_each(judge),
        }
        Suitable::new(open, tainted)
    }

    /// What of a choice can be judged.
    fn judged(&self, term: &Selector) -> Selector {
        let judged = |expression: &&Expression| self.knows(&expression.key);
        Selector { labels: term.labels.clone(), expressions: term.expressions.iter().filter(judged).cloned().collect() }
    }

    /// Numbers for the places that a label makes of hosts. Nothing where nobody says it.
    pub fn places(&self, key: &Text) -> Option<Places> {
        if !self.knows(key) {
            return None;
        }
        let mut known = self.made.borrow_mut();
        if let Some(places) = known.get(key) {
            return Some(places.clone());
        }
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut number = |place: &'a Text| {
            let next = numbers.len() as u32;
            *numbers.entry(place).or_insert(next)
        };
        let places: Places = Arc::new(self.hosts.iter().map(|host| host.labels.get(key).map(&mut number)).collect());
        known.insert(*key, places.clone());
        Some(places)
    }
}

/// The taint that keeps pods with these tolerations from a host.
pub fn keeps_away<'a>(host: &'a Host, tolerations: &[Toleration]) -> Option<&'a Taint> {
    let strict = |taint: &&Taint| matches!(&*taint.effect, "NoSchedule" | "NoExecute");
    host.taints.iter().filter(strict).find(|taint| !tolerations.iter().any(|toleration| tolerates(toleration, taint)))
}

fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let effect = toleration.effect.is_empty() || toleration.effect == taint.effect;
    let key = if toleration.key.is_empty() { toleration.any_value } else { toleration.key == taint.key };
    effect && key && (toleration.any_value || toleration.value == taint.value)
}

/// Asks only which hosts suit pods.
pub struct Suits<'a>(Hosts<'a>);

impl<'a> Suits<'a> {
    /// Of these hosts.
    pub fn new(hosts: &'a [Host]) -> Self {
        Self(Hosts::new(hosts, None))
    }

    /// The numbers of the hosts on which pods may stand.
    pub fn of(&self, pods: &Pods) -> Vec<usize> {
        self.0.suit(pods).hosts().collect()
    }
}
