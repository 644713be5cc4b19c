//! The finished platform as plain data, and the rules over the whole of it.
//!
//! ```text
//! Node (what was evaluated) --read--> Platform (plain data, with where each fact was written) --rules--> Findings
//! ```
//!
//! Everything that counts is in the [`Platform`]: what blocks say of hosts and networks, what a distribution brings by
//! default, and what the objects of Kubernetes say that were emitted, imported or written by hand, all alike. A rule is a
//! function over it in a file of its own, below [`rules`]. This crate knows nothing of the language or of how values are
//! kept: it reads them through [`Node`].

pub mod auto;
pub mod capacity;
pub mod diff;
mod index;
mod laws;
mod lists;
pub mod model;
mod node;
pub mod picture;
pub mod property;
pub mod pulls;
pub mod reach;
mod read;
pub mod rules;

pub use model::Platform;
pub use node::{Node, Place, Scalar};
pub use read::{ObjectSource, platform, slug, without_blocks};
