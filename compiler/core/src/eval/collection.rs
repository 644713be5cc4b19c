//! Keyed collections: first the names, by heads alone; then, one by one, what stands under each.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use super::body::{Active, layer_env};
use super::trace::Link;
use super::{Checked, Evaluator, object};
use crate::check::types::{self, BodyType};
use crate::check::{self, CheckedCode};
use crate::ir::{KeyIr, Target, Written};
use crate::keys::{self, At, Db, Decl, Home, Step};
use crate::layers::{Layer, Object};
use crate::schema::{SlotKind, schema};
use crate::symbol::Symbol;
use crate::ty::Ty;
use crate::value::{Env, Free, This, Value};

/// How many entries a collection may have.
const MAX_ENTRIES: usize = 250_000;

/// The names of a collection, in natural order, and who writes what under each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entries {
    /// Name and writers.
    pub list: Vec<(Symbol, Arc<EntryInfo>)>,
    index: FxHashMap<Symbol, usize>,
}

/// Who writes an entry, the weakest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EntryInfo {
    writes: Vec<EntryWrite>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct EntryWrite {
    level: u32,
    at: At,
    opens: bool,
    value: Written,
    env: Env,
}

impl Entries {
    /// Who writes the entry of this name.
    pub fn get(&self, name: Symbol) -> Option<&Arc<EntryInfo>> {
        self.index.get(&name).and_then(|at| self.list.get(*at)).map(|entry| &entry.1)
    }
}

impl EntryInfo {
    /// Whether what opens the entry is known to make an instance.
    fn is_instance(&self, db: &dyn Db) -> bool {
        self.writes.iter().any(|write| match &write.value {
            Written::Block(decl) | Written::Entry(decl) => {
                matches!(check::opened_type(db, *decl), Ty::Schema(_))
            }
            _ => false,
        })
    }

    /// Where the entry was opened, if bodies make it.
    pub(super) fn assembled(&self) -> Option<At> {
        let by_bodies = |write: &EntryWrite| matches!(write.value, Written::Block(_) | Written::Amend(_));
        self.writes.iter().any(by_bodies).then(|| self.at()).flatten()
    }

    /// Every place that writes the entry, the weakest first.
    pub fn places(&self) -> impl Iterator<Item = At> {
        self.writes.iter().map(|write| write.at)
    }

    /// Where the entry was opened, or first written.
    pub fn at(&self) -> Option<At> {
        self.writes.iter().find(|write| write.opens).or(self.writes.first()).map(|write| write.at)
    }
}

/// The names of one collection of one instance.
#[salsa::tracked(cycle_result = entries_cycle)]
pub fn entries(db: &dyn Db, home: Home, slot: u32) -> Checked<Arc<Entries>> {
    let Some(object) = object::placed(db, home) else {
        return Checked { value: Arc::default(), diagnostics: Vec::new() };
    };
    let mut evaluator = Evaluator::of(db, home, object);
    let value = Arc::new(evaluator.find_entries(&This::Placed(home), object, slot));
    Checked { value, diagnostics: evaluator.into_diagnostics() }
}

/// The value of an entry that may be data.
#[salsa::tracked(cycle_result = entry_value_cycle)]
pub(super) fn entry_value(db: &dyn Db, home: Home) -> Checked<Value> {
    let mut evaluator = Evaluator::new(db);
    let opened = opened_at(db, home).as_ref().and_then(|entry| Some((entry, entry.at()?)));
    let value = match (home.parent(db), home.step(db), opened) {
        (Some(parent), step @ Step::Entry(_, name), Some((entry, at))) => evaluator.deeper(at, |evaluator| {
            let value = evaluator.raw_entry(name, entry);
            evaluator.at_home(value, &This::Placed(parent), step)
        }),
        _ => Value::Error,
    };
    Checked { value, diagnostics: evaluator.into_diagnostics() }
}

/// Where the entry of a home was opened.
pub fn entry_at(db: &dyn Db, home: Home) -> Option<At> {
    let (parent, Step::Entry(collection, name)) = (home.parent(db)?, home.step(db)) else {
        return None;
    };
    let slot = schema(db, object::placed(db, parent).as_ref()?.schema).slot(collection)?;
    entries(db, parent, slot).value.get(name).and_then(|entry| entry.at())
}

fn entry_value_cycle(db: &dyn Db, _: salsa::Id, home: Home) -> Checked<Value> {
    let name = keys::path_text(db, home);
    let diagnostics = entry_at(db, home).map(|at| {
        Diagnostic::new(&rules::EVAL_CYCLE, at, format!("`{name}` depends on itself"))
            .help("give one of the values on the way a value that does not need the others")
    });
    Checked { value: Value::Error, diagnostics: diagnostics.into_iter().collect() }
}

/// Whether an instance stands at the home of an entry: all that a reference to it needs to know of its siblings.
#[salsa::tracked]
fn stands_instance(db: &dyn Db, home: Home, slot: u32) -> bool {
    let (Some(parent), Step::Entry(_, name)) = (home.parent(db), home.step(db)) else {
        return false;
    };
    let Some(field) = object::schema_at(db, parent).and_then(|decl| schema(db, decl).fields.get(slot as usize)) else {
        return false;
    };
    let Some(info) = entries(db, parent, slot).value.get(name) else {
        return false;
    };
    matches!(types::body_type(db, &field.ty), BodyType::Schema(_)) || info.is_instance(db)
}

fn entries_cycle(db: &dyn Db, _: salsa::Id, home: Home, slot: u32) -> Checked<Arc<Entries>> {
    let Some(object) = object::placed(db, home) else {
        return Checked { value: Arc::default(), diagnostics: Vec::new() };
    };
    let info = schema(db, object.schema);
    let name = info.fields.get(slot as usize).map_or("", |field| field.name.as_str());
    let message = format!("which `{name}`s exist depends on which `{name}`s exist");
    let diagnostic = Diagnostic::new(&rules::EVAL_NAMES, object.at, message)
        .help("let an `if` or `for` around a block read only what stands elsewhere");
    Checked { value: Arc::default(), diagnostics: vec![diagnostic] }
}

/// Who writes the entry at a home: all that what stands there needs to know of its siblings.
#[salsa::tracked]
pub(super) fn opened_at(db: &dyn Db, home: Home) -> Option<Arc<EntryInfo>> {
    let (Some(parent), Step::Entry(collection, name)) = (home.parent(db), home.step(db)) else {
        return None;
    };
    let slot = object::schema_at(db, parent).and_then(|decl| schema(db, decl).slot(collection))?;
    entries(db, parent, slot).value.get(name).cloned()
}

/// What stands at an entry's home.
pub(super) fn placed_entry(db: &dyn Db, home: Home, name: Symbol) -> Option<Arc<Object>> {
    match Evaluator::new(db).raw_entry(name, opened_at(db, home).as_ref()?) {
        Value::Instance(This::Free(free)) => Some(free.object.clone()),
        _ => None,
    }
}

impl Evaluator<'_> {
    /// The names of a collection, wherever its instance stands.
    pub(super) fn names(&mut self, this: &This, slot: u32) -> Arc<Entries> {
        match this {
            This::Placed(home) if self.trace.is_none() => entries(self.db, *home, slot).value.clone(),
            _ => match self.object(this) {
                Some(object) => Arc::new(self.find_entries(this, object, slot)),
                None => Arc::default(),
            },
        }
    }

    fn find_entries(&mut self, this: &This, object: &Object, slot: u32) -> Entries {
        let mut found: Vec<(Symbol, EntryInfo)> = Vec::new();
        let mut index: FxHashMap<Symbol, usize> = FxHashMap::default();
        for (layer, write) in object.writes(slot) {
            let Target::Entry(_, key, opens) = &write.target else {
                continue;
            };
            let mut active = Vec::new();
            self.activate(write, layer.level, layer_env(layer, this), &mut active);
            for write in active {
                if found.len() >= MAX_ENTRIES {
                    let message = format!("this collection would have more than {MAX_ENTRIES} entries");
                    let limit = Diagnostic::new(&rules::EVAL_LIMIT, write.at, message);
                    self.report(limit.help("look for a loop over a range that is larger than it was meant to be"));
                    return Entries::default();
                }
                let Some(name) = self.key(key, &write.env) else {
                    continue;
                };
                let at = *index.entry(name).or_insert_with(|| {
                    found.push((name, EntryInfo { writes: Vec::with_capacity(1) }));
                    found.len() - 1
                });
                if let Some((_, info)) = found.get_mut(at) {
                    info.writes.push(kept(write, *opens));
                }
            }
        }
        let list: Vec<_> = found.into_iter().filter(|(name, info)| self.stands(object, slot, *name, info)).collect();
        let mut list: Vec<_> = list.into_iter().map(|(name, info)| (name, Arc::new(info))).collect();
        list.sort_by(|one, other| domain::natural_cmp(one.0.as_str(), other.0.as_str()));
        let index = list.iter().enumerate().map(|(at, entry)| (entry.0, at)).collect();
        Entries { list, index }
    }

    /// The text of a key.
    pub(super) fn key(&mut self, key: &KeyIr, env: &Env) -> Option<Symbol> {
        match key {
            KeyIr::Static(name) => Some(*name),
            KeyIr::Computed(ir) => match self.eval(ir, env) {
                Value::Text(text) => Some(Symbol::new(&text)),
                _ => None,
            },
        }
    }

    /// Whether an entry exists after all layers, reporting what can not be.
    fn stands(&mut self, object: &Object, slot: u32, name: Symbol, info: &EntryInfo) -> bool {
        let mut opened: Option<&EntryWrite> = None;
        for write in &info.writes {
            if !write.opens {
                continue;
            }
            match opened {
                Some(first) if first.level == write.level => {
                    let collection = self.schema(object.schema).fields.get(slot as usize).map(|field| field.name);
                    let head = collection.map_or(String::new(), |word| format!("{word} "));
                    let diagnostic = Diagnostic::new(
                        &rules::WRITE_DUPLICATE_ENTRY,
                        write.at,
                        format!("`{head}{name}` is opened twice"),
                    )
                    .label("opened again here")
                    .also(first.at, "first opened here")
                    .help(format!("rename one of them, or add to the first with `extend .. {{ }}` (`{name}`)"));
                    self.report(diagnostic);
                }
                _ => opened = Some(write),
            }
        }
        match (opened, info.writes.last()) {
            (Some(write), Some(_)) if self.takes_out(write) => {
                if !info.writes.iter().any(|other| other.opens && other.level < write.level) {
                    self.nothing_to_take(object, slot, name, write.at);
                }
                false
            }
            (None, Some(write)) => {
                if self.takes_out(write) {
                    return false;
                }
                let message = format!("there is no `{name}` here to change");
                self.report(
                    Diagnostic::new(&rules::WRITE_UNKNOWN_TARGET, write.at, message)
                        .help("a path changes what exists; open an entry with a block, as in `host a { .. }`"),
                );
                false
            }
            _ => opened.is_some(),
        }
    }

    fn nothing_to_take(&mut self, object: &Object, slot: u32, name: Symbol, at: At) {
        let mut known: Vec<Symbol> = Vec::new();
        for (_, write) in object.writes(slot) {
            if let Target::Entry(_, KeyIr::Static(other), true) = &write.target
                && *other != name
            {
                known.push(*other);
            }
        }
        let near = domain::nearest(name.as_str(), known.iter().map(|name| name.as_str()));
        let diagnostic =
            Diagnostic::new(&rules::WRITE_UNKNOWN_TARGET, at, format!("there is no `{name}` here to take out"));
        self.report(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("remove the line"),
        });
    }

    fn takes_out(&self, write: &EntryWrite) -> bool {
        let value = match &write.value {
            Written::Value(ir) => Some(ir),
            _ => None,
        };
        value.is_some_and(|ir| matches!(ir.kind, crate::ir::IrKind::Const(Value::Null)))
    }

    /// What stands under a name, before it is given its home.
    pub(super) fn raw_entry(&mut self, name: Symbol, info: &EntryInfo) -> Value {
        let mut value: Option<Value> = None;
        let mut top = u32::MAX;
        for write in &info.writes {
            let same_hand = top == write.level;
            value = Some(match (value.take(), &write.value) {
                (Some(Value::Error), _) => Value::Error,
                (Some(Value::Instance(This::Free(free))), Written::Amend(body)) => {
                    self.layered(&free, body.clone(), write.env.clone(), same_hand)
                }
                (Some(Value::Instance(This::Free(free))), Written::Block(decl)) if !same_hand => {
                    self.reopened(&free, *decl, write)
                }
                (Some(Value::Data(data)), Written::Amend(body)) => {
                    let writes = vec![(write.level, write.env.clone(), body.clone())];
                    self.data_over(&data.shape, Some(&data), writes)
                }
                (Some(Value::Data(data)), Written::Block(decl)) if !same_hand => {
                    match &check::checked(self.db, *decl).code {
                        CheckedCode::Body(body) => {
                            let writes = vec![(write.level, write.env.clone(), body.clone())];
                            self.data_over(&data.shape, Some(&data), writes)
                        }
                        _ => Value::Error,
                    }
                }
                // Opened twice by one hand, which is said where the names are found.
                (Some(value), Written::Value(_) | Written::Entry(_) | Written::Block(_)) if same_hand => value,
                (_, _) => self.opened(write, name),
            });
            top = write.level;
        }
        value.unwrap_or(Value::Error)
    }

    fn opened(&mut self, write: &EntryWrite, name: Symbol) -> Value {
        let active = Active { level: write.level, at: write.at, value: &write.value, env: write.env.clone() };
        let value = self.written(&active);
        match (&value, &write.value) {
            (Value::Instance(This::Placed(home)), Written::Entry(decl)) => {
                let path = keys::path_text(self.db, *home);
                let message = format!("`{name}` would be a second home of `{path}`");
                let at = At { decl: *decl, node: 0 };
                let copy = format!("{path} with {{}}");
                self.report(
                    Diagnostic::new(&rules::WRITE_COPY, at, message)
                        .help(format!("make a new instance of it: `{copy}`"))
                        .fix(diagnostics::Fix::new("make a new instance of it").edit(at, copy)),
                )
            }
            _ => self.homed(value, write),
        }
    }

    /// A template that is given as it is, is found wrong where it is placed.
    fn homed(&mut self, value: Value, write: &EntryWrite) -> Value {
        match (&value, &write.value) {
            (Value::Instance(This::Free(free)), Written::Entry(decl)) if free.object.at.decl != *decl => {
                let mut object = (*free.object).clone();
                object.at = At { decl: *decl, node: 0 };
                self.free_instance(object)
            }
            _ => value,
        }
    }

    /// The instance with one more body; of the same hand, if nothing may be written twice.
    fn layered(&mut self, free: &Free, body: Arc<crate::ir::BodyIr>, env: Env, same_hand: bool) -> Value {
        let mut object = (*free.object).clone();
        let top = object.top().unwrap_or_default();
        let level = if same_hand { top } else { top + 1 };
        object.push(level, body, env);
        self.free_instance(object)
    }

    /// A block over an entry that a weaker layer opened.
    fn reopened(&mut self, free: &Free, decl: Decl, write: &EntryWrite) -> Value {
        let checked = check::checked(self.db, decl);
        let (CheckedCode::Body(body), Ty::Schema(opened)) = (&checked.code, &checked.ty) else {
            return Value::Error;
        };
        let chain = &self.schema(*opened).chain;
        let narrower = *opened != free.object.schema && chain.contains(&free.object.schema);
        let env = Env { this: None, locals: write.env.locals.clone() };
        if !narrower {
            return self.layered(free, body.clone(), env, false);
        }
        // A more special schema's own defaults are weaker than what the entry had.
        let mut object = Object::new(self.db, *opened, write.at);
        let lift = object.above();
        let lifted = |layer: &Layer| Layer { level: layer.level + lift, ..layer.clone() };
        object.own = free.object.own.iter().map(lifted).collect();
        object.push(object.above(), body.clone(), env);
        self.free_instance(object)
    }

    /// The value under a name, at home.
    pub(super) fn entry(&mut self, this: &This, slot: u32, name: Symbol) -> Option<Value> {
        if let (This::Placed(home), true) = (this, self.trace.is_none()) {
            let schema = self.schema((*object::schema_at(self.db, *home))?);
            let child = keys::home(self.db, Some(*home), Step::Entry(schema.fields.get(slot as usize)?.name, name));
            if *stands_instance(self.db, child, slot) {
                return Some(Value::Instance(This::Placed(child)));
            }
            return opened_at(self.db, child).is_some().then(|| entry_value(self.db, child).value.clone());
        }
        let object = self.object(this)?;
        let names = self.names(this, slot);
        let info = names.get(name)?;
        Some(self.settled_entry(this, object, slot, name, info))
    }

    fn settled_entry(&mut self, this: &This, object: &Object, slot: u32, name: Symbol, info: &EntryInfo) -> Value {
        let field = self.schema(object.schema).fields.get(slot as usize);
        let Some(field) = field.filter(|field| field.kind == SlotKind::Each) else {
            return Value::Error;
        };
        let instances =
            matches!(types::body_type(self.db, &field.ty), BodyType::Schema(_)) || info.is_instance(self.db);
        if let (This::Placed(home), true) = (this, instances) {
            // The entry is known to be an instance: its home is known without making it.
            return Value::Instance(This::Placed(keys::home(self.db, Some(*home), Step::Entry(field.name, name))));
        }
        if let (This::Placed(home), true) = (this, self.trace.is_none()) {
            let child = keys::home(self.db, Some(*home), Step::Entry(field.name, name));
            return entry_value(self.db, child).value.clone();
        }
        let step = Step::Entry(field.name, name);
        let fresh = |evaluator: &mut Self| {
            let value = evaluator.raw_entry(name, info);
            evaluator.settle(value, this, step)
        };
        match this {
            This::Placed(home) => self.traced(Link::Entry(keys::home(self.db, Some(*home), step)), fresh),
            This::Free(_) => fresh(self),
        }
    }

    /// All values of a collection with their names.
    pub(super) fn all_entries(&mut self, this: &This, slot: u32) -> Vec<(Symbol, Value)> {
        let Some(object) = self.object(this) else {
            return Vec::new();
        };
        let names = self.names(this, slot);
        names.list.iter().map(|(name, info)| (*name, self.settled_entry(this, object, slot, *name, info))).collect()
    }
}

fn kept(write: Active<'_>, opens: bool) -> EntryWrite {
    EntryWrite { level: write.level, at: write.at, opens, value: write.value.clone(), env: write.env }
}
