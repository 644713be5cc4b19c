//! What an editor asks of a platform, as pure functions: a session, a file and a place in it give plain data.
//!
//! ```text
//! (session, file, offset) -> at: what stands there, and what it means -> hover, definition, references, rename, ..
//! (session, file, offset) -> a placeholder is supposed there          -> completion
//! (text)                  -> the tree                                 -> folding, selection, formatting
//! ```
//!
//! One file a feature. Knows sessions, files and offsets of bytes; must not know the protocol of editors, its positions,
//! its numbers, or where files are kept. Every function is total: at any offset, of any text, however broken, it gives
//! what can be said.
//!
//! Places of other files are [`Place`]s. Their file is any that [`compiler::Session::file`] knows: one of the platform,
//! a module of the standard library (`std:prelude.pl`), or a type of Kubernetes (`std:k8s/apps/v1/Deployment.pl`).

pub mod actions;
mod amounts;
pub mod at;
pub mod calls;
pub mod completion;
pub mod definition;
mod docs;
mod emits;
pub mod folding;
pub mod formatting;
pub mod hover;
pub mod inlay;
pub mod lens;
pub mod links;
pub mod moving;
pub mod preview;
pub mod references;
pub mod rename;
pub mod selection;
mod show;
pub mod signature;
pub mod symbols;
pub mod tokens;
mod value;

use diagnostics::{FileId, Span};
pub use syntax::TextRange;

/// A place in some file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub range: TextRange,
}

/// Where something is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// Its name, or what stands for it.
    pub focus: Place,
    /// All of it.
    pub whole: Place,
}

/// One change of a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// By what.
    pub text: String,
}

impl Place {
    /// A place as the compiler has it.
    pub fn of(span: Span) -> Place {
        Place { file: span.file, range: TextRange::new(span.start, span.end) }
    }
}
