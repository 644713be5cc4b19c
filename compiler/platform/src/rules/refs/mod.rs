//! What objects name of others.

pub mod named;
pub mod namespace;
pub mod subset;
pub mod unseen;
pub mod variable;
