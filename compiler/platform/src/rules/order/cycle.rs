//! `order/cycle`: steps that wait for each other.

use diagnostics::{Diagnostic, rules};

use super::steps::{Steps, place};
use crate::model::Cluster;
use crate::rules::Findings;

/// No step may wait for itself, by whatever way.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let steps = Steps::of(cluster);
    let mut seen = vec![Seen::Not; cluster.steps.len()];
    for first in 0..seen.len() {
        if seen.get(first) == Some(&Seen::Not) {
            walk(&steps, first, &mut seen, found);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    /// On the way that is walked.
    Open,
    Done,
}

/// Depth first, without recursion: each step of the way with what it still has to wait for.
fn walk(steps: &Steps, first: usize, seen: &mut [Seen], found: &mut Findings) {
    let next = |number: usize| steps.after(number).map(|(to, ..)| to).collect::<Vec<_>>();
    let mut way = vec![(first, next(first))];
    if let Some(state) = seen.get_mut(first) {
        *state = Seen::Open;
    }
    while let Some((number, left)) = way.last_mut() {
        let number = *number;
        let Some(to) = left.pop() else {
            way.pop();
            if let Some(state) = seen.get_mut(number) {
                *state = Seen::Done;
            }
            continue;
        };
        match seen.get(to) {
            Some(Seen::Open) => {
                let from = way.iter().position(|(step, _)| *step == to).unwrap_or_default();
                let round: Vec<usize> = way.iter().skip(from).map(|(step, _)| *step).collect();
                found.extend(told(steps, &round));
            }
            Some(Seen::Not) => {
                if let Some(state) = seen.get_mut(to) {
                    *state = Seen::Open;
                }
                way.push((to, next(to)));
            }
            _ => {}
        }
    }
}

fn told(steps: &Steps, round: &[usize]) -> Option<Diagnostic<crate::Place>> {
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
