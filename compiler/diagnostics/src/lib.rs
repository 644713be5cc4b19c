//! What can be said to a user: places, rules, diagnostics and fixes, as plain data.
//!
//! Every stage of the compiler returns what it could make *and* the [`Diagnostic`]s it found on the way. This crate
//! knows how a finding looks and which [`rules`] exist. It must not know files, syntax, types, terminals or editors:
//! a stage makes diagnostics, and only the edges (the command line, the language server) show them.
//!
//! Adding a rule is one page in `rules/<group>/<name>.md` and one line in [`rules`].

mod diagnostic;
mod levels;
mod page;
mod place;
mod rule;
pub mod rules;
mod short;

pub use diagnostic::{Diagnostic, Fix, tidy};
pub use levels::{Choice, Levels};
pub use page::{Example, Source, Verdict, examples};
pub use place::{FileId, Span};
pub use rule::{Level, Rule};
