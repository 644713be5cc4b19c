//! Interned names. A [`Symbol`] is one word, compares by address and knows its text without a table in hand.
//!
//! Names of fields, blocks and map keys recur thousands of times in a platform; keeping each text once makes
//! comparing and hashing them free. The texts live as long as the process.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::{FxHashSet, FxHasher};

/// An interned string.
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

impl Symbol {
    /// The one symbol of this text.
    pub fn new(text: &str) -> Symbol {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let shard = &TABLE[(hasher.finish() >> 32) as usize % SHARDS];
        let mut texts = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = texts.get(text) {
            return Symbol(known.0);
        }
        let kept: &'static Arc<str> = Box::leak(Box::new(Arc::from(text)));
        texts.insert(Known(kept));
        Symbol(kept)
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

/// The names that Kubernetes objects are known by.
pub struct Names {
    /// `apiVersion`
    pub api_version: Symbol,
    /// `kind`
    pub kind: Symbol,
    /// `metadata`
    pub metadata: Symbol,
    /// `name`
    pub name: Symbol,
    /// `generateName`
    pub generate_name: Symbol,
    /// `namespace`
    pub namespace: Symbol,
    /// `makes`
    pub makes: Symbol,
}

/// These names, at hand.
pub static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    api_version: Symbol::new("apiVersion"),
    kind: Symbol::new("kind"),
    metadata: Symbol::new("metadata"),
    name: Symbol::new("name"),
    generate_name: Symbol::new("generateName"),
    namespace: Symbol::new("namespace"),
    makes: Symbol::new("makes"),
});

impl PartialEq for Symbol {
    fn eq(&self, other: &Symbol) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Symbol {}

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

impl From<&str> for Symbol {
    fn from(text: &str) -> Symbol {
        Symbol::new(text)
    }
}
