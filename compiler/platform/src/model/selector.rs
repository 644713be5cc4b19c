//! What chooses objects by their labels.

use super::{Labels, Text};

/// A choice by labels; the empty one chooses all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selector {
    /// Labels that must be equal.
    pub labels: Labels,
    /// What else must hold.
    pub expressions: Vec<Expression>,
}

/// A condition on one label.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The label.
    pub key: Text,
    /// What is asked of it.
    pub operator: Operator,
    /// With what it is compared.
    pub values: Vec<Text>,
}

/// What a condition asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The value is one of these.
    In,
    /// It is none of these, or there is none.
    NotIn,
    /// There is one.
    Exists,
    /// There is none.
    DoesNotExist,
    /// The value is a greater number.
    Gt,
    /// The value is a smaller number.
    Lt,
}

impl Operator {
    /// By its name in the API.
    pub fn named(name: &str) -> Option<Operator> {
        Some(match name {
            "In" => Operator::In,
            "NotIn" => Operator::NotIn,
            "Exists" => Operator::Exists,
            "DoesNotExist" => Operator::DoesNotExist,
            "Gt" => Operator::Gt,
            "Lt" => Operator::Lt,
            _ => return None,
        })
    }
}

/// A label of which a thing must have one of some values to be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The key.
    pub key: &'a Text,
    /// The values.
    pub values: &'a [Text],
}

impl<'a> Wanted<'a> {
    /// The label with each of the values.
    pub fn pairs(self) -> impl Iterator<Item = (Text, Text)> + use<'a> {
        self.values.iter().map(move |value| (*self.key, *value))
    }
}

impl Selector {
    /// The labels of which a thing must have one of some values.
    pub fn wanted(&self) -> impl Iterator<Item = Wanted<'_>> {
        let labels = self.labels.iter().map(|(key, value)| Wanted { key, values: std::slice::from_ref(value) });
        let listed = self.expressions.iter().filter(|expression| expression.operator == Operator::In);
        labels.chain(listed.map(|one| Wanted { key: &one.key, values: &one.values }))
    }

    /// Whether it chooses everything.
    pub fn is_all(&self) -> bool {
        self.labels.is_empty() && self.expressions.is_empty()
    }

    /// Whether it chooses what has these labels.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.labels.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.expressions.iter().all(|expression| expression.holds(labels))
    }
}

impl Expression {
    /// Whether it holds of these labels.
    pub fn holds(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        let number = |text: &Text| text.parse::<i64>().ok();
        let compared =
            |holds: fn(i64, i64) -> bool| match (value.and_then(number), self.values.first().and_then(number)) {
                (Some(value), Some(bound)) => holds(value, bound),
                _ => false,
            };
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::NotIn => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::Gt => compared(|value, bound| value > bound),
            Operator::Lt => compared(|value, bound| value < bound),
        }
    }
}
