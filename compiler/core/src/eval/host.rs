//! What methods need of evaluation.

use super::Evaluator;
use crate::methods::{Host, Problem};
use crate::symbol::Symbol;
use crate::value::{Measure, Value};

impl Host for Evaluator<'_> {
    fn call(&mut self, function: &Value, args: &[Value]) -> Value {
        self.call_value(function, args)
    }

    fn entries(&mut self, collection: &Value) -> Vec<(Symbol, Value)> {
        match collection {
            Value::Collection(this, slot) => self.all_entries(this, *slot),
            _ => Vec::new(),
        }
    }

    fn equal(&mut self, one: &Value, other: &Value) -> bool {
        let (one, other) = (self.force_quietly(one.clone()), self.force_quietly(other.clone()));
        let smaller = Measure::of(&one).weight.min(Measure::of(&other).weight);
        Host::spend(self, smaller / super::GLANCES_A_STEP).is_ok() && super::operator::equal(&one, &other)
    }

    fn spend(&mut self, steps: u64) -> Result<(), Problem> {
        if self.count(steps) {
            return Ok(());
        }
        self.exhausted = true;
        Err(Problem::new("this takes more steps than any platform needs"))
    }

    fn text(&mut self, value: &Value) -> Result<String, Problem> {
        let mut text = String::new();
        match super::operator::write_text(value, &mut text) {
            true => Ok(text),
            false => Err(Problem::new("this value has no text")),
        }
    }

    fn data_text(&mut self, value: &Value, yaml: bool) -> Result<String, Problem> {
        let value = self.force(value.clone());
        Host::spend(self, Measure::of(&value).weight)?;
        Ok(crate::output::text(self.db, &value, yaml))
    }
}
