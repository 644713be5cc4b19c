//! Why two values are not equal, in words: the two, or the first place in them where they differ.
//!
//! Knows values; must not know what compared them.

use std::fmt::Write as _;

use super::Evaluator;
use crate::methods::Host;
use crate::symbol::Symbol;
use crate::value::{Data, Item, This, Value};

/// The difference of two values: ``left is 3, right is 4``; nothing where a value can not be shown.
pub fn difference(evaluator: &mut Evaluator<'_>, left: &Value, right: &Value) -> Option<String> {
    let mut path = String::new();
    let said = apart(evaluator, left, right, &mut path)?;
    Some(if path.is_empty() { said } else { format!("at `{}` {said}", path.trim_start_matches('.')) })
}

/// What differs, at the place that the path comes to name.
fn apart(evaluator: &mut Evaluator<'_>, left: &Value, right: &Value, path: &mut String) -> Option<String> {
    let (left, right) = (&evaluator.force_quietly(left.clone()), &evaluator.force_quietly(right.clone()));
    match (left, right) {
        (Value::List(one), Value::List(other)) => {
            let pairs = || one.iter().zip(other.iter()).enumerate();
            let differing = pairs().find(|(_, (one, other))| !evaluator.equal(&one.value, &other.value));
            match differing {
                Some((index, (one, other))) => {
                    _ = write!(path, "[{index}]");
                    apart(evaluator, &one.value, &other.value, path)
                }
                None => Some(format!("left has {}, right has {}", elements(one.len()), elements(other.len()))),
            }
        }
        (Value::Data(one), Value::Data(other)) => match first_key(evaluator, one, other) {
            Some((key, one, other)) => {
                _ = write!(path, ".{key}");
                apart(evaluator, &one, &other, path)
            }
            None => both(evaluator, left, right),
        },
        _ => both(evaluator, left, right),
    }
}

/// The first key whose values differ; what is absent is null.
fn first_key(evaluator: &mut Evaluator<'_>, one: &Data, other: &Data) -> Option<(Symbol, Value, Value)> {
    let value = |data: &Data, key| data.get(key).map_or(Value::Null, |item: &Item| item.value.clone());
    let mut keys: Vec<Symbol> = one.entries.iter().chain(&other.entries).map(|entry| entry.0).collect();
    keys.sort_by(|first, second| domain::natural_cmp(first.as_str(), second.as_str()));
    let pairs = keys.into_iter().map(|key| (key, value(one, key), value(other, key)));
    pairs.into_iter().find(|(_, one, other)| !evaluator.equal(one, other))
}

fn both(evaluator: &mut Evaluator<'_>, left: &Value, right: &Value) -> Option<String> {
    let (left, right) = (shown(evaluator, left)?, shown(evaluator, right)?);
    Some(format!("left is {left}, right is {right}"))
}

fn elements(count: usize) -> String {
    match count {
        1 => "one element".to_string(),
        _ => format!("{count} elements"),
    }
}

/// How much of a value is shown.
const MAX_SHOWN: usize = 60;

/// A value in a few words.
pub fn shown(evaluator: &mut Evaluator<'_>, value: &Value) -> Option<String> {
    let text = match value {
        Value::Error | Value::Collection(..) | Value::Function(_) => return None,
        Value::Instance(This::Placed(home)) => format!("`{}`", crate::keys::path_text(evaluator.db, *home)),
        value => evaluator.data_text(value, false).ok()?,
    };
    let text = text.trim_end();
    match text.char_indices().nth(MAX_SHOWN) {
        Some((cut, _)) => Some(format!("{}…", text.get(..cut).unwrap_or(text))),
        None => Some(text.to_string()),
    }
}
