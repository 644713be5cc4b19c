//! Printing a loop: a value that depends on itself through other instances, entries or names.
//!
//! The database only says *that* there is a loop. To say which, the value is computed once more without the
//! database's memory, with what is asked for on the way written down.

use diagnostics::{Diagnostic, rules};

use super::collection;
use super::{Evaluator, object};
use crate::check::{self, CheckedCode};
use crate::keys::{At, Db, Decl, Home, Step, decl_name, path_text};
use crate::model::is_given;
use crate::schema::schema;
use crate::value::{Env, This, Value};

/// A value that the database keeps: what a loop is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// A field of an instance.
    Field(Home, u32),
    /// The value of an entry that is data.
    Entry(Home),
    /// A file's `let`.
    Let(Decl),
}

/// A search for a loop.
#[derive(Default)]
pub struct Trace {
    path: Vec<Link>,
    found: Option<Vec<Link>>,
    visits: u32,
}

/// How many values a search looks at before it gives up on a name for the loop.
const MAX_VISITS: u32 = 20_000;

/// The loop that the value of an entry stands on.
pub fn entry_loop(db: &dyn Db, home: Home) -> Option<Diagnostic<At>> {
    let (parent, Step::Entry(collection, name)) = (home.parent(db)?, home.step(db)) else {
        return None;
    };
    let object = object::placed(db, parent).as_ref()?;
    let slot = schema(db, object.schema).slot(collection)?;
    loop_of(db, |tracer| {
        tracer.entry(&This::Placed(parent), slot, name);
    })
}

/// The loop that a `let` stands on.
pub fn global_loop(db: &dyn Db, decl: Decl) -> Option<Diagnostic<At>> {
    loop_of(db, |tracer| {
        tracer.traced_global(decl);
    })
}

fn loop_of(db: &dyn Db, ask: impl FnOnce(&mut Evaluator<'_>)) -> Option<Diagnostic<At>> {
    let mut tracer = Evaluator::new(db);
    tracer.trace = Some(Trace::default());
    ask(&mut tracer);
    let path = tracer.trace.and_then(|trace| trace.found)?;
    said(db, &path)
}

impl Evaluator<'_> {
    /// A field of another instance came back as depending on itself: finds the loop, and reports it if the field
    /// that is being evaluated here is on it.
    pub(super) fn explain_cycle(&mut self, home: Home, slot: u32) -> Value {
        let Some(here) = self.here() else {
            return Value::Error;
        };
        let mut tracer = Evaluator::new(self.db);
        let here = Link::Field(here.0, here.1);
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
        self.traced(Link::Field(home, slot), |evaluator| match object::placed(evaluator.db, home) {
            Some(object) => evaluator.deeper(at, |evaluator| evaluator.fresh_slot(&This::Placed(home), object, slot)),
            None => Value::Error,
        })
    }

    /// A `let`, evaluated again on the way along a loop.
    pub(super) fn traced_global(&mut self, decl: Decl) -> Value {
        self.traced(Link::Let(decl), |evaluator| match &check::checked(evaluator.db, decl).code {
            CheckedCode::Value(ir) => evaluator.deeper(ir.at, |evaluator| evaluator.eval(ir, &Env::default())),
            _ => Value::Error,
        })
    }

    /// Computes a value as a link of the way that is searched for a loop.
    pub(super) fn traced(&mut self, link: Link, compute: impl FnOnce(&mut Self) -> Value) -> Value {
        let Some(trace) = &mut self.trace else {
            return Value::Error;
        };
        trace.visits += 1;
        if let Some(start) = trace.path.iter().position(|on_path| *on_path == link) {
            trace.found.get_or_insert_with(|| trace.path.get(start..).unwrap_or_default().to_vec());
            return Value::Error;
        }
        if trace.found.is_some() || trace.visits > MAX_VISITS {
            return Value::Error;
        }
        trace.path.push(link);
        let value = compute(self);
        if let Some(trace) = &mut self.trace {
            trace.path.pop();
        }
        value
    }

    /// Reports a loop, once: at the field whose path comes first.
    pub(super) fn report_cycle(&mut self, path: Vec<Link>) -> Value {
        let home = |link: &Link| match link {
            Link::Field(home, _) => Some(*home),
            _ => None,
        };
        let local = path.iter().all(|link| path.first().is_some_and(|first| home(first) == home(link)));
        if !local && first_of(self.db, &path) != 0 {
            return Value::Error;
        }
        match said(self.db, &path) {
            Some(diagnostic) => self.report(diagnostic),
            None => Value::Error,
        }
    }
}

/// Where the link stands in a loop whose name comes first.
fn first_of(db: &dyn Db, path: &[Link]) -> usize {
    let names = path.iter().map(|link| name_of(db, *link)).enumerate();
    names.min_by(|one, other| one.1.cmp(&other.1)).map_or(0, |(index, _)| index)
}

/// The finding about a loop, the same wherever on it the search began.
fn said(db: &dyn Db, path: &[Link]) -> Option<Diagnostic<At>> {
    let ring = || path.iter().cycle().skip(first_of(db, path)).take(path.len());
    let mut names: Vec<String> = ring().map(|link| name_of(db, *link)).collect();
    let name = names.first()?.clone();
    names.push(name.clone());
    let message = format!("`{name}` depends on itself: `{}`", names.join("` -> `"));
    let mut places = ring().filter_map(|link| written_at(db, *link));
    let mut diagnostic = Diagnostic::new(&rules::EVAL_CYCLE, places.next()?, message);
    for place in places {
        diagnostic = diagnostic.also(place, "on the way");
    }
    Some(diagnostic.help("give one of these a value that does not need the others"))
}

fn name_of(db: &dyn Db, link: Link) -> String {
    match link {
        Link::Entry(home) => path_text(db, home),
        Link::Let(decl) => decl_name(db, decl).to_string(),
        Link::Field(home, slot) => {
            let name = object::placed(db, home)
                .as_ref()
                .and_then(|object| schema(db, object.schema).fields.get(slot as usize).map(|field| field.name));
            format!("{}.{}", path_text(db, home), name.map_or("?", |name| name.as_str()))
        }
    }
}

fn written_at(db: &dyn Db, link: Link) -> Option<At> {
    match link {
        Link::Entry(home) => collection::entry_at(db, home),
        Link::Let(decl) => Some(check::name_place(db, decl)),
        Link::Field(home, slot) => {
            let object = object::placed(db, home).as_ref()?;
            let written = object.writes(slot).next_back().map_or(object.at, |(_, write)| write.at);
            Some(if is_given(db, written) { written } else { given_around(db, home).unwrap_or(written) })
        }
    }
}

/// The nearest place around a home that a user wrote: what the standard library makes is shown where it was asked for.
fn given_around(db: &dyn Db, home: Home) -> Option<At> {
    let mut around = std::iter::successors(Some(home), |home| home.parent(db));
    around.find_map(|home| object::placed(db, home).as_ref().map(|object| object.at).filter(|at| is_given(db, *at)))
}
