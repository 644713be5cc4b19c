//! What parts of a cluster need of each other.

pub mod flag;
pub mod hosts;
pub mod kind;
pub mod mesh;
pub mod network;
pub mod offered;
pub mod watched;
