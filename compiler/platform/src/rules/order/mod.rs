//! What must be there before something else.

pub mod cycle;
pub mod hooks;
pub mod no_wait;
pub mod same_step;
mod steps;
pub mod wave;
pub mod webhook;
