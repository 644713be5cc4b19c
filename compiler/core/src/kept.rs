//! What was found when a platform was last judged by all rules. As long as its code says what it said then, that is found again:
//! whoever writes a comment, or takes back what was written, waits for nothing.
//!
//! Knows what changed since and not what anything means.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diagnostics::Diagnostic;
use rustc_hash::FxHashMap;

use crate::hir::Code;
use crate::keys::{At, Decl};

/// What was found. Places are within declarations, so they hold wherever these have moved to.
#[derive(Clone)]
pub struct Judged {
    /// What is wrong.
    pub found: Vec<Diagnostic<At>>,
    /// What could not be made, in case nothing is wrong.
    pub unexplained: Option<Diagnostic<At>>,
}

/// The last of them.
#[derive(Default)]
pub struct Kept(Mutex<State>);

#[derive(Default)]
struct State {
    judged: Option<Judged>,
    /// The declarations that are other than they were then, and what they said.
    others: FxHashMap<Decl, Option<Arc<Code>>>,
}

impl Kept {
    /// Notes that a declaration says something else.
    pub fn note(&mut self, decl: Decl, before: &Option<Arc<Code>>, now: &Option<Arc<Code>>) {
        let mut state = self.lock();
        if state.judged.is_none() {
            return;
        }
        match state.others.get(&decl) {
            Some(then) if then == now => {
                state.others.remove(&decl);
            }
            Some(_) => {}
            None => {
                state.others.insert(decl, before.clone());
            }
        }
    }

    /// Forgets it: something else than code is other than it was.
    pub fn forget(&mut self) {
        *self.lock() = State::default();
    }

    /// What was found, if everything is as it was then.
    pub fn get(&self) -> Option<Judged> {
        let state = self.lock();
        state.judged.clone().filter(|_| state.others.is_empty())
    }

    /// Keeps what is found now.
    pub fn keep(&self, judged: Judged) {
        *self.lock() = State { judged: Some(judged), others: FxHashMap::default() };
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
