//! Certificates.

pub mod unissuable;
