//! What blocks of clusters say that are no objects: hosts, networks, what is installed, the keys of secrets.

use std::collections::BTreeMap;

use platform::diff::{Block, Value};
use platform::model::Text;

use super::tree;
use crate::eval::{FieldOut, Instance, instance, schema_at};
use crate::keys::{self, Db, Home};
use crate::model::Model;
use crate::output;
use crate::schema::{SlotKind, schema};
use crate::symbol::Symbol;
use crate::value::{This, Value as Evaluated};

/// Parts of a cluster that are told each as one.
const PARTS: [&str; 5] = ["network", "distribution", "cni", "balancer", "delivery"];

/// The blocks of all clusters.
pub fn blocks(db: &dyn Db, model: &mut Model) -> Vec<Block> {
    let mut found = Vec::new();
    for cluster in named(db, keys::root(db), "cluster") {
        let name: Text = keys::path_text(db, cluster).into();
        let mut add = |of: Home, called: String, body: Option<Value>| {
            let (Some(body), Some(at)) = (body, instance(db, of).as_deref().map(|made| made.at)) else {
                return;
            };
            found.push(Block { cluster: name, name: called.into(), body, at: model.note(at) });
        };
        add(cluster, "cluster".to_owned(), body(db, cluster));
        for part in PARTS {
            if let Some(home) = child(db, cluster, part) {
                add(home, part.to_owned(), body(db, home));
            }
        }
        for kind in ["host", "storage"] {
            for home in named(db, cluster, kind) {
                add(home, format!("{kind} {}", step(db, home)), body(db, home));
            }
        }
        for namespace in named(db, cluster, "namespace") {
            for home in named(db, namespace, "secret") {
                add(home, format!("secret {} in {}", step(db, home), step(db, namespace)), keys_of(db, home));
            }
        }
    }
    found
}

fn step(db: &dyn Db, home: Home) -> &'static str {
    home.step(db).name().map_or("", Symbol::as_str)
}

/// The fields of an instance, by name.
fn fields(db: &dyn Db, home: Home) -> impl Iterator<Item = (&'static str, SlotKind, &FieldOut)> {
    let made: Option<&Instance> = instance(db, home).as_deref();
    let known = made.map(|made| schema(db, made.schema).fields.iter().zip(&made.fields));
    known.into_iter().flatten().map(|(field, out)| (field.name.as_str(), field.kind, out))
}

fn field<'db>(db: &'db dyn Db, home: Home, name: &str) -> Option<&'db FieldOut> {
    fields(db, home).find(|(field, _, _)| *field == name).map(|(_, _, out)| out)
}

/// The instances of a collection.
fn named(db: &dyn Db, home: Home, collection: &str) -> Vec<Home> {
    match field(db, home, collection) {
        Some(FieldOut::Entries(entries)) => entries.iter().filter_map(|(_, out)| placed(out)).collect(),
        _ => Vec::new(),
    }
}

fn placed(out: &FieldOut) -> Option<Home> {
    match out {
        FieldOut::Child(home) | FieldOut::Value(Evaluated::Instance(This::Placed(home))) => Some(*home),
        _ => None,
    }
}

fn child(db: &dyn Db, home: Home, name: &str) -> Option<Home> {
    placed(field(db, home, name)?)
}

/// What an instance says by itself: its parts, and what it makes, are told elsewhere.
fn body(db: &dyn Db, home: Home) -> Option<Value> {
    (*schema_at(db, home))?;
    let mut entries = BTreeMap::new();
    for (name, kind, out) in fields(db, home) {
        let value = match out {
            _ if kind == SlotKind::Let => continue,
            FieldOut::Value(Evaluated::Instance(_) | Evaluated::Collection(..)) | FieldOut::Child(_) => continue,
            FieldOut::Entries(_) => continue,
            FieldOut::Value(value) => tree::of(|sink| output::write_value(db, value, sink, 0)),
        };
        if value != Value::Null {
            entries.insert(name.into(), value);
        }
    }
    Some(Value::Map(entries))
}

/// The keys of a secret, and what its object is called.
fn keys_of(db: &dyn Db, home: Home) -> Option<Value> {
    let keys = named(db, home, "key").into_iter().map(|key| (step(db, key).into(), Value::Bool(true))).collect();
    let object = match field(db, home, "object") {
        Some(FieldOut::Value(value)) => tree::of(|sink| output::write_value(db, value, sink, 0)),
        _ => Value::Null,
    };
    Some(Value::Map(BTreeMap::from([("keys".into(), Value::Map(keys)), ("object".into(), object)])))
}
