//! Published schemas and manifests as modules: custom resource definitions, OpenAPI, JSON Schema and objects.
//!
//! ```text
//! data::Datum --document, schema--> Published(Shape) --source--> text of a module
//! ```
//!
//! A data file that holds such schemas, or objects, and is imported without a type is a module whose text the compiler writes.

mod document;
mod file;
mod manifests;
mod name;
mod named;
mod problem;
mod schema;
mod shape;
mod source;
mod words;

pub use document::{Kind, Module, Published, Scope, is_likely, module, of_kind};
pub use file::{file, files, findings, imports, is_broken, shown, text, types};
pub use manifests::{Known, manifests, objects_of, of_library};
pub use problem::Problem;
pub use shape::{Field, Presence, Record, Shape, union};
pub use source::source;
pub use words::quoted;
