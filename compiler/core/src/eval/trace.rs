//! Printing a loop: a field that depends on itself through other instances.
//!
//! The database only says *that* there is a loop. To say which, the field is evaluated once more without the
//! database's memory, with the fields on the way written down.

use diagnostics::{Diagnostic, rules};

use super::{Evaluator, object};
use crate::keys::{At, Home, path_text};
use crate::schema::schema;
use crate::value::{This, Value};

/// A search for a loop.
#[derive(Default)]
pub struct Trace {
    path: Vec<(Home, u32)>,
    found: Option<Vec<(Home, u32)>>,
    visits: u32,
}

/// How many fields a search looks at before it gives up on a name for the loop.
const MAX_VISITS: u32 = 20_000;

impl Evaluator<'_> {
    /// A field of another instance came back as depending on itself: finds the loop, and reports it if the field
    /// that is being evaluated here is on it.
    pub(super) fn explain_cycle(&mut self, home: Home, slot: u32) -> Value {
        let Some(here) = self.here() else {
            return Value::Error;
        };
        let mut tracer = Evaluator::new(self.db);
        tracer.trace = Some(Trace { path: vec![here], ..Trace::default() });
        let at = self.current.as_ref().map(|current| current.object.at);
        if let Some(at) = at {
            tracer.traced_slot(home, slot, at);
        }
        match tracer.trace.and_then(|trace| trace.found) {
            Some(path) if path.first() == Some(&here) => self.report_cycle(path),
            _ => Value::Error,
        }
    }

    /// The field that is being evaluated.
    fn here(&self) -> Option<(Home, u32)> {
        let current = self.current.as_ref()?;
        current.path.last().map(|slot| (current.home, *slot))
    }

    /// A field, evaluated again on the way along a loop.
    pub(super) fn traced_slot(&mut self, home: Home, slot: u32, at: At) -> Value {
        let Some(trace) = &mut self.trace else {
            return Value::Error;
        };
        trace.visits += 1;
        if let Some(start) = trace.path.iter().position(|on_path| *on_path == (home, slot)) {
            trace.found.get_or_insert_with(|| trace.path.get(start..).unwrap_or_default().to_vec());
            return Value::Error;
        }
        if trace.found.is_some() || trace.visits > MAX_VISITS {
            return Value::Error;
        }
        trace.path.push((home, slot));
        let value = match object::placed(self.db, home) {
            Some(object) => self.deeper(at, |evaluator| evaluator.fresh_slot(&This::Placed(home), object, slot)),
            None => Value::Error,
        };
        if let Some(trace) = &mut self.trace {
            trace.path.pop();
        }
        value
    }

    /// Reports a loop, once: at the field whose path comes first.
    pub(super) fn report_cycle(&mut self, path: Vec<(Home, u32)>) -> Value {
        let db = self.db;
        let text = |(home, slot): &(Home, u32)| {
            let name = object::placed(db, *home)
                .as_ref()
                .and_then(|object| schema(db, object.schema).fields.get(*slot as usize).map(|field| field.name));
            format!("{}.{}", path_text(db, *home), name.map_or("?", |name| name.as_str()))
        };
        let names: Vec<String> = path.iter().map(text).collect();
        let local = path.iter().all(|(home, _)| path.first().is_some_and(|first| first.0 == *home));
        let first = names.iter().enumerate().min_by(|one, other| one.1.cmp(other.1)).map_or(0, |(index, _)| index);
        if !local && first != 0 {
            return Value::Error;
        }
        let mut ring: Vec<&str> = names.iter().cycle().skip(first).take(names.len()).map(String::as_str).collect();
        ring.extend(ring.first().copied());
        let shown = ring.join("` -> `");
        let Some(name) = ring.first() else {
            return Value::Error;
        };
        let message = format!("`{name}` depends on itself: `{shown}`");
        let mut places = path.iter().cycle().skip(first).take(path.len()).filter_map(|step| self.written_at(*step));
        let Some(at) = places.next() else {
            return Value::Error;
        };
        let mut diagnostic = Diagnostic::new(&rules::EVAL_CYCLE, at, message);
        for place in places.collect::<Vec<_>>() {
            diagnostic = diagnostic.also(place, "on the way");
        }
        self.report(diagnostic.help("give one of these a value that does not need the others"))
    }

    fn written_at(&self, (home, slot): (Home, u32)) -> Option<At> {
        let object = object::placed(self.db, home).as_ref()?;
        let layer = object.layers.iter().rev().find(|layer| !layer.body.of_slot(slot).is_empty());
        layer.and_then(|layer| layer.body.of_slot(slot).last()).map(|write| write.at).or(Some(object.at))
    }
}
