//! Published schemas as modules: custom resource definitions, OpenAPI and JSON Schema.
//!
//! ```text
//! data::Datum --document, schema--> Published(Shape) --source--> text of a module
//! ```
//!
//! A data file that holds such schemas and is imported without a type is a module whose text the compiler writes.

mod document;
mod file;
mod name;
mod named;
mod problem;
mod schema;
mod shape;
mod source;
mod words;

pub use document::{Kind, Module, Published, Scope, is_likely, module, of_kind};
pub use file::{file, files, findings, is_broken, text, types};
pub use problem::Problem;
pub use shape::{Field, Presence, Record, Shape, union};
pub use source::source;
