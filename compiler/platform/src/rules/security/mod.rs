//! What pods may do.

pub mod admission;
