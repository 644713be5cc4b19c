//! Edits of an open project: what runs after one, and that what is seen then is what a fresh start sees.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod project;
mod queries;
mod random;
mod returned;
