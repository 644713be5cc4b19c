//! The language server: the protocol in front of the compiler.
//!
//! ```text
//! bytes -> wire -> tower-lsp-server -> front -> desk -> actor: world -> requests/*, notifications/*
//!                                        <- answers, and what is told unasked <-
//! ```
//!
//! One thread owns everything that changes (`world`). Messages lie on the `desk` in the order in which they came, and an edit calls
//! off what is computed for a text that is no longer there. What an editor can ask is one file each in `requests`; what that means
//! is computed by plain functions that know nothing of the protocol; places are converted in `convert` and nowhere else.
//!
//! It reads what a `Disk` lets it read, and writes nothing but answers.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod actor;
mod client;
mod convert;
mod desk;
pub mod disk;
mod documents;
mod findings;
mod front;
mod notifications;
mod nowhere;
mod project;
mod published;
mod requests;
mod serve;
mod wire;
mod workspace;
mod world;

pub use actor::Actor;
pub use serve::{Ended, serve};
