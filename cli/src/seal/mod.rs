//! Values of secrets, made unreadable for everybody but a cluster. Nothing is decrypted here, and nobody is asked.

mod age;
mod controller;
mod sops;

pub use controller::{Controller, Scope};
pub use sops::encrypted;
