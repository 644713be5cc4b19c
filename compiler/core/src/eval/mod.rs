//! From checked code to values: field by field, each when it is asked for.
//!
//! An [`Evaluator`] works inside one query. Fields of the instance that the query is about are kept in cells; fields
//! of other instances are asked of the database, one query each, so that an edit re-runs only what read them.

mod attempt;
mod auto;
mod body;
mod brought;
mod budget;
pub mod coerce;
mod collection;
mod data;
pub mod difference;
mod expression;
mod force;
mod host;
mod kubernetes;
mod list;
mod object;
mod operator;
mod origin;
mod property;
pub mod scalar;
mod trace;
mod whole;

use std::cell::{Cell as Counter, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::{FxHashMap, FxHashSet};

pub use attempt::attempt;
pub use auto::Auto;
pub use brought::too_much;
pub use budget::Budget;
pub use collection::{Entries, EntryInfo, entries, entry_at};
pub use kubernetes::{named_around, namespace_around};
pub use object::{placed, schema_at};
pub use operator::write_text;
pub use origin::{Read, reads, writes};
pub use property::Finished;
pub use trace::global_loop;
pub use whole::{FieldOut, Instance, instance};

use crate::keys::{At, Db, Decl, Home};
use crate::layers::{Given, Object};
use crate::schema::{Schema, schema};
use crate::symbol::Symbol;
use crate::value::{Env, Free, Measure, This, Value};

/// How many steps one query may take.
const MAX_STEPS: u64 = 10_000_000;
/// How many steps are counted for the run at once.
const STEPS_AT_ONCE: u64 = 64;
/// How many parts of a value are looked at in one step.
const GLANCES_A_STEP: u64 = 8;
/// How deep evaluation may nest, through all queries.
const MAX_DEPTH: u32 = 20_000;
/// How many elements a list may have.
pub const MAX_LENGTH: usize = 2_000_000;

/// How many values a value may consist of.
const MAX_WEIGHT: u64 = 8_000_000;
/// How deep a value may nest.
const MAX_NESTING: u32 = 400;

thread_local! {
    static DEPTH: Counter<u32> = const { Counter::new(0) };
}

/// Nothing is evaluated on this thread any more: what was unwound out of it all.
pub(crate) fn forget_depth() {
    DEPTH.set(0);
}

/// A value and the problems found making it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic<At>>,
}

/// What a field query gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldValue {
    /// The value.
    pub value: Value,
    /// Whether it is an error because the field depends on itself.
    pub cycle: bool,
}

/// Evaluates inside one query.
pub struct Evaluator<'db> {
    db: &'db dyn Db,
    /// The instance that the query is about, with the fields known so far.
    current: Option<Current<'db>>,
    /// Fields of instances without a home, by address; the instance is kept so that the address stays its own.
    free: FxHashMap<(usize, u32), (Arc<Free>, Cell)>,
    /// In a search for a loop, the fields on the way.
    trace: Option<trace::Trace>,
    /// In a search for where a value comes from, what was read.
    origin: Option<Box<origin::Search>>,
    diagnostics: Vec<Diagnostic<At>>,
    /// The findings once more, to say none twice.
    known: FxHashSet<Diagnostic<At>>,
    steps: u64,
    /// Steps that the run does not know of yet.
    unpaid: u64,
    glances: u64,
    /// Where steps were counted last.
    working_at: Option<At>,
    exhausted: bool,
    /// Whether a limit was reported.
    limited: bool,
    /// Where values come from.
    reading: Reading,
    /// In a test, the platform that it asks about.
    finished: Option<Rc<Finished>>,
    /// The field that is being given a value, if something can be chosen for it.
    open: Option<(This, Symbol)>,
    /// What stands for something chosen in the instance that the query is about.
    autos: Vec<Auto>,
    /// What texts are put together in: one for each that is being made.
    buffers: Vec<String>,
    /// The values of `let`s that were read, so that each is asked for once.
    globals: FxHashMap<Decl, &'db Value>,
    /// What follows from where objects stand.
    around: kubernetes::Around,
}

/// Where the values come from of which types are due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reading {
    /// From code.
    Nothing,
    /// From a data file, whose text is read by the type that is due.
    Data,
    /// From manifests, where text is no number and no truth value: Kubernetes would not take it for one.
    Manifests,
}

struct Current<'db> {
    home: Home,
    /// The name that its place gives it, as a value, once somebody asked.
    name: OnceCell<Option<Value>>,
    object: &'db Object,
    /// What is written of each field, where all are asked for.
    given: Vec<Given<'db>>,
    /// The schema of the instance, at hand.
    info: &'db Schema,
    cells: Vec<Cell>,
    /// The slots under evaluation, outermost first.
    path: Vec<u32>,
}

#[derive(Clone, Default)]
enum Cell {
    #[default]
    Empty,
    Busy,
    Done(Value),
}

impl<'db> Evaluator<'db> {
    /// An evaluator for something that is no instance.
    pub fn new(db: &'db dyn Db) -> Evaluator<'db> {
        Evaluator {
            db,
            current: None,
            free: FxHashMap::default(),
            trace: None,
            origin: None,
            diagnostics: Vec::new(),
            known: FxHashSet::default(),
            steps: 0,
            unpaid: 0,
            glances: 0,
            working_at: None,
            exhausted: false,
            limited: false,
            reading: Reading::Nothing,
            finished: None,
            open: None,
            autos: Vec::new(),
            buffers: Vec::new(),
            globals: FxHashMap::default(),
            around: kubernetes::Around::default(),
        }
    }

    /// An evaluator for what a test asserts of the finished platform.
    pub fn of_test(db: &'db dyn Db, finished: Rc<Finished>) -> Evaluator<'db> {
        Evaluator { finished: Some(finished), ..Evaluator::new(db) }
    }

    /// An evaluator for one instance.
    fn of(db: &'db dyn Db, home: Home, object: &'db Object) -> Evaluator<'db> {
        let info = schema(db, object.schema);
        let cells = vec![Cell::Empty; info.fields.len()];
        let current = Current { home, name: OnceCell::new(), object, given: Vec::new(), info, cells, path: Vec::new() };
        Evaluator { current: Some(current), ..Evaluator::new(db) }
    }

    /// An evaluator for all fields of one instance.
    fn of_all(db: &'db dyn Db, home: Home, object: &'db Object) -> Evaluator<'db> {
        let mut evaluator = Evaluator::of(db, home, object);
        if let Some(current) = &mut evaluator.current {
            current.given = object.all_given();
        }
        evaluator
    }

    /// What is written of a field, at hand for the instance that the query is about.
    fn given<'a>(&self, object: &'a Object, slot: u32) -> Given<'a>
    where
        'db: 'a,
    {
        let known = self.current.as_ref().filter(|current| std::ptr::eq(current.object, object));
        known.and_then(|current| current.given.get(slot as usize).copied()).unwrap_or_else(|| object.given(slot))
    }

    /// A schema, at hand for the instance that the query is about.
    fn schema(&self, decl: Decl) -> &'db Schema {
        match &self.current {
            Some(current) if current.object.schema == decl => current.info,
            _ => schema(self.db, decl),
        }
    }

    /// What was found wrong.
    pub fn into_diagnostics(self) -> Vec<Diagnostic<At>> {
        self.diagnostics
    }

    fn report(&mut self, diagnostic: Diagnostic<At>) -> Value {
        // One limit is enough: what comes after it is a consequence. That of the run is told when the run is over.
        let limit = &rules::EVAL_LIMIT;
        let again =
            diagnostic.rule == limit && (std::mem::replace(&mut self.limited, true) || self.db.budget().is_spent());
        if !again && self.known.insert(diagnostic.clone()) {
            self.diagnostics.push(diagnostic);
        }
        Value::Error
    }

    /// Forgets what was found since there were so many findings: it was only a try. A limit remains.
    fn forget(&mut self, since: usize) {
        for diagnostic in self.diagnostics.split_off(since) {
            if diagnostic.rule == &rules::EVAL_LIMIT {
                self.diagnostics.push(diagnostic);
            } else {
                self.known.remove(&diagnostic);
            }
        }
    }

    /// Something that the checker could not know, since it is of any type.
    fn unfit(&mut self, rule: &'static diagnostics::Rule, at: At, message: String) -> Value {
        self.report(Diagnostic::new(rule, at, message))
    }

    /// Counts work; false when there was too much of it.
    fn spend(&mut self, steps: u64, at: At) -> bool {
        self.working_at = Some(at);
        if self.count(steps) {
            return true;
        }
        if !std::mem::replace(&mut self.exhausted, true) {
            let message = "this takes more steps than any platform needs";
            let limit = Diagnostic::new(&rules::EVAL_LIMIT, at, message)
                .help("look for a loop over a large range, or a value that doubles at every step");
            self.report(limit);
        }
        false
    }

    /// Counts work, for this query and for the run.
    fn count(&mut self, steps: u64) -> bool {
        self.steps = self.steps.saturating_add(steps);
        self.unpaid = self.unpaid.saturating_add(steps);
        let mut within = true;
        if self.unpaid >= STEPS_AT_ONCE {
            let at = self.working_at.or(self.current.as_ref().map(|current| current.object.at));
            attempt::note(self.unpaid);
            within = self.db.budget().spend(std::mem::take(&mut self.unpaid), at);
            if !within {
                // What comes out says nothing about what was read.
                self.db.report_untracked_read();
            }
        }
        within && self.steps <= MAX_STEPS
    }

    /// Counts the work of going through all that values consist of; false when there was too much of it.
    fn spend_on(&mut self, values: &[&Value], at: At) -> bool {
        let weight = values.iter().map(|value| Measure::of(value).weight).fold(0, u64::saturating_add);
        self.spend(weight / GLANCES_A_STEP, at)
    }

    /// Counts a look at one part of a value, as a part of the work that was counted last; false when there were too
    /// many.
    fn glance(&mut self) -> bool {
        self.glances += 1;
        match self.working_at {
            Some(at) if self.glances.is_multiple_of(GLANCES_A_STEP) => self.spend(1, at),
            _ => !self.exhausted,
        }
    }

    /// Runs something one level deeper, on a stack that grows.
    fn deeper(&mut self, at: At, run: impl FnOnce(&mut Self) -> Value) -> Value {
        let depth = DEPTH.get();
        if depth >= MAX_DEPTH {
            let message = "this is nested too deeply to evaluate";
            return self.report(
                Diagnostic::new(&rules::EVAL_LIMIT, at, message)
                    .help("shorten the chain of values that need each other"),
            );
        }
        attempt::look(depth, self.db.budget());
        DEPTH.set(depth + 1);
        let value = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || run(self));
        DEPTH.set(depth);
        value
    }
}

/// The value of a file's `let`, and what was wrong in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// The value.
    pub value: Value,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic<At>>,
    /// Whether it is an error because it needs itself.
    pub cycle: bool,
}

/// The value of a file's `let`.
#[salsa::tracked(cycle_result = global_cycle)]
pub fn global(db: &dyn Db, decl: Decl) -> Global {
    if crate::check::ring::ring_of(db, decl).is_some() {
        return Global { value: Value::Error, diagnostics: Vec::new(), cycle: true };
    }
    let checked = crate::check::checked(db, decl);
    let mut evaluator = Evaluator::new(db);
    let value = match &checked.code {
        crate::check::CheckedCode::Value(_) if brought::is_too_much(db, decl) => Value::Error,
        crate::check::CheckedCode::Value(ir) => {
            let value = evaluator.deeper(ir.at, |evaluator| evaluator.eval(ir, &Env::default()));
            evaluator.extend_global(decl, value)
        }
        _ => Value::Error,
    };
    let cycle = matches!(checked.code, crate::check::CheckedCode::None);
    Global { value, diagnostics: evaluator.into_diagnostics(), cycle }
}

/// Whether a `let` is an error because it, or one that it names, needs itself.
pub fn loops(db: &dyn Db, decl: Decl) -> bool {
    let is_let = |decl: &Decl| decl.head(db).as_str().starts_with("let ");
    global(db, decl).cycle
        || global(db, decl).value.is_error()
            && crate::check::loop_of(db, decl).iter().any(|other| is_let(other) && global(db, *other).cycle)
}

fn global_cycle(_: &dyn Db, _: salsa::Id, _: Decl) -> Global {
    Global { value: Value::Error, diagnostics: Vec::new(), cycle: true }
}

/// One field of one instance: the unit of demand.
#[salsa::tracked(cycle_result = field_cycle)]
pub fn field(db: &dyn Db, home: Home, slot: u32) -> FieldValue {
    let value = match object::placed(db, home) {
        Some(object) => {
            let at = object.at;
            let mut evaluator = Evaluator::of(db, home, object);
            evaluator.deeper(at, |evaluator| evaluator.slot(&This::Placed(home), slot, at))
        }
        None => Value::Error,
    };
    FieldValue { value, cycle: false }
}

fn field_cycle(_: &dyn Db, _: salsa::Id, _: Home, _: u32) -> FieldValue {
    FieldValue { value: Value::Error, cycle: true }
}
