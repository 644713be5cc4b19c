//! The conformance suite of the language: cases in Markdown, and the runner that holds an implementation to them.
//!
//! A case is a heading, a sentence, the smallest source, and what must come of it. The runner knows an implementation
//! only by its command line (`check`, `build`, `eval`, `fmt`, `test`): it must never link the compiler, so that the same
//! cases hold any other implementation. Beside the expectation of each case it checks two laws over all sources:
//! formatting changes no meaning, and the order of blocks, fields and files changes no output.
//!
//! `case` reads the Markdown, `command` calls the implementation, `observe` turns its answers into the text that a case
//! expects, `laws` transforms sources and compares, `report` renders what failed, `update` rewrites expectations.

pub mod case;
pub mod command;
pub mod findings;
pub mod laws;
pub mod observe;
pub mod pages;
pub mod parallel;
pub mod permute;
pub mod report;
pub mod suite;
pub mod update;
