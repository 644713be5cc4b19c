//! Reading: a text in one of the formats becomes documents, or everything that is wrong with it.
//!
//! Knows the limits that hold for all formats; each format is a module of its own.

mod entries;
mod json;
mod toml;
mod yaml;

use crate::datum::{Document, TextRange};
use crate::error::ReadError;
use crate::format::Format;
use crate::limits::Limits;

/// Reads all documents of `text`.
///
/// # Errors
///
/// Everything that is wrong with the text, in the order of the text: there is at least one error,
/// and none of the documents is given then.
pub fn read(format: Format, text: &str, limits: Limits) -> Result<Vec<Document>, Vec<ReadError>> {
    // Places are counted in 32 bits.
    let most = limits.bytes.min(u32::MAX as usize - 1);
    if text.len() > most {
        let message = format!("the file is too large: {} bytes, where {most} are allowed", text.len());
        return Err(vec![ReadError::new(TextRange::default(), message)]);
    }
    let documents = match format {
        Format::Json => json::read(text, limits),
        Format::Yaml => yaml::read(text, yaml::Schema::Core, limits),
        Format::Manifests => yaml::read(text, yaml::Schema::Kubernetes, limits),
        Format::Toml => toml::read(text, limits),
    };
    documents.map_err(|mut errors| {
        errors.sort_by_key(|error| error.range.start);
        errors
    })
}
