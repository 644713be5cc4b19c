//! Who may do what.

pub mod resource;
