//! What follows the load.

pub mod fixed;
pub mod requests;
pub mod two;
