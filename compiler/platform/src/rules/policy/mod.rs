//! Network policies that do not say what somebody meant.

pub mod either;
pub mod elsewhere;
pub mod idle;
pub mod no_namespace;
pub mod not_enforced;
pub mod port;
pub mod selects_nothing;
pub mod undone;

use crate::model::Selector;

/// A choice by labels as people write it.
fn shown(selector: &Selector) -> String {
    let labels = selector.labels.iter().map(|(key, value)| format!("`{key}={value}`"));
    let keys = selector.expressions.iter().map(|expression| format!("`{}`", expression.key));
    labels.chain(keys).collect::<Vec<_>>().join(", ")
}
