//! Values to documents, written straight from the instances without a copy in between.

use std::sync::Arc;

use data::Sink;

use crate::eval::{FieldOut, Instance, instance};
use crate::ir::DataKind;
use crate::keys::{self, Db, Home};
use crate::objects::Object;
use crate::schema::{SlotKind, schema};
use crate::value::{This, Value};

/// How deep a document may nest.
const MAX_DEPTH: u32 = 500;

/// Writes the outputs of the platform: one entry for each, by name.
pub fn write_platform(db: &dyn Db, sink: &mut impl Sink) {
    let root = keys::root(db);
    sink.map_start();
    if let Some(platform) = instance(db, root) {
        for (slot, field) in schema(db, platform.schema).fields.iter().enumerate() {
            let Some(out) = platform.fields.get(slot) else {
                continue;
            };
            match out {
                FieldOut::Entries(entries) if field.name.as_str() == "output" => {
                    for (name, entry) in entries {
                        sink.key(name.as_str());
                        write_field(db, entry, sink, 0);
                    }
                }
                FieldOut::Entries(entries) if entries.is_empty() => {}
                FieldOut::Value(Value::Null) => {}
                out => {
                    sink.key(field.name.as_str());
                    write_field(db, out, sink, 0);
                }
            }
        }
    }
    sink.map_end();
}

/// Writes what the platform puts out by name, without what else is in it, or says that there is nothing.
pub fn write_outputs(db: &dyn Db, sink: &mut impl Sink) -> Outputs {
    let Some(platform) = instance(db, keys::root(db)) else { return Outputs::None };
    let fields = schema(db, platform.schema).fields.iter().zip(&platform.fields);
    let outputs = fields.filter(|(field, _)| field.name.as_str() == "output").find_map(|(_, out)| match out {
        FieldOut::Entries(entries) if !entries.is_empty() => Some(entries),
        _ => None,
    });
    let Some(entries) = outputs else { return Outputs::None };
    sink.map_start();
    for (name, entry) in entries {
        sink.key(name.as_str());
        write_field(db, entry, sink, 0);
    }
    sink.map_end();
    Outputs::Written
}

/// Whether there were outputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outputs {
    /// There were.
    Written,
    /// There were none.
    None,
}

/// Writes what a field holds.
pub fn write_field(db: &dyn Db, field: &FieldOut, sink: &mut impl Sink, depth: u32) {
    match field {
        FieldOut::Value(value) => write_value(db, value, sink, depth),
        FieldOut::Child(home) => write_home(db, *home, sink, depth),
        FieldOut::Entries(entries) => {
            sink.map_start();
            for (name, entry) in entries {
                sink.key(name.as_str());
                write_field(db, entry, sink, depth + 1);
            }
            sink.map_end();
        }
    }
}

fn write_home(db: &dyn Db, home: Home, sink: &mut impl Sink, depth: u32) {
    match instance(db, home) {
        Some(found) if depth < MAX_DEPTH => write_instance(db, found, sink, depth),
        _ => sink.null(),
    }
}

fn write_instance(db: &dyn Db, instance: &Arc<Instance>, sink: &mut impl Sink, depth: u32) {
    sink.map_start();
    for (slot, field) in schema(db, instance.schema).fields.iter().enumerate() {
        let Some(out) = instance.fields.get(slot) else {
            continue;
        };
        let silent = match out {
            FieldOut::Value(Value::Null) => true,
            FieldOut::Entries(entries) => entries.is_empty(),
            _ => field.kind == SlotKind::Let,
        };
        if !silent {
            sink.key(field.name.as_str());
            write_field(db, out, sink, depth + 1);
        }
    }
    sink.map_end();
}

/// Writes a value that evaluation has forced.
pub fn write_value(db: &dyn Db, value: &Value, sink: &mut impl Sink, depth: u32) {
    match value {
        _ if depth > MAX_DEPTH => sink.null(),
        Value::Error | Value::Null | Value::Function(_) | Value::Collection(..) => sink.null(),
        Value::Bool(truth) => sink.bool(*truth),
        Value::Int(number) => sink.int(i128::from(*number)),
        Value::Float(number) => sink.float(number.0),
        Value::Text(text) => sink.text(text),
        Value::List(items) => {
            sink.list_start();
            for item in items.iter() {
                write_value(db, &item.value, sink, depth + 1);
            }
            sink.list_end();
        }
        Value::Data(data) if matches!(data.shape.kind, DataKind::Keyed(_)) => {
            sink.list_start();
            for (_, item) in &data.entries {
                write_value(db, &item.value, sink, depth + 1);
            }
            sink.list_end();
        }
        Value::Data(data) => {
            sink.map_start();
            for (name, item) in &data.entries {
                if data.drops_null() && item.value == Value::Null {
                    continue;
                }
                sink.key(name.as_str());
                write_value(db, &item.value, sink, depth + 1);
            }
            sink.map_end();
        }
        // A reference is written as the path of what it refers to.
        Value::Instance(This::Placed(home)) => sink.text(&keys::path_text(db, *home)),
        Value::Instance(This::Free(_)) => sink.null(),
        other => {
            let mut text = String::new();
            crate::eval::write_text(other, &mut text);
            sink.text(&text);
        }
    }
}

/// Writes an object as a document.
pub fn write_object(db: &dyn Db, object: &Object, sink: &mut impl Sink) {
    write_value(db, &Value::Data(object.data.clone()), sink, 0);
}

/// A value as a document of its own.
pub fn text(db: &dyn Db, value: &Value, yaml: bool) -> String {
    if yaml {
        let mut writer = data::yaml::Writer::new();
        write_value(db, value, &mut writer, 0);
        return writer.into_string();
    }
    let mut writer = data::json::Writer::compact();
    write_value(db, value, &mut writer, 0);
    writer.into_string()
}
