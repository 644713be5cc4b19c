//! What objects name of others.

pub mod named;
pub mod namespace;
mod unseen;
