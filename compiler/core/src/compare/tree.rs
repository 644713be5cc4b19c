//! Values that are written become plain data that can be compared.

use std::collections::BTreeMap;

use data::Sink;
use platform::diff::Value;
use platform::model::Long;

/// What is written, as a value.
pub fn of(write: impl FnOnce(&mut Tree)) -> Value {
    let mut tree = Tree::default();
    write(&mut tree);
    tree.done
}

/// A sink that keeps what is written.
pub struct Tree {
    open: Vec<Open>,
    done: Value,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { open: Vec::new(), done: Value::Null }
    }
}

enum Open {
    Map(BTreeMap<Long, Value>, Long),
    List(Vec<Value>),
}

impl Tree {
    fn push(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::List(items)) => items.push(value),
            // What is null is not there.
            Some(Open::Map(..)) if value == Value::Null => {}
            Some(Open::Map(entries, key)) => {
                entries.insert(std::mem::take(key), value);
            }
            None => self.done = value,
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Map(entries, _)) => self.push(Value::Map(entries)),
            Some(Open::List(items)) => self.push(Value::List(items)),
            None => {}
        }
    }
}

impl Sink for Tree {
    fn document_start(&mut self) {}

    fn map_start(&mut self) {
        self.open.push(Open::Map(BTreeMap::new(), Long::default()));
    }

    fn key(&mut self, key: &str) {
        if let Some(Open::Map(_, next)) = self.open.last_mut() {
            *next = key.into();
        }
    }

    fn map_end(&mut self) {
        self.close();
    }

    fn list_start(&mut self) {
        self.open.push(Open::List(Vec::new()));
    }

    fn list_end(&mut self) {
        self.close();
    }

    fn null(&mut self) {
        self.push(Value::Null);
    }

    fn bool(&mut self, value: bool) {
        self.push(Value::Bool(value));
    }

    fn int(&mut self, value: i128) {
        self.push(Value::Int(value));
    }

    fn float(&mut self, value: f64) {
        self.push(Value::Float(value));
    }

    fn text(&mut self, value: &str) {
        self.push(Value::Text(value.into()));
    }

    fn line(&self) -> u32 {
        0
    }
}
