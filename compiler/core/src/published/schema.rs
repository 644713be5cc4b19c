//! From a JSON Schema, in the dialects of the web, of OpenAPI and of Kubernetes, to a [`Shape`].
//!
//! What a type can not say, such as patterns, lengths and which fields exclude each other, is left out. What is not
//! known here, because a dialect has it and another does not, is never wrong: it says nothing.

use std::collections::BTreeMap;

use data::{Datum, DatumKind, TextRange};

use super::problem::Problem;
use super::shape::{Field, Presence, Record, Shape, both, union};
use super::words;

/// What fields that a schema does not name are where it does not say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Openness {
    /// There are none: Kubernetes drops them.
    Closed,
    /// They may be anything, as JSON Schema has it.
    Open,
}

/// How deep schemas are followed, and how many are looked at: what is beyond is `Any`.
const MAX_DEPTH: u32 = 50;
const MAX_SCHEMAS: u32 = 300_000;

/// One document of schemas, while it is read.
pub struct Reader<'a> {
    /// What `#` means.
    root: &'a Datum,
    openness: Openness,
    /// Types by what refers to them: `#/definitions/Port`.
    named: &'a BTreeMap<String, String>,
    /// The references that are being followed.
    following: Vec<String>,
    looked_at: u32,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A reader of a document whose named schemas are known.
    pub fn new(root: &'a Datum, openness: Openness, named: &'a BTreeMap<String, String>) -> Reader<'a> {
        Reader { root, openness, named, following: Vec::new(), looked_at: 0, problems: Vec::new() }
    }

    /// What a schema says.
    pub fn shape(&mut self, schema: &Datum) -> Shape {
        self.below(schema, 0)
    }

    fn below(&mut self, schema: &Datum, depth: u32) -> Shape {
        self.looked_at += 1;
        if depth > MAX_DEPTH || self.looked_at > MAX_SCHEMAS {
            return Shape::any();
        }
        match &schema.kind {
            DatumKind::Map(_) => self.of_map(schema, depth),
            DatumKind::Bool(true) => Shape::any(),
            DatumKind::Bool(false) => Shape::null(),
            other => {
                self.report(schema.range, format!("a schema is a map, and this is {}", other.noun()));
                Shape::any()
            }
        }
    }

    fn of_map(&mut self, schema: &Datum, depth: u32) -> Shape {
        if let Some(target) = schema.get("$ref") {
            return self.reference(target);
        }
        let mut found = self.own(schema, depth);
        for key in ["anyOf", "oneOf"] {
            found = self.alternatives(found, items(schema, key), depth);
        }
        for part in items(schema, "allOf").iter().filter(|part| is_informative(part, 0)) {
            let part = self.resolved(part, depth + 1);
            found = Some(found.map_or(part.clone(), |found| both(found, part)));
        }
        let found = found.unwrap_or_else(Shape::any);
        match truth(schema, "nullable") {
            true => union(vec![found, Shape::null()]),
            false => found,
        }
    }

    /// What the schema says itself, without those that it is put together from.
    fn own(&mut self, schema: &Datum, depth: u32) -> Option<Shape> {
        if truth(schema, "x-kubernetes-int-or-string") {
            return Some(words::int_or_text(schema));
        }
        if let Some(value) = schema.get("const") {
            return Some(words::literal(value));
        }
        if let Some(DatumKind::List(values)) = schema.get("enum").map(|values| &values.kind)
            && !values.is_empty()
        {
            return Some(union(values.iter().map(words::literal).collect()));
        }
        let types = self.types(schema);
        let shapes: Vec<Shape> = types.iter().map(|name| self.of_type(name, schema, depth)).collect();
        match shapes.is_empty() {
            true => None,
            false => Some(union(shapes)),
        }
    }

    /// The names of the types that it may have: those that it says, or the one that its other words are about.
    fn types(&mut self, schema: &Datum) -> Vec<String> {
        match schema.get("type") {
            Some(Datum { kind: DatumKind::Text(name), .. }) => vec![name.to_string()],
            Some(Datum { kind: DatumKind::List(names), .. }) => {
                names.iter().filter_map(words::text).map(str::to_string).collect()
            }
            Some(other) => {
                self.report(other.range, format!("`type` is the name of a type, and this is {}", other.kind.noun()));
                Vec::new()
            }
            None if ["properties", "additionalProperties"].iter().any(|key| schema.get(key).is_some()) => {
                vec!["object".to_string()]
            }
            None if schema.get("items").is_some() => vec!["array".to_string()],
            None => Vec::new(),
        }
    }

    fn of_type(&mut self, name: &str, schema: &Datum, depth: u32) -> Shape {
        match name {
            "object" => self.object(schema, depth),
            "array" => self.list(schema, depth),
            "string" => words::text_type(schema),
            "integer" => words::number("Int", schema),
            "number" => words::number("Float", schema),
            "boolean" => Shape::word("Bool"),
            "null" => Shape::null(),
            _ => Shape::any(),
        }
    }

    fn object(&mut self, schema: &Datum, depth: u32) -> Shape {
        let required: Vec<&str> = items(schema, "required").iter().filter_map(words::text).collect();
        let mut record = Record { fields: Vec::new(), rest: self.rest(schema, depth) };
        for (name, property) in entries(schema, "properties") {
            let presence = match required.contains(&name) {
                true => Presence::Required,
                false => Presence::Optional,
            };
            let shape = self.below(property, depth + 1);
            record.fields.push(Field { name: name.to_string(), presence, shape });
        }
        if truth(schema, "x-kubernetes-embedded-resource") {
            words::embed(&mut record);
        }
        if let Some(known) = words::known(&record) {
            return known;
        }
        match record.rest.as_deref() {
            Some(value) if record.fields.is_empty() && *value == Shape::quantity() => words::resources(),
            _ => Shape::Record(record),
        }
    }

    /// What keys that are not named hold.
    fn rest(&mut self, schema: &Datum, depth: u32) -> Option<Box<Shape>> {
        let is_named = !entries(schema, "properties").is_empty();
        let preserves = truth(schema, "x-kubernetes-preserve-unknown-fields");
        match schema.get("additionalProperties") {
            // What is preserved because nothing names it must still be what the schema says of it.
            Some(value) if matches!(value.kind, DatumKind::Map(_)) => Some(Box::new(self.below(value, depth + 1))),
            _ if preserves => Some(Box::new(Shape::any())),
            Some(Datum { kind: DatumKind::Bool(false), .. }) => None,
            Some(value) => Some(Box::new(self.below(value, depth + 1))),
            None if !entries(schema, "patternProperties").is_empty() => {
                let values = entries(schema, "patternProperties");
                let values = values.into_iter().map(|(_, value)| self.below(value, depth + 1)).collect();
                Some(Box::new(union(values)))
            }
            None if self.openness == Openness::Open || !is_named => Some(Box::new(Shape::any())),
            None => None,
        }
    }

    fn list(&mut self, schema: &Datum, depth: u32) -> Shape {
        let element = match schema.get("items") {
            Some(Datum { kind: DatumKind::List(several), .. }) => {
                union(several.iter().map(|one| self.below(one, depth + 1)).collect())
            }
            Some(one) => self.below(one, depth + 1),
            None => Shape::any(),
        };
        let element = match element {
            Shape::Union(none) if none.is_empty() => Shape::any(),
            element => element,
        };
        match (items(schema, "x-kubernetes-list-map-keys"), &element) {
            ([key], Shape::Record(record)) => match words::text(key).filter(|key| names_elements(record, key)) {
                Some(key) => Shape::Keyed(key.to_string(), Box::new(element)),
                None => Shape::List(Box::new(element)),
            },
            _ => Shape::List(Box::new(element)),
        }
    }

    /// One of several: where the schema has a type of its own, they say no more than which fields go together.
    fn alternatives(&mut self, own: Option<Shape>, branches: &[Datum], depth: u32) -> Option<Shape> {
        if !branches.iter().any(|branch| is_informative(branch, 0)) {
            return own;
        }
        let typed = own.filter(|own| !matches!(own, Shape::Record(record) if is_bare(record)));
        match typed {
            None => Some(union(branches.iter().map(|branch| self.below(branch, depth + 1)).collect())),
            Some(Shape::Record(record)) if record.rest.is_some() => Some(self.with_fields_of(record, branches, depth)),
            Some(own) => Some(own),
        }
    }

    /// A record, and the fields that only some of its alternatives have.
    fn with_fields_of(&mut self, mut record: Record, branches: &[Datum], depth: u32) -> Shape {
        for branch in branches {
            if let Shape::Record(more) = self.resolved(branch, depth + 1) {
                let new = more.fields.into_iter().filter(|new| !record.fields.iter().any(|old| old.name == new.name));
                let new: Vec<Field> = new.map(|field| Field { presence: Presence::Optional, ..field }).collect();
                record.fields.extend(new);
            }
        }
        Shape::Record(record)
    }

    fn reference(&mut self, target: &Datum) -> Shape {
        let Some(path) = words::text(target) else {
            self.report(target.range, format!("`$ref` is the place of a schema, and this is {}", target.kind.noun()));
            return Shape::any();
        };
        if let Some(known) = words::of_kubernetes(path) {
            return known;
        }
        match self.named.get(path) {
            Some(name) => Shape::Word(name.clone()),
            None if !path.starts_with('#') => Shape::any(),
            None => {
                self.report(target.range, format!("there is no schema at `{path}`"));
                Shape::any()
            }
        }
    }

    /// What a schema says, behind the references to others.
    fn resolved(&mut self, schema: &Datum, depth: u32) -> Shape {
        let target = schema.get("$ref").and_then(words::text);
        let Some((path, found)) = target.and_then(|path| Some((path, pointed(self.root, path)?))) else {
            return self.below(schema, depth);
        };
        if words::of_kubernetes(path).is_some() || self.following.iter().any(|known| known == path) {
            return self.below(schema, depth);
        }
        self.following.push(path.to_string());
        let shape = self.resolved(found, depth + 1);
        self.following.pop();
        shape
    }

    fn report(&mut self, range: TextRange, message: String) {
        self.problems.push(Problem { range, message });
    }
}

/// Whether a record says nothing of what it holds.
fn is_bare(record: &Record) -> bool {
    record.fields.is_empty() && record.rest.as_ref().is_some_and(|rest| rest.is_any())
}

/// Whether a field tells the elements of a list apart by text.
fn names_elements(record: &Record, key: &str) -> bool {
    record.fields.iter().any(|field| field.name == key && field.shape == Shape::word("String"))
}

/// Whether a schema says what something is, and not only what must hold of it.
fn is_informative(schema: &Datum, depth: u32) -> bool {
    const SAYS: [&str; 8] =
        ["type", "$ref", "properties", "enum", "const", "items", "additionalProperties", "x-kubernetes-int-or-string"];
    if SAYS.iter().any(|key| schema.get(key).is_some()) || matches!(schema.kind, DatumKind::Bool(true)) {
        return true;
    }
    let mut parts = ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|key| items(schema, key));
    depth < MAX_DEPTH && parts.any(|part| is_informative(part, depth + 1))
}

/// What stands at a place such as `#/definitions/Port`.
pub fn pointed<'a>(root: &'a Datum, path: &str) -> Option<&'a Datum> {
    let steps = path.strip_prefix('#')?.split('/').skip(1);
    steps.into_iter().try_fold(root, |at, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match &at.kind {
            DatumKind::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => at.get(&step),
        }
    })
}

/// The elements of a list under a key.
fn items<'a>(schema: &'a Datum, key: &str) -> &'a [Datum] {
    match schema.get(key).map(|value| &value.kind) {
        Some(DatumKind::List(items)) => items,
        _ => &[],
    }
}

/// The entries of a map under a key.
pub fn entries<'a>(schema: &'a Datum, key: &str) -> Vec<(&'a str, &'a Datum)> {
    match schema.get(key).map(|value| &value.kind) {
        Some(DatumKind::Map(entries)) => entries.iter().map(|(key, value)| (&*key.text, value)).collect(),
        _ => Vec::new(),
    }
}

fn truth(schema: &Datum, key: &str) -> bool {
    matches!(schema.get(key), Some(Datum { kind: DatumKind::Bool(true), .. }))
}
