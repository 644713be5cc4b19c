//! Types: from how they are written, and how they relate.

use std::cell::RefCell;
use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use super::Checker;
use crate::hir::{Ident, Path, TypeExpr, TypeKind};
use crate::ir::{DataKind, Shape};
use crate::keys::{At, Db, Decl, SourceFile};
use crate::schema::{SlotKind, schema};
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::{Declared, FunctionTy, Literal, RecordTy, Refined, Scalar, Ty};

/// How a value of one type may be used where another is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Fit {
    /// Not at all.
    No,
    /// If evaluation finds that it does.
    Convert,
    /// As it is.
    Exact,
}

/// What a body in braces means where a type is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BodyType {
    /// An instance.
    Schema(Decl),
    /// A record or map.
    Data(DataKind),
    /// Nothing: the type takes no body, or several.
    None,
}

/// One step behind a `type`'s name, as often as it takes.
pub fn expand(db: &dyn Db, ty: &Ty) -> Ty {
    let mut ty = ty.clone();
    for _ in 0..64 {
        ty = match ty {
            Ty::Alias(decl) => super::alias::alias(db, decl).0.clone(),
            Ty::Inferred(decl, name) => super::let_type(db, decl, name).clone(),
            other => return other,
        };
    }
    Ty::Error
}

/// The type that is written, as seen from a declaration.
pub fn resolve(db: &dyn Db, decl: Decl, written: &TypeExpr, diagnostics: &mut Vec<Diagnostic<At>>) -> Ty {
    match &*written.kind {
        TypeKind::Missing => Ty::Error,
        TypeKind::Null => Ty::Null,
        TypeKind::Text(text) => Ty::Literal(Literal::Text(*text)),
        TypeKind::Int(number) => Ty::Literal(Literal::Int(*number)),
        TypeKind::Bool(truth) => Ty::Literal(Literal::Bool(*truth)),
        TypeKind::Path(path) => match type_of_path(db, decl, path) {
            Ok(ty) => ty,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                Ty::Error
            }
        },
        TypeKind::List(element) => Ty::list(resolve(db, decl, element, diagnostics)),
        TypeKind::Keyed(key, element) => keyed(db, decl, *key, resolve(db, decl, element, diagnostics), diagnostics),
        TypeKind::Optional(inner) => resolve(db, decl, inner, diagnostics).optional(),
        TypeKind::Union(members) => {
            let members: Vec<_> = members.iter().map(|member| resolve(db, decl, member, diagnostics)).collect();
            Ty::union(members)
        }
        TypeKind::Record { fields, rest } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, optional, ty)| {
                    let ty = resolve(db, decl, ty, diagnostics);
                    (name.name, *optional, if *optional { ty.optional() } else { ty })
                })
                .collect();
            let rest = rest
                .as_ref()
                .map(|(key, value)| (resolve(db, decl, key, diagnostics), resolve(db, decl, value, diagnostics)));
            match (fields.is_empty(), rest) {
                (true, Some((key, value))) => Ty::Map(Arc::new(key), Arc::new(value)),
                (_, rest) => {
                    let at = Declared(Some(At { decl, node: written.node }));
                    Ty::Record(Arc::new(RecordTy { fields, rest, object: None, at }))
                }
            }
        }
        TypeKind::Function(params, result) => Ty::Function(Arc::new(FunctionTy {
            params: params.iter().map(|param| resolve(db, decl, param, diagnostics)).collect(),
            result: resolve(db, decl, result, diagnostics),
        })),
        TypeKind::Where(inner, predicate, text) => {
            let base = resolve(db, decl, inner, diagnostics);
            let mut checker = Checker::for_predicate(db, decl, base.clone());
            let ir = checker.check(predicate, &Ty::Scalar(Scalar::Bool));
            diagnostics.append(&mut checker.diagnostics);
            let at = At { decl, node: predicate.node };
            Ty::Refined(Arc::new(Refined { base, predicate: Arc::new(ir), text: *text, at }))
        }
    }
}

/// A list whose elements are known by a field, which they must have.
fn keyed(db: &dyn Db, decl: Decl, key: Ident, element: Ty, diagnostics: &mut Vec<Diagnostic<At>>) -> Ty {
    let has_key = match &element {
        Ty::Record(record) => record.fields.iter().any(|field| field.0 == key.name),
        // What a name stands for is seen where values are read: looking now would make types that contain themselves
        // endless.
        Ty::Alias(_) | Ty::Error | Ty::Any => true,
        _ => false,
    };
    if !has_key {
        let message = format!("{} has no field `{}`", crate::ty::article(&crate::ty::display(db, &element)), key.name);
        diagnostics.push(
            Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, At { decl, node: key.node }, message)
                .help("the elements of a keyed list are records, and one field of theirs is the key"),
        );
        return Ty::Error;
    }
    Ty::Keyed(key.name, Arc::new(element))
}

pub(super) fn type_of_path(db: &dyn Db, decl: Decl, path: &Path) -> Result<Ty, Diagnostic<At>> {
    let at = At { decl, node: path.node };
    if let [name] = path.names.as_slice() {
        if name.name.as_str() == "Any" {
            return Ok(Ty::Any);
        }
        if name.name.as_str() == "Null" {
            return Ok(Ty::Null);
        }
        // A file's own names win over those that are built in.
        let own = scope::declared(db, decl.file(db)).get(&name.name);
        if let (None, Some(scalar)) = (own, Scalar::named(name.name.as_str())) {
            return Ok(Ty::Scalar(scalar));
        }
    }
    let named = resolve_path(db, decl.file(db), path);
    match named {
        Ok(Named::Decl(found)) => match found.head(db).as_str().split(' ').next() {
            Some("schema") => Ok(Ty::Schema(found)),
            Some("type") => Ok(Ty::Alias(found)),
            _ => Err(Diagnostic::new(&rules::TYPE_UNKNOWN, at, format!("`{}` is no type", path_text(path)))
                .also(At { decl: found, node: 0 }, "declared here")),
        },
        Ok(Named::Missing) => Ok(Ty::Error),
        Ok(_) => Err(Diagnostic::new(&rules::TYPE_UNKNOWN, at, format!("`{}` is no type", path_text(path)))),
        Err(file) => Err(unknown_type(db, file, path, at)),
    }
}

fn unknown_type(db: &dyn Db, file: SourceFile, path: &Path, at: At) -> Diagnostic<At> {
    let text = path_text(path);
    let diagnostic = Diagnostic::new(&rules::TYPE_UNKNOWN, at, format!("there is no type `{text}`"));
    let unknown = path.names.last().map_or(Symbol::new(""), |name| name.name);
    let name = unknown.as_str();
    let mut known: Vec<&str> = Scalar::ALL.iter().map(|scalar| scalar.name()).chain(["Any"]).collect();
    known.extend(scope::suggestions(db, file, unknown).iter().map(|name| name.as_str()));
    let near = domain::nearest(name, known.iter().copied().filter(|word| word.starts_with(char::is_uppercase)));
    let last = At { decl: at.decl, node: path.names.last().map_or(path.node, |name| name.node) };
    if let Some(taught) = super::habit::taught(&diagnostic, super::habit::Place::Type, name, last) {
        return taught;
    }
    match near {
        Some(near) => diagnostic
            .help(format!("did you mean `{near}`?"))
            .fix(diagnostics::Fix::new(format!("write `{near}`")).edit(last, near.to_string())),
        None => diagnostic
            .help(format!("declare it with `type {name} = ..` or `schema {name} {{ .. }}`, or import its module")),
    }
}

/// What a path means; the file in which its last name was looked for, if nothing.
pub fn resolve_path(db: &dyn Db, file: SourceFile, path: &Path) -> Result<Named, SourceFile> {
    let mut file = file;
    let last = path.names.len().saturating_sub(1);
    for (index, ident) in path.names.iter().enumerate() {
        let named = match index {
            0 => scope::lookup(db, file, ident.name),
            _ => scope::member(db, file, ident.name),
        };
        match named {
            Some(Named::Module(module)) if index < last => file = module,
            Some(Named::Missing) => return Ok(Named::Missing),
            Some(named) if index == last => return Ok(named),
            _ => return Err(file),
        }
    }
    Err(file)
}

/// A path as it is written.
pub fn path_text(path: &Path) -> String {
    path.names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(".")
}

/// The schema that a path names.
pub fn schema_of_path(db: &dyn Db, decl: Decl, path: &Path) -> Result<Decl, Diagnostic<At>> {
    match type_of_path(db, decl, path)? {
        Ty::Schema(found) => Ok(found),
        Ty::Error => {
            Err(Diagnostic::new(&rules::SCHEMA_BASE, At { decl, node: path.node }, "this module can not be read"))
        }
        other => {
            let message = format!("`{}` is no schema", crate::ty::display(db, &other));
            Err(Diagnostic::new(&rules::SCHEMA_BASE, At { decl, node: path.node }, message)
                .help("only a `schema` can be extended, instantiated or stood in"))
        }
    }
}

/// What braces after a path make: an instance of the schema, or a record of the type.
pub fn made_by_path(db: &dyn Db, decl: Decl, path: &Path) -> Result<Ty, Diagnostic<At>> {
    match type_of_path(db, decl, path)? {
        ty @ Ty::Alias(_) if matches!(expand(db, &ty), Ty::Record(_)) => Ok(ty),
        _ => schema_of_path(db, decl, path).map(Ty::Schema),
    }
}

/// The slot of a field of a type, and the field's type.
pub fn slot_of(db: &dyn Db, ty: &Ty, name: Symbol) -> Option<(u32, Ty)> {
    match expand(db, &ty.without_null()) {
        Ty::Schema(decl) => {
            let info = schema(db, decl);
            let slot = info.slot(name)?;
            info.fields.get(slot as usize).map(|field| (slot, field.ty.clone()))
        }
        _ => None,
    }
}

/// What a body means where this type is due.
pub fn body_type(db: &dyn Db, ty: &Ty) -> BodyType {
    match expand(db, ty) {
        Ty::Schema(decl) => BodyType::Schema(decl),
        Ty::Any | Ty::Error => BodyType::Data(DataKind::Any),
        Ty::Map(..) => BodyType::Data(DataKind::Map),
        Ty::Keyed(key, _) => BodyType::Data(DataKind::Keyed(key)),
        Ty::Record(_) => BodyType::Data(DataKind::Record),
        Ty::Refined(refined) => body_type(db, &refined.base),
        Ty::Union(members) => {
            let mut found = members.iter().map(|member| body_type(db, member)).filter(|body| *body != BodyType::None);
            match (found.next(), found.next()) {
                (Some(body), None) => body,
                _ => BodyType::None,
            }
        }
        _ => BodyType::None,
    }
}

/// What a body of data makes where this type is due.
pub fn shape(db: &dyn Db, ty: &Ty) -> Arc<Shape> {
    match (expand(db, ty), body_type(db, ty)) {
        (Ty::Record(record), _) => Shape::record(record),
        (Ty::Refined(refined), _) => shape(db, &refined.base),
        (Ty::Union(members), BodyType::Data(_)) => {
            let member = members.iter().find(|member| body_type(db, member) != BodyType::None);
            member.map_or(Shape::of(DataKind::Any), |member| shape(db, member))
        }
        (_, BodyType::Data(kind)) => Shape::of(kind),
        _ => Shape::of(DataKind::Any),
    }
}

/// How a value of one type may be used where another is due.
pub fn fit(db: &dyn Db, from: &Ty, to: &Ty) -> Fit {
    Fitting { db, known: &RefCell::default() }.fit(from, to, 0)
}

/// A comparison of types, with what is known of pairs of names: a name that is met again within itself is taken to fit.
#[derive(Clone, Copy)]
struct Fitting<'a> {
    db: &'a dyn Db,
    known: &'a RefCell<FxHashMap<(TypeName, TypeName), Fit>>,
}

/// What stands for a type.
type TypeName = (Decl, Option<Symbol>);

fn type_name(ty: &Ty) -> Option<TypeName> {
    match ty {
        Ty::Alias(decl) => Some((*decl, None)),
        Ty::Inferred(decl, name) => Some((*decl, Some(*name))),
        _ => None,
    }
}

/// No value nests so deep that the types of what is in it would matter any more.
const MAX_NESTING: u32 = 1_000;

impl Fitting<'_> {
    fn fit(self, from: &Ty, to: &Ty, depth: u32) -> Fit {
        if from == to || depth > MAX_NESTING {
            return Fit::Exact;
        }
        let Some(names) = type_name(from).zip(type_name(to)) else {
            return stacker::maybe_grow(64 * 1024, 1024 * 1024, || fit_at(self, from, to, depth));
        };
        if let Some(known) = self.known.borrow().get(&names) {
            return *known;
        }
        self.known.borrow_mut().insert(names, Fit::Exact);
        let fit = fit_at(self, from, to, depth);
        self.known.borrow_mut().insert(names, fit);
        fit
    }
}

fn fit_at(fitting: Fitting<'_>, from: &Ty, to: &Ty, depth: u32) -> Fit {
    let db = fitting.db;
    match (from, to) {
        (Ty::Error | Ty::Never, _) | (_, Ty::Error) => Fit::Exact,
        (from, Ty::Any) if holds_function(from) => Fit::No,
        (_, Ty::Any) => Fit::Exact,
        (Ty::Alias(_) | Ty::Inferred(..), _) => fitting.fit(&expand(db, from), to, depth + 1),
        (_, Ty::Alias(_) | Ty::Inferred(..)) => fitting.fit(from, &expand(db, to), depth + 1),
        (Ty::Any, _) => Fit::Convert,
        (Ty::Union(members), _) => all_fit(members.iter().map(|member| fitting.fit(member, to, depth + 1))),
        (_, Ty::Union(members)) => {
            members.iter().map(|member| fitting.fit(from, member, depth + 1)).max().unwrap_or(Fit::No)
        }
        (Ty::Refined(refined), _) => fitting.fit(&refined.base, to, depth + 1),
        (_, Ty::Refined(refined)) => fitting.fit(from, &refined.base, depth + 1).min(Fit::Convert),
        (Ty::Literal(literal), Ty::Scalar(scalar)) => fit_literal(literal, *scalar),
        (Ty::Scalar(one), Ty::Scalar(other)) => fit_scalar(*one, *other),
        (Ty::Scalar(scalar), Ty::Literal(literal)) if *scalar == literal.scalar() => Fit::No,
        (Ty::List(one), Ty::List(other)) => fitting.fit(one, other, depth + 1),
        (Ty::Keyed(_, one), Ty::Keyed(_, other)) => fitting.fit(one, other, depth + 1),
        (Ty::List(one), Ty::Keyed(_, other)) | (Ty::Keyed(_, one), Ty::List(other)) => {
            fitting.fit(one, other, depth + 1).min(Fit::Convert)
        }
        (Ty::Collection(one), Ty::List(other)) => fitting.fit(one, other, depth + 1).min(Fit::Convert),
        (Ty::Collection(one), Ty::Collection(other)) => fitting.fit(one, other, depth + 1),
        (Ty::Map(key, value), Ty::Map(other_key, other)) => {
            let keys = match fitting.fit(key, other_key, depth + 1) {
                // Keys are text; whether they have the form that is asked for, evaluation sees.
                Fit::No => Fit::Convert,
                fit => fit,
            };
            keys.min(fitting.fit(value, other, depth + 1))
        }
        (Ty::Record(record), Ty::Map(_, value)) => {
            let fields = record.fields.iter().map(|(_, _, ty)| fitting.fit(ty, value, depth + 1));
            let rest = record.rest.iter().map(|(_, ty)| fitting.fit(ty, value, depth + 1));
            all_fit(fields.chain(rest)).min(Fit::Convert)
        }
        (Ty::Record(one), Ty::Record(other)) => fit_record(fitting, one, other, depth),
        (Ty::Schema(one), Ty::Schema(other)) => match schema(db, *one).chain.contains(other) {
            true => Fit::Exact,
            false => fit_fields(fitting, *one, *other, depth),
        },
        (Ty::Record(record), Ty::Schema(decl)) => fit_instance(fitting, record, *decl, depth),
        (Ty::Schema(decl), Ty::Record(record)) => {
            let info = schema(db, *decl);
            all_fit(record.fields.iter().map(|(name, optional, ty)| match info.field(*name) {
                Some(field) => fitting.fit(&field.ty, ty, depth + 1),
                None if *optional => Fit::Convert,
                None => Fit::No,
            }))
            .min(Fit::Convert)
        }
        (Ty::Function(one), Ty::Function(other)) if one.params.len() == other.params.len() => {
            fitting.fit(&one.result, &other.result, depth + 1)
        }
        _ => Fit::No,
    }
}

/// Whether a function is somewhere in values of a type: a function is no data.
pub(crate) fn holds_function(ty: &Ty) -> bool {
    match ty {
        Ty::Function(_) => true,
        Ty::List(element) | Ty::Keyed(_, element) => holds_function(element),
        Ty::Map(_, value) => holds_function(value),
        Ty::Union(members) => members.iter().any(holds_function),
        Ty::Record(record) => record.fields.iter().any(|field| holds_function(&field.2)),
        _ => false,
    }
}

fn all_fit(fits: impl Iterator<Item = Fit>) -> Fit {
    fits.min().unwrap_or(Fit::Exact)
}

fn fit_record(fitting: Fitting<'_>, one: &RecordTy, other: &RecordTy, depth: u32) -> Fit {
    // An object of a kind is an object.
    if one.object.is_some() && other.object.is_some_and(|kind| kind.kind.as_str().is_empty()) {
        return Fit::Exact;
    }
    let known = one.fields.iter().map(|(name, _, ty)| match other.field(*name) {
        Some(due) => fitting.fit(ty, due, depth + 1),
        None => Fit::No,
    });
    let given = all_fit(known);
    let complete = other
        .fields
        .iter()
        .all(|(name, optional, ty)| *optional || ty.has_null() || one.fields.iter().any(|field| field.0 == *name));
    if complete { given } else { Fit::No }
}

/// An instance where one of an unrelated schema is due: field by field, all that are there and all that are required.
fn fit_fields(fitting: Fitting<'_>, one: Decl, other: Decl, depth: u32) -> Fit {
    let (from, to) = (schema(fitting.db, one), schema(fitting.db, other));
    if depth > 4 || to.chain.contains(&one) || from.fields.is_empty() {
        return Fit::No;
    }
    let fields = from.fields.iter().map(|field| match to.field(field.name) {
        Some(due) if field.kind == SlotKind::Field && due.kind == SlotKind::Field => {
            fitting.fit(&field.ty, &due.ty, depth + 1)
        }
        _ => Fit::No,
    });
    let complete = to.fields.iter().filter(|field| field.required).all(|field| from.slot(field.name).is_some());
    if complete { all_fit(fields).min(Fit::Convert) } else { Fit::No }
}

/// A record where an instance is due: field by field, all that are required.
fn fit_instance(fitting: Fitting<'_>, record: &RecordTy, decl: Decl, depth: u32) -> Fit {
    let info = schema(fitting.db, decl);
    let given = record.fields.iter().map(|(name, _, ty)| match info.field(*name) {
        Some(field) if field.kind == SlotKind::Field => fitting.fit(ty, &field.ty, depth + 1),
        _ => Fit::No,
    });
    let complete = info
        .fields
        .iter()
        .filter(|field| field.required)
        .all(|field| record.fields.iter().any(|given| given.0 == field.name));
    if complete && record.rest.is_none() { all_fit(given).min(Fit::Convert) } else { Fit::No }
}

fn fit_literal(literal: &Literal, scalar: Scalar) -> Fit {
    let own = literal.scalar();
    if own == Scalar::String && scalar.is_textual() && scalar != Scalar::String {
        return Fit::Convert;
    }
    fit_scalar(own, scalar)
}

fn fit_scalar(from: Scalar, to: Scalar) -> Fit {
    match (from, to) {
        (Scalar::Int, Scalar::Float) => Fit::Convert,
        (Scalar::Port, Scalar::Float) => Fit::Convert,
        (Scalar::Int | Scalar::Float, Scalar::Cpu)
        | (Scalar::Int, Scalar::Bytes)
        | (Scalar::IntRange, Scalar::PortRange) => Fit::Convert,
        _ if from.is_within(to) => Fit::Exact,
        _ if from.may_hold(to) || to.may_hold(from) => Fit::Convert,
        _ => Fit::No,
    }
}

/// The type of a value that may be one or the other.
pub fn join(db: &dyn Db, one: Ty, other: Ty) -> Ty {
    let (one, other) = (widen(one), widen(other));
    match (fit(db, &one, &other), fit(db, &other, &one)) {
        (Fit::Exact, _) => other,
        (_, Fit::Exact) => one,
        _ => match (&one, &other) {
            (Ty::List(first), Ty::List(second)) => Ty::list(join(db, (**first).clone(), (**second).clone())),
            (Ty::Schema(first), Ty::Schema(second)) => {
                let chain = &schema(db, *first).chain;
                let common = schema(db, *second).chain.iter().rev().find(|decl| chain.contains(decl));
                common.map_or_else(|| Ty::union([one.clone(), other.clone()]), |decl| Ty::Schema(*decl))
            }
            _ => Ty::union([one, other]),
        },
    }
}

/// The most parts that an inferred type has.
const MAX_PARTS: u32 = 100_000;

/// The type, unless it was inferred to be larger than anyone could write: then it is `Any`, and evaluation judges.
pub fn manageable(ty: Ty) -> Ty {
    let mut left = MAX_PARTS;
    if has_at_most(&ty, &mut left) { ty } else { Ty::Any }
}

fn has_at_most(ty: &Ty, left: &mut u32) -> bool {
    let Some(less) = left.checked_sub(1) else {
        return false;
    };
    *left = less;
    match ty {
        Ty::List(element) | Ty::Collection(element) | Ty::Keyed(_, element) => has_at_most(element, left),
        Ty::Map(key, value) => has_at_most(key, left) && has_at_most(value, left),
        Ty::Union(members) => members.iter().all(|member| has_at_most(member, left)),
        Ty::Record(record) => {
            let rest = record.rest.iter().flat_map(|(key, value)| [key, value]);
            record.fields.iter().map(|field| &field.2).chain(rest).all(|ty| has_at_most(ty, left))
        }
        Ty::Function(function) => function.params.iter().chain([&function.result]).all(|ty| has_at_most(ty, left)),
        _ => true,
    }
}

/// A literal's type is that of its kind, once nothing says otherwise.
pub fn widen(ty: Ty) -> Ty {
    match ty {
        Ty::Literal(literal) => Ty::Scalar(literal.scalar()),
        Ty::Union(members) => Ty::union(members.iter().cloned().map(widen)),
        other => other,
    }
}

/// Whether a schema has collections or fields with the name.
pub fn is_collection(db: &dyn Db, decl: Decl, name: Symbol) -> bool {
    schema(db, decl).field(name).is_some_and(|field| field.kind == SlotKind::Each)
}
