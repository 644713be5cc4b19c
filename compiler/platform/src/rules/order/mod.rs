//! What must be there before something else.

pub mod cycle;
pub mod hooks;
pub mod no_wait;
mod steps;
pub mod wave;
