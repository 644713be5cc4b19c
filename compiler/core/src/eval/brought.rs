//! How many instances come with one, told from its code alone: a few lines can name more than any machine can make.
//!
//! ```pl
//! let a = Node {}
//! let b = Node { left: a, right: a }   // brings three
//! let c = Node { left: b, right: b }   // brings seven
//! ```
//!
//! What depends on conditions, loops and data counts for nothing: the number is never too large.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::check::{self, CheckedCode};
use crate::ir::{BodyIr, ElementIr, Ir, IrKind, KeyIr, Target, Written};
use crate::keys::{At, Db, Decl, decl_name};
use crate::layers::base;
use crate::symbol::Symbol;
use crate::ty::Ty;

/// How many instances may come with one.
pub const MAX_BROUGHT: u64 = 100_000;

/// More than anyone could count: a schema contains itself by default, which is said where an instance of it stands.
const ENDLESS: u64 = u64::MAX;

/// Too many, because something in it brings too many.
const TOO_MUCH: u64 = u64::MAX - 1;

/// A number of instances: fixed, and so many times what is given for a parameter.
#[derive(Clone, PartialEq, Eq, Default)]
struct Count {
    fixed: u64,
    locals: BTreeMap<u32, u64>,
}

impl Count {
    fn of(fixed: u64) -> Count {
        Count { fixed, locals: BTreeMap::new() }
    }

    fn add(&mut self, other: &Count, times: u64) {
        self.fixed = match self.fixed.saturating_add(other.fixed.saturating_mul(times)) {
            _ if times > 0 && self.fixed.max(other.fixed) == ENDLESS => ENDLESS,
            _ if times > 0 && self.fixed.max(other.fixed) > MAX_BROUGHT => TOO_MUCH,
            sum => sum.min(TOO_MUCH),
        };
        for (local, count) in &other.locals {
            let known = self.locals.entry(*local).or_default();
            *known = known.saturating_add(count.saturating_mul(times));
        }
    }

    /// The number where these are given for the parameters.
    fn given(&self, arguments: &[Count]) -> Count {
        let mut whole = Count::of(self.fixed);
        for (local, times) in &self.locals {
            if let Some(argument) = arguments.get(*local as usize) {
                whole.add(argument, *times);
            }
        }
        whole
    }
}

/// What an instance brings, by where it stands in it: a later body replaces what an earlier one put there.
#[derive(Clone, PartialEq, Eq, Default)]
struct Parts(BTreeMap<(u32, Option<Symbol>), Count>);

impl Parts {
    /// The instance itself and all that stands in it.
    fn count(&self) -> Count {
        let mut whole = Count::of(1);
        self.0.values().for_each(|part| whole.add(part, 1));
        whole
    }

    fn write(&mut self, db: &dyn Db, body: &BodyIr) {
        for write in &body.writes {
            let place = match &write.target {
                Target::Slot(slot) => (*slot, None),
                Target::Entry(slot, KeyIr::Static(name), _) => (*slot, Some(*name)),
                _ => continue,
            };
            let count = match &write.value {
                _ if !write.guards.is_empty() => Count::default(),
                Written::Value(ir) => count_of(db, ir),
                Written::Block(decl) | Written::Entry(decl) => brought_by(db, *decl).clone(),
                Written::Amend(_) => continue,
            };
            self.0.insert(place, count);
        }
    }
}

/// The parts of what an expression gives, if it is plain that it gives an instance.
fn parts_of(db: &dyn Db, ir: &Ir) -> Option<Parts> {
    match &ir.kind {
        IrKind::Instance(schema, body) => {
            let mut parts = by_default(db, *schema).parts.clone();
            parts.write(db, body);
            Some(parts)
        }
        IrKind::With(base, body) => {
            let mut parts = parts_of(db, base)?;
            parts.write(db, body);
            Some(parts)
        }
        IrKind::Global(decl) => match &check::checked(db, *decl).code {
            CheckedCode::Value(ir) if !is_too_much(db, *decl) => parts_of(db, ir),
            _ => None,
        },
        IrKind::Coerce(inner, _) => parts_of(db, inner),
        IrKind::Shifted(_, _, inner) => parts_of(db, inner),
        _ => None,
    }
}

fn count_of(db: &dyn Db, ir: &Ir) -> Count {
    match &ir.kind {
        IrKind::Local(position) => Count { fixed: 0, locals: BTreeMap::from([(*position, 1)]) },
        IrKind::Global(decl) => brought_by(db, *decl).clone(),
        IrKind::Function(decl, arguments) => {
            let arguments: Vec<Count> = arguments.iter().map(|argument| count_of(db, argument)).collect();
            brought_by(db, *decl).given(&arguments)
        }
        IrKind::Coerce(inner, _) => count_of(db, inner),
        IrKind::Shifted(_, _, inner) => count_of(db, inner),
        IrKind::List(elements) => sum(elements.iter().filter_map(|element| match element {
            ElementIr::Value(ir) => Some(count_of(db, ir)),
            _ => None,
        })),
        IrKind::Data(body) => sum(body.writes.iter().filter_map(|write| match (&write.target, &write.value) {
            (Target::Key(KeyIr::Static(_)), Written::Value(ir)) if write.guards.is_empty() => Some(count_of(db, ir)),
            _ => None,
        })),
        _ => parts_of(db, ir).map_or(Count::default(), |parts| parts.count()),
    }
}

fn sum(counts: impl Iterator<Item = Count>) -> Count {
    let mut whole = Count::default();
    counts.for_each(|count| whole.add(&count, 1));
    whole
}

/// How many instances come with what a declaration gives: a `let`, a function, a block or the default of a schema.
#[salsa::tracked(cycle_result = endless)]
fn brought_by(db: &dyn Db, decl: Decl) -> Count {
    let checked = check::checked(db, decl);
    let mut count = match (&checked.code, &checked.ty) {
        (CheckedCode::Value(ir), _) => count_of(db, ir),
        (CheckedCode::Body(body), Ty::Schema(schema)) => {
            let mut parts = by_default(db, *schema).parts.clone();
            if *schema != decl {
                parts.write(db, body);
            }
            parts.count()
        }
        _ => Count::default(),
    };
    count.locals.retain(|_, times| *times > 0);
    count
}

fn endless(_: &dyn Db, _: salsa::Id, _: Decl) -> Count {
    Count::of(ENDLESS)
}

/// Whether what a `let` or a function gives brings too many instances: then it is no value.
pub fn is_too_much(db: &dyn Db, decl: Decl) -> bool {
    (MAX_BROUGHT + 1..ENDLESS).contains(&brought_by(db, decl).fixed)
}

/// That a `let` or a function brings too many instances, where it is the first that does.
pub fn too_much(db: &dyn Db, decl: Decl) -> Option<Diagnostic<At>> {
    if !["let ", "fn "].iter().any(|word| decl.head(db).as_str().starts_with(word)) {
        return None;
    }
    if !(MAX_BROUGHT + 1..TOO_MUCH).contains(&brought_by(db, decl).fixed) {
        return None;
    }
    let message = format!("`{}` would bring more than {MAX_BROUGHT} instances", decl_name(db, decl));
    let limit = Diagnostic::new(&rules::EVAL_LIMIT, check::name_place(db, decl), message);
    Some(limit.help("look for an instance that contains another several times, again and again"))
}

/// How many instances come with one of a schema by default, itself among them.
pub fn brought(db: &dyn Db, schema: Decl) -> u64 {
    by_default(db, schema).whole
}

/// What an instance of a schema brings by default: by its parts, and in all.
#[derive(Clone, PartialEq, Eq)]
struct Usual {
    parts: Parts,
    whole: u64,
}

#[salsa::tracked(cycle_result = endless_default)]
fn by_default(db: &dyn Db, schema: Decl) -> Usual {
    let mut parts = Parts::default();
    for layer in &base(db, schema).layers {
        parts.write(db, &layer.body);
    }
    let whole = parts.count().fixed;
    Usual { parts, whole }
}

fn endless_default(_: &dyn Db, _: salsa::Id, _: Decl) -> Usual {
    let parts = Parts(BTreeMap::from([((u32::MAX, None), Count::of(ENDLESS))]));
    Usual { parts, whole: ENDLESS }
}
