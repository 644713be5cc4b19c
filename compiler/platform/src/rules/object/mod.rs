//! Rules about objects by themselves.

pub mod refused;
pub mod same_pods;
