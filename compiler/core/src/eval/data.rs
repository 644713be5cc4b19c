//! Records and maps: what bodies write over what was there.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::body::{Active, entry, is_key, written_twice};
use super::{Evaluator, MAX_LENGTH};
use crate::check::{self, CheckedCode};
use crate::ir::{BodyIr, DataKind, Plan, Shape, Target, Write, Written};
use crate::symbol::Symbol;
use crate::value::{Data, Env, Item, Value};

/// Where each key stands, and by which hand it was written: a level, and whether it amends.
type Places = FxHashMap<Symbol, (usize, Option<(u32, bool)>)>;

impl Evaluator<'_> {
    /// A record or map that a body makes where nothing is there.
    pub(super) fn data(&mut self, body: &Arc<BodyIr>, level: u32, env: &Env) -> Value {
        // Where a value comes from is seen write by write.
        match body.plan.as_ref().filter(|_| self.origin.is_none()) {
            Some(Plan { constant: Some(value), .. }) => value.clone(),
            Some(plan) => self.planned(body, plan, env),
            None => self.data_over(&body.shape, None, vec![(level, env.clone(), body.clone())]),
        }
    }

    /// A record or map whose keys are known.
    fn planned(&mut self, body: &BodyIr, plan: &Plan, env: &Env) -> Value {
        let mut entries = plan.entries.clone();
        for (write, place) in body.writes.iter().zip(&plan.places) {
            let value = match &write.value {
                Written::Value(ir) => self.eval(ir, env),
                Written::Amend(body) => self.data(body, 0, env),
                Written::Block(_) | Written::Entry(_) => Value::Error,
            };
            if let Some((_, item)) = entries.get_mut(*place) {
                item.value = value;
            }
        }
        if body.shape.kind == DataKind::Record {
            entries.retain(|(_, item)| item.value != Value::Null);
        }
        let data = Data::sorted(body.shape.clone(), None, entries);
        self.bounded(Value::Data(Arc::new(data)), body.at)
    }

    /// A record or map: what was there, and what bodies write over it, the weakest first.
    pub(super) fn data_over(
        &mut self,
        shape: &Arc<Shape>,
        base: Option<&Data>,
        bodies: Vec<(u32, Env, Arc<BodyIr>)>,
    ) -> Value {
        let kind = shape.kind;
        let mut entries: Vec<(Symbol, Item)> = base.map_or(Vec::new(), |data| data.entries.to_vec());
        let mut places: Places = Places::default();
        for (index, (key, _)) in entries.iter().enumerate() {
            places.insert(*key, (index, None));
        }
        for (level, env, body) in &bodies {
            for write in &body.writes {
                for env in self.passing(&write.guards, env.clone()) {
                    if !self.write_data(write, *level, &env, kind, &mut entries, &mut places) {
                        return Value::Error;
                    }
                }
            }
        }
        if let DataKind::Keyed(_) = kind {
            // What was there keeps its order; what blocks add has none.
            let there = base.map_or(0, |data| data.entries.len());
            let added = entries.get_mut(there..).unwrap_or_default();
            added.sort_by(|one, other| domain::natural_cmp(one.0.as_str(), other.0.as_str()));
        }
        if matches!(kind, DataKind::Record | DataKind::Keyed(_)) {
            entries.retain(|(_, item)| item.value != Value::Null);
        }
        let data = match base.and_then(|data| data.schema) {
            Some(schema) => Data::of_schema(schema, entries),
            None => Data::new(shape.clone(), entries),
        };
        let value = Value::Data(Arc::new(data));
        match bodies.last() {
            Some((_, _, body)) => self.bounded(value, body.at),
            None => value,
        }
    }

    pub(super) fn write_data(
        &mut self,
        write: &Write,
        level: u32,
        env: &Env,
        kind: DataKind,
        entries: &mut Vec<(Symbol, Item)>,
        places: &mut Places,
    ) -> bool {
        if !is_key(&write.target) {
            return self.spread_data(write, level, env, entries, places);
        }
        let Target::Key(key) = &write.target else {
            return true;
        };
        let Some(name) = self.key(key, env) else {
            return true;
        };
        let amends = matches!(write.value, Written::Amend(_));
        let known = places.get(&name).copied();
        if let Some((index, Some((before, amended)))) = known
            && before == level
            && !(amends && amended)
        {
            if let Some((_, item)) = entries.get(index) {
                self.report(written_twice(name, write.at, item.at));
            }
            return true;
        }
        let old = known.and_then(|(index, _)| entries.get(index)).map(|(_, item)| item.value.clone());
        let value = match &write.value {
            Written::Value(ir) if self.origin.is_some() => self.observed(write.at, |evaluator| evaluator.eval(ir, env)),
            Written::Value(ir) => self.eval(ir, env),
            Written::Amend(body) => self.amend_data(old, level, env, body),
            // A block over what was there changes it, as a block over an instance does.
            Written::Block(decl) if matches!(old, Some(Value::Data(_))) => match &check::checked(self.db, *decl).code {
                CheckedCode::Body(body) => self.amend_data(old, level, env, body),
                _ => Value::Error,
            },
            Written::Block(_) | Written::Entry(_) => {
                self.written(&Active { level, at: write.at, value: &write.value, env: env.clone() })
            }
        };
        let value = match kind {
            DataKind::Keyed(key) => super::coerce::keyed_element(value, key, name, write.at),
            _ => value,
        };
        match known {
            Some((index, _)) => {
                if let Some(slot) = entries.get_mut(index) {
                    slot.1 = Item { value, at: write.at };
                }
                places.insert(name, (index, Some((level, amends))));
            }
            None => {
                places.insert(name, (entries.len(), Some((level, amends))));
                entries.push(entry(name, value, write.at));
            }
        }
        entries.len() <= MAX_LENGTH
    }

    pub(super) fn amend_data(&mut self, old: Option<Value>, level: u32, env: &Env, body: &Arc<BodyIr>) -> Value {
        let bodies = || vec![(level, env.clone(), body.clone())];
        match old {
            Some(Value::Data(data)) => self.data_over(&data.shape, Some(&data), bodies()),
            Some(Value::Instance(this)) => self.amended(&this, body.clone(), env.clone(), body.at),
            _ => self.data(body, level, env),
        }
    }

    pub(super) fn spread_data(
        &mut self,
        write: &Write,
        level: u32,
        env: &Env,
        entries: &mut Vec<(Symbol, Item)>,
        places: &mut Places,
    ) -> bool {
        let Written::Value(ir) = &write.value else {
            return true;
        };
        let value = self.eval(ir, env);
        for (key, value) in self.iterate(&value, ir.at) {
            let Value::Text(key) = key else { continue };
            let name = Symbol::new(&key);
            match places.get(&name) {
                Some((index, Some(_))) => {
                    let first = entries.get(*index).map_or(write.at, |(_, item)| item.at);
                    self.report(written_twice(name, write.at, first));
                }
                Some((index, None)) => {
                    if let Some(slot) = entries.get_mut(*index) {
                        slot.1 = Item { value, at: write.at };
                    }
                }
                None => {
                    places.insert(name, (entries.len(), Some((level, false))));
                    entries.push(entry(name, value, write.at));
                }
            }
        }
        entries.len() <= MAX_LENGTH
    }
}
