//! Which versions of components work with which Kubernetes, before, after and on the way.

use super::Both;
use crate::rules::version::{Component, WindowFact, components};

/// A component whose version or whose Kubernetes moves, and how the two stand to each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// What it is called.
    pub component: &'static str,
    /// How it stands after all of it.
    pub turn: Turn,
    /// One line that stands alone.
    pub message: String,
    /// When the component moves.
    pub when: When,
}

/// How a component and Kubernetes stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Turn {
    /// They did, and no longer do.
    Breaks,
    /// It is known that they do not, before and after.
    StaysBroken,
    /// Nobody has tried.
    Untried,
    /// They did not, and do now.
    Opens,
    /// They do, if the order is kept.
    Holds,
}

/// When a component moves, as seen from Kubernetes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// It does not matter.
    Whenever,
    /// Before: its old version does not work with the new Kubernetes.
    Before,
    /// After: its new version does not work with the old Kubernetes.
    After,
    /// There is no order in which both work all the time.
    Never,
}

impl Turn {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Turn::Breaks => "breaks",
            Turn::StaysBroken => "broken",
            Turn::Untried => "untried",
            Turn::Opens => "opens",
            Turn::Holds => "holds",
        }
    }
}

/// How well a version goes with a Kubernetes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fit {
    Works,
    Untried,
    Broken,
}

/// The components of both sides of which something is known.
pub fn windows(both: &Both<'_>) -> Vec<Window> {
    let Some((before, after)) = both.kubernetes() else { return Vec::new() };
    let (old, new) = (components(both.clusters.0), components(both.clusters.1));
    let mut found: Vec<Window> = Vec::new();
    for component in &new {
        let is_known = |window: &Window| window.component == component.name;
        let Some(now) = component.window().filter(|_| !found.iter().any(is_known)) else { continue };
        let was = old.iter().find(|other| other.name == component.name && other.window().is_some());
        let moves = was.is_some_and(|was| version(was) != version(component));
        if before == after && !moves {
            continue;
        }
        let first = was.and_then(Component::window).unwrap_or(now);
        let turn = turn(fit(first, before), fit(now, after));
        let when = when(moves && before != after, (first, now), (before, after));
        if turn == Turn::Holds && matches!(when, When::Whenever) {
            continue;
        }
        let message = message(component, was, now, after, turn);
        found.push(Window { component: component.name, turn, message, when });
    }
    found.sort_by_key(|window| (window.turn, window.component));
    found
}

fn version(component: &Component) -> String {
    component.version.as_ref().map_or(String::new(), |version| version.as_str().to_owned())
}

fn fit(window: &WindowFact, kubernetes: (u64, u64)) -> Fit {
    if kubernetes < window.least {
        return Fit::Broken;
    }
    match window.most.is_some_and(|most| kubernetes > most) {
        true if window.breaks => Fit::Broken,
        true => Fit::Untried,
        false => Fit::Works,
    }
}

fn turn(before: Fit, after: Fit) -> Turn {
    match (before, after) {
        (Fit::Broken, Fit::Broken) => Turn::StaysBroken,
        (_, Fit::Broken) => Turn::Breaks,
        (_, Fit::Untried) => Turn::Untried,
        (Fit::Works, Fit::Works) => Turn::Holds,
        (_, Fit::Works) => Turn::Opens,
    }
}

fn when(both_move: bool, windows: (&WindowFact, &WindowFact), kubernetes: ((u64, u64), (u64, u64))) -> When {
    if !both_move {
        return When::Whenever;
    }
    match (fit(windows.0, kubernetes.1), fit(windows.1, kubernetes.0)) {
        (Fit::Works, Fit::Works) => When::Whenever,
        (Fit::Works, _) => When::After,
        (_, Fit::Works) => When::Before,
        (Fit::Broken, Fit::Broken) => When::Never,
        (Fit::Broken, Fit::Untried) => When::Before,
        (Fit::Untried, _) => When::After,
    }
}

fn message(component: &Component, was: Option<&Component>, now: &WindowFact, after: (u64, u64), turn: Turn) -> String {
    let (version, kubernetes) = (version(component), format!("Kubernetes {}.{}", after.0, after.1));
    let range = match now.most {
        Some(most) => format!("{}.{} to {}.{}", now.least.0, now.least.1, most.0, most.1),
        None => format!("{}.{} or later", now.least.0, now.least.1),
    };
    let from = match was.map(self::version) {
        Some(old) if old != version => format!(" (now {old})"),
        _ => String::new(),
    };
    let name = component.name;
    let does = match turn {
        Turn::Breaks | Turn::StaysBroken => format!("does not work with {kubernetes}"),
        Turn::Untried => format!("was never tried with {kubernetes}"),
        Turn::Opens | Turn::Holds => format!("works with {kubernetes}"),
    };
    format!("{name} {version}{from} {does}: it is made for {range}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn fact(least: u64, most: u64, breaks: bool) -> WindowFact {
        WindowFact {
            component: "x",
            from: (1, 0, 0),
            before: (2, 0, 0),
            least: (1, least),
            most: Some((1, most)),
            breaks,
        }
    }

    #[test]
    fn what_the_old_version_does_not_bear_comes_first() {
        let (old, new) = (fact(30, 33, true), fact(32, 36, true));
        assert_eq!(when(true, (&old, &new), ((1, 33), (1, 34))), When::Before);
        assert_eq!(when(true, (&old, &new), ((1, 31), (1, 32))), When::After);
        assert_eq!(when(true, (&old, &new), ((1, 32), (1, 33))), When::Whenever);
        assert_eq!(when(true, (&old, &fact(35, 36, true)), ((1, 33), (1, 34))), When::Never);
    }

    #[test]
    fn what_breaks_and_what_opens() {
        assert_eq!(turn(Fit::Works, Fit::Broken), Turn::Breaks);
        assert_eq!(turn(Fit::Broken, Fit::Works), Turn::Opens);
        assert_eq!(turn(Fit::Works, Fit::Untried), Turn::Untried);
        assert_eq!(fit(&fact(30, 33, false), (1, 34)), Fit::Untried);
    }
}
