//! The Kubernetes objects that a platform emits, and what is wrong with them together.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::eval::{Instance, instance, schema_at};
use crate::forms::Forms;
use crate::keys::{self, At, Db, Home};
use crate::schema::schema;
use crate::scope;
use crate::served::{Lacks, minor_of, not_served};
use crate::standing::standing;
use crate::symbol::{NAMES, Symbol};
use crate::value::{Data, Value};

/// An object that stands in the platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Object {
    /// The cluster that it is for.
    pub cluster: Option<Home>,
    /// Its group and version: `apps/v1`; the core has no group.
    pub api_version: Symbol,
    /// Its kind.
    pub kind: Symbol,
    /// Its namespace; nothing where it lives in none.
    pub namespace: Symbol,
    /// Its name; nothing where the cluster makes one.
    pub name: Symbol,
    /// What it says.
    pub data: Arc<Data>,
    /// Where it is written.
    pub at: At,
    /// What emits it.
    pub emitter: Emitter,
}

/// A field of an instance, or an entry of it, that is an artifact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Emitter {
    /// The instance.
    pub home: Home,
    /// The field.
    pub slot: u32,
    /// The entry, if the field is a collection.
    pub entry: Option<Symbol>,
}

/// The instances that may emit something, in the order of their places.
pub fn emitters(db: &dyn Db) -> Vec<Home> {
    standing(db, keys::root(db)).emitters
}

/// The objects that instances emit.
pub fn objects<'db>(db: &'db dyn Db, emitters: &[Home]) -> Vec<&'db Object> {
    let instances = emitters.iter().filter_map(|home| instance(db, *home).as_deref());
    instances.flat_map(|instance: &Instance| &instance.objects).collect()
}

/// The objects that instances emit, and behind them those that charts will make: what the rules are asked about.
pub fn known<'db>(db: &'db dyn Db, emitters: &[Home]) -> Vec<&'db Object> {
    let mut known = objects(db, emitters);
    let instances = emitters.iter().filter_map(|home| instance(db, *home).as_deref());
    known.extend(instances.flat_map(|instance: &Instance| &instance.makes));
    known
}

/// The nearest cluster around a place, or at it.
pub fn cluster_around(db: &dyn Db, home: Home) -> Option<Home> {
    let cluster = scope::prelude_schemas(db).cluster?;
    let mut around = std::iter::successors(Some(home), |home| home.parent(db));
    around.find(|home| schema_at(db, *home).is_some_and(|decl| schema(db, decl).chain.contains(&cluster)))
}

/// The clusters of the platform, in the order of their places.
pub fn clusters(db: &dyn Db) -> Vec<Home> {
    let root = keys::root(db);
    let found = instance(db, root).as_deref().map(|root| root.children.clone()).unwrap_or_default();
    found.into_iter().filter(|home| cluster_around(db, *home) == Some(*home)).collect()
}

/// An object, or a list of objects: what is of a type that says so. Other data may have an `apiVersion` and a `kind` too.
pub fn note(value: &Value, at: At, of: (Option<Home>, Emitter), found: &mut Vec<Object>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| note(&item.value, item.at, of, found)),
        Value::Data(data) => found.extend(object(data, at, of)),
        _ => {}
    }
}

fn object(data: &Arc<Data>, at: At, (cluster, emitter): (Option<Home>, Emitter)) -> Option<Object> {
    data.shape.record.as_ref()?.object?;
    let told = |key| told(data, key).unwrap_or_default();
    Some(Object {
        cluster,
        api_version: text(data, NAMES.api_version)?,
        kind: text(data, NAMES.kind)?,
        namespace: told(NAMES.namespace),
        name: told(NAMES.name),
        data: data.clone(),
        at,
        emitter,
    })
}

/// What the metadata of an object tells of it.
fn told(data: &Data, key: Symbol) -> Option<Symbol> {
    match &data.get(NAMES.metadata)?.value {
        Value::Data(metadata) => text(metadata, key),
        _ => None,
    }
}

fn text(data: &Data, key: Symbol) -> Option<Symbol> {
    match &data.get(key)?.value {
        Value::Text(text) => Some(text.into()),
        _ => None,
    }
}

/// What is wrong with the objects of a platform together.
pub fn findings(db: &dyn Db, objects: &[&Object]) -> Vec<Diagnostic<At>> {
    let mut found = Vec::new();
    let mut known: FxHashMap<_, At> = FxHashMap::default();
    known.reserve(objects.len());
    let mut minors: FxHashMap<Option<Home>, Option<u8>> = FxHashMap::default();
    let mut served: FxHashMap<(Symbol, Symbol, u8), bool> = FxHashMap::default();
    let mut lacks = Lacks::new();
    for object in objects {
        let minor = *minors.entry(object.cluster).or_insert_with(|| object.cluster.and_then(|home| minor_of(db, home)));
        if let Some(minor) = minor {
            // The table of what is served is long, and most objects are of few kinds.
            let kind = (object.api_version, object.kind, minor);
            if !*served.entry(kind).or_insert_with(|| not_served(object, minor).is_none()) {
                found.extend(not_served(object, minor));
            }
            lacks.find(object, minor, &mut found);
        }
        if object.name.is_empty() {
            // The cluster makes a name for it: there may be many of them.
            continue;
        }
        let (group, _) = object.group_and_version();
        let identity = (object.cluster, group, object.kind, object.namespace, object.name);
        if let Some(first) = known.get(&identity) {
            found.push(
                Diagnostic::new(&rules::OBJECT_DUPLICATE, object.at, format!("{} is written twice", object.shown()))
                    .label("written again here")
                    .also(*first, "first written here")
                    .help("give one of them another name, or leave it out"),
            );
            continue;
        }
        known.insert(identity, object.at);
    }
    found
}

/// The values in objects that the Kubernetes of their cluster refuses.
pub fn refused(db: &dyn Db, objects: &[&Object]) -> Vec<Diagnostic<At>> {
    let mut found = Vec::new();
    let mut minors: FxHashMap<Home, Option<u8>> = FxHashMap::default();
    let mut forms = Forms::new(db);
    for object in objects {
        let minor = object.cluster.and_then(|home| *minors.entry(home).or_insert_with(|| minor_of(db, home)));
        if let Some(minor) = minor {
            forms.find(object, minor, &mut found);
        }
    }
    found
}

impl Object {
    /// Where the cluster makes its name, what that begins with.
    pub fn generate_name(&self) -> Option<Symbol> {
        if self.name.is_empty() { told(&self.data, NAMES.generate_name) } else { None }
    }

    /// Its group; the core has none.
    pub fn group(&self) -> &str {
        self.group_and_version().0
    }

    /// The version within its group.
    pub fn version(&self) -> &str {
        self.group_and_version().1
    }

    /// The group of its version, nothing for the core, and the version within it.
    pub(crate) fn group_and_version(&self) -> (&str, &str) {
        self.api_version.rsplit_once('/').unwrap_or(("", &self.api_version))
    }

    /// As people call it: "the Deployment `web` in `shop`".
    fn shown(&self) -> String {
        match (&*self.name, &*self.namespace) {
            ("", _) => format!("a {}", self.kind),
            (name, "") => format!("the {} `{name}`", self.kind),
            (name, namespace) => format!("the {} `{name}` in `{namespace}`", self.kind),
        }
    }
}
