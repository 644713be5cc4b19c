//! The features of editors, each by cases in Markdown: files with a cursor `$0`, and behind them what a feature gives
//! there. `UPDATE=1` writes what comes now; read the difference.
//!
//! ~~~~markdown
//! ## A name leads to its declaration
//!
//! ~~~pl
//! let port = 80
//! output x: po$0rt
//! ~~~
//!
//! ~~~definition
//! main.pl:1:5 port
//! ~~~
//! ~~~~

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod canary;
mod cases;
mod everywhere;
mod render;
mod scene;
