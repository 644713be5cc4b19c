//! The server as an editor sees it, over pipes in one process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod conversation;
mod editor;
mod edits;
mod fresh;
mod memory;
mod model;
mod storm;
