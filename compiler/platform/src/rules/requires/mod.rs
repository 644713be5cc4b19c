//! What parts of a cluster need of each other.

pub mod network;
pub mod offered;
