//! What brings a platform into its clusters, and keeps it there.

pub mod interval;
pub mod owners;
pub mod paused;
pub mod project;
pub mod prune;
pub mod retries;
pub mod tree;
pub mod untyped;
