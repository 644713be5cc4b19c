//! Foreign formats, in and out: JSON, YAML and TOML are read, YAML and JSON are written.
//!
//! ```text
//! text --read--> Document(Datum)          values --push--> Sink (yaml::Writer, json::Writer) --> text
//! ```
//!
//! This crate knows formats and byte ranges. It must not know the language that is compiled, types,
//! diagnostics, files or the terminal: what it finds wrong it says as a [`ReadError`], a message
//! with the places that take part, and the caller makes of it what it likes.
//!
//! Reading keeps the byte range of every key and value, so that a wrong value can be reported at
//! its own line. Writing goes straight from values to text: there is no tree in between.

mod datum;
mod error;
mod format;
mod limits;
mod read;
mod write;

pub use datum::{Datum, DatumKind, Document, Key, TextRange};
pub use error::{ReadError, Related};
pub use format::Format;
pub use limits::Limits;
pub use read::read;
pub use write::lines::{LineMap, Lines, Part, Step};
pub use write::{Sink, json, push_int, yaml};
