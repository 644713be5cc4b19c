//! Types as text of the language. A record that stands at several places gets a name of its own and is written once.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::document::{Kind, Published, Scope};
use super::name;
use super::shape::{Field, Presence, Record, Shape};
use super::words::quoted;

/// A record with more fields than this, those of records in it too, is worth a name where it is written twice.
const SMALL: usize = 2;

/// The text of a module of these types.
pub fn source(types: &[Published]) -> String {
    let mut pool = Pool::default();
    let shapes: Vec<Shape> = types.iter().map(|published| pool.take(&published.shape, Outermost::Yes)).collect();
    let mut writer = Writer::new(types, &pool);
    shapes.iter().for_each(|shape| writer.count(shape));
    for record in &pool.records {
        record.fields.iter().for_each(|field| writer.count(&field.shape));
        record.rest.iter().for_each(|rest| writer.count(rest));
    }
    for (published, shape) in types.iter().zip(&shapes) {
        writer.write_type(&published.name, published.kind.as_ref(), shape);
    }
    let mut next = 0;
    while let Some((index, name)) = writer.queue.get(next).cloned() {
        next += 1;
        if let Some(record) = pool.records.get(index) {
            writer.write_type(&name, None, &Shape::Record(record.clone()));
        }
    }
    writer.out
}

/// Whether a record is the whole of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outermost {
    Yes,
    No,
}

/// Every record once; in others stands its number.
#[derive(Default)]
struct Pool {
    records: Vec<Record>,
    numbers: FxHashMap<Record, usize>,
}

/// What no name of a type begins with: a record of the pool.
const POOLED: char = '#';

impl Pool {
    fn take(&mut self, shape: &Shape, outermost: Outermost) -> Shape {
        match shape {
            Shape::Record(record) => {
                let record = self.take_record(record);
                if outermost == Outermost::Yes || record.fields.is_empty() {
                    return Shape::Record(record);
                }
                let next = self.records.len();
                let number = *self.numbers.entry(record.clone()).or_insert(next);
                if number == next {
                    self.records.push(record);
                }
                Shape::Word(format!("{POOLED}{number}"))
            }
            Shape::List(element) => Shape::List(Box::new(self.take(element, Outermost::No))),
            Shape::Keyed(key, element) => Shape::Keyed(key.clone(), Box::new(self.take(element, Outermost::No))),
            Shape::Union(members) => {
                Shape::Union(members.iter().map(|member| self.take(member, Outermost::No)).collect())
            }
            Shape::Word(_) | Shape::Literal(_) | Shape::Where(..) => shape.clone(),
        }
    }

    fn take_record(&mut self, record: &Record) -> Record {
        let fields = record.fields.iter();
        let fields = fields.map(|field| Field { shape: self.take(&field.shape, Outermost::No), ..field.clone() });
        let fields = fields.collect();
        Record { fields, rest: record.rest.as_ref().map(|rest| Box::new(self.take(rest, Outermost::No))) }
    }
}

impl Pool {
    /// How many fields a record has, with those of the records in it; of more than a few it does not matter how many.
    fn weight(&self, record: &Record) -> usize {
        let inner = record.fields.iter().map(|field| &field.shape).chain(record.rest.as_deref());
        let inner = inner.map(|shape| self.weight_of(shape));
        inner.fold(record.fields.len(), |sum, weight| if sum > SMALL { sum } else { sum + weight })
    }

    fn weight_of(&self, shape: &Shape) -> usize {
        match shape {
            Shape::Word(word) => {
                let record = pooled(word).and_then(|number| self.records.get(number));
                record.map_or(0, |record| record.fields.len())
            }
            Shape::List(element) | Shape::Keyed(_, element) => self.weight_of(element),
            Shape::Record(record) => record.rest.as_ref().map_or(0, |rest| self.weight_of(rest)),
            Shape::Union(members) => members.iter().map(|member| self.weight_of(member)).sum(),
            Shape::Literal(_) | Shape::Where(..) => 0,
        }
    }
}

struct Writer<'a> {
    pool: &'a Pool,
    /// How many places of the pool and of types hold a record.
    uses: Vec<u32>,
    names: FxHashMap<usize, String>,
    taken: BTreeSet<String>,
    /// Records that have a name, in the order in which they are met.
    queue: Vec<(usize, String)>,
    /// The names of what is being written, the outer ones first.
    around: Vec<String>,
    out: String,
}

impl<'a> Writer<'a> {
    fn new(types: &[Published], pool: &'a Pool) -> Writer<'a> {
        Writer {
            pool,
            uses: vec![0; pool.records.len()],
            names: FxHashMap::default(),
            taken: types.iter().map(|published| published.name.clone()).collect(),
            queue: Vec::new(),
            around: Vec::new(),
            out: String::new(),
        }
    }

    fn count(&mut self, shape: &Shape) {
        match shape {
            Shape::Word(word) => {
                if let Some(uses) = pooled(word).and_then(|number| self.uses.get_mut(number)) {
                    *uses += 1;
                }
            }
            Shape::List(element) | Shape::Keyed(_, element) => self.count(element),
            Shape::Union(members) => members.iter().for_each(|member| self.count(member)),
            Shape::Record(record) => {
                record.fields.iter().for_each(|field| self.count(&field.shape));
                record.rest.iter().for_each(|rest| self.count(rest));
            }
            Shape::Literal(_) | Shape::Where(..) => {}
        }
    }

    fn write_type(&mut self, name: &str, kind: Option<&Kind>, shape: &Shape) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        if let Some(kind) = kind {
            let scope = if kind.scope == Scope::Cluster { ", \"cluster\"" } else { "" };
            let (version, kind) = (quoted(&kind.api_version), quoted(&kind.kind));
            self.out.push_str(&format!("@kubernetes({version}, {kind}{scope})\n"));
        }
        self.around = vec![name.to_string()];
        self.out.push_str(&format!("type {name} = "));
        self.write(shape, 0);
        self.out.push('\n');
    }

    fn write(&mut self, shape: &Shape, depth: usize) {
        match shape {
            Shape::Word(word) => self.write_word(word, depth),
            Shape::Literal(text) => self.out.push_str(text),
            Shape::Where(base, condition) => self.out.push_str(&format!("{base} where {condition}")),
            Shape::List(element) => {
                self.out.push('[');
                self.write(element, depth);
                self.out.push(']');
            }
            Shape::Keyed(key, element) => {
                self.out.push_str(&format!("[{}: ", plain_or_quoted(key)));
                self.write(element, depth);
                self.out.push(']');
            }
            Shape::Record(record) => self.write_record(record, depth),
            Shape::Union(members) => self.write_union(members, depth),
        }
    }

    fn write_word(&mut self, word: &str, depth: usize) {
        let pool = self.pool;
        let Some((number, record)) = pooled(word).and_then(|number| Some((number, pool.records.get(number)?))) else {
            self.out.push_str(word);
            return;
        };
        let shared = self.uses.get(number).is_some_and(|uses| *uses > 1) && pool.weight(record) > SMALL;
        if !shared {
            self.write_record(record, depth);
            return;
        }
        if !self.names.contains_key(&number) {
            let name = self.new_name();
            self.names.insert(number, name.clone());
            self.queue.push((number, name));
        }
        if let Some(name) = self.names.get(&number) {
            self.out.push_str(name);
        }
    }

    /// A name for the record at hand: that of its field, if need be with those of the fields around it.
    fn new_name(&mut self) -> String {
        let mut wanted = String::new();
        for outer in self.around.iter().rev() {
            wanted = format!("{outer}{wanted}");
            if !self.taken.contains(&wanted) {
                break;
            }
        }
        name::free(&wanted, &mut self.taken)
    }

    fn write_record(&mut self, record: &Record, depth: usize) {
        let rest = record.rest.as_deref();
        if record.fields.is_empty() {
            self.out.push('{');
            if let Some(rest) = rest {
                self.out.push_str("String: ");
                self.write(rest, depth);
            }
            self.out.push('}');
            return;
        }
        self.out.push_str("{\n");
        for field in &record.fields {
            self.write_field(field, depth + 1);
        }
        if let Some(rest) = rest {
            self.indent(depth + 1);
            self.out.push_str("String: ");
            self.write(rest, depth + 1);
            self.out.push('\n');
        }
        self.indent(depth);
        self.out.push('}');
    }

    fn write_field(&mut self, field: &Field, depth: usize) {
        self.indent(depth);
        self.out.push_str(&plain_or_quoted(&field.name));
        let optional = field.presence == Presence::Optional;
        self.out.push_str(if optional { "?: " } else { ": " });
        let several = matches!(field.shape, Shape::List(_) | Shape::Keyed(..))
            || matches!(&field.shape, Shape::Record(record) if record.fields.is_empty());
        let name = name::of_type(&field.name);
        self.around.push(if several { name::singular(&name) } else { name });
        match &field.shape {
            // What may be left out may be null.
            Shape::Union(members) if optional => {
                let members: Vec<Shape> = members.iter().filter(|member| **member != Shape::null()).cloned().collect();
                self.write_members(&members, depth);
            }
            shape => self.write(shape, depth),
        }
        self.around.pop();
        self.out.push('\n');
    }

    fn write_union(&mut self, members: &[Shape], depth: usize) {
        match members {
            [] => self.out.push_str("Any"),
            [one, null] if *null == Shape::null() => {
                self.write_member(one, depth);
                self.out.push('?');
            }
            members => self.write_members(members, depth),
        }
    }

    fn write_members(&mut self, members: &[Shape], depth: usize) {
        match members {
            [one] => self.write(one, depth),
            members => {
                for (place, member) in members.iter().enumerate() {
                    self.out.push_str(if place > 0 { " | " } else { "" });
                    self.write_member(member, depth);
                }
            }
        }
    }

    fn write_member(&mut self, member: &Shape, depth: usize) {
        let grouped = matches!(member, Shape::Where(..) | Shape::Union(_));
        self.out.push_str(if grouped { "(" } else { "" });
        self.write(member, depth);
        self.out.push_str(if grouped { ")" } else { "" });
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.out.push_str("  "));
    }
}

/// The number of a record of the pool.
fn pooled(word: &str) -> Option<usize> {
    word.strip_prefix(POOLED)?.parse().ok()
}

/// A key; one that begins with a capital would be a type of keys.
fn plain_or_quoted(key: &str) -> String {
    let plain = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric());
    if plain { key.to_string() } else { quoted(key) }
}
