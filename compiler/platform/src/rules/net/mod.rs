//! Addresses and networks.

pub mod host_in_services;
