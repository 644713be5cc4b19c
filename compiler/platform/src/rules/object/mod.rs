//! Rules about objects by themselves.

pub mod refused;
