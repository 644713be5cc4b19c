//! How much a text may ask for before it is refused.
//!
//! Knows numbers only. Every reader must charge each value that it makes, also those that it copies
//! for an alias, to one [`Budget`].

/// The limits under which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest text, in bytes.
    pub bytes: usize,
    /// The most values in all documents together, after aliases have been expanded.
    pub nodes: usize,
    /// The deepest nesting of lists and maps.
    pub depth: usize,
}

impl Default for Limits {
    /// Far above what people and generators of manifests write, far below what hurts: the bundle of
    /// a large operator's resource definitions is 6 MB with 60,000 values, 30 deep.
    fn default() -> Limits {
        Limits { bytes: 64 << 20, nodes: 4_000_000, depth: 128 }
    }
}

/// What is left of [`Limits::nodes`].
pub(crate) struct Budget {
    left: usize,
}

/// The budget is used up.
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) fn new(limits: Limits) -> Budget {
        Budget { left: limits.nodes }
    }

    pub(crate) fn charge(&mut self, nodes: usize) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(nodes).ok_or(Exhausted)?;
        Ok(())
    }
}
