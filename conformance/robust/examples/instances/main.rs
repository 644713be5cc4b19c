//! Writes platforms with random objects of every kind that platc knows, each beside what must come of it.
//!
//! ```text
//! cargo run -p platc-robust --example instances -- DIRECTORY
//! ```
//!
//! `DIRECTORY/MODULE.pl` holds objects of the kinds of a module, of `k8s` of a group; `DIRECTORY/MODULE.json` a list of the
//! same, each with the version of Kubernetes whose cluster has it. All of it is the same in every run, and until each field of each type was written once, objects have those that
//! were not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod instance;
#[path = "../../../../compiler/data/tests/common/texts.rs"]
mod texts;
#[path = "../../../../compiler/data/tests/common/traps.rs"]
mod traps;
mod types;

use std::collections::BTreeMap;
use std::path::Path;

use instance::Generator;
use serde_json::{Value, json};
use types::{Kind, Ty, Types};

/// How many objects of a kind there are at least, or in a row without a field that no other had; and at most.
const LEAST: u8 = 8;
const MOST: u8 = 60;

/// A platform: the module that it imports, and a cluster for each minor version of Kubernetes.
#[derive(Default)]
struct Platform {
    imports: String,
    clusters: BTreeMap<u8, Cluster>,
    objects: Vec<Value>,
}

/// The blocks in and outside of its namespace.
#[derive(Default)]
struct Cluster {
    namespaced: String,
    others: String,
}

fn main() {
    let directory = std::env::args().nth(1).expect("a directory is due");
    let types = Types::read();
    let mut generator = Generator::new(&types);
    let mut platforms: BTreeMap<String, Platform> = BTreeMap::new();
    for kind in &types.kinds {
        let group = kind.name.rsplitn(3, '.').last().unwrap();
        let name = kind.module.clone().unwrap_or_else(|| group.to_owned());
        write(kind, &mut generator, platforms.entry(name).or_default());
    }
    for (name, platform) in &platforms {
        let file = |end: &str| Path::new(&directory).join(format!("{name}.{end}"));
        std::fs::write(file("pl"), platform.source()).unwrap();
        std::fs::write(file("json"), Value::from(platform.objects.clone()).to_string()).unwrap();
    }
    let objects: usize = platforms.values().map(|platform| platform.objects.len()).sum();
    let mut reached = BTreeMap::new();
    types.kinds.iter().for_each(|kind| reach(&types.types[&kind.name], &types, &mut reached));
    let fields: usize = reached.values().sum();
    println!("{objects} objects of {} kinds with {} of {fields} fields", types.kinds.len(), generator.seen.len());
}

/// Objects of a kind, as long as each has a field that no other had.
fn write(kind: &Kind, generator: &mut Generator<'_>, platform: &mut Platform) {
    if let Some(module) = &kind.module {
        platform.imports = format!("import std/{module}\n");
    }
    let mut last = 0;
    for number in 0..MOST {
        let before = generator.seen.len();
        let minor = kind.minors.0 + number % (kind.minors.1 - kind.minors.0 + 1);
        let (source, data) = generator.object(&kind.name, minor);
        if generator.seen.len() > before {
            last = number;
        }
        if number >= LEAST + last {
            return;
        }
        let name = format!("o{}", platform.objects.len());
        let cluster = platform.clusters.entry(minor).or_default();
        let blocks = if kind.namespaced { &mut cluster.namespaced } else { &mut cluster.others };
        *blocks += &format!("{} {name} {source}\n", kind.name);
        platform.objects.push(json!({ "kubernetes": format!("1.{minor}"), "object": object(kind, &name, data) }));
    }
}

impl Platform {
    fn source(&self) -> String {
        let mut source = self.imports.clone();
        for (minor, Cluster { others, namespaced }) in &self.clusters {
            let head = format!("cluster lab-{minor} {{\nkubernetes: \"1.{minor}\"");
            source += &format!("{head}\n{others}namespace web {{\n{namespaced}}}\n}}\n");
        }
        source
    }
}

/// The data with what is filled in.
fn object(kind: &Kind, name: &str, data: Value) -> Value {
    let Value::Object(data) = data else { panic!("an object has fields") };
    let mut metadata = data.get("metadata").and_then(Value::as_object).cloned().unwrap_or_default();
    metadata.entry("name").or_insert(json!(name));
    if kind.namespaced {
        metadata.entry("namespace").or_insert(json!("web"));
    }
    let mut object = json!({ "apiVersion": kind.api_version, "kind": kind.kind, "metadata": metadata });
    object.as_object_mut().unwrap().extend(data.into_iter().filter(|entry| entry.0 != "metadata"));
    object
}

/// Notes the fields of a type and of all below.
fn reach(ty: &Ty, types: &Types, found: &mut BTreeMap<usize, usize>) {
    match ty {
        Ty::Record(record) => {
            if found.insert(record.number, record.fields.len()).is_none() {
                let inside = record.fields.iter().map(|field| &field.2).chain(record.rest.as_deref());
                inside.for_each(|ty| reach(ty, types, found));
            }
        }
        Ty::Named(name) => reach(&types.types[name], types, found),
        Ty::List(inner) | Ty::Keyed(_, inner) | Ty::Bounded(inner, ..) => reach(inner, types, found),
        Ty::Union(members) => members.iter().for_each(|member| reach(member, types, found)),
        Ty::Scalar(_) | Ty::Literal(_) => {}
    }
}
