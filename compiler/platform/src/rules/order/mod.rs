//! What must be there before something else.

pub mod cycle;
pub mod hooks;
pub mod layer;
pub mod no_wait;
mod rounds;
pub mod same_step;
mod steps;
pub mod wave;
pub mod webhook;
