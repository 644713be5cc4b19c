//! The language: from text to values, incrementally.
//!
//! ```text
//! file -> parsed -> units -> code -> names -> schema, context -> checked -> placed -> entries -> field -> instance
//!         (syntax)  (lower)          (scope)         (check)               (eval)
//! ```
//!
//! Every arrow is a query of the database. `code` is the firewall between text and meaning: it holds no places, so
//! that what only moves re-runs nothing behind it. `context` is the firewall between a block's head and what is around
//! it. The unit of invalidation is a declaration or a named block at any depth; the unit of demand is one field of one
//! instance at one home.
//!
//! This is the only crate that names salsa. It touches no disk, clock or network: what it knows of the outside was put
//! into a [`Workspace`] by somebody else.

pub mod access;
pub mod adopt;
mod ahead;
mod allow;
pub mod auto;
pub mod check;
mod circles;
pub mod compare;
pub mod decl;
pub mod delivery;
pub mod describe;
pub mod eval;
pub mod extend;
pub mod files;
mod findings;
mod following;
mod forms;
pub mod hidden;
pub mod hir;
pub mod import;
mod interrupt;
pub mod ir;
mod kept;
pub mod keys;
pub mod kubernetes;
pub mod layers;
mod lint;
mod lower;
pub mod methods;
pub mod model;
pub mod objects;
pub mod origin;
pub mod output;
pub mod published;
pub mod schema;
pub mod scope;
pub mod secrets;
mod served;
mod session;
mod standing;
pub mod suppose;
pub mod symbol;
mod test;
pub mod ty;
pub mod value;

pub use interrupt::Stop;
pub use keys::{Db, SourceFile, Workspace};
pub use session::{Database, LoadError, Loader, Session, TestResult};
pub use symbol::Symbol;
