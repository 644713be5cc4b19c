//! Schemas: their fields in slots, what they extend, and what they stand in.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use platform::auto::Source;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::types;
use crate::decl::code;
use crate::hir::{CodeKind, Expr, ExprKind, FieldCode, FieldKind, SchemaCode};
use crate::keys::{At, Db, Decl};
use crate::kubernetes;
use crate::published;
use crate::scope;
use crate::symbol::Symbol;
use crate::ty::Ty;

/// The slot of `name`, which every instance has from its place.
pub const NAME_SLOT: u32 = u32::MAX - 1;

/// What a slot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SlotKind {
    /// A field.
    Field,
    /// A keyed collection.
    Each,
    /// A computed field.
    Let,
}

/// A field of a schema, declared by it or inherited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Its name.
    pub name: Symbol,
    /// Its type; of a collection, that of its elements.
    pub ty: Ty,
    /// What it is.
    pub kind: SlotKind,
    /// Whether it is an artifact too.
    pub emit: bool,
    /// Whether it must be given.
    pub required: bool,
    /// Where the values come from that `auto` stands for.
    pub auto: Option<Source>,
    /// Where it is declared.
    pub at: At,
    /// Whether it is the collection of one kind of Kubernetes objects, which gives way to a field of its name.
    pub of_kind: bool,
}

/// A schema with all that it inherits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schema {
    /// What it extends, the most general first, itself last.
    pub chain: Vec<Decl>,
    /// What it stands in, by word, the nearest first.
    pub words: Vec<(Symbol, Decl)>,
    /// Its fields; those of its base keep their slots.
    pub fields: Vec<Slot>,
    /// The field that a plain value is given to.
    pub main: Option<u32>,
    /// The fields for which something can be chosen.
    pub open: Vec<u32>,
    /// What is wrong with its head and its fields.
    pub diagnostics: Vec<Diagnostic<At>>,
    by_name: FxHashMap<Symbol, u32>,
}

impl Schema {
    /// The slot of a field.
    pub fn slot(&self, name: Symbol) -> Option<u32> {
        self.by_name.get(&name).copied()
    }

    /// A field by its name.
    pub fn field(&self, name: Symbol) -> Option<&Slot> {
        self.slot(name).and_then(|slot| self.fields.get(slot as usize))
    }
}

/// A schema, known whole.
#[salsa::tracked(cycle_result = schema_cycle)]
pub fn schema(db: &dyn Db, decl: Decl) -> Schema {
    let code = code(db, decl);
    let Some(CodeKind::Schema(written)) = code.map(|code| &code.kind) else {
        return Schema { chain: vec![decl], ..Schema::default() };
    };
    let mut found = inherited(db, decl, written);
    found.chain.push(decl);
    add_words(db, decl, written, &mut found);
    for field in &written.fields {
        add_field(db, decl, field, &mut found);
    }
    let objects = found.fields.iter().find(|field| field.at.decl == decl && holds_objects(db, field)).cloned();
    if let Some(objects) = objects {
        add_kinds(db, &objects, &mut found);
    }
    found.open = (0..).zip(&found.fields).filter(|(_, field)| field.auto.is_some()).map(|(slot, _)| slot).collect();
    found
}

/// Whether a field is a collection of the prelude's `Object`: of objects of every kind.
fn holds_objects(db: &dyn Db, field: &Slot) -> bool {
    field.kind == SlotKind::Each
        && matches!(types::expand(db, &field.ty), Ty::Record(record) if record.object.is_some_and(|kind| kind.is_any()))
}

/// Beside a collection of all objects, one for each kind: `namespace.deployment.web`.
fn add_kinds(db: &dyn Db, objects: &Slot, found: &mut Schema) {
    for (name, decl) in kinds(db) {
        // Another version of a kind stands in the kind's collection; a word means what this stands in, as `cluster` does where a
        // database has clusters too.
        let is_word = found.words.iter().any(|(word, _)| word == name);
        let is_taken = is_word || found.field(*name).is_some_and(|field| !field.of_kind);
        let name = if is_taken { object_name(*name) } else { *name };
        if found.slot(name).is_none() {
            found.by_name.insert(name, found.fields.len() as u32);
            found.fields.push(Slot { name, ty: Ty::Alias(*decl), of_kind: true, ..objects.clone() });
        }
    }
}

/// What the collection of a kind is called where a field or a word has its name.
fn object_name(kind: Symbol) -> Symbol {
    Symbol::new(&format!("object-{kind}"))
}

/// All kinds of objects by their names in lower case: Kubernetes' own, and those that files declare.
#[salsa::tracked]
pub fn kinds(db: &dyn Db) -> Vec<(Symbol, Decl)> {
    let mut found = kubernetes::kinds(db);
    let types = published::files(db).into_iter().filter_map(|file| published::types(db, file));
    for file in scope::all_files(db).iter().copied().chain(types) {
        let Some(CodeKind::File { names, .. }) = code(db, crate::keys::file_decl(db, file)).map(|code| &code.kind)
        else {
            continue;
        };
        let attributed = |decl| code(db, decl).is_some_and(|code| !code.attributes.is_empty());
        for (_, decl) in names.iter().filter(|(_, decl)| attributed(*decl)) {
            if let Ty::Record(record) = types::expand(db, &Ty::Alias(*decl))
                && decl.head(db).as_str().starts_with("type ")
                && let Some(kind) = record.object.filter(|kind| !kind.is_any())
            {
                found.push((Symbol::new(&kind.kind.as_str().to_lowercase()), *decl));
            }
        }
    }
    found
}

fn schema_cycle(_: &dyn Db, _: salsa::Id, decl: Decl) -> Schema {
    let diagnostic = Diagnostic::new(&rules::SCHEMA_BASE, At { decl, node: 0 }, "this schema extends itself")
        .help("let one of the schemas on the way extend nothing");
    Schema { chain: vec![decl], diagnostics: vec![diagnostic], ..Schema::default() }
}

fn inherited(db: &dyn Db, decl: Decl, written: &SchemaCode) -> Schema {
    let Some(path) = &written.base else {
        return Schema::default();
    };
    match types::schema_of_path(db, decl, path) {
        Ok(base) => Schema { diagnostics: Vec::new(), ..schema(db, base).clone() },
        Err(diagnostic) => Schema { diagnostics: vec![diagnostic], ..Schema::default() },
    }
}

fn add_words(db: &dyn Db, decl: Decl, written: &SchemaCode, found: &mut Schema) {
    let Some((word, path)) = &written.inside else {
        return;
    };
    match types::schema_of_path(db, decl, path) {
        Ok(place) => {
            let mut words = vec![(word.name, place)];
            words.extend(words_of(db, place).iter().copied());
            words.extend(found.words.iter().copied());
            let mut seen = FxHashSet::default();
            words.retain(|(word, _)| seen.insert(*word));
            found.words = words;
        }
        Err(diagnostic) => found.diagnostics.push(diagnostic),
    }
}

/// What a schema stands in: found without its fields, which may name schemas that stand in it.
#[salsa::tracked(cycle_result = words_cycle)]
fn words_of(db: &dyn Db, decl: Decl) -> Vec<(Symbol, Decl)> {
    let code = code(db, decl);
    let Some(CodeKind::Schema(written)) = code.map(|code| &code.kind) else {
        return Vec::new();
    };
    let mut words = Vec::new();
    if let Some((word, path)) = &written.inside
        && let Ok(place) = types::schema_of_path(db, decl, path)
    {
        words.push((word.name, place));
        words.extend(words_of(db, place).iter().copied());
    }
    if let Some(path) = &written.base
        && let Ok(base) = types::schema_of_path(db, decl, path)
    {
        words.extend(words_of(db, base).iter().copied());
    }
    let mut seen = FxHashSet::default();
    words.retain(|(word, _)| seen.insert(*word));
    words
}

fn words_cycle(_: &dyn Db, _: salsa::Id, _: Decl) -> Vec<(Symbol, Decl)> {
    Vec::new()
}

fn add_field(db: &dyn Db, decl: Decl, field: &FieldCode, found: &mut Schema) {
    let name = field.name.name;
    let at = At { decl, node: field.name.node };
    let before = found.slot(name);
    if field.kind == FieldKind::Default {
        add_default(db, field, at, before, found);
        return;
    }
    let declared = match &field.ty {
        Some(ty) => types::resolve(db, decl, ty, &mut found.diagnostics),
        None => Ty::Error,
    };
    if types::holds_function(&declared) {
        let message = format!("`{name}` holds a function, and a function is no data");
        let diagnostic = Diagnostic::new(&rules::TYPE_MISMATCH, at, message)
            .help("functions are passed to functions; give the field the value that the function would make");
        found.diagnostics.push(diagnostic);
    }
    let kind = match field.kind {
        FieldKind::Each => SlotKind::Each,
        FieldKind::Let => SlotKind::Let,
        _ => SlotKind::Field,
    };
    let ty = match field.kind {
        FieldKind::Optional => declared.optional(),
        FieldKind::Let if field.ty.is_none() => Ty::Inferred(decl, name),
        _ => declared,
    };
    let required = field.kind == FieldKind::Required && field.value.is_none();
    let auto = source_of(decl, field, &mut found.diagnostics);
    let slot = Slot { name, ty, kind, emit: field.emit, required, auto, at, of_kind: false };
    if field.attributes.iter().any(|attribute| attribute.name.as_str() == "main") {
        found.main = Some(before.unwrap_or(found.fields.len() as u32));
    }
    match before {
        Some(slot_number) if found.fields.get(slot_number as usize).is_some_and(|field| field.of_kind) => {
            if let Some(place) = found.fields.get_mut(slot_number as usize) {
                let of_kind = std::mem::replace(place, slot);
                let name = object_name(of_kind.name);
                found.by_name.insert(name, found.fields.len() as u32);
                found.fields.push(Slot { name, ..of_kind });
            }
        }
        Some(slot_number) => narrow(db, slot_number, slot, found),
        None => {
            found.by_name.insert(name, found.fields.len() as u32);
            found.fields.push(slot);
        }
    }
}

/// Where the values of a field come from, by its attribute: `@auto("hosts")`.
fn source_of(decl: Decl, field: &FieldCode, found: &mut Vec<Diagnostic<At>>) -> Option<Source> {
    let attribute = field.attributes.iter().find(|attribute| attribute.name.as_str() == "auto")?;
    let source = Source::parse(&attribute.args.iter().map(word).collect::<Vec<_>>());
    if source.is_none() {
        let at = At { decl, node: attribute.node };
        let message = "this names nothing that `auto` takes values from";
        found.push(Diagnostic::new(&rules::AUTO_PLACE, at, message).help(Source::HELP));
    }
    source
}

fn word(arg: &Expr) -> &str {
    match &*arg.kind {
        ExprKind::Text(text) => text.plain().map(Symbol::as_str).unwrap_or_default(),
        ExprKind::Address(text) | ExprKind::Int(text) => text,
        _ => "",
    }
}

fn add_default(db: &dyn Db, field: &FieldCode, at: At, before: Option<u32>, found: &mut Schema) {
    let name = field.name.name;
    let known: Vec<&str> = found.fields.iter().map(|field| field.name.as_str()).collect();
    let Some(slot) = before.and_then(|slot| found.fields.get_mut(slot as usize)) else {
        let help = match domain::nearest(name.as_str(), known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "`{name} = ..` replaces an inherited default; declare a new field with its type: `{name}: T = ..`"
            ),
        };
        let message = format!("there is no inherited field `{name}`");
        found.diagnostics.push(Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, message).help(help));
        return;
    };
    slot.required = false;
    slot.emit |= field.emit;
    if slot.kind == SlotKind::Let {
        let message = format!("`{name}` is computed, and written by nobody");
        let first = slot.at;
        let diagnostic = Diagnostic::new(&rules::WRITE_COMPUTED, at, message).also(first, "computed here");
        found.diagnostics.push(diagnostic);
    }
    _ = db;
}

/// A field that is declared again may only narrow what it was.
fn narrow(db: &dyn Db, number: u32, mut slot: Slot, found: &mut Schema) {
    let Some(before) = found.fields.get(number as usize).cloned() else {
        return;
    };
    let own = found.chain.last().is_some_and(|decl| before.at.decl == *decl);
    if own {
        let message = format!("`{}` is declared twice in this schema", slot.name);
        let diagnostic = Diagnostic::new(&rules::SCHEMA_DUPLICATE_FIELD, slot.at, message)
            .label("declared again here")
            .also(before.at, "first declared here")
            .help("keep one of the two");
        found.diagnostics.push(diagnostic);
        return;
    }
    if slot.kind == SlotKind::Let && before.kind != SlotKind::Let {
        let message = format!("the inherited field `{}` can not become computed", slot.name);
        let diagnostic = Diagnostic::new(&rules::SCHEMA_NARROWING, slot.at, message)
            .also(before.at, "declared here")
            .help(format!("to replace its default write `{} = ..`", slot.name));
        found.diagnostics.push(diagnostic);
        return;
    }
    let narrower = types::fit(db, &slot.ty, &before.ty) == types::Fit::Exact;
    if before.kind != slot.kind || !narrower {
        let (new, old) = (crate::ty::display(db, &slot.ty), crate::ty::display(db, &before.ty));
        let message = format!("`{}` is inherited as `{old}`, and `{new}` does not narrow that", slot.name);
        let diagnostic =
            Diagnostic::new(&rules::SCHEMA_NARROWING, slot.at, message).also(before.at, "declared here").help(format!(
                "to replace its default write `{} = ..`; a field may be narrowed to a subtype only",
                slot.name
            ));
        found.diagnostics.push(diagnostic);
        return;
    }
    slot.emit |= before.emit;
    slot.required = before.required && slot.required;
    slot.auto = slot.auto.or(before.auto);
    if let Some(place) = found.fields.get_mut(number as usize) {
        *place = slot;
    }
}

/// Whether a field of a type, found by its slot, is a collection.
pub fn is_each(db: &dyn Db, slot: u32, ty: &Ty) -> bool {
    match types::expand(db, ty) {
        Ty::Schema(decl) => {
            schema(db, decl).fields.get(slot as usize).is_some_and(|field| field.kind == SlotKind::Each)
        }
        _ => false,
    }
}

/// All schemas of the program.
#[salsa::tracked]
fn all_schemas(db: &dyn Db) -> Arc<Vec<Decl>> {
    let mut found = Vec::new();
    for file in scope::all_files(db).iter() {
        let Some(code) = code(db, crate::keys::file_decl(db, *file)) else {
            continue;
        };
        if let CodeKind::File { names, .. } = &code.kind {
            let schemas = names.iter().map(|(_, decl)| *decl);
            found.extend(schemas.filter(|decl| decl.head(db).as_str().starts_with("schema ")));
        }
    }
    Arc::new(found)
}

/// Every schema of which an instance may stand somewhere under an instance of this one, or be it.
#[salsa::tracked]
fn reachable(db: &dyn Db, decl: Decl) -> FxHashSet<Decl> {
    let mut found: FxHashSet<Decl> = FxHashSet::default();
    let mut queue = vec![decl];
    while let Some(next) = queue.pop() {
        if !found.insert(next) {
            continue;
        }
        for candidate in all_schemas(db).iter() {
            if *candidate != next && schema(db, *candidate).chain.contains(&next) {
                queue.push(*candidate);
            }
        }
        for field in &schema(db, next).fields {
            push_schemas(db, &field.ty, &mut queue, 0);
        }
    }
    let general: Vec<Decl> = found.iter().flat_map(|decl| schema(db, *decl).chain.clone()).collect();
    found.extend(general);
    found
}

fn push_schemas(db: &dyn Db, ty: &Ty, queue: &mut Vec<Decl>, depth: u32) {
    if depth > 8 {
        return;
    }
    match ty {
        Ty::Schema(decl) => queue.push(*decl),
        Ty::Alias(_) => push_schemas(db, &types::expand(db, ty), queue, depth + 1),
        Ty::Union(members) => members.iter().for_each(|member| push_schemas(db, member, queue, depth + 1)),
        Ty::Refined(refined) => push_schemas(db, &refined.base, queue, depth + 1),
        _ => {}
    }
}

/// Whether instances of a schema may stand in a field of this type, or below.
pub fn may_contain(db: &dyn Db, ty: &Ty, wanted: Decl) -> bool {
    let mut schemas = Vec::new();
    push_schemas(db, ty, &mut schemas, 0);
    schemas.iter().any(|decl| reachable(db, *decl).contains(&wanted))
}
