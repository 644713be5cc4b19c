//! Where a value of the output comes from: every place that had a hand in it, from the outermost block to the write of the
//! value itself, and what that read.
//!
//! ```text
//! cluster lab {                      a block around
//!   site shop { image: "a:1" }       a block around; what `image` read
//! emit app = { .. image: image }     a default of `Site`; the write
//! ```
//!
//! Knows values, homes and writes. Which line of a text holds the value is [`data::LineMap`]'s business, and how the places
//! are shown is its caller's.

use data::Step as PathStep;

use crate::eval::{self, FieldOut, entries, entry_at, instance, placed, reads};
use crate::ir::{DataKind, Guard, Write, Written};
use crate::keys::{self, At, Db, Home, Step};
use crate::objects::{Emitter, Object};
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::value::{Item, Value};

/// Where a value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin<P = At> {
    /// The way to the value as people write it: `spec.containers[web].image`.
    pub path: String,
    /// The places, from outside in; the last one writes the value.
    pub layers: Vec<Layer<P>>,
    /// What the value read.
    pub reads: Vec<Layer<P>>,
}

/// A place that had a hand in a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layer<P = At> {
    /// Where.
    pub at: P,
    /// What it does, where its line does not say so itself.
    pub note: String,
    /// How far inside of what is above it stands.
    pub depth: usize,
}

impl Origin {
    /// The same with other places.
    pub fn map_places<P>(self, place: impl Fn(At) -> P) -> Origin<P> {
        let layers = |layers: Vec<Layer>| {
            layers
                .into_iter()
                .map(|layer| Layer { at: place(layer.at), note: layer.note, depth: layer.depth })
                .collect()
        };
        Origin { path: self.path, layers: layers(self.layers), reads: layers(self.reads) }
    }
}

/// Where a value of an object comes from.
pub fn of_object(db: &dyn Db, object: &Object, path: &[PathStep]) -> Option<Origin> {
    let mut walk = Walk::new(db);
    walk.blocks(object.emitter.home);
    walk.writes(object.emitter);
    // An element of a list of objects has a place of its own.
    let emitter = placed(db, object.emitter.home).as_ref().map(|emitter| emitter.at);
    let written = walk.layers.last().map(|layer| layer.at).filter(|_| emitter == Some(object.at));
    walk.kind = object.data.shape.record.as_ref().and_then(|record| record.object).map(|kind| kind.at);
    walk.value(written.unwrap_or(object.at), &Value::Data(object.data.clone()), path)?;
    walk.emitter = Some(object.emitter);
    Some(walk.finish(Some(object)))
}

/// Where an instance that comes out whole comes from.
pub fn of_instance(db: &dyn Db, home: Home) -> Origin {
    let mut walk = Walk::new(db);
    walk.blocks(home);
    walk.finish(None)
}

/// Where a value of the document of outputs comes from.
pub fn of_output(db: &dyn Db, path: &[PathStep]) -> Option<Origin> {
    let mut walk = Walk::new(db);
    walk.outputs(path)?;
    Some(walk.finish(None))
}

/// Where every key and element of an object was written: the other way, from a place to what it makes.
pub fn places(object: &Object) -> Vec<(Vec<PathStep>, At)> {
    let mut found = vec![(Vec::new(), object.at)];
    note_places(&Value::Data(object.data.clone()), &mut Vec::new(), &mut found);
    found
}

/// Where every key and element in a value was written.
pub fn places_in(value: &Value) -> Vec<(Vec<PathStep>, At)> {
    let mut found = Vec::new();
    note_places(value, &mut Vec::new(), &mut found);
    found
}

fn note_places(value: &Value, path: &mut Vec<PathStep>, found: &mut Vec<(Vec<PathStep>, At)>) {
    let mut note = |step: PathStep, item: &Item| {
        path.push(step);
        found.push((path.clone(), item.at));
        note_places(&item.value, path, found);
        path.pop();
    };
    match value {
        Value::List(items) => items.iter().enumerate().for_each(|(index, item)| note(PathStep::Index(index), item)),
        Value::Data(data) => {
            for (index, (name, item)) in data.entries.iter().enumerate() {
                match data.shape.kind {
                    DataKind::Keyed(_) => note(PathStep::Index(index), item),
                    _ => note(PathStep::Key(name.to_string()), item),
                }
            }
        }
        _ => {}
    }
}

struct Walk<'db> {
    db: &'db dyn Db,
    path: String,
    layers: Vec<Layer>,
    /// By whose hand the last of them was written.
    hand: String,
    /// What makes the value that the walk is in, and the value itself.
    emitter: Option<Emitter>,
    leaf: Option<(At, Value)>,
    /// Whether the leaf is within the value of the emitter, or all of it.
    inside: bool,
    /// Where the kind of the object is declared: what follows from it is written there.
    kind: Option<At>,
    given: bool,
}

impl<'db> Walk<'db> {
    fn new(db: &'db dyn Db) -> Self {
        let (path, layers, hand) = (String::new(), Vec::new(), String::new());
        Walk { db, path, layers, hand, emitter: None, leaf: None, inside: false, kind: None, given: false }
    }

    fn add(&mut self, at: At, note: impl Into<String>) {
        if self.layers.last().is_none_or(|last| last.at != at) {
            self.layers.push(Layer { at, note: note.into(), depth: 0 });
        }
    }

    /// A place, and by whose hand it was written. Of several places by one hand that is said once.
    fn add_write(&mut self, at: At) {
        let hand = hand(self.db, at);
        let note = if hand == self.hand { String::new() } else { hand.clone() };
        self.add(at, note);
        self.hand = hand;
    }

    /// The blocks around a home, and its own.
    fn blocks(&mut self, home: Home) {
        if let Some(parent) = home.parent(self.db) {
            self.blocks(parent);
            if let Some(emitter) = emitter_of(self.db, parent, home.step(self.db)) {
                self.writes(emitter);
            }
        }
    }

    /// The writes of a field or an entry that count, with the loops and conditions around them.
    fn writes(&mut self, emitter: Emitter) {
        let names = emitter.entry.map(|name| (name, &entries(self.db, emitter.home, emitter.slot).value));
        let places: Option<Vec<At>> =
            names.map(|(name, names)| names.get(name).into_iter().flat_map(|entry| entry.places()).collect());
        let counts = |write: &Write| places.as_ref().is_none_or(|places| places.contains(&write.at));
        let live = eval::writes(self.db, emitter.home, emitter.slot);
        let writes: Vec<&Write> = live.into_iter().filter(|write| counts(write)).collect();
        let whole = |write: &&Write| matches!(write.value, Written::Value(_) | Written::Entry(_));
        let base = writes.iter().rposition(whole).unwrap_or(0);
        for write in writes.get(base..).unwrap_or_default() {
            self.guards(&write.guards);
            self.add_write(write.at);
        }
    }

    fn guards(&mut self, guards: &[Guard]) {
        for guard in guards {
            match guard {
                Guard::If(condition, true) => self.add(condition.at, "only if this holds"),
                Guard::If(condition, false) => self.add(condition.at, "only if this does not hold"),
                Guard::For(head) => self.add(head.list.at, "once for each of these"),
            }
        }
    }

    /// The way through data that was written at a place.
    fn value(&mut self, at: At, value: &Value, path: &[PathStep]) -> Option<()> {
        let Some((step, rest)) = path.split_first() else {
            self.leaf = Some((at, value.clone()));
            return Some(());
        };
        self.inside = true;
        let (at_item, item) = match (value, step) {
            (Value::List(items), PathStep::Index(index)) => {
                let item = items.get(*index)?;
                self.push_element(*index, &item.value);
                (item.at, &item.value)
            }
            (Value::Data(data), PathStep::Index(index)) if matches!(data.shape.kind, DataKind::Keyed(_)) => {
                let (_, item) = data.entries.get(*index)?;
                self.push_element(*index, &item.value);
                (item.at, &item.value)
            }
            (Value::Data(data), PathStep::Key(key)) => {
                keys::push_name(&mut self.path, key);
                let item = data.get(Symbol::new(key))?;
                self.given |= self.kind == Some(item.at);
                (item.at, &item.value)
            }
            _ => return None,
        };
        if !self.given && self.leaves(at, at_item) {
            self.add_write(at);
            self.add_write(at_item);
        }
        self.value(at_item, item, rest)
    }

    /// Whether what is inside of something was written elsewhere.
    fn leaves(&self, outer: At, inner: At) -> bool {
        let start = |at: At| crate::decl::span(self.db, at).start;
        outer.decl != inner.decl && inner.decl.parent(self.db) != Some(outer.decl) || start(inner) < start(outer)
    }

    /// `[web]` for an element that has a name, else its number.
    fn push_element(&mut self, index: usize, value: &Value) {
        let name = match value {
            Value::Data(data) => data.get(Symbol::new("name")).map(|item| &item.value),
            _ => None,
        };
        match name {
            Some(Value::Text(name)) => self.path.push_str(&format!("[{name}]")),
            _ => self.path.push_str(&format!("[{index}]")),
        }
    }

    /// The way through the document of the outputs.
    fn outputs(&mut self, path: &[PathStep]) -> Option<()> {
        let root = keys::root(self.db);
        let [PathStep::Key(name), rest @ ..] = path else {
            self.leaf = Some((instance(self.db, root).as_ref()?.at, Value::Null));
            return Some(());
        };
        let info = schema(self.db, instance(self.db, root).as_ref()?.schema);
        let output = info
            .slot(Symbol::new("output"))
            .filter(|slot| entries(self.db, root, *slot).value.get(Symbol::new(name)).is_some());
        match output {
            Some(slot) => self.entry(root, slot, name, rest),
            None => self.instance(root, path),
        }
    }

    fn instance(&mut self, home: Home, path: &[PathStep]) -> Option<()> {
        let made = instance(self.db, home).as_ref()?;
        let [PathStep::Key(name), rest @ ..] = path else {
            self.leaf = Some((made.at, Value::Null));
            return Some(());
        };
        let slot = schema(self.db, made.schema).slot(Symbol::new(name))?;
        match made.fields.get(slot as usize)? {
            FieldOut::Entries(_) => match rest {
                [PathStep::Key(entry), rest @ ..] => {
                    keys::push_name(&mut self.path, name);
                    self.entry(home, slot, entry, rest)
                }
                _ => {
                    keys::push_name(&mut self.path, name);
                    self.leaf = Some((made.at, Value::Null));
                    Some(())
                }
            },
            out => self.field(Emitter { home, slot, entry: None }, name, out, rest),
        }
    }

    fn entry(&mut self, home: Home, slot: u32, name: &str, rest: &[PathStep]) -> Option<()> {
        let made = instance(self.db, home).as_ref()?;
        let FieldOut::Entries(known) = made.fields.get(slot as usize)? else {
            return None;
        };
        let entry = Symbol::new(name);
        let (_, out) = known.iter().find(|(known, _)| *known == entry)?;
        self.field(Emitter { home, slot, entry: Some(entry) }, name, out, rest)
    }

    fn field(&mut self, emitter: Emitter, name: &str, out: &FieldOut, rest: &[PathStep]) -> Option<()> {
        keys::push_name(&mut self.path, name);
        self.writes(emitter);
        self.emitter = Some(emitter);
        let at = self.layers.last().map(|layer| layer.at)?;
        match out {
            FieldOut::Value(value) => self.value(at, value, rest),
            FieldOut::Child(_) if rest.is_empty() => {
                self.leaf = Some((at, Value::Null));
                Some(())
            }
            FieldOut::Child(home) => self.instance(*home, rest),
            FieldOut::Entries(_) => None,
        }
    }

    fn finish(mut self, object: Option<&Object>) -> Origin {
        let mut read = Vec::new();
        if let (Some((at, value)), Some(emitter)) = (self.leaf.take(), self.emitter) {
            match object.filter(|_| self.given) {
                Some(object) => self.given_by(object),
                None => {
                    self.add_write(at);
                    read = self.reads(emitter, at, &value);
                }
            }
        }
        Origin { path: self.path, layers: self.layers, reads: read }
    }

    fn reads(&self, emitter: Emitter, at: At, value: &Value) -> Vec<Layer> {
        if matches!(value, Value::Data(_) | Value::List(_)) {
            return Vec::new();
        }
        let write = self.inside.then_some((at, value));
        let read = reads(self.db, emitter.home, emitter.slot, emitter.entry, write);
        let told = |at: At| self.layers.iter().any(|layer| layer.at == at);
        let layer = |read: eval::Read| {
            let hand = hand(self.db, read.at);
            let between = if hand.is_empty() { "" } else { ", " };
            Layer { at: read.at, note: format!("`{}`{between}{hand}", read.name), depth: read.depth }
        };
        read.into_iter().filter(|read| read.name.as_str() == "name" || !told(read.at)).map(layer).collect()
    }

    /// What platc fills in, and what that follows from.
    fn given_by(&mut self, object: &Object) {
        let Emitter { home, entry, .. } = object.emitter;
        let kind = &*object.kind;
        let named = |home: Option<Home>| home.and_then(|home| entry_at(self.db, home));
        let (at, note) = match self.path.as_str() {
            "apiVersion" | "kind" => (None, format!("follows from the kind, `{kind}`")),
            "metadata.namespace" => {
                let at = named(eval::namespace_around(self.db, home));
                (at, "follows from the name of the namespace around".to_string())
            }
            "metadata.name" if entry.is_none() => {
                (named(eval::named_around(self.db, home)), "follows from the name of the block".to_string())
            }
            "metadata.name" => (None, "follows from the name of the block".to_string()),
            _ => (None, "follows from the kind and the name of the block".to_string()),
        };
        match (at, self.layers.last_mut()) {
            (Some(at), _) => self.layers.push(Layer { at, note, depth: 0 }),
            (None, Some(last)) => last.note = note,
            (None, None) => {}
        }
    }
}

/// What makes the instance at a step below a home.
fn emitter_of(db: &dyn Db, parent: Home, step: Step) -> Option<Emitter> {
    let (field, entry) = match step {
        Step::Field(field) => (field, None),
        Step::Entry(field, name) => (field, Some(name)),
        Step::Root | Step::Expect(..) => return None,
    };
    let slot = schema(db, placed(db, parent).as_ref()?.schema).slot(field)?;
    Some(Emitter { home: parent, slot, entry })
}

/// By whose hand something was written, where it is not a block's own.
fn hand(db: &dyn Db, at: At) -> String {
    let mut around = std::iter::successors(Some(at.decl), |decl| decl.parent(db));
    let said = around.find_map(|decl| match decl.head(db).as_str().split_once(' ') {
        Some(("schema", name)) => Some(format!("a default of `{name}`")),
        Some(("extend", _)) => Some("by `extend`".to_string()),
        Some(("let", name)) => Some(format!("in `let {name}`")),
        Some(("fn", name)) => Some(format!("in `fn {name}`")),
        _ => None,
    });
    said.unwrap_or_default()
}
