//! Volumes.

pub mod amount;
pub mod backup;
pub mod shared;
