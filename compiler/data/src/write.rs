//! Writing: values are pushed in the order they shall appear, and text comes out.
//!
//! Knows what the writers have in common; must not know what is written.

mod invisible;
pub mod json;
pub mod lines;
mod number;
pub mod yaml;

pub use number::push_int;

/// Where values are pushed. The caller is generic over the format.
///
/// A value is one of: a scalar call; `map_start`, then any number of `key` and value, `map_end`;
/// `list_start`, any number of values, `list_end`. The caller keeps to that grammar; a caller that
/// does not gets text that no reader accepts, but never a panic in a release build.
///
/// Maps and lists need not know beforehand whether they will be empty: a writer waits with their
/// opening until the first entry or the end.
///
/// ```
/// use data::{Sink, yaml};
///
/// let mut writer = yaml::Writer::new();
/// writer.map_start();
/// writer.key("enabled");
/// writer.text("no");
/// writer.key("labels");
/// writer.map_start();
/// writer.map_end();
/// writer.map_end();
/// assert_eq!(writer.into_string(), "enabled: 'no'\nlabels: {}\n");
/// ```
pub trait Sink {
    /// Begins another document.
    fn document_start(&mut self);
    /// Begins a map.
    fn map_start(&mut self);
    /// The key of the next value, which goes into the innermost map.
    fn key(&mut self, key: &str);
    /// Ends the innermost map.
    fn map_end(&mut self);
    /// Begins a list.
    fn list_start(&mut self);
    /// Ends the innermost list.
    fn list_end(&mut self);
    /// Writes null.
    fn null(&mut self);
    /// Writes a truth value.
    fn bool(&mut self, value: bool);
    /// Writes a whole number.
    fn int(&mut self, value: i128);
    /// Writes a number with a fraction. See the writers for what they make of infinities.
    fn float(&mut self, value: f64);
    /// Writes text.
    fn text(&mut self, value: &str);
    /// The line, counted from one, on which the next key or value will begin.
    ///
    /// Right after `map_start` or `list_start` that is the line of the first entry.
    fn line(&self) -> u32;
}
