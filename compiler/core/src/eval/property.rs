//! Properties of the finished platform, which assertions of tests ask for.

use std::cell::{OnceCell, RefCell};

use diagnostics::{Diagnostic, rules};
use platform::property::{self, Finding, PROPERTIES, Property};

use super::Evaluator;
use crate::ir::Ir;
use crate::keys::{self, At, Db};
use crate::model::{Model, subject};
use crate::value::{Env, Value};

/// The platform that tests ask about, made when the first of them asks; and what was last found.
#[derive(Default)]
pub struct Finished {
    model: OnceCell<Option<Model>>,
    said: RefCell<Option<Why>>,
}

/// Why a property was found as it was, and the places that made it so.
pub type Why = (String, Vec<(At, String)>);

impl Finished {
    /// The model; none where a part of the platform is wrong, so that it would be judged wrongly.
    fn model(&self, db: &dyn Db) -> Option<&Model> {
        let make = || {
            let root = keys::root(db);
            let mut found = Vec::new();
            let emitters = crate::findings::instances_of(db, root, &mut found);
            let wrong = found.iter().any(|finding| finding.rule.level == diagnostics::Level::Error);
            (!wrong).then(|| Model::of(db, root, &crate::objects::known(db, &emitters)))
        };
        self.model.get_or_init(make).as_ref()
    }

    /// Why the last property was found as it was, and the places that made it so.
    pub fn take_said(&self) -> Option<Why> {
        self.said.borrow_mut().take()
    }
}

impl Evaluator<'_> {
    /// Whether a property holds.
    pub(super) fn property(&mut self, property: Property, args: &[Ir], env: &Env, at: At) -> Value {
        let Some(finished) = self.finished.clone() else {
            return Value::Error;
        };
        let mut subjects = Vec::new();
        for arg in args {
            let value = self.eval(arg, env);
            if value.is_error() {
                return Value::Error;
            }
            match subject(self.db, &value, arg.at) {
                Some(subject) => subjects.push(subject),
                None => return self.no_subject(property, arg.at),
            }
        }
        let Some(model) = finished.model(self.db) else {
            let message = "the platform is wrong, so nothing is known of it";
            self.report(Diagnostic::new(&rules::TEST_FAILED, at, message).help("run `platc check` first"));
            return Value::Error;
        };
        let Some(found) = property::find(&model.platform, property, &subjects) else {
            return self.no_subject(property, at);
        };
        let Finding { holds, why, places } = found;
        let places: Vec<(At, String)> =
            places.into_iter().filter_map(|(place, text)| Some((model.at(place)?, text))).collect();
        match holds {
            property::Trust::Perhaps => {
                let finding = Diagnostic::new(&rules::TEST_FAILED, at, why);
                self.report(places.into_iter().fold(finding, |finding, (at, text)| finding.also(at, text)));
                Value::Error
            }
            holds => {
                *finished.said.borrow_mut() = Some((why, places));
                Value::Bool(holds == property::Trust::Yes)
            }
        }
    }

    fn no_subject(&mut self, property: Property, at: At) -> Value {
        let row = PROPERTIES.iter().find(|(_, known, _, _)| *known == property);
        let (name, of) = row.map_or(("", ""), |(name, _, _, of)| (*name, *of));
        let message = format!("`{name}` is asked of {of}, and this is something else");
        self.report(Diagnostic::new(&rules::TYPE_MISMATCH, at, message));
        Value::Error
    }
}
