//! How services are reached.

pub mod absent;
pub mod local;
pub mod no_address;
pub mod no_pods;
pub mod public;
pub mod scheme;
pub mod silent;
pub mod two_balancers;
