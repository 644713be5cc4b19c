//! How much work one run may do in all.
//!
//! Every query has a limit of its own, and thousands of them that stay just within it are too much together. What is
//! done between two edits counts as one run. A query that ran out is asked again after the next edit: it may be right
//! then, although nothing that it read was touched.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use diagnostics::{Diagnostic, rules};

use crate::keys::At;

/// How many steps one run may take.
pub const MAX_RUN: u64 = 100_000_000;

/// The steps of a run, and where they ran out.
#[derive(Default)]
pub struct Budget {
    spent: AtomicU64,
    ran_out: Mutex<Option<At>>,
}

impl Budget {
    /// Begins a new run.
    pub fn refill(&self) {
        self.spent.store(0, Ordering::Relaxed);
        *self.ran_out.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Begins a new run, unless this one went too far: what ran out stays so until something is edited.
    pub fn top_up(&self) {
        if !self.is_spent() {
            self.refill();
        }
    }

    /// Counts steps; false when there were too many.
    pub(super) fn spend(&self, steps: u64, at: Option<At>) -> bool {
        let before = self.spent.fetch_add(steps, Ordering::Relaxed);
        let within = before.saturating_add(steps) <= MAX_RUN;
        if !within {
            let mut ran_out = self.ran_out.lock().unwrap_or_else(PoisonError::into_inner);
            *ran_out = ran_out.or(at);
        }
        within
    }

    /// Takes back what was counted for something that was given up.
    pub(super) fn refund(&self, steps: u64) {
        self.spent.fetch_sub(steps, Ordering::Relaxed);
    }

    /// Whether so much is spent that the rest is not for those who compute ahead.
    pub(super) fn is_short(&self) -> bool {
        self.spent.load(Ordering::Relaxed) > MAX_RUN / 2
    }

    /// Whether there were too many.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed) > MAX_RUN
    }

    /// That there were too many, once for the whole run.
    pub fn finding(&self) -> Option<Diagnostic<At>> {
        let at = (*self.ran_out.lock().unwrap_or_else(PoisonError::into_inner))?;
        let message = "all in all, this takes more steps than any platform needs: they ran out here";
        Some(Diagnostic::new(&rules::EVAL_LIMIT, at, message).help(
            "look for loops over large ranges that run once for every instance, here and in what was evaluated before",
        ))
    }
}
