//! What `auto` stands for: a value that was chosen before, by the path of the field. Knows nothing of how.

use diagnostics::{Diagnostic, rules};

use super::Evaluator;
use crate::keys::{self, At};
use crate::symbol::Symbol;
use crate::value::{This, Value};

/// An `auto` of an instance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Auto {
    /// Where it stands.
    pub at: At,
    /// The field.
    pub field: Symbol,
    /// What was chosen.
    pub value: Option<Value>,
}

impl Evaluator<'_> {
    /// Evaluates the value of a field for which something can be chosen.
    pub(super) fn of_open_field(&mut self, this: &This, field: Symbol, run: impl FnOnce(&mut Self) -> Value) -> Value {
        let outer = self.open.replace((this.clone(), field));
        let value = run(self);
        self.open = outer;
        value
    }

    /// What was chosen. While nothing is, an error stands for it: who reads it is silent, and read again later.
    pub(super) fn chosen(&mut self, at: At) -> Value {
        let Some((This::Placed(home), field)) = self.open.clone() else {
            let message = "this is read where the instance stands nowhere yet, so nothing is chosen for it";
            let help = "give the instance its place in the platform, and read the field there";
            return self.report(Diagnostic::new(&rules::AUTO_PLACE, at, message).help(help));
        };
        let path = Symbol::new(&keys::field_path(self.db, home, field));
        let value = keys::choice(self.db, path).value(self.db).clone();
        if self.current.as_ref().is_some_and(|current| current.home == home) {
            self.autos.push(Auto { at, field, value: value.clone() });
        }
        value.unwrap_or(Value::Error)
    }
}
