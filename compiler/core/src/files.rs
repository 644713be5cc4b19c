//! The files that a platform emits beside its objects: instances of the prelude's `Artifact`.

use std::sync::Arc;

use data::Sink;

use crate::eval::{FieldOut, Instance, instance};
use crate::keys::{At, Db, Home};
use crate::objects::cluster_around;
use crate::output::write_field;
use crate::schema::schema;
use crate::scope;
use crate::symbol::Symbol;
use crate::value::Value;

/// A file that stands in the platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// The cluster that it is for.
    pub cluster: Option<Home>,
    /// Its path below the directory of the cluster.
    pub path: String,
    /// What it says.
    pub content: Content,
    /// Whether it is to be run.
    pub executable: bool,
    /// The instance that it is.
    pub home: Home,
    /// Where that is written.
    pub at: At,
}

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// This.
    Text(String),
    /// A script by its name, with the lists of texts that it works with.
    Program(Arc<str>, Vec<(&'static str, Vec<Arc<str>>)>),
}

/// The files that instances emit, in the order of their places.
pub fn files(db: &dyn Db, emitters: &[Home]) -> Vec<File> {
    let Some(artifact) = scope::prelude_schemas(db).artifact else { return Vec::new() };
    let instances = emitters.iter().filter_map(|home| instance(db, *home).as_deref());
    let emitted = instances.flat_map(|instance| emitted(db, instance));
    let known = emitted.filter_map(|home| Some((home, instance(db, home).as_deref()?)));
    let files = known.filter(|(_, instance)| schema(db, instance.schema).chain.contains(&artifact));
    files.filter_map(|(home, instance)| file(db, home, instance)).collect()
}

/// The instances that stand in what an instance emits.
fn emitted(db: &dyn Db, instance: &Instance) -> Vec<Home> {
    let fields = schema(db, instance.schema).fields.iter().zip(&instance.fields);
    let mut found = Vec::new();
    for (_, out) in fields.filter(|(known, _)| known.emit) {
        match out {
            FieldOut::Child(home) => found.push(*home),
            FieldOut::Entries(entries) => found.extend(entries.iter().filter_map(|(_, entry)| match entry {
                FieldOut::Child(home) => Some(*home),
                _ => None,
            })),
            FieldOut::Value(_) => {}
        }
    }
    found
}

fn file(db: &dyn Db, home: Home, instance: &Instance) -> Option<File> {
    let known = schema(db, instance.schema);
    let field = |name: &str| instance.fields.get(known.slot(Symbol::new(name))? as usize);
    let value = |name| match field(name)? {
        FieldOut::Value(Value::Null) => None,
        out => Some(out),
    };
    let FieldOut::Value(Value::Text(path)) = field("path")? else { return None };
    let text = |text| Some(Content::Text(text));
    let content = match (value("text"), value("program"), field("document")) {
        (Some(FieldOut::Value(Value::Text(said))), ..) => text(said.to_string()),
        (_, Some(FieldOut::Value(Value::Text(program))), _) => {
            Some(Content::Program(program.clone(), lists(value("data"))))
        }
        (_, _, Some(FieldOut::Entries(documents))) if !documents.is_empty() => {
            text(yaml_of(db, documents.iter().map(|(_, document)| document)))
        }
        _ => match value("yaml") {
            Some(document) => text(yaml_of(db, std::iter::once(document))),
            None => text(json_of(db, value("json")?)),
        },
    }?;
    Some(File {
        cluster: cluster_around(db, home),
        path: path.to_string(),
        content,
        executable: matches!(field("executable"), Some(FieldOut::Value(Value::Bool(true)))),
        home,
        at: instance.at,
    })
}

/// The lists of texts in the data of a script.
fn lists(data: Option<&FieldOut>) -> Vec<(&'static str, Vec<Arc<str>>)> {
    let Some(FieldOut::Value(Value::Data(data))) = data else { return Vec::new() };
    let texts = |value: &Value| match value {
        Value::List(items) => {
            let texts = items.iter().filter_map(|item| match &item.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            });
            texts.collect()
        }
        _ => Vec::new(),
    };
    data.entries.iter().map(|(name, item)| (name.as_str(), texts(&item.value))).collect()
}

fn yaml_of<'o>(db: &dyn Db, documents: impl Iterator<Item = &'o FieldOut>) -> String {
    let mut writer = data::yaml::Writer::new();
    for (number, document) in documents.enumerate() {
        if number > 0 {
            writer.document_start();
        }
        write_field(db, document, &mut writer, 0);
    }
    writer.into_string()
}

fn json_of(db: &dyn Db, document: &FieldOut) -> String {
    let mut writer = data::json::Writer::pretty();
    write_field(db, document, &mut writer, 0);
    writer.into_string()
}
