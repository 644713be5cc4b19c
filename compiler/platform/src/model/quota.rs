//! How much the pods of a namespace may ask for.

use std::collections::BTreeMap;

use super::{Long, Said};

/// How much may be asked for in a namespace, as a whole.
#[derive(Clone, Debug)]
pub struct Quota {
    /// The object.
    pub entity: usize,
    /// The most by name, cpu in thousandths: `requests.cpu`, `pods`.
    pub most: BTreeMap<Long, Said<u128>>,
}

/// How much a container of a namespace may ask for. Amounts are by resource, cpu in thousandths.
#[derive(Clone, Debug, Default)]
pub struct LimitRange {
    /// The object.
    pub entity: usize,
    /// The limits of containers that name none.
    pub limits: BTreeMap<Long, Said<u128>>,
    /// The requests of containers that name none.
    pub requests: BTreeMap<Long, Said<u128>>,
    /// The most that limits may be.
    pub most: BTreeMap<Long, Said<u128>>,
    /// The least that requests may be.
    pub least: BTreeMap<Long, Said<u128>>,
}
