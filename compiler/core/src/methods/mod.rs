//! The methods of the language: one table a receiver, each row a signature, its rule, an example and a function.
//!
//! ```text
//! find(type, name) -> Method { signature: what the checker needs, run: what evaluation needs, docs: for people }
//! ```
//!
//! Knows types and values. Must not know where programs come from, how they are checked or how their code runs: what a
//! method needs of evaluation it asks of its [`Host`]. A method is one row and one function, and nothing else has to
//! be told of it: the reference `spec/methods.md` is written from the same rows.

mod address;
mod arguments;
mod circle;
mod collection;
mod encoding;
mod failure;
mod function;
mod hostname;
mod image;
mod limit;
mod list;
mod map;
mod network;
mod number;
mod order;
mod path;
mod pattern;
mod quantity;
mod range;
mod regex;
mod signature;
mod sort;
mod sum;
mod table;
mod text;
mod transform;
mod url;
mod version;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod reference;
#[cfg(test)]
mod testing;

use std::fmt;

pub use domain::Problem;

pub use self::pattern::{Bindings, Pattern};
pub use self::regex::regex_form;
pub use self::signature::{Parameter, Signature};
pub use self::table::{FUNCTIONS, all, find, find_function, for_arguments, of};

use crate::keys::At;
use crate::symbol::Symbol;
use crate::value::Value;

/// A method or free function.
pub struct Method {
    /// How it is called.
    pub signature: Signature,
    /// Its rule, in Markdown.
    pub docs: &'static str,
    /// An expression that calls it.
    pub example: &'static str,
    /// What that expression gives, as it is printed.
    pub gives: &'static str,
    run: Run,
}

/// What a method does: with its receiver and its arguments in the order of its parameters. The arguments at the end
/// may be missing where they are optional; one in between is null then.
pub type Run = fn(&mut dyn Host, &Value, &[Value], At) -> Result<Value, Problem>;

/// What methods need of evaluation.
pub trait Host {
    /// Calls a function value. A result of `Value::Error` has been reported already.
    fn call(&mut self, function: &Value, args: &[Value]) -> Value;
    /// The entries of a keyed collection, in the natural order of their names.
    fn entries(&mut self, collection: &Value) -> Vec<(Symbol, Value)>;
    /// `a == b`
    fn equal(&mut self, one: &Value, other: &Value) -> bool;
    /// Takes steps off what the program may still use.
    fn spend(&mut self, steps: u64) -> Result<(), Problem>;
    /// The text of a value where it is interpolated.
    fn text(&mut self, value: &Value) -> Result<String, Problem>;
    /// The text of a value as a document: as YAML in block style with a newline at its end, else as JSON on one line.
    fn data_text(&mut self, value: &Value, yaml: bool) -> Result<String, Problem>;
}

impl Method {
    /// Calls the method. What silences follow-up errors goes through; a receiver that can be gone through as a list is
    /// one to the methods of lists.
    pub fn call(&self, host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
        if receiver.is_error() || args.iter().any(Value::is_error) {
            return Ok(Value::Error);
        }
        let result = self.run_within_limits(host, receiver, args, at);
        if result.is_err() && (receiver.has_error() || args.iter().any(Value::has_error)) {
            // It failed for something in it that is an error already.
            return Ok(Value::Error);
        }
        result
    }

    fn run_within_limits(
        &self,
        host: &mut dyn Host,
        receiver: &Value,
        args: &[Value],
        at: At,
    ) -> Result<Value, Problem> {
        let listed;
        let receiver = match self.signature.receiver {
            Pattern::List(_) => {
                listed = arguments::listed(host, receiver, at)?;
                listed.as_ref().unwrap_or(receiver)
            }
            _ => receiver,
        };
        host.spend(limit::cost(receiver))?;
        let result = (self.run)(host, receiver, args, at)?;
        limit::check(&result)?;
        host.spend(limit::cost(&result))?;
        Ok(result)
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.signature.text())
    }
}

/// A method as checked code holds it: two are equal if they are the same row of a table.
#[derive(Clone, Copy)]
pub struct MethodRef(pub &'static Method);

impl PartialEq for MethodRef {
    fn eq(&self, other: &MethodRef) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for MethodRef {}

impl fmt::Debug for MethodRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
