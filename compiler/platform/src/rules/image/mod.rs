//! Where images, charts and sources come from.

pub mod blocked;
pub mod removed;
