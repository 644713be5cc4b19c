//! Paths that open or close: both sides are asked who may reach whom, by all their policies together, and the answers are
//! compared. What only looks different, a policy that is written in another way or that another one makes up for, is silent.

mod ends;

use std::collections::{BTreeMap, BTreeSet};

use self::ends::{Asked, Port, State, ends};
use super::{Both, Change, Effect, Level, Report, Spot, some};
use crate::Place;
use crate::model::Text;
use crate::reach::{Answer, Direction, Verdict, Who};

/// How many pairs of ends are asked.
const MOST: usize = 4_000_000;

/// From how many paths on that differ in one end alone they are told together.
const ALONE: usize = 3;

/// What becomes of a path, and why.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    effect: Effect,
    level: Level,
    why: Option<Why>,
}

/// What makes a path open or close.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Why {
    /// Whether it is let in, or out.
    way: &'static str,
    /// The policy that lets it pass, where it passes.
    by: Option<Text>,
    /// One that decides without letting it pass, where it does not.
    refusing: Option<Text>,
}

/// Tells which paths open and which close.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some(clusters) = both.clusters.both() else {
        return;
    };
    let (old, new, count) = ends(both, report, clusters);
    let touched: Vec<bool> = (0..count).map(|end| old.is_touched(end) || new.is_touched(end)).collect();
    let pairs = touched.iter().filter(|touched| **touched).count().saturating_mul(count);
    if pairs > MOST {
        let message = format!("{} are too many to compare who reaches whom", super::counted(count, "workload"));
        report.tell(Change::new(Level::Disruption, Effect::Opens, message).why("look at `platc graph --view reach`"));
        return;
    }
    let sides = Sides { old, new };
    // Those that nothing is in common with but where they begin.
    let mut alone: BTreeMap<(Turn, usize, Vec<Port>), Vec<usize>> = BTreeMap::new();
    for to in (0..count).filter(|_| pairs > 0) {
        for ((turn, ports), froms) in sides.turns(to, &touched) {
            if froms.len() > ALONE {
                sides.tell_to(&turn, &froms, to, &ports, report);
                continue;
            }
            for from in froms {
                alone.entry((turn.clone(), from, ports.clone())).or_default().push(to);
            }
        }
    }
    for ((turn, from, ports), tos) in alone {
        if tos.len() > ALONE {
            sides.tell_from(&turn, from, &tos, &ports, report);
            continue;
        }
        tos.iter().for_each(|to| sides.tell_from(&turn, from, &[*to], &ports, report));
    }
}

/// Both sides.
struct Sides<'a> {
    old: Asked<'a>,
    new: Asked<'a>,
}

impl<'a> Sides<'a> {
    /// What becomes of the paths to an end: who else it becomes of, with which ports.
    fn turns(&self, to: usize, touched: &[bool]) -> BTreeMap<(Turn, Vec<Port>), Vec<usize>> {
        let ends = [&self.old, &self.new].into_iter().filter_map(|side| side.end(to));
        let ports: BTreeSet<Port> = ends.flat_map(|end| end.ports.iter().cloned()).collect();
        let is_touched = |end: usize| touched.get(end).is_some_and(|touched| *touched);
        let mut found: BTreeMap<(Turn, Vec<Port>), Vec<usize>> = BTreeMap::new();
        for from in (0..touched.len()).filter(|from| *from != to && (is_touched(*from) || is_touched(to))) {
            let mut turns: BTreeMap<Turn, Vec<Port>> = BTreeMap::new();
            for port in &ports {
                if let Some(turn) = self.turn(from, to, port) {
                    turns.entry(turn).or_default().push(*port);
                }
            }
            turns.into_iter().for_each(|turn| found.entry(turn).or_default().push(from));
        }
        found
    }

    /// What becomes of one path.
    fn turn(&self, from: usize, to: usize, port: &Port) -> Option<Turn> {
        let (effect, allowed, blocked) = self.change(from, to, port)?;
        let (side, other) = self.with(effect);
        let there = |number| other.end(number).is_some();
        let outside = |number| side.end(number).is_some_and(|end| matches!(end.who, Who::Outside(_)));
        // What comes or goes as a whole is told by itself; that it talks to others is no surprise.
        let level = match (there(from) && there(to), outside(from)) {
            (true, _) => Level::Disruption,
            (false, true) if effect == Effect::Opens => Level::Disruption,
            _ => Level::Note,
        };
        let why = cause(&allowed, blocked.as_ref()).map(|direction| {
            let (verdict, way, own) = match direction {
                Direction::Ingress => (allowed.ingress, "in", to),
                Direction::Egress => (allowed.egress, "out", from),
            };
            let objects = &side.reach.cluster.objects;
            let rule = side.reach.rule(verdict, direction);
            let by = rule.and_then(|(policy, _)| objects.get(policy.entity)).map(|entity| entity.name);
            let refusing = || refusing(other, own, direction);
            let refusing = if by.is_none() && effect == Effect::Closes { refusing() } else { None };
            Why { way, by, refusing }
        });
        Some(Turn { effect, level, why })
    }

    /// Whether a path opens or closes, and what is said of it where it passes and where it does not.
    fn change(&self, from: usize, to: usize, port: &Port) -> Option<(Effect, Answer, Option<Answer>)> {
        let (was, is) = (self.old.state(from, to, port), self.new.state(from, to, port));
        match (was, is) {
            (State::Known(was), State::Known(is)) if was.is_blocked() && is.is_allowed() => {
                Some((Effect::Opens, is, Some(was)))
            }
            (State::Known(was), State::Known(is)) if is.is_blocked() && was.is_allowed() => {
                Some((Effect::Closes, was, Some(is)))
            }
            // What was not there was not reached; only what a rule says in so many words is told.
            (State::Absent, State::Known(is)) if is.is_allowed() && cause(&is, None).is_some() => {
                Some((Effect::Opens, is, None))
            }
            (State::Known(was), State::Absent) if was.is_allowed() && cause(&was, None).is_some() => {
                Some((Effect::Closes, was, None))
            }
            _ => None,
        }
    }

    /// The side on which a path passes, and the other one.
    fn with(&self, effect: Effect) -> (&Asked<'a>, &Asked<'a>) {
        if effect == Effect::Opens { (&self.new, &self.old) } else { (&self.old, &self.new) }
    }

    fn name(&self, effect: Effect, number: usize) -> String {
        self.with(effect).0.end(number).map_or(String::new(), |end| end.name.clone())
    }

    /// Their names in order, and the first of them.
    fn names(&self, effect: Effect, numbers: &[usize]) -> (String, Option<usize>) {
        let mut named: Vec<(String, usize)> =
            numbers.iter().map(|number| (self.name(effect, *number), *number)).collect();
        named.sort();
        let first = named.first().map(|(_, number)| *number);
        (some(&named.into_iter().map(|(name, _)| name).collect::<Vec<_>>()), first)
    }

    /// Tells paths that end at one end.
    fn tell_to(&self, turn: &Turn, froms: &[usize], to: usize, ports: &[Port], report: &mut Report) {
        let (names, first) = self.names(turn.effect, froms);
        let path = format!("{names} -> {}", self.name(turn.effect, to));
        self.tell(turn, &path, (first.unwrap_or(to), to), ports, report);
    }

    /// Tells paths that begin at one end.
    fn tell_from(&self, turn: &Turn, from: usize, tos: &[usize], ports: &[Port], report: &mut Report) {
        let (names, first) = self.names(turn.effect, tos);
        let path = format!("{} -> {names}", self.name(turn.effect, from));
        self.tell(turn, &path, (from, first.unwrap_or(from)), ports, report);
    }

    /// Tells paths that have one effect for one reason, with the places of one of them.
    fn tell(&self, turn: &Turn, path: &str, (from, to): (usize, usize), ports: &[Port], report: &mut Report) {
        let verb = if turn.effect == Effect::Opens { "opens" } else { "closes" };
        let message = format!("{verb} {path} at {}", shown(ports));
        let (side, other) = self.with(turn.effect);
        let at = |side: &Asked<'_>, number| side.end(number).and_then(|end| end.at).map(Spot::Fact);
        let rule = ports.first().and_then(|port| self.rule(from, to, port));
        let near = side.used(from, to).or(rule).map(Spot::Fact).or_else(|| at(side, to)).or_else(|| at(side, from));
        let far = at(other, to).or_else(|| at(other, from));
        let (old, new) = if turn.effect == Effect::Opens { (far, near) } else { (near, far) };
        let why = turn.why.as_ref().map_or(String::new(), |why| why.text(turn.effect));
        report.tell(Change::new(turn.level, turn.effect, message).why(why).at(old, new));
    }

    /// Where the rule stands that lets a path pass.
    fn rule(&self, from: usize, to: usize, port: &Port) -> Option<Place> {
        let (effect, allowed, blocked) = self.change(from, to, port)?;
        let direction = cause(&allowed, blocked.as_ref())?;
        let verdict = if direction == Direction::Ingress { allowed.ingress } else { allowed.egress };
        self.with(effect).0.reach.rule(verdict, direction).map(|(_, rule)| rule.at)
    }
}

/// The side of a connection that makes the difference: the one that refused, or where nobody was there, the one that has a
/// rule for it.
fn cause(allowed: &Answer, blocked: Option<&Answer>) -> Option<Direction> {
    let is_rule = |verdict| matches!(verdict, Verdict::By { .. });
    match blocked {
        Some(blocked) if blocked.ingress == Verdict::Refused => Some(Direction::Ingress),
        Some(_) => Some(Direction::Egress),
        None if is_rule(allowed.ingress) => Some(Direction::Ingress),
        None if is_rule(allowed.egress) => Some(Direction::Egress),
        None => None,
    }
}

/// A policy that decides about an end.
fn refusing(side: &Asked<'_>, own: usize, direction: Direction) -> Option<Text> {
    let Who::Pods(id) = side.end(own)?.who else {
        return None;
    };
    let (_, policy) = side.reach.isolating(id, direction).next()?;
    side.reach.cluster.objects.get(policy.entity).map(|entity| entity.name)
}

impl Why {
    /// Which policy lets it pass, or does not any more.
    fn text(&self, effect: Effect) -> String {
        let Why { way, by, refusing } = self;
        match (effect, by, refusing) {
            (Effect::Opens, Some(name), _) => format!("the policy `{name}` lets it {way}"),
            (Effect::Opens, None, _) => format!("no policy decides any more who is let {way}"),
            (_, Some(name), _) => format!("the policy `{name}` let it {way}, and none does now"),
            (_, None, Some(name)) => format!("the policy `{name}` decides now who is let {way}"),
            (_, None, None) => format!("it was let {way} by nobody's word, and is not any more"),
        }
    }
}

/// `TCP 80, 443, UDP 53`
fn shown(ports: &[Port]) -> String {
    let mut by_protocol: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (number, protocol) in ports {
        by_protocol.entry(protocol).or_default().push(number.to_string());
    }
    by_protocol
        .iter()
        .map(|(protocol, numbers)| format!("{protocol} {}", numbers.join(", ")))
        .collect::<Vec<_>>()
        .join(", ")
}
