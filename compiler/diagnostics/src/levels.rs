//! What a project makes of the levels of rules: another level for one, for a group of them, or none at all.
//!
//! Knows codes and levels; must not know where a project says so.

use std::collections::BTreeMap;

use crate::{Diagnostic, Level, Rule};

/// What a project decides about a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Its findings matter as much as this.
    At(Level),
    /// Its findings are not reported.
    Off,
}

impl Choice {
    /// By its word: a level, or `off`.
    pub fn named(word: &str) -> Option<Choice> {
        let level = Level::ALL.into_iter().find(|level| level.word() == word);
        level.map(Choice::At).or((word == "off").then_some(Choice::Off))
    }

    /// The word that a user writes and reads.
    pub fn word(self) -> &'static str {
        match self {
            Choice::At(level) => level.word(),
            Choice::Off => "off",
        }
    }
}

/// What a project decides about rules, by code or by group: `net/overlap`, `net/*`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Levels {
    chosen: BTreeMap<String, Choice>,
}

impl Levels {
    /// Decides about the rules of a pattern. Whether these may be decided about is asked of them.
    pub fn choose(&mut self, pattern: &str, choice: Choice) {
        self.chosen.insert(pattern.to_owned(), choice);
    }

    /// What is decided about a rule, and by which pattern: the code counts before its group.
    pub fn choice(&self, rule: &Rule) -> Option<(&str, Choice)> {
        if rule.is_fixed() {
            return None;
        }
        let of_group = format!("{}/*", rule.group());
        let found = self.chosen.get_key_value(rule.code).or_else(|| self.chosen.get_key_value(&of_group));
        found.map(|(pattern, choice)| (pattern.as_str(), *choice))
    }

    /// How much findings of a rule matter; nothing where they are not reported.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        match self.choice(rule) {
            None => Some(rule.level),
            Some((_, Choice::At(level))) => Some(level),
            Some((_, Choice::Off)) => None,
        }
    }

    /// Gives findings the levels of the project, and drops those that are not reported.
    pub fn apply<L>(&self, found: &mut Vec<Diagnostic<L>>) {
        if self.chosen.is_empty() {
            return;
        }
        found.retain_mut(|finding| match self.level(finding.rule) {
            Some(level) => {
                finding.level = level;
                true
            }
            None => false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn the_code_counts_before_its_group() {
        let mut levels = Levels::default();
        levels.choose("net/*", Choice::At(Level::Note));
        levels.choose("net/overlap", Choice::Off);
        assert_eq!(levels.level(&rules::NET_OVERLAP), None);
        assert_eq!(levels.level(&rules::NET_DHCP), Some(Level::Note));
        assert_eq!(levels.level(&rules::POOL_EDGE), Some(Level::Warning));
    }

    #[test]
    fn errors_of_the_language_stay() {
        let mut levels = Levels::default();
        levels.choose("type/*", Choice::Off);
        levels.choose("name/*", Choice::At(Level::Warning));
        assert_eq!(levels.level(&rules::TYPE_MISMATCH), Some(Level::Error));
        assert_eq!(levels.level(&rules::TYPE_UNREACHABLE_ARM), None);
        assert_eq!(levels.level(&rules::NAME_UNKNOWN), Some(Level::Error));
        assert_eq!(levels.level(&rules::NAME_LENGTH), Some(Level::Warning));
    }
}
