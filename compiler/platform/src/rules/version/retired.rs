//! `version/retired`: software that nobody keeps up any more.

use diagnostics::{Diagnostic, rules};

use super::components::Component;
use super::facts::RETIRED;
use crate::rules::Findings;

/// What is installed still gets fixes.
pub fn check(components: &[Component], found: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for component in components {
        let holds = |before: &Option<(u64, u64)>| match before {
            Some(before) => component.minor().is_some_and(|minor| minor < *before),
            None => true,
        };
        let retired = RETIRED.iter().find(|(name, before, ..)| *name == component.name && holds(before));
        if let Some((name, _, why, instead)) = retired.filter(|(name, ..)| !told.contains(name)) {
            told.push(name);
            let message = format!("`{name}` {why}");
            found.push(Diagnostic::new(&rules::VERSION_RETIRED, component.at, message).help(*instead));
        }
    }
}
