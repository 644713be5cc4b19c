//! The anchors of one document and what they stand for.
//!
//! Knows names, places and finished values; must not know how values are built.

use std::collections::BTreeMap;

use crate::datum::{Datum, TextRange};

/// How much a value is, to be charged again wherever an alias repeats it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// How many values it consists of, itself included.
    pub(super) nodes: usize,
    /// How many lists and maps are nested in it, itself included.
    pub(super) height: usize,
}

impl Size {
    pub(super) const SCALAR: Size = Size { nodes: 1, height: 0 };
    pub(super) const EMPTY: Size = Size { nodes: 1, height: 1 };

    /// Counts another value inside of this one.
    pub(super) fn add(&mut self, inner: Size) {
        self.nodes = self.nodes.saturating_add(inner.nodes);
        self.height = self.height.max(inner.height + 1);
    }
}

/// `&name`, and the value after it.
#[derive(Default)]
pub(super) struct Anchor {
    /// Where `&name` is written.
    pub(super) range: TextRange,
    /// The value; absent as long as it is being read.
    pub(super) value: Option<(Datum, Size)>,
}

/// The anchors of a document, by the number that the parser gives them.
#[derive(Default)]
pub(super) struct Anchors {
    anchors: BTreeMap<usize, Anchor>,
}

impl Anchors {
    pub(super) fn placed(&mut self, number: usize, range: TextRange) {
        self.anchors.entry(number).or_default().range = range;
    }

    pub(super) fn finished(&mut self, number: usize, value: Datum, size: Size) {
        self.anchors.entry(number).or_default().value = Some((value, size));
    }

    pub(super) fn get(&self, number: usize) -> Option<&Anchor> {
        self.anchors.get(&number)
    }

    pub(super) fn clear(&mut self) {
        self.anchors.clear();
    }
}
