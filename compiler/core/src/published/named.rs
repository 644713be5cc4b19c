//! Types that are named and are no records, written where they are named: then no type is nothing but itself.

use std::collections::BTreeMap;

use super::document::Published;
use super::shape::{Field, Record, Shape, union};

/// How many types are written out; what is beyond is `Any`.
const MAX_WRITTEN: u32 = 100_000;

/// Writes every type that is no record where it is named.
pub fn inline(types: &mut [Published]) {
    let known: BTreeMap<String, Shape> = types
        .iter()
        .filter(|published| !matches!(published.shape, Shape::Record(_)))
        .map(|published| (published.name.clone(), published.shape.clone()))
        .collect();
    let mut writer = Writer { known: &known, inside: Vec::new(), written: 0 };
    for published in types {
        writer.inside = vec![published.name.clone()];
        published.shape = writer.write(&published.shape);
    }
}

struct Writer<'a> {
    known: &'a BTreeMap<String, Shape>,
    inside: Vec<String>,
    written: u32,
}

impl Writer<'_> {
    fn write(&mut self, shape: &Shape) -> Shape {
        match shape {
            Shape::Word(name) => match self.known.get(name) {
                Some(_) if self.inside.contains(name) || self.written > MAX_WRITTEN => Shape::any(),
                Some(known) => {
                    self.written += 1;
                    self.inside.push(name.clone());
                    let found = self.write(known);
                    self.inside.pop();
                    found
                }
                None => shape.clone(),
            },
            Shape::List(element) => Shape::List(Box::new(self.write(element))),
            Shape::Keyed(key, element) => Shape::Keyed(key.clone(), Box::new(self.write(element))),
            Shape::Record(record) => Shape::Record(self.write_record(record)),
            Shape::Union(members) => union(members.iter().map(|member| self.write(member)).collect()),
            Shape::Literal(_) | Shape::Where(..) => shape.clone(),
        }
    }

    fn write_record(&mut self, record: &Record) -> Record {
        let fields = record.fields.iter().map(|field| Field { shape: self.write(&field.shape), ..field.clone() });
        let fields = fields.collect();
        Record { fields, rest: record.rest.as_ref().map(|rest| Box::new(self.write(rest))) }
    }
}
