//! Evaluation that is only tried: it is given up where somebody would notice that it was asked out of turn.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

use super::{Budget, DEPTH};

/// How deep evaluation may nest where it is only tried.
const SHALLOW: u32 = 1_000;

thread_local! {
    /// Whether it is only tried, and how many steps were counted for it.
    static TRYING: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Evaluates something unless it nests too deep for a try, or the steps of the run become few; false when it was given
/// up. What is then left half done unwinds, and is remembered nowhere.
pub fn attempt(budget: &Budget, run: impl FnOnce()) -> bool {
    TRYING.set(Some(0));
    let done = panic::catch_unwind(AssertUnwindSafe(run)).is_ok();
    let steps = TRYING.take().unwrap_or_default();
    if !done {
        budget.refund(steps);
        DEPTH.set(0);
    }
    done
}

/// Counts steps of what is only tried.
pub(super) fn note(steps: u64) {
    TRYING.set(TRYING.get().map(|before| before.saturating_add(steps)));
}

/// Gives up what is only tried, where it goes too far.
pub(super) fn look(depth: u32, budget: &Budget) {
    if TRYING.get().is_some() && (depth >= SHALLOW || budget.is_short()) {
        panic::resume_unwind(Box::new("this is asked out of turn"));
    }
}
