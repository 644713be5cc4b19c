//! How much a method may make, and what its work costs. Knows sizes of values; must not know what they mean.

use crate::methods::{Host, Problem};
use crate::value::{Item, Measure, Value};

/// The most elements that a list or map may have.
pub(super) const MOST_ELEMENTS: usize = 1_000_000;

/// The most bytes that a text may have.
pub(super) const MOST_TEXT: usize = 64 << 20;

const TOO_MANY: &str = "the result would have more than 1000000 elements";
const TOO_LONG: &str = "the result would be a text of more than 64 MiB";

/// How many bytes of text are gone through in one step.
const BYTES_A_STEP: usize = 64;

/// The steps that going through a value costs.
pub(super) fn cost(value: &Value) -> u64 {
    let steps = match value {
        Value::Text(text) => text.len() / BYTES_A_STEP,
        Value::List(items) => items.len(),
        Value::Data(data) => data.entries.len(),
        _ => 0,
    };
    1 + steps as u64
}

/// Takes the steps that it costs to compare the texts in a list.
pub(super) fn spend_on_texts(host: &mut dyn Host, items: &[Item]) -> Result<(), Problem> {
    let weight: u64 = items.iter().map(|item| Measure::of(&item.value).weight - 1).sum();
    host.spend(weight)
}

/// Whether a result is of a size that a program may have.
pub(super) fn check(value: &Value) -> Result<(), Problem> {
    match value {
        Value::Text(text) => bytes(text.len()),
        Value::List(items) => elements(items.len()),
        Value::Data(data) => elements(data.entries.len()),
        _ => Ok(()),
    }
}

/// Whether a list or map may get this many elements.
pub(super) fn elements(count: usize) -> Result<(), Problem> {
    if count <= MOST_ELEMENTS { Ok(()) } else { Err(Problem::new(TOO_MANY)) }
}

/// Whether a text may get this many bytes.
pub(super) fn bytes(count: usize) -> Result<(), Problem> {
    if count <= MOST_TEXT { Ok(()) } else { Err(Problem::new(TOO_LONG)) }
}

/// Whether this is the problem of a result that would be too large.
pub(super) fn is_exceeded(problem: &Problem) -> bool {
    [TOO_MANY, TOO_LONG].contains(&problem.message.as_str())
}

/// A number of repetitions of a text, if the whole is of a size that a program may have.
pub(super) fn repeated(length: usize, count: usize) -> Result<(), Problem> {
    bytes(length.saturating_mul(count))
}
