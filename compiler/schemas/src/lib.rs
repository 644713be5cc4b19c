//! The Kubernetes API as compact typed data: every kind and everything below it, of the versions 1.33 to 1.37 together.
//!
//! ```
//! let catalog = schemas::Catalog::load();
//! let deployment = catalog.kind("apps", "v1", "Deployment").expect("every version serves it");
//! let object = catalog.type_(deployment.type_);
//! let names: Vec<_> = object.at(37).map(|field| field.name).collect();
//! assert_eq!(names, ["apiVersion", "kind", "metadata", "spec", "status"]);
//! ```
//!
//! What this crate knows: which kinds and types the API has, their fields in the API's own order, what must hold of a field
//! beyond its shape, which versions have it, and which kinds a version of Kubernetes serves. What it must not know: the
//! language, diagnostics, files, or what somebody does with an object.
//!
//! Names, shapes and prose are read out of the source of the crate `k8s-openapi` when this crate is built, so that no text
//! of others is kept here. What that source lacks (enumerations, defaults, bounds, the keys of lists) is added from the
//! readable files in `facts/`. Shapes lie in the binary as they are read, so that loading costs nothing; prose is
//! inflated block by block when it is asked for.

mod catalog;
mod format;
mod model;
mod pieces;
mod prose;
mod served;
mod tags;

pub use catalog::Catalog;
pub use format::Format;
pub use model::{Fact, Field, Kind, Minors, Presence, Prose, Scope, Shape, Type, TypeId, Value};
pub use served::{KindName, Release, Standing, rank, releases, served};
