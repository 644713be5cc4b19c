//! A finding, as plain data, and the fix that a machine can apply.
//!
//! Texts are lower case, without a final period, and name the user's things in backticks. `L` is how a place is
//! written: a [`Span`] at the edges, something relative inside the compiler where results are cached. What a text quotes is
//! cut to a length that can be read, here and nowhere else.

use crate::short::short;
use crate::{Level, Rule, Span};

/// The most other places that a finding shows.
const PLACES: usize = 100;

/// Something that was found, with every place that takes part. The order is by place, so that a sorted list reads like
/// the file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Diagnostic<L = Span> {
    /// The primary place: where the user looks first.
    pub at: L,
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// One line that stands alone.
    pub message: String,
    /// The text under the primary place.
    pub label: Option<String>,
    /// The other places that take part, each with what it contributes.
    pub others: Vec<(L, String)>,
    /// The one action that the user should take.
    pub help: Option<String>,
    /// The same action, where a machine can do it.
    pub fix: Option<Fix<L>>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// How much it matters: as its rule says, unless the project says otherwise.
    pub level: Level,
}

/// Edits that remove the cause of a finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fix<L = Span> {
    /// What the fix does: ``remove the quotes``.
    pub title: String,
    /// Places and the text that replaces each. They do not overlap.
    pub edits: Vec<(L, String)>,
}

impl<L> Diagnostic<L> {
    /// A finding of `rule` at a place.
    pub fn new(rule: &'static Rule, at: L, message: impl Into<String>) -> Self {
        Self {
            at,
            rule,
            message: short(message),
            label: None,
            others: vec![],
            help: None,
            fix: None,
            notes: vec![],
            level: rule.level,
        }
    }

    /// Says what is wrong under the primary place.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(short(text));
        self
    }

    /// Shows another place that takes part. Of very many, the first are shown.
    pub fn also(mut self, at: L, text: impl Into<String>) -> Self {
        if self.others.len() < PLACES {
            self.others.push((at, short(text)));
        }
        self
    }

    /// Proposes one action.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(short(text));
        self
    }

    /// Adds something worth knowing.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(short(text));
        self
    }

    /// Offers to do the action.
    pub fn fix(mut self, fix: Fix<L>) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The same finding with its places written another way.
    pub fn map_place<M>(self, mut place: impl FnMut(L) -> M) -> Diagnostic<M> {
        Diagnostic {
            at: place(self.at),
            rule: self.rule,
            message: self.message,
            label: self.label,
            others: self.others.into_iter().map(|(at, text)| (place(at), text)).collect(),
            help: self.help,
            fix: self.fix.map(|fix| fix.map_place(&mut place)),
            notes: self.notes,
            level: self.level,
        }
    }
}

impl<L> Fix<L> {
    /// A fix without edits yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: short(title), edits: vec![] }
    }

    /// Replaces what stands at a place.
    pub fn edit(mut self, at: L, text: impl Into<String>) -> Self {
        self.edits.push((at, text.into()));
        self
    }

    /// The same fix with its places written another way.
    pub fn map_place<M>(self, mut place: impl FnMut(L) -> M) -> Fix<M> {
        Fix { title: self.title, edits: self.edits.into_iter().map(|(at, text)| (place(at), text)).collect() }
    }
}

/// Sorts findings by place and drops those that say the same twice.
pub fn tidy<L: Ord>(diagnostics: &mut Vec<Diagnostic<L>>) {
    diagnostics.sort();
    diagnostics.dedup();
}
