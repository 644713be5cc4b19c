//! What must not stand in plain text, or not at all.

pub mod credentials;
pub mod encrypted;
pub mod legacy;
pub mod literal;
pub(crate) mod looks;
pub mod sealed;
pub mod unsealed;
pub mod weak;
