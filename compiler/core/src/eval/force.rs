//! Instances without a home, written out as data; and `all`, which finds instances with one.

use std::sync::Arc;

use super::{Evaluator, collection, object};
use crate::ir::{DataKind, Shape};
use crate::keys::{self, At, Db, Decl, Home, Step};
use crate::schema::{SlotKind, may_contain, schema};
use crate::value::{Data, Free, Item, List, Measure, This, Value};

/// Every instance of a schema that stands under a home, the home itself left out.
#[salsa::tracked(cycle_result = all_cycle)]
pub fn all_under(db: &dyn Db, home: Home, wanted: Decl) -> Arc<Vec<Home>> {
    let mut found = Vec::new();
    let Some(object) = object::placed(db, home) else {
        return Arc::default();
    };
    let info = schema(db, object.schema);
    for (slot, field) in info.fields.iter().enumerate() {
        if field.emit || !may_contain(db, &field.ty, wanted) {
            continue;
        }
        match field.kind {
            SlotKind::Each => {
                let names = collection::entries(db, home, slot as u32);
                for (name, _) in &names.value.list {
                    let child = keys::home(db, Some(home), Step::Entry(field.name, *name));
                    gather(db, child, wanted, &mut found);
                }
            }
            _ => gather(db, keys::home(db, Some(home), Step::Field(field.name)), wanted, &mut found),
        }
    }
    Arc::new(found)
}

fn all_cycle(_: &dyn Db, _: salsa::Id, _: Home, _: Decl) -> Arc<Vec<Home>> {
    Arc::default()
}

fn gather(db: &dyn Db, home: Home, wanted: Decl, found: &mut Vec<Home>) {
    let Some(object) = object::placed(db, home) else {
        return;
    };
    if schema(db, object.schema).chain.contains(&wanted) {
        found.push(home);
    }
    found.extend(all_under(db, home, wanted).iter());
}

impl Evaluator<'_> {
    /// `x.all(S)`
    pub(super) fn all(&mut self, this: &This, wanted: Decl, at: At) -> Value {
        match this {
            This::Placed(home) => {
                let homes = all_under(self.db, *home, wanted);
                Self::items(homes.iter().map(|home| Value::Instance(This::Placed(*home))).collect(), at)
            }
            This::Free(_) => {
                let mut found = Vec::new();
                self.all_in_free(this, wanted, at, &mut found);
                Self::items(found, at)
            }
        }
    }

    pub(super) fn all_in_collection(&mut self, this: &This, slot: u32, wanted: Decl, at: At) -> Value {
        let mut found = Vec::new();
        for (_, value) in self.all_entries(this, slot) {
            self.take_all(value, wanted, at, &mut found);
        }
        Self::items(found, at)
    }

    /// `x.objects()`: what the instance at a home emits, and what stands in it.
    pub(super) fn objects(&mut self, home: Home, outside: &[Decl], at: At) -> Value {
        let mut found = Vec::new();
        self.take_objects(home, outside, &mut found);
        Self::items(found, at)
    }

    fn take_objects(&self, home: Home, outside: &[Decl], found: &mut Vec<Value>) {
        let Some(instance) = super::instance(self.db, home) else {
            return;
        };
        found.extend(instance.objects.iter().map(|object| Value::Data(object.data.clone())));
        for child in &instance.children {
            let of = *super::schema_at(self.db, *child);
            let is_outside = |wanted: &Decl| of.is_some_and(|of| schema(self.db, of).chain.contains(wanted));
            if !outside.iter().any(is_outside) {
                self.take_objects(*child, outside, found);
            }
        }
    }

    fn take_all(&mut self, value: Value, wanted: Decl, at: At, found: &mut Vec<Value>) {
        let Value::Instance(this) = &value else {
            return;
        };
        if self.is_of(&value, &crate::ty::Ty::Schema(wanted)) {
            found.push(value.clone());
        }
        if let Value::List(items) = self.all(this, wanted, at) {
            found.extend(items.iter().map(|item| item.value.clone()));
        }
    }

    fn all_in_free(&mut self, this: &This, wanted: Decl, at: At, found: &mut Vec<Value>) {
        let Some(object) = self.object(this) else {
            return;
        };
        let info = self.schema(object.schema);
        for (slot, field) in info.fields.iter().enumerate() {
            if field.emit || !may_contain(self.db, &field.ty, wanted) {
                continue;
            }
            if field.kind == SlotKind::Each {
                let Value::List(items) = self.all_in_collection(this, slot as u32, wanted, at) else {
                    continue;
                };
                found.extend(items.iter().map(|item| item.value.clone()));
            } else if object.is_written(slot as u32) {
                let value = self.slot(this, slot as u32, at);
                self.take_all(value, wanted, at, found);
            }
        }
    }

    /// The value with every instance in it that has no home written out, and its rules asked: it stands somewhere now.
    pub fn force(&mut self, value: Value) -> Value {
        if self.exhausted {
            return Value::Error;
        }
        if !needs_force(&value) {
            return value;
        }
        match value {
            Value::List(items) => {
                let forced = items.iter().map(|item| Item { value: self.force(item.value.clone()), at: item.at });
                Value::List(Arc::new(List::new(forced.collect())))
            }
            Value::Data(data) => Value::Data(Arc::new(
                data.with_values(|item| Item { value: self.force(item.value.clone()), at: item.at }),
            )),
            Value::Instance(This::Free(free)) => self.force_instance(&free),
            Value::Collection(this, slot) => match self.object(&this) {
                Some(object) => self.deeper(object.at, |evaluator| evaluator.force_collection(&this, slot, object.at)),
                None => Value::Error,
            },
            other => other,
        }
    }

    /// An instance that stands somewhere, written out with all that stands in it.
    pub fn written_out(&mut self, home: Home) -> Value {
        let Some(found) = super::instance(self.db, home) else {
            return Value::Error;
        };
        self.diagnostics.extend(found.diagnostics.iter().cloned());
        let mut entries = Vec::new();
        for (slot, field) in self.schema(found.schema).fields.iter().enumerate() {
            let Some(out) = found.fields.get(slot) else {
                continue;
            };
            if field.kind == SlotKind::Let {
                continue;
            }
            let value = self.out_value(out, found.at);
            let empty = match &value {
                Value::Null => true,
                Value::Data(data) => field.kind == SlotKind::Each && data.entries.is_empty(),
                _ => false,
            };
            if !empty {
                entries.push((field.name, Item { value, at: found.at }));
            }
        }
        Value::Data(Arc::new(Data::of_schema(found.schema, entries)))
    }

    fn out_value(&mut self, out: &super::FieldOut, at: At) -> Value {
        match out {
            super::FieldOut::Value(value) => value.clone(),
            super::FieldOut::Child(home) => self.written_out(*home),
            super::FieldOut::Entries(entries) => {
                let entries = entries.iter().map(|(name, out)| (*name, Item { value: self.out_value(out, at), at }));
                Value::Data(Arc::new(Data::new(Shape::of(DataKind::Map), entries.collect())))
            }
        }
    }

    fn force_collection(&mut self, this: &This, slot: u32, at: At) -> Value {
        let entries = self.all_entries(this, slot).into_iter();
        let entries = entries.map(|(name, value)| (name, Item { value: self.force(value), at })).collect();
        Value::Data(Arc::new(Data::new(Shape::of(DataKind::Map), entries)))
    }

    /// The value written out, to be compared: what a template leaves open is nothing that is wrong here.
    pub(super) fn force_quietly(&mut self, value: Value) -> Value {
        if !needs_force(&value) || matches!(value, Value::Collection(..)) {
            return value;
        }
        let before = self.diagnostics.len();
        let forced = self.force(value);
        self.forget(before);
        forced
    }

    fn force_instance(&mut self, free: &Arc<Free>) -> Value {
        let this = This::Free(free.clone());
        let object = free.object.clone();
        let info = self.schema(object.schema);
        if !self.spend(100, object.at) {
            return Value::Error;
        }
        let mut entries = Vec::new();
        for (slot, field) in info.fields.iter().enumerate() {
            let slot = slot as u32;
            if field.kind == SlotKind::Let {
                continue;
            }
            let value = if field.kind == SlotKind::Each || object.is_written(slot) {
                let value = self.slot(&this, slot, object.at);
                if self.given(&object, slot).is_assembled {
                    self.check_complete(&value, &field.ty, object.at);
                }
                self.deeper(object.at, |evaluator| evaluator.force(value))
            } else {
                self.missing(&object, slot)
            };
            let empty = match &value {
                Value::Null => true,
                Value::Data(data) => field.kind == SlotKind::Each && data.entries.is_empty(),
                _ => false,
            };
            if !empty {
                entries.push((field.name, Item { value, at: object.at }));
            }
        }
        self.check_rules(&this, &object);
        let value = Value::Data(Arc::new(Data::of_schema(object.schema, entries)));
        self.bounded(value, object.at)
    }
}

fn needs_force(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Data(_) | Value::Instance(_) | Value::Collection(..))
        && Measure::of(value).unwritten
}
