//! Which types a published document holds: the kinds of custom resource definitions and of OpenAPI, and the named
//! schemas of OpenAPI and JSON Schema.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use data::{Datum, DatumKind};

use super::name;
use super::named::inline;
use super::problem::Problem;
use super::schema::{Openness, Reader, entries, pointed};
use super::shape::{Field, Presence, Record, Shape};
use super::words::text;

/// A type of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// The kind of objects that it is the type of.
    pub kind: Option<Kind>,
    /// What it is.
    pub shape: Shape,
}

/// A kind of objects of Kubernetes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kind {
    /// `metallb.io/v1beta1`
    pub api_version: String,
    /// `IPAddressPool`
    pub kind: String,
    /// Where its objects live.
    pub scope: Scope,
}

/// Where objects live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// In a namespace.
    Namespaced,
    /// In none.
    Cluster,
}

/// The types of a document, and what is wrong in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Module {
    /// In the order in which they are written.
    pub types: Vec<Published>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// The name of the type of a JSON Schema as a whole.
const ROOT: &str = "Values";

/// Whether a file could hold schemas, told without reading it.
pub fn is_likely(path: &str, text: &str) -> bool {
    is_schema_path(path) || ["apiVersion", "openapi", "json-schema.org"].iter().any(|word| text.contains(word))
}

/// The types that the documents of a file hold; nothing if they are other data.
pub fn module(path: &str, documents: &[Datum]) -> Option<Module> {
    let definitions: Vec<&Datum> = documents.iter().flat_map(definitions).collect();
    if !definitions.is_empty() {
        return Some(of_definitions(&definitions));
    }
    let [document] = documents else {
        return None;
    };
    if document.get("openapi").and_then(text).is_some_and(|version| version.starts_with("3.")) {
        return Some(of_schemas(document, &["#/components/schemas"]));
    }
    let says_so = document.get("$schema").and_then(text).is_some_and(|dialect| dialect.contains("json-schema.org"));
    match says_so || (is_schema_path(path) && matches!(document.kind, DatumKind::Map(_))) {
        true => Some(of_schemas(document, &["#", "#/$defs", "#/definitions"])),
        false => None,
    }
}

fn is_schema_path(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(".schema"))
}

/// The definitions of custom resources in a document, which may be a list of documents.
fn definitions(document: &Datum) -> Vec<&Datum> {
    let is_of_kind = |kind: &str| document.get("kind").and_then(text) == Some(kind);
    let group = document.get("apiVersion").and_then(text).unwrap_or_default();
    match document.get("items").map(|items| &items.kind) {
        Some(DatumKind::List(items)) if is_of_kind("List") => items.iter().flat_map(definitions).collect(),
        _ if is_of_kind("CustomResourceDefinition") && group.starts_with("apiextensions.k8s.io/") => vec![document],
        _ => Vec::new(),
    }
}

fn of_definitions(definitions: &[&Datum]) -> Module {
    let mut module = Module::default();
    let mut older = Vec::new();
    let mut taken = BTreeSet::new();
    for definition in definitions {
        let Some(resource) = resource(definition, &mut module.problems) else {
            continue;
        };
        for (place, version) in versions(definition).into_iter().enumerate() {
            let mut found = of_version(&resource, version, &mut module.problems);
            let wanted = match place {
                0 => found.name,
                _ => format!("{}-{}", found.name, name::part(version.get("name").and_then(text).unwrap_or_default())),
            };
            found.name = name::free(&wanted, &mut taken);
            if place == 0 { module.types.push(found) } else { older.push(found) }
        }
    }
    module.types.extend(older);
    module
}

/// What a definition says of all versions of its kind.
struct Resource<'a> {
    group: &'a str,
    kind: &'a str,
    scope: Scope,
    definition: &'a Datum,
}

fn resource<'a>(definition: &'a Datum, problems: &mut Vec<Problem>) -> Option<Resource<'a>> {
    let spec = definition.get("spec").unwrap_or(definition);
    let names = spec.get("names").unwrap_or(spec);
    let group = spec.get("group").and_then(text);
    let kind = names.get("kind").and_then(text).filter(|kind| name::is_word(kind));
    let scope = match spec.get("scope").and_then(text) {
        Some("Cluster") => Scope::Cluster,
        _ => Scope::Namespaced,
    };
    if kind.is_none() || group.is_none() {
        let missing = if group.is_none() { "spec.group" } else { "spec.names.kind" };
        let message = format!("this definition does not say the `{missing}` of what it defines");
        problems.push(Problem { range: spec.range, message });
    }
    Some(Resource { group: group?, kind: kind?, scope, definition })
}

/// The versions that are served, the stored one first, then the newest.
fn versions(definition: &Datum) -> Vec<&Datum> {
    let spec = definition.get("spec").unwrap_or(definition);
    let mut found: Vec<&Datum> = match spec.get("versions").map(|versions| &versions.kind) {
        Some(DatumKind::List(versions)) => versions.iter().collect(),
        _ => vec![spec],
    };
    let says = |version: &Datum, key: &str, wanted: bool| match version.get(key).map(|value| &value.kind) {
        Some(DatumKind::Bool(truth)) => *truth == wanted,
        _ => false,
    };
    found.retain(|version| !says(version, "served", false));
    found.sort_by_key(|version| {
        let rank = schemas::rank(version.get("name").and_then(text).unwrap_or_default());
        (Reverse(says(version, "storage", true)), Reverse(rank))
    });
    found
}

fn of_version(resource: &Resource<'_>, version: &Datum, problems: &mut Vec<Problem>) -> Published {
    let spec = resource.definition.get("spec").unwrap_or(resource.definition);
    let called = version.get("name").or_else(|| version.get("version")).and_then(text).unwrap_or("v1");
    // An older form of definitions has one schema for all versions.
    let holder = version.get("schema").or_else(|| version.get("validation")).or_else(|| spec.get("validation"));
    let api_version = format!("{}/{called}", resource.group);
    let kind = Kind { api_version, kind: resource.kind.to_string(), scope: resource.scope };
    let Some(schema) = holder.and_then(|holder| holder.get("openAPIV3Schema")) else {
        let message = format!("the version `{called}` of `{}` has no schema", resource.kind);
        problems.push(Problem { range: version.range, message });
        return Published { name: name::of_type(&kind.kind), shape: object(Shape::any()), kind: Some(kind) };
    };
    of_kind(kind, schema, problems)
}

/// The type of a kind of custom resources.
pub fn of_kind(kind: Kind, schema: &Datum, problems: &mut Vec<Problem>) -> Published {
    let none = BTreeMap::new();
    let mut reader = Reader::new(schema, Openness::Closed, &none);
    let shape = reader.shape(schema);
    problems.append(&mut reader.problems);
    Published { name: name::of_type(&kind.kind), shape: object(shape), kind: Some(kind) }
}

/// An object as one writes it: what every object has is nothing of its own, and its status is the cluster's to write.
fn object(shape: Shape) -> Shape {
    let mut record = match shape {
        Shape::Record(record) => record,
        _ => Record { fields: Vec::new(), rest: Some(Box::new(Shape::any())) },
    };
    record.fields.retain(|field| !matches!(field.name.as_str(), "apiVersion" | "kind" | "metadata"));
    if record.fields.is_empty() {
        // A record without fields of its own would be a map.
        let shape = Shape::word("k8s.ObjectMeta");
        record.fields.push(Field { name: "metadata".to_string(), presence: Presence::Optional, shape });
    }
    for field in record.fields.iter_mut().filter(|field| field.name == "status") {
        field.shape = Shape::any();
        field.presence = Presence::Optional;
    }
    Shape::Record(record)
}

/// A schema that others refer to by its place.
struct Place<'a> {
    path: String,
    name: String,
    kind: Option<Kind>,
    schema: &'a Datum,
}

/// The types of all schemas at these places of a document; `#` is the document itself.
fn of_schemas(document: &Datum, holders: &[&str]) -> Module {
    let places = places(document, holders);
    let names: BTreeMap<String, String> = places.iter().map(|place| (place.path.clone(), place.name.clone())).collect();
    let mut module = Module::default();
    for place in places {
        let openness = if place.kind.is_some() { Openness::Closed } else { Openness::Open };
        let mut reader = Reader::new(document, openness, &names);
        let shape = reader.shape(place.schema);
        let shape = if place.kind.is_some() { object(shape) } else { shape };
        module.problems.append(&mut reader.problems);
        module.types.push(Published { name: place.name, kind: place.kind, shape });
    }
    module.problems.sort_by_key(|problem| problem.range.start);
    inline(&mut module.types);
    module
}

fn places<'a>(document: &'a Datum, holders: &[&str]) -> Vec<Place<'a>> {
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for holder in holders {
        if *holder == "#" {
            let name = name::free(ROOT, &mut taken);
            found.push(Place { path: "#".to_string(), name, kind: None, schema: document });
            continue;
        }
        let inside = pointed(document, holder).map(|holder| match &holder.kind {
            DatumKind::Map(entries) => entries.iter().map(|(key, value)| (&*key.text, value)).collect(),
            _ => Vec::new(),
        });
        let mut inside: Vec<(&str, &Datum)> = inside.unwrap_or_default();
        // Of several versions of one name, the newest has it.
        inside.sort_by_key(|(key, _)| Reverse(schemas::rank(key.rsplit('.').nth(1).unwrap_or_default())));
        for (key, schema) in inside {
            let path = format!("{holder}/{}", key.replace('~', "~0").replace('/', "~1"));
            if super::words::of_kubernetes(&path).is_some() {
                continue;
            }
            let kind = kind_of(schema);
            let short = name::of_type(kind.as_ref().map_or(key.rsplit('.').next().unwrap_or(key), |kind| &kind.kind));
            let version = key.rsplit('.').nth(1).map(name::part).filter(|version| !version.is_empty());
            let name = match version {
                Some(version) if taken.contains(&short) => name::free(&format!("{short}-{version}"), &mut taken),
                _ => name::free(&short, &mut taken),
            };
            found.push(Place { path, name, kind, schema });
        }
    }
    found
}

/// The kind of objects that a schema of OpenAPI is about.
fn kind_of(schema: &Datum) -> Option<Kind> {
    let said = match &schema.get("x-kubernetes-group-version-kind")?.kind {
        DatumKind::List(several) => several.as_slice(),
        _ => &[],
    };
    let [said] = said else {
        return None;
    };
    let is_object = entries(schema, "properties").iter().any(|(name, _)| *name == "metadata");
    let part = |key: &str| said.get(key).and_then(text);
    let (group, version, kind) = (part("group").unwrap_or_default(), part("version")?, part("kind")?);
    let api_version = if group.is_empty() { version.to_string() } else { format!("{group}/{version}") };
    let is_list = entries(schema, "properties").iter().any(|(name, _)| *name == "items");
    (is_object && !is_list && name::is_word(kind)).then(|| Kind {
        api_version,
        kind: kind.to_string(),
        scope: Scope::Namespaced,
    })
}
