//! One instance, whole: every field, every rule, and which instances stand right below it.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::brought::{MAX_BROUGHT, brought};
use super::{Auto, Cell, Evaluator, FieldValue, collection, field, object, trace};
use crate::keys::{self, At, Db, Decl, Home, Step};
use crate::layers::Object;
use crate::objects::{self, Emitter, cluster_around, note};
use crate::schema::{SlotKind, schema};
use crate::scope::prelude_schemas;
use crate::symbol::{NAMES, Symbol};
use crate::value::{Free, This, Value};

/// An instance with everything in it known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// Its schema.
    pub schema: Decl,
    /// Where it was written.
    pub at: At,
    /// Its fields, by slot.
    pub fields: Vec<FieldOut>,
    /// The homes right below.
    pub children: Vec<Home>,
    /// Whether it may emit something.
    pub emits: bool,
    /// The Kubernetes objects that it emits.
    pub objects: Vec<objects::Object>,
    /// Where it is a chart, the objects that others must know of, which it will make.
    pub makes: Vec<objects::Object>,
    /// A field or entry that is an error, and where it is written.
    pub error: Option<(Symbol, At)>,
    /// What stands in it for something that is chosen.
    pub autos: Vec<Auto>,
    /// What was wrong in it, and only in it.
    pub diagnostics: Vec<Diagnostic<At>>,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldOut {
    /// Data, or a reference to what stands elsewhere.
    Value(Value),
    /// An instance that stands here.
    Child(Home),
    /// The entries of a collection.
    Entries(Vec<(Symbol, FieldOut)>),
}

impl FieldOut {
    /// Whether nothing stands there.
    fn is_empty(&self) -> bool {
        match self {
            FieldOut::Value(value) => *value == Value::Null,
            FieldOut::Entries(entries) => entries.is_empty(),
            FieldOut::Child(_) => false,
        }
    }
}

impl Instance {
    /// An instance with these fields.
    fn new(object: &Object, fields: Vec<FieldOut>, diagnostics: Vec<Diagnostic<At>>) -> Option<Arc<Instance>> {
        let mut children = Vec::new();
        for field in &fields {
            match field {
                FieldOut::Child(home) => children.push(*home),
                FieldOut::Entries(entries) => children.extend(entries.iter().filter_map(|(_, entry)| match entry {
                    FieldOut::Child(home) => Some(*home),
                    _ => None,
                })),
                FieldOut::Value(_) => {}
            }
        }
        Some(Arc::new(Instance {
            schema: object.schema,
            at: object.at,
            fields,
            children,
            emits: false,
            objects: Vec::new(),
            makes: Vec::new(),
            error: None,
            autos: Vec::new(),
            diagnostics,
        }))
    }

    /// The objects in what it emits.
    fn emitted(&self, db: &dyn Db, home: Home) -> Vec<objects::Object> {
        let cluster = cluster_around(db, home);
        let mut found = Vec::new();
        for (slot, (known, out)) in schema(db, self.schema).fields.iter().zip(&self.fields).enumerate() {
            match out {
                FieldOut::Value(value) if known.emit => {
                    let emitter = Emitter { home, slot: slot as u32, entry: None };
                    note(value, self.at, (cluster, emitter), &mut found);
                }
                FieldOut::Entries(written) if known.emit && !written.is_empty() => {
                    let names = &collection::entries(db, home, slot as u32).value;
                    for (name, out) in written {
                        if let FieldOut::Value(value) = out {
                            let at = names.get(*name).and_then(|entry| entry.at()).unwrap_or(self.at);
                            let emitter = Emitter { home, slot: slot as u32, entry: Some(*name) };
                            note(value, at, (cluster, emitter), &mut found);
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The objects that a chart says it will make.
    fn announced(&self, db: &dyn Db, home: Home) -> Vec<objects::Object> {
        let known = schema(db, self.schema);
        let is_chart = prelude_schemas(db).release.is_some_and(|release| known.chain.contains(&release));
        let mut found = Vec::new();
        if is_chart
            && let Some(slot) = known.slot(NAMES.makes)
            && let Some(FieldOut::Value(value)) = self.fields.get(slot as usize)
        {
            note(value, self.at, (cluster_around(db, home), Emitter { home, slot, entry: None }), &mut found);
        }
        found
    }

    /// The name of a field or entry that is an error, and where it is written.
    fn first_error(&self, db: &dyn Db, home: Home) -> Option<(Symbol, At)> {
        let slots = schema(db, self.schema).fields.iter().enumerate();
        self.fields.iter().zip(slots).find_map(|(field, (slot, known))| match field {
            FieldOut::Value(value) => value.has_error().then_some((known.name, self.at)),
            FieldOut::Entries(entries) => entries.iter().find_map(|(name, entry)| match entry {
                FieldOut::Value(value) if value.has_error() => {
                    let names = &collection::entries(db, home, slot as u32).value;
                    Some((*name, names.get(*name).and_then(|entry| entry.at()).unwrap_or(self.at)))
                }
                _ => None,
            }),
            FieldOut::Child(_) => None,
        })
    }
}

/// Everything about the instance at a home.
#[salsa::tracked(cycle_result = instance_cycle)]
pub fn instance(db: &dyn Db, home: Home) -> Option<Arc<Instance>> {
    let Some(object) = object::placed(db, home).as_ref() else {
        return unplaced(db, home);
    };
    let info = schema(db, object.schema);
    let mut evaluator = Evaluator::of_all(db, home, object);
    let this = This::Placed(home);
    evaluator.check_place(&this, object.schema, object.at);
    let brought = brought(db, object.schema);
    if brought > MAX_BROUGHT || depth(db, home) > MAX_HOMES {
        let message = match brought > MAX_BROUGHT {
            true => format!("the defaults of this would bring more than {MAX_BROUGHT} instances"),
            false => format!("instances stand in instances more than {MAX_HOMES} deep"),
        };
        evaluator.report(
            Diagnostic::new(&rules::EVAL_LIMIT, object.at, message)
                .help("a schema whose default contains itself has no end; make that field optional"),
        );
        let diagnostics = evaluator.into_diagnostics();
        return Instance::new(object, Vec::new(), diagnostics);
    }
    let mut fields = Vec::with_capacity(info.fields.len());
    for (slot, known) in info.fields.iter().enumerate() {
        let slot = slot as u32;
        fields.push(match known.kind {
            SlotKind::Each => evaluator.entries_out(home, slot, known.name),
            _ => evaluator.field_out(&this, slot, object),
        });
    }
    evaluator.check_rules(&this, object);
    let autos = std::mem::take(&mut evaluator.autos);
    let mut made = Instance::new(object, fields, evaluator.into_diagnostics());
    if let Some(made) = made.as_mut().and_then(Arc::get_mut) {
        made.autos = autos;
        made.error = made.first_error(db, home);
        made.emits = made.fields.iter().zip(&info.fields).any(|(out, known)| known.emit && !out.is_empty());
        if made.emits {
            made.objects = made.emitted(db, home);
        }
        made.makes = made.announced(db, home);
        made.emits |= !made.makes.is_empty();
    }
    made
}

/// What an instance emits is read by a part of it.
fn instance_cycle(db: &dyn Db, _: salsa::Id, home: Home) -> Option<Arc<Instance>> {
    let object = object::placed(db, home).as_ref()?;
    let message = format!("the objects of `{}` depend on themselves", keys::path_text(db, home));
    let found = Diagnostic::new(&rules::EVAL_CYCLE, object.at, message)
        .help("let nothing in it read its own `objects()`, nor what follows from these");
    Instance::new(object, Vec::new(), vec![found])
}

/// Why nothing stands at the home of an entry.
fn unplaced(db: &dyn Db, home: Home) -> Option<Arc<Instance>> {
    let Step::Entry(_, name) = home.step(db) else {
        return None;
    };
    let object = object::placed(db, home.parent(db)?).as_ref()?;
    let mut evaluator = Evaluator::new(db);
    evaluator.raw_entry(name, collection::opened_at(db, home).as_ref()?);
    Instance::new(object, Vec::new(), evaluator.into_diagnostics())
}

/// How deep homes may nest.
const MAX_HOMES: usize = 100;

fn depth(db: &dyn Db, home: Home) -> usize {
    std::iter::successors(Some(home), |home| home.parent(db)).take(MAX_HOMES + 2).count()
}

impl Evaluator<'_> {
    fn field_out(&mut self, this: &This, slot: u32, object: &Object) -> FieldOut {
        let info = self.schema(object.schema);
        let Some(known) = info.fields.get(slot as usize) else {
            return FieldOut::Value(Value::Error);
        };
        let given = self.given(object, slot);
        if !given.is_something() {
            return FieldOut::Value(self.missing(object, slot));
        }
        let value = self.slot(this, slot, object.at);
        match (&value, this) {
            (Value::Instance(This::Placed(child)), This::Placed(home))
                if child.parent(self.db) == Some(*home) && child.step(self.db) == Step::Field(known.name) =>
            {
                FieldOut::Child(*child)
            }
            _ => {
                if given.is_assembled {
                    self.check_complete(&value, &known.ty, object.at);
                }
                FieldOut::Value(self.force(value))
            }
        }
    }

    fn entries_out(&mut self, home: Home, slot: u32, field: Symbol) -> FieldOut {
        let object = self.current.as_ref().map(|current| current.object);
        if object.is_some_and(|object| !self.given(object, slot).is_something()) {
            return FieldOut::Entries(Vec::new());
        }
        let names = collection::entries(self.db, home, slot);
        for diagnostic in &names.diagnostics {
            self.report(diagnostic.clone());
        }
        let this = This::Placed(home);
        let mut out = Vec::with_capacity(names.value.list.len());
        let element = self.current.as_ref().and_then(|current| current.info.fields.get(slot as usize));
        let element = element.map_or(crate::ty::Ty::Error, |field| field.ty.clone());
        for (name, value) in self.all_entries(&this, slot) {
            let entry = match &value {
                Value::Instance(This::Placed(child)) if child.parent(self.db) == Some(home) => FieldOut::Child(*child),
                _ => {
                    let child = keys::home(self.db, Some(home), Step::Entry(field, name));
                    let made = collection::entry_value(self.db, child);
                    let is_loop = made.diagnostics.iter().any(|found| found.rule == &rules::EVAL_CYCLE);
                    match is_loop.then(|| trace::entry_loop(self.db, child)).flatten() {
                        Some(found) => self.diagnostics.push(found),
                        None => self.diagnostics.extend(made.diagnostics.iter().cloned()),
                    }
                    let assembled = names.value.get(name).and_then(|entry| entry.assembled());
                    if let (Value::Data(data), Some(at)) = (&value, assembled) {
                        // An object of another version of the kind has the fields of its own.
                        let own = data.shape.record.clone().filter(|record| record.object.is_some());
                        self.check_complete(&value, &own.map_or_else(|| element.clone(), crate::ty::Ty::Record), at);
                    }
                    FieldOut::Value(self.force(value))
                }
            };
            out.push((name, entry));
        }
        FieldOut::Entries(out)
    }

    /// A field that an instance must have and has not.
    pub(super) fn missing(&mut self, object: &Object, slot: u32) -> Value {
        let info = self.schema(object.schema);
        let Some(known) = info.fields.get(slot as usize) else {
            return Value::Error;
        };
        let name = known.name;
        let ty = crate::ty::display(self.db, &known.ty);
        let owner = keys::decl_name(self.db, object.schema);
        let message = format!("this `{owner}` has no `{name}`");
        self.report(
            Diagnostic::new(&rules::SCHEMA_MISSING_FIELD, object.at, message)
                .label(format!("`{name}` is missing here"))
                .also(known.at, "required here")
                .help(format!("add `{name}: ..`, a value of type `{ty}`")),
        )
    }

    /// An instance of an `in` schema must stand in what its schema names.
    fn check_place(&mut self, this: &This, of: Decl, at: At) {
        for (_, wanted) in &self.schema(of).words {
            self.enclosing(this, *wanted, at);
        }
    }

    /// The value of a field, in whatever way the instance is known.
    pub(super) fn slot(&mut self, this: &This, slot: u32, at: At) -> Value {
        match self.origin {
            None => self.known_slot(this, slot, at),
            Some(_) => self.observed_slot(this, slot, at),
        }
    }

    pub(super) fn known_slot(&mut self, this: &This, slot: u32, at: At) -> Value {
        match this {
            This::Placed(home) => {
                let here = self.current.as_ref().is_some_and(|current| current.home == *home);
                match (here, self.trace.is_some()) {
                    (true, _) => self.own_slot(*home, slot),
                    (false, true) => self.traced_slot(*home, slot, at),
                    (false, false) => self.other_slot(*home, slot),
                }
            }
            This::Free(free) => self.free_slot(free, slot, at),
        }
    }

    /// A field of the instance that this evaluator is about.
    fn own_slot(&mut self, home: Home, slot: u32) -> Value {
        let Some(current) = &mut self.current else {
            return Value::Error;
        };
        match current.cells.get_mut(slot as usize) {
            Some(Cell::Done(value)) => return value.clone(),
            Some(Cell::Busy) => {
                let path = current.path.iter().skip_while(|on_path| **on_path != slot);
                let path = path.map(|slot| trace::Link::Field(home, *slot)).collect();
                return self.report_cycle(path);
            }
            Some(cell) => *cell = Cell::Busy,
            None => return Value::Error,
        }
        current.path.push(slot);
        let object = current.object;
        let this = This::Placed(home);
        let at = object.at;
        let value = self.deeper(at, |evaluator| evaluator.fresh_slot(&this, object, slot));
        if let Some(current) = &mut self.current {
            current.path.pop();
            if let Some(cell) = current.cells.get_mut(slot as usize) {
                *cell = Cell::Done(value.clone());
            }
        }
        value
    }

    /// A field made now, at home.
    pub(super) fn fresh_slot(&mut self, this: &This, object: &Object, slot: u32) -> Value {
        let info = self.schema(object.schema);
        let Some(known) = info.fields.get(slot as usize) else {
            return Value::Error;
        };
        let value = self.raw_slot(this, object, slot);
        self.at_home(value, this, Step::Field(known.name))
    }

    /// A field of an instance that stands elsewhere.
    fn other_slot(&mut self, home: Home, slot: u32) -> Value {
        let FieldValue { value, cycle } = field(self.db, home, slot);
        if *cycle {
            return self.explain_cycle(home, slot);
        }
        value.clone()
    }

    /// A field of an instance without a home.
    fn free_slot(&mut self, free: &Arc<Free>, slot: u32, at: At) -> Value {
        let key = (Arc::as_ptr(free) as usize, slot);
        match self.free.get(&key) {
            Some((_, Cell::Done(value))) => return value.clone(),
            Some((_, Cell::Busy)) => {
                let name = self.schema(free.object.schema).fields.get(slot as usize).map(|field| field.name);
                let name = name.map_or(String::new(), |name| name.to_string());
                return self.report(
                    Diagnostic::new(&rules::EVAL_CYCLE, free.object.at, format!("`{name}` depends on itself"))
                        .help("give one of the fields on the way a value of its own"),
                );
            }
            _ => {}
        }
        self.free.insert(key, (free.clone(), Cell::Busy));
        let this = This::Free(free.clone());
        let object = free.object.clone();
        let each = self.schema(object.schema).fields.get(slot as usize).is_some_and(|f| f.kind == SlotKind::Each);
        let value = if each || object.is_written(slot) {
            self.deeper(at, |evaluator| evaluator.fresh_slot(&this, &object, slot))
        } else {
            self.unset(&object, slot, at)
        };
        self.free.insert(key, (free.clone(), Cell::Done(value.clone())));
        value
    }

    /// A read of what a template leaves open.
    fn unset(&mut self, object: &Object, slot: u32, at: At) -> Value {
        let info = self.schema(object.schema);
        let Some(known) = info.fields.get(slot as usize) else {
            return Value::Error;
        };
        let name = known.name;
        self.report(
            Diagnostic::new(&rules::SCHEMA_MISSING_FIELD, at, format!("`{name}` is read here but was never set"))
                .also(object.at, format!("this instance leaves `{name}` open"))
                .also(known.at, "required here")
                .help(format!("set `{name}` where the instance is written")),
        )
    }

    /// The items of a value that was made in one place.
    pub(super) fn items(values: Vec<Value>, at: At) -> Value {
        Value::list(values, at)
    }
}
