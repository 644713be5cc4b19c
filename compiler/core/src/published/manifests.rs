//! Kubernetes manifests as a schema of a module: `Manifests`, with a collection for each kind and an entry for each object.
//!
//! ```pl
//! import "./install.yaml" as documents-of-this-file: Any
//! schema Manifests is Bundle {
//!   emit each deployment: k8s.Deployment
//!   deployment "server": documents-of-this-file[3]
//! }
//! ```
//!
//! What an object says stays in the data file, where it is read by the type of its kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use data::{Datum, DatumKind, TextRange};

use super::document::Scope;
use super::problem::Problem;
use super::words::{quoted, text};
use crate::kubernetes;
use schemas::Standing;

/// What the schema is called.
pub const SCHEMA: &str = "Manifests";
/// What the module calls the data that it is made of.
const DOCUMENTS: &str = "documents-of-this-file";

/// A version of Kubernetes, of which nothing is asked but whether it has heard of a kind.
const NEWEST: u8 = 37;

/// An object in a data file.
pub struct Manifest<'a> {
    /// What it says.
    pub datum: &'a Datum,
    /// How the module reaches it: `[3].items[0]`.
    path: String,
    /// `apps/v1`
    pub api_version: &'a str,
    /// `Deployment`
    pub kind: &'a str,
}

/// The objects of a file, those in lists too, and what is none among them; nothing where no document is an object.
pub fn manifests<'a>(documents: &'a [Datum], problems: &mut Vec<Problem>) -> Vec<Manifest<'a>> {
    let mut found = Vec::new();
    let mut strangers = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let path = if documents.len() == 1 { String::new() } else { format!("[{number}]") };
        collect(document, path, &mut found, &mut strangers);
    }
    if !found.is_empty() {
        problems.append(&mut strangers);
    }
    found
}

/// The objects of a file, each with how a module reaches it: `[3].items[0]`.
pub fn objects_of<'a>(documents: &'a [Datum], problems: &mut Vec<Problem>) -> Vec<(String, &'a Datum)> {
    manifests(documents, problems).into_iter().map(|manifest| (manifest.path, manifest.datum)).collect()
}

fn collect<'a>(datum: &'a Datum, path: String, found: &mut Vec<Manifest<'a>>, strangers: &mut Vec<Problem>) {
    if datum.kind == DatumKind::Null {
        return;
    }
    let told = |key: &str| datum.get(key).and_then(text);
    let (Some(api_version), Some(kind)) = (told("apiVersion"), told("kind")) else {
        let missing = if told("kind").is_none() { "kind" } else { "apiVersion" };
        let message = format!("this is no Kubernetes object: it has no `{missing}`");
        strangers.push(Problem { range: first_line(datum), message });
        return;
    };
    match datum.get("items").map(|items| &items.kind) {
        Some(DatumKind::List(items)) if kind.ends_with("List") => {
            for (number, item) in items.iter().enumerate() {
                collect(item, format!("{path}.items[{number}]"), found, strangers);
            }
        }
        _ => found.push(Manifest { datum, path, api_version, kind }),
    }
}

/// The beginning of a value: all of it would be many lines.
fn first_line(datum: &Datum) -> TextRange {
    match &datum.kind {
        DatumKind::Map(entries) => entries.first().map_or(datum.range, |(key, _)| key.range),
        _ => datum.range,
    }
}

impl Manifest<'_> {
    /// A text of its metadata.
    fn told(&self, key: &str) -> Option<&str> {
        self.datum.get("metadata")?.get(key).and_then(text)
    }

    /// Where it says its name, or else begins.
    fn place(&self) -> TextRange {
        let name = self.datum.get("metadata").and_then(|metadata| metadata.get("name"));
        name.map_or(first_line(self.datum), |name| name.range)
    }

    fn group(&self) -> &str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }
}

/// A type of a kind that is known outside of the file: what the module imports for it, and how it calls it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// `std/certmanager` or the path of a data file from the root.
    pub import: Option<String>,
    /// `k8s.Deployment`, or in what is imported `Certificate`.
    pub name: String,
    /// Where its objects live.
    pub scope: Scope,
}

/// The schema of the objects of a file as text.
pub struct Source {
    /// The imports that it needs.
    pub imports: String,
    /// The schema.
    pub schema: String,
    /// Where in the schema each entry begins, and where its object says its name.
    pub places: Vec<(usize, TextRange)>,
    /// The first object of each kind that nobody knows.
    pub unknown: Vec<Problem>,
}

/// Writes the schema. `known` says which type a kind has, by its version and name.
pub fn source(path: &str, manifests: &[Manifest<'_>], known: impl Fn(&str, &str) -> Option<Known>) -> Source {
    let file = path.rsplit('/').next().unwrap_or(path);
    let imports = format!("import {} as {DOCUMENTS}: Any\n", quoted(&format!("./{file}")));
    let mut writer = Writer {
        path,
        out: Source { imports, schema: String::new(), places: Vec::new(), unknown: Vec::new() },
        modules: Vec::new(),
        collections: BTreeMap::new(),
        entries: String::new(),
        taken: BTreeSet::new(),
    };
    _ = writeln!(writer.out.schema, "schema {SCHEMA} is Bundle {{");
    for manifest in manifests {
        writer.write(manifest, &known);
    }
    let entries = std::mem::take(&mut writer.entries);
    let head = writer.out.schema.len();
    writer.out.places.iter_mut().for_each(|place| place.0 += head);
    writer.out.schema.push_str(&entries);
    writer.out.schema.push_str("}\n");
    writer.out
}

struct Writer<'a> {
    path: &'a str,
    out: Source,
    /// What is imported; its name is made of its number.
    modules: Vec<String>,
    /// What collects the objects of a version and kind.
    collections: BTreeMap<(String, String), String>,
    entries: String,
    /// Collections, and entries in them.
    taken: BTreeSet<String>,
}

impl Writer<'_> {
    fn write(&mut self, manifest: &Manifest<'_>, known: &impl Fn(&str, &str) -> Option<Known>) {
        let collection = self.collection(manifest, known);
        let named = manifest.told("name").or(manifest.told("generateName")).unwrap_or("unnamed");
        let name = self.free(&collection, named, manifest.told("namespace"));
        self.out.places.push((self.entries.len(), manifest.place()));
        _ = writeln!(self.entries, "  {collection} {}: {DOCUMENTS}{}", quoted(&name), manifest.path);
    }

    /// A name that no other entry has: of two objects of one name in two namespaces the second is `namespace/name`.
    fn free(&mut self, collection: &str, name: &str, namespace: Option<&str>) -> String {
        let full = namespace.map(|namespace| format!("{namespace}/{name}"));
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut wanted = std::iter::once(name.to_string()).chain(full).chain(numbered);
        let taken = &mut self.taken;
        wanted.find(|name| taken.insert(format!("{collection} {name}"))).unwrap_or_default()
    }

    /// The collection of a kind.
    fn collection(&mut self, manifest: &Manifest<'_>, known: &impl Fn(&str, &str) -> Option<Known>) -> String {
        let of_kind = (manifest.api_version.to_string(), manifest.kind.to_string());
        if let Some(collection) = self.collections.get(&of_kind) {
            return collection.clone();
        }
        let Some(ty) = known(manifest.api_version, manifest.kind) else {
            self.collections.insert(of_kind, "object".to_string());
            self.note_unknown(manifest);
            return "object".to_string();
        };
        let plain = manifest.kind.to_lowercase();
        let group = manifest.group().split('.').next().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut wanted = [plain.clone(), format!("{plain}-{group}")].into_iter().chain(numbered);
        let taken = &mut self.taken;
        let collection = wanted.find(|name| taken.insert(format!("each {name}"))).unwrap_or_default();
        let ty = self.reference(ty);
        _ = writeln!(self.out.schema, "  emit each {collection}: {ty}");
        self.collections.insert(of_kind, collection.clone());
        collection
    }

    /// How the module calls a type.
    fn reference(&mut self, known: Known) -> String {
        let Some(import) = known.import else {
            return known.name;
        };
        let number = self.modules.iter().position(|module| *module == import).unwrap_or_else(|| {
            let number = self.modules.len();
            let written = match import.starts_with("std/") {
                true => import.clone(),
                false => quoted(&format!("./{}{import}", "../".repeat(self.path.matches('/').count()))),
            };
            _ = writeln!(self.out.imports, "import {written} as of-{number}");
            self.modules.push(import);
            number
        });
        format!("of-{number}.{}", known.name)
    }

    fn note_unknown(&mut self, manifest: &Manifest<'_>) {
        // What Kubernetes once had is judged where it is placed.
        let version = manifest.api_version.rsplit('/').next().unwrap_or_default();
        if schemas::served(manifest.group(), version, manifest.kind, NEWEST) != Standing::Unknown {
            return;
        }
        let message = format!(
            "nothing says what a `{}` of `{}` may hold, so its fields are taken as they are",
            manifest.kind, manifest.api_version
        );
        let kind = manifest.datum.get("kind").map_or(manifest.datum.range, |kind| kind.range);
        self.out.unknown.push(Problem { range: kind, message });
    }
}

/// The type of a kind that Kubernetes or a module of the standard library has.
pub fn of_library(api_version: &str, kind: &str) -> Option<Known> {
    if let Some((name, scope)) = kubernetes::type_of(api_version, kind) {
        let scope = if scope == schemas::Scope::Cluster { Scope::Cluster } else { Scope::Namespaced };
        return Some(Known { import: None, name, scope });
    }
    let attribute = format!("@kubernetes({}, {}", quoted(api_version), quoted(kind));
    stdlib::modules().find_map(|(path, module)| {
        let behind = module.split_once(&attribute)?.1;
        let scope = if behind.starts_with(", \"cluster\"") { Scope::Cluster } else { Scope::Namespaced };
        let name = behind.split_once("\ntype ")?.1.split_once(" =")?.0;
        let module = path.trim_start_matches("std:").trim_end_matches(".pl");
        Some(Known { import: Some(format!("std/{module}")), name: name.to_string(), scope })
    })
}
