//! Steps of hosts that come, go or change, and the services of the host that start again.

use std::collections::{BTreeMap, BTreeSet};

use super::{Both, Change, Effect, Level, Report, quoted, some};
use crate::Place;
use crate::model::{self, NodeStep, Plan, Text};

/// What becomes of a step; hosts of which the same is to be said are told together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fate {
    step: Text,
    verb: &'static str,
    /// What of it is another, by the words of the script.
    words: BTreeSet<&'static str>,
    /// The services that start again.
    restarts: BTreeSet<Text>,
}

/// The hosts with this fate, and where it is written for the first of them.
#[derive(Default)]
struct Hosts {
    names: Vec<String>,
    places: Option<(Option<Place>, Option<Place>)>,
}

/// Tells what becomes of steps, of hosts that both sides have.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let before: BTreeMap<&str, &Plan> = old.plans.iter().map(|plan| (&*plan.host, plan)).collect();
    let mut fates: BTreeMap<Fate, Hosts> = BTreeMap::new();
    for after in &new.plans {
        if let Some(before) = before.get(&*after.host) {
            of_host(before, after, &mut fates);
        }
    }
    fates.into_iter().for_each(|(fate, hosts)| told(&fate, hosts, report));
}

fn of_host(old: &Plan, new: &Plan, fates: &mut BTreeMap<Fate, Hosts>) {
    let by_name = |plan: &'_ Plan, name: &Text| plan.steps.iter().position(|step| step.name == *name);
    let mut add = |fate: Fate, places| {
        let hosts = fates.entry(fate).or_default();
        hosts.names.push(quoted(&new.host));
        hosts.places.get_or_insert(places);
    };
    for step in &old.steps {
        if by_name(new, &step.name).is_none() {
            let fate = Fate { verb: "is taken back", words: BTreeSet::new(), ..fate(new, step) };
            add(fate, (Some(step.at), None));
        }
    }
    for step in &new.steps {
        match by_name(old, &step.name).and_then(|at| old.steps.get(at)) {
            None => add(Fate { verb: "comes", ..fate(new, step) }, (None, Some(step.at))),
            Some(before) if before.effects != step.effects => {
                let fate = Fate { words: others(before, step), verb: "changes", ..fate(new, step) };
                add(fate, (Some(before.at), Some(step.at)));
            }
            Some(_) => {}
        }
    }
}

/// A step and what it starts again: the services that it names, and its own.
fn fate(plan: &Plan, step: &NodeStep) -> Fate {
    let named = step.restarts.iter().filter_map(|name| plan.steps.iter().find(|other| other.name == *name));
    let restarts = named.chain([step]).filter_map(service).collect();
    Fate { step: step.name, verb: "", words: BTreeSet::new(), restarts }
}

/// The service that a step is.
fn service(step: &NodeStep) -> Option<Text> {
    let unit = step.effects.iter().find(|effect| effect.kind == "unit")?;
    (unit.get("running").map(|running| &**running) == Some("yes")).then(|| unit.get("openrc").map(Text::from))?
}

/// The words whose values are others. A value itself is not shown: the text of a file may be a secret.
fn others(old: &NodeStep, new: &NodeStep) -> BTreeSet<&'static str> {
    let values = |step: &'_ NodeStep| -> BTreeSet<(&'static str, &'static str, model::Long)> {
        let of = |effect: &model::Effect| {
            effect.values.iter().map(|(word, value)| (effect.kind, *word, value.clone())).collect::<Vec<_>>()
        };
        step.effects.iter().flat_map(of).collect()
    };
    let (before, after) = (values(old), values(new));
    before.symmetric_difference(&after).map(|(_, word, _)| *word).collect()
}

fn told(fate: &Fate, hosts: Hosts, report: &mut Report) {
    let words: Vec<String> = fate.words.iter().map(|word| (*word).to_owned()).collect();
    let what = if words.is_empty() { String::new() } else { format!(": its {}", some(&words)) };
    let message = format!("the step {} of {} {}{what}", quoted(&fate.step), some(&hosts.names), fate.verb);
    let restarts: Vec<String> = fate.restarts.iter().map(|unit| quoted(unit)).collect();
    let (level, why) = match (restarts.len(), hosts.names.len()) {
        (0, _) => (Level::Note, String::new()),
        (1, 1) => (Level::Restart, format!("{} starts again", some(&restarts))),
        (1, _) => (Level::Restart, format!("{} starts again on each of them", some(&restarts))),
        _ => (Level::Restart, format!("{} start again", some(&restarts))),
    };
    let (old, new) = hosts.places.unwrap_or_default();
    report.tell(Change::new(level, Effect::Steps, message).why(why).places(old, new));
}
