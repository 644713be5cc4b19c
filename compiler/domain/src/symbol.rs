//! Interned names. A [`Symbol`] is one word, compares by address and knows its text without a table in hand.
//!
//! Names of fields, blocks and map keys recur thousands of times in a platform; keeping each text once makes
//! comparing and hashing them free. The texts live as long as the process.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxHashSet, FxHasher};

/// An interned string. It is no `Borrow<str>`: it hashes by its address, and a text does not.
#[derive(Clone, Copy)]
pub struct Symbol(&'static Arc<str>);

const SHARDS: usize = 16;

/// A text in the table, found by what it says.
#[derive(PartialEq, Eq, Hash)]
struct Known(&'static Arc<str>);

impl std::borrow::Borrow<str> for Known {
    fn borrow(&self) -> &str {
        self.0
    }
}

static TABLE: LazyLock<[Mutex<FxHashSet<Known>>; SHARDS]> = LazyLock::new(Default::default);

/// The part of the table that a text belongs to.
fn shard(text: &str) -> MutexGuard<'static, FxHashSet<Known>> {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    TABLE[(hasher.finish() >> 32) as usize % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
}

impl Symbol {
    /// The one symbol of this text.
    pub fn new(text: &str) -> Symbol {
        let mut texts = shard(text);
        if let Some(known) = texts.get(text) {
            return Symbol(known.0);
        }
        let kept: &'static Arc<str> = Box::leak(Box::new(Arc::from(text)));
        texts.insert(Known(kept));
        Symbol(kept)
    }

    /// The symbol of this text, if somebody made it before.
    pub fn known(text: &str) -> Option<Symbol> {
        shard(text).get(text).map(|known| Symbol(known.0))
    }

    /// The text.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The text, to be shared.
    pub fn text(self) -> Arc<str> {
        self.0.clone()
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Symbol) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Symbol {}

impl PartialEq<str> for Symbol {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Symbol {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Hash for Symbol {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(std::ptr::from_ref(self.0) as usize);
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
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Deref for Symbol {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Symbol {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The empty text.
impl Default for Symbol {
    fn default() -> Symbol {
        static EMPTY: LazyLock<Symbol> = LazyLock::new(|| Symbol::new(""));
        *EMPTY
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Symbol {
        Symbol::new(text)
    }
}

impl From<String> for Symbol {
    fn from(text: String) -> Symbol {
        Symbol::new(&text)
    }
}

impl From<&String> for Symbol {
    fn from(text: &String) -> Symbol {
        Symbol::new(text)
    }
}

impl From<&Arc<str>> for Symbol {
    fn from(text: &Arc<str>) -> Symbol {
        Symbol::new(text)
    }
}

impl From<Arc<str>> for Symbol {
    fn from(text: Arc<str>) -> Symbol {
        Symbol::new(&text)
    }
}
