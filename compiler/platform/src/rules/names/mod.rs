//! What objects are called.

pub mod grammar;
pub mod length;
