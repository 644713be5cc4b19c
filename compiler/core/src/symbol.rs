//! Interned names, and those that are asked for all the time.

use std::sync::LazyLock;

pub use domain::Symbol;

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
