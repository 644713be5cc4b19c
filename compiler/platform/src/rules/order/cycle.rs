//! `order/cycle`: steps or components that wait for each other.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use super::rounds::rounds;
use super::steps::{Steps, place};
use crate::Place;
use crate::model::{Cluster, Part};
use crate::rules::Findings;

/// No step may wait for itself, by whatever way, and no component.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let steps = Steps::of(cluster);
    let rounds_of_steps = rounds(cluster.steps.len(), |number| steps.after(number).map(|(to, ..)| to).collect());
    found.extend(rounds_of_steps.iter().filter_map(|round| told(&steps, round)));
    let parts = &cluster.parts;
    let numbers: FxHashMap<&str, usize> = parts.iter().zip(0..).map(|(part, number)| (&*part.path, number)).collect();
    let after = |number: usize| {
        let after = parts.get(number).map(|part| part.after.as_slice()).unwrap_or_default();
        after.iter().filter_map(|to| numbers.get(&*to.value).copied()).collect()
    };
    found.extend(rounds(parts.len(), after).iter().filter_map(|round| told_of_parts(parts, round)));
}

fn told(steps: &Steps, round: &[usize]) -> Option<Diagnostic<Place>> {
    let entity = |number: usize| steps.entity(steps.cluster.steps.get(number)?);
    let first = entity(*round.first()?)?;
    let named: Vec<String> =
        round.iter().chain(round.first()).filter_map(|step| Some(format!("`{}`", entity(*step)?.name))).collect();
    let message = match round.len() {
        1 => format!("{} waits for itself", first.shown()),
        _ => format!("{} waits for itself: {}", first.shown(), named.join(" after ")),
    };
    let mut finding = Diagnostic::new(&rules::ORDER_CYCLE, place(first), message).label("none of these ever begins");
    for (at, number) in round.iter().enumerate() {
        let to = round.get(at + 1).or(round.first())?;
        let (_, name, _) = steps.after(*number).find(|(other, ..)| other == to)?;
        finding = finding.also(name.at, format!("`{}` waits for `{}`", entity(*number)?.name, name.value));
    }
    Some(finding.help("take one of these dependencies away"))
}

fn told_of_parts(parts: &[Part], round: &[usize]) -> Option<Diagnostic<Place>> {
    let part = |number: usize| parts.get(number);
    let first = part(*round.first()?)?;
    let named: Vec<String> =
        round.iter().chain(round.first()).filter_map(|number| Some(format!("`{}`", part(*number)?.path))).collect();
    let message = match round.len() {
        1 => format!("`{}` must be there before itself", first.path),
        _ => format!("`{}` must be there before itself: {}", first.path, named.join(" after ")),
    };
    let mut finding = Diagnostic::new(&rules::ORDER_CYCLE, first.at, message).label("none of these ever begins");
    for (at, number) in round.iter().enumerate() {
        let (own, next) = (part(*number)?, part(*round.get(at + 1).or(round.first())?)?);
        let to = own.after.iter().find(|to| to.value == next.path)?;
        finding = finding.also(to.at, format!("`{}` comes after `{}`", own.path, next.path));
    }
    Some(finding.help("take one of these dependencies away"))
}
