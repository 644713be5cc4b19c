//! Kubernetes objects: what follows from where an object stands.

use std::sync::Arc;

use super::{Evaluator, object};
use crate::check::types;
use crate::ir::DataKind;
use crate::keys::{Db, Home, Step};
use crate::scope;
use crate::symbol::{NAMES, Symbol};
use crate::value::{Data, Item, List, This, Value};

/// What follows for objects from where they stand, asked for once for all objects of an instance.
#[derive(Default)]
pub(super) struct Around {
    home: Option<Home>,
    is_bundle: Option<bool>,
    namespace: Option<Option<Symbol>>,
}

impl Evaluator<'_> {
    /// An object that stands at a place, or each of a list, with its name and namespace, unless it says others itself.
    pub(super) fn named_object(&mut self, value: Value, parent: &This, step: Step) -> Value {
        if let Value::List(items) = &value {
            if !items.iter().any(|item| is_object(&item.value)) {
                return value;
            }
            let named = items
                .iter()
                .map(|item| Item { value: self.named_object(item.value.clone(), parent, step), at: item.at });
            return Value::List(Arc::new(List::new(named.collect())));
        }
        let value = self.moved_object(value, parent);
        let (Value::Data(data), This::Placed(home)) = (&value, parent) else {
            return value;
        };
        let Some((record, kind)) = data.shape.record.as_ref().and_then(|record| Some((record, record.object?))) else {
            return value;
        };
        let metadata = NAMES.metadata;
        let known = match data.get(metadata).map(|item| &item.value) {
            Some(Value::Data(known)) => Some(known.clone()),
            Some(Value::Null) | None => None,
            Some(_) => return value,
        };
        let has = |name| known.as_ref().is_some_and(|known| known.get(name).is_some());
        let at = known.as_ref().and_then(|known| known.entries.first()).map_or(kind.at, |entry| entry.1.at);
        let room = known.as_ref().map_or(2, |known| known.entries.len() + 2);
        let mut missing: Vec<(Symbol, Item)> = Vec::with_capacity(room);
        let mut add = |name: Symbol, text: Option<Symbol>| {
            // What the place gives is written by the kind, wherever the rest of it is.
            let item = |text: Symbol| (name, Item { value: Value::name(text), at: kind.at });
            missing.extend(text.filter(|_| !has(name)).map(item));
        };
        if !has(NAMES.generate_name) {
            add(NAMES.name, name_at(self.db, *home, step));
        }
        if kind.namespaced && !has(NAMES.namespace) {
            add(NAMES.namespace, self.namespace_of(*home));
        }
        if missing.is_empty() {
            return value;
        }
        missing.extend(known.iter().flat_map(|known| known.entries.iter().cloned()));
        let due = || record.field(metadata).map(|ty| types::shape(self.db, &ty.without_null()));
        let Some(shape) = known.map(|known| known.shape.clone()).or_else(due) else {
            return value;
        };
        let item = Item { value: Value::Data(Arc::new(Data::new(shape, missing))), at };
        Value::Data(Arc::new(data.with(metadata, item)))
    }

    /// The name of the namespace that objects of an instance stand in.
    fn namespace_of(&mut self, home: Home) -> Option<Symbol> {
        let db = self.db;
        let of = || namespace_around(db, home).and_then(|home| home.step(db).name());
        *self.around(home).namespace.get_or_insert_with(of)
    }

    /// Whether an instance is a bundle.
    fn is_bundle(&mut self, home: Home) -> bool {
        let db = self.db;
        let is_bundle = || {
            let bundle = scope::prelude_schemas(db).bundle.zip(*object::schema_at(db, home));
            bundle.is_some_and(|(bundle, of)| crate::schema::schema(db, of).chain.contains(&bundle))
        };
        *self.around(home).is_bundle.get_or_insert_with(is_bundle)
    }

    fn around(&mut self, home: Home) -> &mut Around {
        if self.around.home != Some(home) {
            self.around = Around { home: Some(home), ..Around::default() };
        }
        &mut self.around
    }
}

impl Evaluator<'_> {
    /// An object of a bundle, with the other names that the bundle has for namespaces.
    fn moved_object(&mut self, value: Value, parent: &This) -> Value {
        let (Value::Data(data), This::Placed(home)) = (&value, parent) else {
            return value;
        };
        let Some(kind) = data.shape.record.as_ref().and_then(|record| record.object) else {
            return value;
        };
        if !self.is_bundle(*home) {
            return value;
        }
        let Some(info) = object::schema_at(self.db, *home).map(|of| crate::schema::schema(self.db, of)) else {
            return value;
        };
        let slot = info.slot(Symbol::new("namespaces"));
        let names = slot.map(|slot| self.slot(parent, slot, kind.at));
        match names {
            Some(Value::Data(names)) if !names.entries.is_empty() => {
                let is_namespace = kind.kind.as_str() == "Namespace" && kind.group().is_empty();
                renamed(&value, &names, if is_namespace { &["namespace", "name"] } else { &["namespace"] })
            }
            _ => value,
        }
    }
}

/// A value in which the fields of these names have other texts, in records at any depth; the keys of maps are data.
fn renamed(value: &Value, names: &Data, fields: &[&str]) -> Value {
    match value {
        Value::Data(data) => {
            let is_map = data.shape.kind == DataKind::Map;
            let entries = data.entries.iter().map(|(key, item)| {
                let value = match &item.value {
                    Value::Text(text) if !is_map && fields.contains(&key.as_str()) => {
                        names.get(Symbol::new(text)).map_or(item.value.clone(), |name| name.value.clone())
                    }
                    other => renamed(other, names, fields),
                };
                (*key, Item { value, at: item.at })
            });
            Value::Data(Arc::new(Data::new(data.shape.clone(), entries.collect())))
        }
        Value::List(items) => {
            let items = items.iter().map(|item| Item { value: renamed(&item.value, names, fields), at: item.at });
            Value::List(Arc::new(List::new(items.collect())))
        }
        other => other.clone(),
    }
}

/// Whether it is an object by its type.
fn is_object(value: &Value) -> bool {
    matches!(value, Value::Data(data) if data.shape.record.as_ref().is_some_and(|record| record.object.is_some()))
}

/// The name of a block, or of the nearest around a field.
fn name_at(db: &dyn Db, home: Home, step: Step) -> Option<Symbol> {
    match step {
        Step::Entry(_, name) => Some(name),
        _ => named_around(db, home)?.step(db).name(),
    }
}

/// The nearest instance that a block names: this one, or one around it.
pub fn named_around(db: &dyn Db, home: Home) -> Option<Home> {
    std::iter::successors(Some(home), |home| home.parent(db)).find(|home| matches!(home.step(db), Step::Entry(..)))
}

/// The nearest namespace: this one, or one around it.
pub fn namespace_around(db: &dyn Db, home: Home) -> Option<Home> {
    let namespace = scope::prelude_schemas(db).namespace?;
    let mut around = std::iter::successors(Some(home), |home| home.parent(db));
    around.find(|home| {
        let schema = *object::schema_at(db, *home);
        schema.is_some_and(|schema| crate::schema::schema(db, schema).chain.contains(&namespace))
    })
}
