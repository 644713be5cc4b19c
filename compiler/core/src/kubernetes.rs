//! The module `k8s`: the types of the Kubernetes API as files of the language, written when somebody names one.
//!
//! `k8s.Deployment` and `k8s.apps.v1.Deployment` are one type; the short name is that of the version that is preferred.
//! Every type is a file of its own, so that naming one reads one. What it refers to is read when that is looked at.

use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use schemas::{Catalog, Fact, Field, Format, Kind, Presence, Scope, Shape, Type, TypeId};

use crate::keys::{self, Db, SourceFile};
use crate::scope::Named;
use crate::symbol::Symbol;

/// The path of the module.
pub const MODULE: &str = "std:k8s.pl";
/// What the paths of its parts begin with.
const PARTS: &str = "std:k8s/";

/// The number of the first type's file in diagnostics: far above those of files that are read.
pub const FIRST_NUMBER: u32 = 1 << 24;

/// The API and the names of its types.
struct Api {
    catalog: Catalog,
    /// By short name.
    short: FxHashMap<&'static str, TypeId>,
    /// The kind that a type is, if it is one.
    kinds: FxHashMap<TypeId, usize>,
}

fn api() -> &'static Api {
    static API: OnceLock<Api> = OnceLock::new();
    API.get_or_init(|| {
        let catalog = Catalog::load();
        let kinds = catalog.kinds().iter().enumerate();
        let kinds = kinds.filter(|(_, kind)| kind.scope != Scope::Subresource).map(|(index, kind)| (kind.type_, index));
        let kinds: FxHashMap<TypeId, usize> = kinds.collect();
        let mut short: FxHashMap<&'static str, (Preference, TypeId)> = FxHashMap::default();
        for id in (0..catalog.len()).filter_map(|index| u16::try_from(index).ok()).map(TypeId) {
            let name = catalog.name(id);
            let preference = preference(name, kinds.contains_key(&id));
            let best = short.entry(last(name)).or_insert((preference, id));
            if preference > best.0 {
                *best = (preference, id);
            }
        }
        let short = short.into_iter().map(|(name, (_, id))| (name, id)).collect();
        Api { catalog, short, kinds }
    })
}

/// Why one of several types has a short name: kinds first, then the most mature version, then the usual groups.
type Preference = (bool, (u8, u32, u32), std::cmp::Reverse<usize>);

/// Groups in which one looks first.
const USUAL: [&str; 6] = ["core", "apps", "batch", "networking", "rbac", "meta"];

fn preference(name: &str, is_kind: bool) -> Preference {
    let mut parts = name.split('.');
    let group = parts.next().unwrap_or_default();
    let version = parts.next().unwrap_or_default();
    let usual = USUAL.iter().position(|usual| *usual == group).unwrap_or(USUAL.len());
    (is_kind, schemas::rank(version), std::cmp::Reverse(usual))
}

fn last(name: &'static str) -> &'static str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a file is the module or a part of it.
pub fn is_part(path: &str) -> bool {
    path == MODULE || path.starts_with(PARTS)
}

/// What a name means in the module or a part of it: a group, a version, or a type.
pub fn member(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<Named> {
    let path = file.path(db).as_str();
    if path == MODULE {
        return match api().short.get(name.as_str()) {
            Some(id) => Some(Named::Decl(declaration(db, *id))),
            None => folder(db, name.as_str()),
        };
    }
    let inside = path.strip_prefix(PARTS)?.strip_suffix(".pl")?.replace('/', ".");
    let full = format!("{inside}.{name}");
    match api().catalog.find(&full) {
        Some(id) => Some(Named::Decl(declaration(db, id))),
        None => folder(db, &full),
    }
}

/// A group, or a version of one.
fn folder(db: &dyn Db, name: &str) -> Option<Named> {
    api().catalog.has_prefix(&format!("{name}.")).then_some(())?;
    let path = Symbol::new(&format!("{PARTS}{}.pl", name.replace('.', "/")));
    Some(Named::Module(keys::written_file(db, path, u32::MAX)))
}

/// Whether every version that has a type asks for a field of it: what one does not ask for, or does not have, may be left out.
pub fn is_always_asked(ty: &Type, field: &str) -> bool {
    let asks = |minor| ty.field(field, minor).is_some_and(|form| form.presence == Presence::Required);
    (ty.minors.first..=ty.minors.last).all(asks)
}

/// The type of every object's `metadata`.
pub fn object_meta(db: &dyn Db) -> Option<keys::Decl> {
    api().short.get("ObjectMeta").map(|id| declaration(db, *id))
}

/// The API itself.
pub fn catalog() -> &'static Catalog {
    &api().catalog
}

/// The type that a short name stands for.
pub fn short(name: &str) -> Option<TypeId> {
    api().short.get(name).copied()
}

/// The type that a declaration declares, if it is one of the API's.
pub fn type_id(db: &dyn Db, decl: keys::Decl) -> Option<TypeId> {
    let number = decl.file(db).number(db).checked_sub(FIRST_NUMBER)?;
    let id = TypeId(u16::try_from(number).ok()?);
    (usize::from(id.0) < api().catalog.len()).then_some(id)
}

/// The declaration of a type.
pub fn declaration(db: &dyn Db, id: TypeId) -> keys::Decl {
    let name = api().catalog.name(id);
    let path = Symbol::new(&format!("{PARTS}{}.pl", name.replace('.', "/")));
    let file = keys::written_file(db, path, FIRST_NUMBER + u32::from(id.0));
    let head = Symbol::new(&format!("type {}", last(name)));
    keys::decl(db, file, Some(keys::file_decl(db, file)), head, 0)
}

/// How a type is called whose records are objects of a kind, `k8s.Deployment`, and where these live.
pub fn type_of(api_version: &str, kind: &str) -> Option<(String, Scope)> {
    let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
    let known = api().catalog.kind(group, version, kind)?;
    api().kinds.contains_key(&known.type_).then(|| (reference(known.type_), known.scope))
}

/// Whether there is a type of a full name.
pub fn has(name: &str) -> bool {
    api().catalog.find(name).is_some()
}

/// The short names of all types and the names of groups, for suggestions.
pub fn names() -> Vec<Symbol> {
    let mut names: Vec<Symbol> = api().short.keys().map(|name| Symbol::new(name)).collect();
    names.sort();
    names
}

/// The kinds that have a short name: their types, for which collections of objects have room.
pub fn kinds(db: &dyn Db) -> Vec<(Symbol, keys::Decl)> {
    let api = api();
    let mut kinds: Vec<_> =
        api.kinds.keys().filter(|id| api.short.get(last(api.catalog.name(**id))) == Some(id)).collect();
    kinds.sort();
    let kind = |id: &&TypeId| (Symbol::new(&last(api.catalog.name(**id)).to_lowercase()), declaration(db, **id));
    kinds.iter().map(kind).collect()
}

/// The path and the text of the file of a number that is none of those that were read.
pub fn file(number: u32) -> Option<(&'static str, &'static str)> {
    let id = TypeId(u16::try_from(number.checked_sub(FIRST_NUMBER)?).ok()?);
    let name = api().catalog.name(id);
    let path = format!("{PARTS}{}.pl", name.replace('.', "/"));
    Some((Symbol::new(&path).as_str(), Symbol::new(&source(id)).as_str()))
}

/// The text of a part of the module.
pub fn text(path: &str) -> Arc<str> {
    let name = path.strip_prefix(PARTS).and_then(|path| path.strip_suffix(".pl"));
    let id = name.and_then(|name| api().catalog.find(&name.replace('/', ".")));
    id.map_or_else(Arc::default, |id| Arc::from(source(id)))
}

/// A type as it would be written.
fn source(id: TypeId) -> String {
    let api = api();
    let ty = api.catalog.type_(id);
    let mut out = String::new();
    let kind = api.kinds.get(&id).and_then(|index| api.catalog.kinds().get(*index));
    if let Some(kind) = kind {
        let scope = if kind.scope == Scope::Cluster { ", \"cluster\"" } else { "" };
        _ = writeln!(out, "@kubernetes(\"{}\", \"{}\"{scope})", kind.api_version(), kind.kind);
    }
    _ = writeln!(out, "type {} = {{", last(ty.name));
    let mut written: Vec<&str> = Vec::new();
    for field in &ty.fields {
        if written.contains(&field.name) {
            continue;
        }
        written.push(field.name);
        write_field(field, &ty, kind, &mut out);
    }
    out.push_str("}\n");
    out
}

fn write_field(field: &Field, ty: &Type, kind: Option<&Kind>, out: &mut String) {
    // A capital would begin the type of every other key.
    let plain = field.name.starts_with(|first: char| first.is_ascii_lowercase())
        && field.name.chars().all(|letter| letter.is_ascii_alphanumeric());
    let name = if plain { field.name.to_string() } else { format!("{:?}", field.name) };
    let presence = if is_always_asked(ty, field.name) { Presence::Required } else { Presence::Optional };
    let optional = match (kind, presence) {
        // These follow from the block.
        (Some(_), _) if matches!(field.name, "apiVersion" | "kind" | "metadata") => "?",
        (_, Presence::Optional) => "?",
        (_, Presence::Required) => "",
    };
    let of_kind = kind.and_then(|kind| match field.name {
        "apiVersion" => Some(format!("{:?}", kind.api_version())),
        "kind" => Some(format!("{:?}", kind.kind)),
        _ => None,
    });
    // A field that changed with a version has all of its forms.
    let mut forms: Vec<String> = Vec::new();
    for form in ty.fields.iter().filter(|other| other.name == field.name) {
        let text = of_kind.clone().unwrap_or_else(|| shape(&form.shape, form));
        if !forms.contains(&text) {
            forms.push(text);
        }
    }
    _ = writeln!(out, "  {name}{optional}: {}", forms.join(" | "));
}

fn shape(shape: &Shape, field: &Field) -> String {
    match shape {
        Shape::Boolean => "Bool".into(),
        Shape::Int32 | Shape::Int64 => number(field),
        Shape::Double => "Int | Float".into(),
        Shape::Text => text_type(field),
        Shape::Base64 | Shape::Time | Shape::MicroTime => "String".into(),
        Shape::IntOrString => match field.format() {
            Some(Format::Port) => "Port | String".into(),
            _ => "Int | String".into(),
        },
        Shape::Quantity => quantity(field.format()).into(),
        Shape::Any => "Any".into(),
        Shape::Object(id) => reference(*id),
        Shape::List(element) => match (element.as_ref(), field.keys()) {
            (Shape::Object(id), [key]) if !is_ordered(field) && has_field(*id, key) => {
                format!("[{key}: {}]", reference(*id))
            }
            _ => format!("[{}]", self::shape(element, field)),
        },
        Shape::Map(_) if field.format() == Some(Format::Resources) => {
            "{ cpu?: Cpu, memory?: Bytes, storage?: Bytes, \"ephemeral-storage\"?: Bytes, String: Cpu | Bytes | String }"
                .into()
        }
        Shape::Map(value) => format!("{{String: {}}}", self::shape(value, field)),
        Shape::Either(shapes) => {
            let shapes: Vec<String> = shapes.iter().map(|one| self::shape(one, field)).collect();
            shapes.join(" | ")
        }
    }
}

/// Lists with a key whose order means something all the same.
fn is_ordered(field: &Field) -> bool {
    field.name == "initContainers"
}

fn has_field(id: TypeId, name: &str) -> bool {
    api().catalog.type_(id).fields.iter().any(|field| field.name == name)
}

/// A type as it is named: by its short name, if it has that.
pub fn reference(id: TypeId) -> String {
    let name = api().catalog.name(id);
    match api().short.get(last(name)) {
        Some(short) if *short == id => format!("k8s.{}", last(name)),
        _ => format!("k8s.{name}"),
    }
}

fn number(field: &Field) -> String {
    if field.format() == Some(Format::Port) {
        return "Port".into();
    }
    match field.range() {
        (Some(least), Some(most)) => format!("(Int where {least} <= it and it <= {most})"),
        (Some(least), None) => format!("(Int where it >= {least})"),
        (None, Some(most)) => format!("(Int where it <= {most})"),
        (None, None) => "Int".into(),
    }
}

fn text_type(field: &Field) -> String {
    if let Some(values) =
        field.facts.iter().find_map(|fact| if let Fact::Values(values) = fact { Some(values) } else { None })
    {
        let values: Vec<String> = values.iter().map(|value| format!("{:?}", value.text)).collect();
        return values.join(" | ");
    }
    match field.format() {
        Some(Format::Address) => "Ip | String".into(),
        Some(Format::Network) => "Cidr | String".into(),
        Some(Format::Duration) => "Duration | String".into(),
        _ => "String".into(),
    }
}

fn quantity(format: Option<Format>) -> &'static str {
    match format {
        Some(Format::Cpu) => "Cpu | String",
        Some(Format::Bytes) => "Bytes | String",
        _ => "Cpu | Bytes | String",
    }
}
