//! How the platform gets into its clusters: the parts of each delivery, and whose each object is.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::eval::{FieldOut, Instance, instance};
use crate::keys::{Db, Home};
use crate::objects::Object;
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::value::{This, Value};

/// How one cluster gets what is built for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The cluster.
    pub cluster: Home,
    /// Itself.
    pub home: Home,
    /// How its files are laid out, in a word.
    pub layout: Arc<str>,
    /// Where they lie, below the directory of the cluster.
    pub path: Arc<str>,
    /// Its parts.
    pub parts: Vec<Part>,
    owners: FxHashMap<Home, Vec<Owned>>,
}

/// A part of what stands in a component, a namespace or a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Owned {
    part: usize,
    /// The groups of the kinds that it takes; where there are none, it takes what no other takes.
    takes: Vec<Arc<str>>,
}

/// What is delivered at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is called among all.
    pub name: Symbol,
    /// The directory of its files.
    pub directory: Arc<str>,
    /// Its namespace, or nothing.
    pub namespace: Arc<str>,
    /// What it is called there.
    pub app: Arc<str>,
}

/// How a delivery goes on, which nobody asks who only lays out its files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// How many rounds of others come before a part.
    pub wave: i64,
    /// The groups of the kinds that it brings.
    pub brings: Vec<Arc<str>>,
}

/// Whose an object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// A part's, by its number.
    Part(usize),
    /// The cluster's, as it is a namespace.
    Namespace,
    /// The delivery's own, made for the part that it is called as where there is one.
    Delivery(Option<usize>),
}

/// The delivery of a cluster, if that says that it is one in parts.
pub fn delivery(db: &dyn Db, cluster: Home) -> Option<Delivery> {
    let FieldOut::Child(home) = field(db, instance(db, cluster).as_deref()?, "delivery")? else {
        return None;
    };
    let found = instance(db, *home).as_deref()?;
    let FieldOut::Entries(entries) = field(db, found, "part")? else { return None };
    let mut made = Delivery {
        cluster,
        home: *home,
        layout: text(db, found, "layout")?,
        path: text(db, found, "path")?,
        parts: Vec::new(),
        owners: FxHashMap::default(),
    };
    for (name, entry) in entries {
        let FieldOut::Child(home) = entry else { continue };
        let Some(part) = instance(db, *home).as_deref() else { continue };
        let owner = ["component", "space"].iter().find_map(|word| refers(db, part, word)).unwrap_or(cluster);
        let owned = Owned { part: made.parts.len(), takes: texts(db, part, "takes") };
        made.owners.entry(owner).or_default().push(owned);
        made.parts.push(Part {
            name: *name,
            directory: text(db, part, "directory")?,
            namespace: text(db, part, "namespace").unwrap_or_default(),
            app: text(db, part, "app")?,
        });
    }
    Some(made)
}

/// How a delivery goes on: one entry for each of its parts.
pub fn rounds(db: &dyn Db, delivery: &Delivery) -> Vec<Round> {
    let one = |entry: &FieldOut| {
        let FieldOut::Child(home) = entry else { return None };
        let part = instance(db, *home).as_deref()?;
        let wave = match field(db, part, "wave") {
            Some(FieldOut::Value(Value::Int(wave))) => *wave,
            _ => 0,
        };
        Some(Round { wave, brings: texts(db, part, "groups") })
    };
    match instance(db, delivery.home).as_deref().and_then(|found| field(db, found, "part")) {
        Some(FieldOut::Entries(entries)) => entries.iter().filter_map(|(_, entry)| one(entry)).collect(),
        _ => Vec::new(),
    }
}

impl Delivery {
    /// Whose an object is; nothing where it is nobody's.
    pub fn of(&self, db: &dyn Db, object: &Object) -> Option<Of> {
        let mut around = std::iter::successors(Some(object.emitter.home), |home| home.parent(db));
        if around.clone().any(|home| home == self.home) {
            let name = object.emitter.entry;
            return Some(Of::Delivery(self.parts.iter().position(|part| Some(part.name) == name)));
        }
        if &*object.kind == "Namespace" && object.group().is_empty() {
            return Some(Of::Namespace);
        }
        let owned = around.find_map(|home| self.owners.get(&home))?;
        let group = object.group();
        let takes = owned.iter().find(|one| one.takes.iter().any(|taken| **taken == *group));
        let rest = || owned.iter().find(|one| one.takes.is_empty());
        takes.or_else(rest).map(|one| Of::Part(one.part))
    }
}

fn field<'i>(db: &dyn Db, of: &'i Instance, name: &str) -> Option<&'i FieldOut> {
    of.fields.get(schema(db, of.schema).slot(Symbol::new(name))? as usize)
}

fn text(db: &dyn Db, of: &Instance, name: &str) -> Option<Arc<str>> {
    match field(db, of, name)? {
        FieldOut::Value(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn texts(db: &dyn Db, of: &Instance, name: &str) -> Vec<Arc<str>> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    match field(db, of, name) {
        Some(FieldOut::Value(Value::List(items))) => items.iter().filter_map(|item| text(&item.value)).collect(),
        _ => Vec::new(),
    }
}

fn refers(db: &dyn Db, of: &Instance, name: &str) -> Option<Home> {
    match field(db, of, name)? {
        FieldOut::Value(Value::Instance(This::Placed(home))) => Some(*home),
        _ => None,
    }
}
