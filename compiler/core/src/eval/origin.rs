//! What a value was made from: an expression is computed once more, with what it reads on the way written down.
//!
//! The database keeps values and not where they came from, since nearly nobody asks. Who does, asks for one value: the
//! field that holds it is evaluated again, and where the write in question is reached, what it reads is noted, and what
//! that reads in turn.

use super::body::layer_env;
use super::{Evaluator, collection, object};
use crate::check::{self, CheckedCode};
use crate::ir::Write;
use crate::keys::{At, Db, Decl, Home, Step, decl_name};
use crate::layers::Object;
use crate::schema::{SlotKind, schema};
use crate::symbol::Symbol;
use crate::value::{Env, This, Value};

/// Something that was read on the way to a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// What it is called.
    pub name: Symbol,
    /// Where it was written.
    pub at: At,
    /// How many reads lie between: what is read by the value itself has none.
    pub depth: usize,
}

/// What is looked for, and what was found.
#[derive(Default)]
pub(super) struct Search {
    /// The write whose reads are wanted; none for all that is evaluated.
    write: Option<At>,
    /// The value that it gave, where it is reached several times.
    value: Option<Value>,
    /// Whether evaluation is within it.
    within: bool,
    done: bool,
    depth: usize,
    reads: Vec<Read>,
}

/// How far reads of reads are followed.
const MAX_READ_DEPTH: usize = 4;
/// How many reads are noted.
const MAX_READS: usize = 40;

/// What the value of a field or entry read, or only the write at a place inside of it that gave this value.
pub fn reads(db: &dyn Db, home: Home, slot: u32, entry: Option<Symbol>, write: Option<(At, &Value)>) -> Vec<Read> {
    let Some(object) = object::placed(db, home).as_ref() else {
        return Vec::new();
    };
    let let_around = write.and_then(|(at, _)| let_around(db, at.decl));
    let mut search = Search { within: write.is_none(), ..Search::default() };
    if let Some((at, value)) = write {
        (search.write, search.value) = (Some(at), Some(value.clone()));
    }
    let mut evaluator = Evaluator::of(db, home, object);
    evaluator.origin = Some(Box::new(search));
    match (let_around, entry) {
        (Some(decl), _) => {
            evaluator.let_value(decl);
        }
        (None, Some(name)) => {
            if let Some(info) = collection::entries(db, home, slot).value.get(name) {
                evaluator.raw_entry(name, info);
            }
        }
        (None, None) => {
            evaluator.raw_slot(&This::Placed(home), object, slot);
        }
    }
    evaluator.origin.map_or(Vec::new(), |search| search.reads)
}

/// The writes of a field or of a collection whose conditions hold, the weakest first.
pub fn writes(db: &dyn Db, home: Home, slot: u32) -> Vec<&Write> {
    match object::placed(db, home) {
        Some(object) => Evaluator::of(db, home, object).live(&This::Placed(home), object, slot),
        None => Vec::new(),
    }
}

/// The file's `let` that a declaration is or stands in.
fn let_around(db: &dyn Db, decl: Decl) -> Option<Decl> {
    let mut around = std::iter::successors(Some(decl), |decl| decl.parent(db));
    around.find(|decl| decl.head(db).as_str().starts_with("let "))
}

impl Evaluator<'_> {
    fn live<'o>(&mut self, this: &This, object: &'o Object, slot: u32) -> Vec<&'o Write> {
        let live = object
            .writes(slot)
            .filter(|(layer, write)| !self.passing(&write.guards, layer_env(layer, this)).is_empty());
        live.map(|(_, write)| write).collect()
    }

    fn let_value(&mut self, decl: Decl) -> Value {
        match &check::checked(self.db, decl).code {
            CheckedCode::Value(ir) => self.deeper(ir.at, |evaluator| evaluator.eval(ir, &Env::default())),
            _ => Value::Error,
        }
    }

    /// Computes what a write gives. If it is the one that is looked for, what it reads is noted.
    pub(super) fn observed(&mut self, at: At, compute: impl FnOnce(&mut Self) -> Value) -> Value {
        match &mut self.origin {
            Some(search) if search.write == Some(at) && !search.within && !search.done => {
                search.within = true;
                search.reads.clear();
            }
            _ => return compute(self),
        }
        let value = compute(self);
        if let Some(search) = &mut self.origin {
            search.within = false;
            search.done = search.value.as_ref() == Some(&value);
        }
        value
    }

    /// A field that is read while an origin is looked for.
    pub(super) fn observed_slot(&mut self, this: &This, slot: u32, at: At) -> Value {
        let Some(search) = self.origin.take_if(|search| search.within) else {
            return self.known_slot(this, slot, at);
        };
        let value = self.known_slot(this, slot, at);
        self.origin = Some(search);
        let Some(object) = self.object(this) else {
            return value;
        };
        let field = self.schema(object.schema).fields.get(slot as usize);
        let Some(field) = field.filter(|field| field.kind != SlotKind::Each && !is_way(self.db, this, &value)) else {
            return value;
        };
        let mut inner = match this {
            This::Placed(home) => Evaluator::of(self.db, *home, object),
            This::Free(_) => Evaluator::new(self.db),
        };
        let at = inner.live(this, object, slot).last().map_or(field.at, |write| write.at);
        self.note(field.name, at, inner, |inner| inner.raw_slot(this, object, slot));
        value
    }

    /// A file's `let` that is read while an origin is looked for.
    pub(super) fn observed_let(&mut self, decl: Decl) {
        let name = Symbol::new(decl_name(self.db, decl));
        let inner = Evaluator::new(self.db);
        self.note(name, check::name_place(self.db, decl), inner, |inner| inner.let_value(decl));
    }

    /// A key of a record that is read while an origin is looked for.
    pub(super) fn observed_part(&mut self, name: Symbol, at: At) {
        let inner = Evaluator::new(self.db);
        self.note(name, at, inner, |_| Value::Null);
    }

    /// The name of an instance that is read while an origin is looked for.
    pub(super) fn observed_name(&mut self, this: &This) {
        if let This::Placed(home) = this
            && let Some(at) = named_at(self.db, *home)
        {
            let inner = Evaluator::new(self.db);
            self.note(Symbol::new("name"), at, inner, |_| Value::Null);
        }
    }

    /// Notes a read, and what its value reads in turn: `inner` computes it again.
    fn note(
        &mut self,
        name: Symbol,
        at: At,
        mut inner: Evaluator<'_>,
        compute: impl FnOnce(&mut Evaluator<'_>) -> Value,
    ) {
        let Some(mut search) = self.origin.take_if(|search| search.within) else {
            return;
        };
        let known = search.reads.iter().any(|read| read.at == at && read.name == name);
        if !known && search.reads.len() < MAX_READS {
            search.reads.push(Read { name, at, depth: search.depth });
            if search.depth < MAX_READ_DEPTH {
                search.depth += 1;
                inner.origin = Some(search);
                compute(&mut inner);
                search = inner.origin.unwrap_or_default();
                search.depth -= 1;
            }
        }
        self.origin = Some(search);
    }
}

/// Whether a read is only the way to what stands inside of an instance.
fn is_way(db: &dyn Db, this: &This, value: &Value) -> bool {
    matches!((this, value), (This::Placed(home), Value::Instance(This::Placed(child))) if child.parent(db) == Some(*home))
}

/// Where the name of an instance was written.
fn named_at(db: &dyn Db, home: Home) -> Option<At> {
    match home.step(db) {
        Step::Entry(..) => collection::entry_at(db, home),
        Step::Field(name) => {
            let parent = home.parent(db)?;
            let slot = schema(db, object::placed(db, parent).as_ref()?.schema).slot(name)?;
            writes(db, parent, slot).last().map(|write| write.at)
        }
        Step::Root | Step::Expect(..) => None,
    }
}
