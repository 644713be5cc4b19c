//! What machines shall be like, step by step.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::{Long, Said, Text};
use crate::Place;
use crate::read::slug;

/// What a machine shall be like.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The name of the host.
    pub host: Text,
    /// Where the host is written.
    pub at: Place,
    /// Its steps, by name.
    pub steps: Vec<NodeStep>,
}

/// One thing that a machine shall have.
#[derive(Clone, Debug)]
pub struct NodeStep {
    /// Its name, which may be any text.
    pub name: Text,
    /// Where a user wrote it, or what makes it.
    pub at: Place,
    /// Whether a user wrote it.
    pub given: bool,
    /// When it is its turn among steps that do not need each other; nothing where it is a step of no kind.
    pub stage: Option<u8>,
    /// The steps that must be done before.
    pub after: Vec<Text>,
    /// The services that start again when this changes something.
    pub restarts: Vec<Text>,
    /// What it does, in order.
    pub effects: Vec<Effect>,
    /// What it fetches, if it fetches something.
    pub download: Option<Download>,
}

/// A file that a machine gets from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Download {
    /// What it is called where it is kept.
    pub file: Text,
    /// From where, in this order.
    pub urls: Vec<Said<Text>>,
    /// Its SHA-256.
    pub sha256: Text,
}

/// One thing that the script of a node looks for and does: a word that it knows, and values by words that it knows. A word may
/// stand several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it is: `file`, `package`, `unit`, ..
    pub kind: &'static str,
    /// The values.
    pub values: Vec<(&'static str, Long)>,
}

impl Effect {
    /// The values of a word.
    pub fn all<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Long> {
        self.values.iter().filter(move |(known, _)| *known == word).map(|(_, value)| value)
    }

    /// The value of a word.
    pub fn get(&self, word: &str) -> Option<&Long> {
        self.values.iter().find(|(known, _)| *known == word).map(|(_, value)| value)
    }
}

impl Plan {
    /// The steps in the order in which they are done, and those that wait for each other in a circle.
    pub fn order(&self) -> (Vec<&NodeStep>, Vec<&NodeStep>) {
        let numbers: BTreeMap<&str, usize> = self.steps.iter().zip(0..).map(|(step, at)| (&*step.name, at)).collect();
        let mut followers: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (number, step) in self.steps.iter().enumerate() {
            let before = step.after.iter().filter_map(|name| Some((*numbers.get(&**name)?, number)));
            let behind = step.restarts.iter().filter_map(|name| Some((number, *numbers.get(&**name)?)));
            for (first, then) in before.chain(behind.filter(|(first, then)| first != then)) {
                followers.entry(first).or_default().insert(then);
            }
        }
        let mut waiting = vec![0_usize; self.steps.len()];
        for then in followers.values().flatten() {
            if let Some(count) = waiting.get_mut(*then) {
                *count += 1;
            }
        }
        let turn = |number: usize| Reverse((self.steps.get(number).and_then(|step| step.stage), number));
        let free = waiting.iter().enumerate().filter(|(_, count)| **count == 0);
        let mut ready: BinaryHeap<_> = free.map(|(number, _)| turn(number)).collect();
        let mut order = vec![];
        while let Some(Reverse((_, number))) = ready.pop() {
            order.push(number);
            for then in followers.get(&number).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(*then) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(turn(*then));
                    }
                }
            }
        }
        let done: BTreeSet<usize> = order.iter().copied().collect();
        let stuck = self.steps.iter().enumerate().filter(|(number, _)| !done.contains(number));
        let stuck = stuck.map(|(_, step)| step).collect();
        (order.into_iter().filter_map(|number| self.steps.get(number)).collect(), stuck)
    }
}

/// One thing that is done on a machine, as its script has it.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Stays the same as long as the step does the same kind of thing.
    pub id: String,
    /// The kind of the effect.
    pub kind: &'static str,
    /// The name of the step.
    pub name: Text,
    /// Where the step is written.
    pub at: Place,
    /// Words and their values; what `starts` names is an id.
    pub values: Vec<(&'static str, String)>,
}

impl Plan {
    /// What is done, in the order in which it is.
    pub fn deeds(&self) -> Vec<Deed> {
        let (steps, _) = self.order();
        let all = || steps.iter().flat_map(|step| ids(step).map(|(id, effect)| (&**step, id, effect)));
        let units = all().filter(|(.., effect)| effect.kind == "unit").map(|(step, id, _)| (&*step.name, id));
        let units: BTreeMap<&str, String> = units.collect();
        let deed = |(step, id, effect): (&NodeStep, String, &Effect)| {
            let own = effect.values.iter().filter_map(|(word, value)| match *word {
                "starts" => Some((*word, units.get(&**value)?.clone())),
                word => Some((word, value.to_string())),
            });
            let starts = step.restarts.iter().filter_map(|name| Some(("starts", units.get(&**name)?.clone())));
            Deed { id, kind: effect.kind, name: step.name, at: step.at, values: own.chain(starts).collect() }
        };
        all().map(deed).collect()
    }
}

/// What a step does, each with its id.
fn ids(step: &NodeStep) -> impl Iterator<Item = (String, &Effect)> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    step.effects.iter().map(move |effect| {
        let count = known.entry(effect.kind).or_default();
        *count += 1;
        let end = if *count == 1 { String::new() } else { format!(":{count}") };
        (format!("{}:{}{end}", slug(&step.name), effect.kind), effect)
    })
}
