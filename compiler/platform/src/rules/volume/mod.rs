//! Volumes.

pub mod access;
pub mod amount;
pub mod backup;
pub mod bound;
pub mod class;
pub mod copies;
pub mod rollout;
pub mod shared;
