//! Certificates.

pub mod two;
pub mod unissuable;
