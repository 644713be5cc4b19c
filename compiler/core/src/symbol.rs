//! Interned names. A [`Symbol`] is one word, compares by address and knows its text without a table in hand.
//!
//! Names of fields, blocks and map keys recur thousands of times in a platform; keeping each text once makes
//! comparing and hashing them free. The texts live as long as the process.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, Mutex, PoisonError};

use rustc_hash::{FxHashSet, FxHasher};

/// An interned string.
#[derive(Clone, Copy)]
pub struct Symbol(&'static str);

const SHARDS: usize = 16;

static TABLE: LazyLock<[Mutex<FxHashSet<&'static str>>; SHARDS]> = LazyLock::new(Default::default);

impl Symbol {
    /// The one symbol of this text.
    pub fn new(text: &str) -> Symbol {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let shard = &TABLE[(hasher.finish() >> 32) as usize % SHARDS];
        let mut texts = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = texts.get(text) {
            return Symbol(known);
        }
        let kept: &'static str = Box::leak(text.into());
        texts.insert(kept);
        Symbol(kept)
    }

    /// The text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Symbol) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Symbol {}

impl Hash for Symbol {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.0.as_ptr() as usize);
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Symbol) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By text, so that an order made of symbols is the same in every run.
impl Ord for Symbol {
    fn cmp(&self, other: &Symbol) -> Ordering {
        self.0.cmp(other.0)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Symbol {
        Symbol::new(text)
    }
}
