//! Volumes.

pub mod amount;
pub mod shared;
