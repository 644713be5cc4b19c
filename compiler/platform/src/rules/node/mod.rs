//! What the steps of a host say of each other.

pub mod closed;
pub mod order;
pub mod step;
pub mod twice;
pub mod weakened;
