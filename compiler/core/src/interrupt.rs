//! Reading a session while somebody else may call that off: an editor, whose user has typed on.
//!
//! What is called off unwinds out of the query that runs, is remembered nowhere, and can be asked again at once.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use salsa::{CancellationToken, Cancelled, Database as _};

use crate::eval;
use crate::keys::Db as _;
use crate::session::Session;

/// Calls off what one session is about to read, from any thread.
#[derive(Clone, Debug)]
pub struct Stop {
    token: CancellationToken,
    called: Arc<AtomicBool>,
}

impl Stop {
    /// Calls it off.
    pub fn call(&self) {
        self.called.store(true, Ordering::Release);
        self.token.cancel();
    }

    /// Whether it is called off.
    pub fn is_called(&self) -> bool {
        self.called.load(Ordering::Acquire)
    }
}

impl Session {
    /// What calls off the reading that comes next, and nothing before it.
    pub fn stop(&self) -> Stop {
        // Whatever was called off before is over.
        self.db().attach(|_| ());
        Stop { token: self.db().cancellation_token(), called: Arc::default() }
    }

    /// Reads something; nothing where that was called off.
    pub fn interruptible<T>(&self, stop: &Stop, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.db().budget().top_up();
        if stop.is_called() {
            return None;
        }
        // One attachment around all of it: each query by itself would take back at its end what was called off.
        let read = AssertUnwindSafe(|| self.db().attach(|_| read(self)));
        let done = Cancelled::catch(read).ok();
        if done.is_none() {
            eval::forget_depth();
        }
        done.filter(|_| !stop.is_called())
    }

    /// Chooses what is not chosen yet, unless that is called off; what was chosen until then stays.
    pub fn choose_unless(&mut self, stop: &Stop) -> Option<()> {
        if stop.is_called() {
            return None;
        }
        let done = Cancelled::catch(AssertUnwindSafe(|| self.choose())).ok();
        if done.is_none() {
            eval::forget_depth();
        }
        done.filter(|()| !stop.is_called())
    }
}
