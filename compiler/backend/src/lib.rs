//! From finished artifacts to the bytes of an output: a stream of objects, or a tree of files.
//!
//! ```text
//! Object.. --sorted, compared--> the order of one stream
//! Artifact.. --names judged--> Tree --with the old Manifest and what is on disk--> Plan
//! ```
//!
//! Plain data in, plain data out. This crate knows the order in which a cluster takes objects, which names every file
//! system can write, and which files an earlier build made. It must not know the language, the compiler, or the disk:
//! what is on disk is told to it, and what should happen there it says as a [`Plan`].
//!
//! Where an artifact comes from is the caller's: an origin of any type is carried along and given back.

pub mod cluster;
mod hash;
pub mod layout;
mod manifest;
pub mod node;
mod object;
mod order;
mod path;
mod plan;
mod script;
mod tree;

pub use hash::Hash;
pub use manifest::{MANIFEST, Manifest};
pub use object::{BETWEEN, Object, duplicates, sort};
pub use path::{BadPath, RESERVED, fold};
pub use plan::{Disk, Entry, Listing, Plan, plan};
pub use script::script;
pub use tree::{Artifact, Conflict, Mode, Tree, directories};

/// What all scripts of an operator share: what they say, how they wait, and how they end.
const TOOLS: &str = include_str!("tools.sh");
