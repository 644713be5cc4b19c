//! Random values of a type, as they are written in the language and as the data that must come out.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use schemas::{Catalog, Fact, Presence, Type};
use serde_json::{Map, Value, json};

use crate::texts::{Random, text};
use crate::types::{Record, Ty, Types};

/// How many fields an object has before only those are written that must be.
const FIELDS: usize = 300;
/// The same for depth.
const DEPTH: usize = 12;

/// A value: its source, and the data.
pub type Written = (String, Value);

/// Makes values.
pub struct Generator<'t> {
    types: &'t Types,
    random: Random,
    /// How many more fields the object may have.
    left: usize,
    /// The version of Kubernetes that must know all of it.
    minor: u8,
    catalog: Catalog,
    /// Types of the API, by name.
    known: BTreeMap<String, Type>,
    /// Which fields of which records were written in some object.
    pub seen: HashSet<(usize, String)>,
}

impl<'t> Generator<'t> {
    /// One that always makes the same.
    pub fn new(types: &'t Types) -> Generator<'t> {
        Generator {
            types,
            random: Random::new(3),
            left: 0,
            minor: 0,
            catalog: Catalog::load(),
            known: BTreeMap::new(),
            seen: HashSet::new(),
        }
    }

    /// An object of a type, in braces, as a version of Kubernetes knows it.
    pub fn object(&mut self, name: &str, minor: u8) -> Written {
        (self.left, self.minor) = (FIELDS, minor);
        self.value(&Ty::Named(name.to_owned()), 0)
    }

    fn value(&mut self, ty: &Ty, depth: usize) -> Written {
        match ty {
            Ty::Scalar(name) => self.scalar(name, depth),
            Ty::Named(name) => {
                let ty = self.types.types.get(name).unwrap_or_else(|| panic!("there is no type {name}"));
                let (source, mut data) = self.value(ty, depth);
                // An object in another one is of its kind too.
                if let (Some(kind), Some(object)) = (self.types.kind(name), data.as_object_mut()) {
                    object.insert("apiVersion".into(), json!(kind.api_version));
                    object.insert("kind".into(), json!(kind.kind));
                }
                (source, data)
            }
            Ty::Literal(literal) => (literal.clone(), serde_json::from_str(literal).unwrap()),
            Ty::List(element) => {
                let items = (0..self.length(depth)).map(|_| self.value(element, depth + 1)).collect();
                list(items)
            }
            Ty::Keyed(key, element) => self.keyed(key, element, depth),
            Ty::Record(record) => self.record(record, depth),
            Ty::Union(members) => {
                let at = self.random.below(members.len());
                self.value(&members[at], depth)
            }
            Ty::Bounded(inner, least, most) => self.bounded(inner, *least, *most),
        }
    }

    fn length(&mut self, depth: usize) -> usize {
        if self.left == 0 || depth > DEPTH { 0 } else { self.random.below(3) }
    }

    /// Elements that are known by a field have different ones.
    fn keyed(&mut self, key: &str, element: &Ty, depth: usize) -> Written {
        let mut keys = BTreeSet::new();
        let mut items: Vec<Written> = Vec::new();
        for _ in 0..self.length(depth) {
            let item = self.value(element, depth + 1);
            if item.1.get(key).is_some_and(|key| keys.insert(key.to_string())) {
                items.push(item);
            }
        }
        list(items)
    }

    fn record(&mut self, record: &Record, depth: usize) -> Written {
        let mut source = Vec::new();
        let mut data = Map::new();
        for (name, optional, ty) in &record.fields {
            let is_new = !self.seen.contains(&(record.number, name.clone()));
            let wanted =
                self.left > 0 && depth < DEPTH && (is_new || self.random.below(if depth < 5 { 2 } else { 5 }) == 0);
            let unknown = self.unknown(record, name);
            let optional = &(*optional && !self.must(record, name));
            if *optional && (!wanted || unknown.is_none()) {
                continue;
            }
            self.seen.insert((record.number, name.clone()));
            self.left = self.left.saturating_sub(1);
            let (written, value) = match self.value(ty, depth + 1) {
                (_, Value::Null) if !optional => self.text(),
                made => made,
            };
            if unknown.is_some_and(|words| says(&value, &words)) {
                if *optional {
                    continue;
                }
                // Another word then, in another object.
                return self.record(record, depth);
            }
            source.push(format!("{}: {written}", key(name)));
            // In a record, null is a field that is left out; in a map it is written.
            if !value.is_null() {
                data.insert(name.clone(), value);
            }
        }
        if let Some(rest) = &record.rest {
            for _ in 0..self.length(depth) {
                let name = text(&mut self.random);
                if data.contains_key(&name) || record.fields.iter().any(|field| field.0 == name) {
                    continue;
                }
                let (written, value) = self.value(rest, depth + 1);
                source.push(format!("{}: {written}", quoted(&name)));
                if record.fields.is_empty() || !value.is_null() {
                    data.insert(name, value);
                }
            }
        }
        (format!("{{ {} }}", source.join(", ")), Value::Object(data))
    }

    /// The words that the version does not know for a field of a type of the API; nothing if it does not know the field.
    fn unknown(&mut self, record: &Record, field: &str) -> Option<Vec<&'static str>> {
        let Some(name) = &record.of else { return Some(Vec::new()) };
        let catalog = &self.catalog;
        let read = || catalog.type_(catalog.find(name).unwrap_or_else(|| panic!("the API has no {name}")));
        let of = self.known.entry(name.clone()).or_insert_with(read);
        let values = of.field(field, self.minor)?.facts.iter().flat_map(|fact| match fact {
            Fact::Values(values) => values.as_slice(),
            _ => &[],
        });
        Some(values.filter(|value| !value.minors.contain(self.minor)).map(|value| value.text).collect())
    }

    /// Whether the version asks for a field of a type of the API.
    fn must(&self, record: &Record, field: &str) -> bool {
        let known = record.of.as_ref().and_then(|name| self.known.get(name));
        // What follows from the block need not be written.
        !matches!(field, "apiVersion" | "kind" | "metadata")
            && known
                .and_then(|of| of.field(field, self.minor))
                .is_some_and(|field| field.presence == Presence::Required)
    }

    fn bounded(&mut self, inner: &Ty, least: f64, most: f64) -> Written {
        let least = if least.is_finite() { least as i64 } else { -1000 };
        let most = if most.is_finite() { most as i64 } else { least.max(0) + 100_000 };
        let number = match self.random.below(4) {
            0 => least,
            1 => most,
            _ => least + self.random.below((most - least).unsigned_abs() as usize + 1) as i64,
        };
        match inner {
            Ty::Scalar(name) if name == "Float" => (format!("{number}.0"), json!(number as f64)),
            _ => (number.to_string(), json!(number)),
        }
    }

    fn scalar(&mut self, name: &str, depth: usize) -> Written {
        let number = self.random.below(254) + 1;
        let same = |text: String| (text.clone(), Value::String(text));
        match name {
            "Bool" => {
                let truth = self.random.below(2) == 0;
                (truth.to_string(), json!(truth))
            }
            "Int" => {
                let number = self.random.pick(&[0, 1, -1, number as i64, i64::from(i32::MAX), i64::MAX, i64::MIN + 1]);
                (number.to_string(), json!(number))
            }
            "Float" => {
                let number = number as f64 + self.random.pick(&[0.0, 0.25, 0.1]);
                (format!("{number:?}"), json!(number))
            }
            "Port" => (number.to_string(), json!(number)),
            "String" => self.text(),
            "Any" => self.anything(depth),
            "Cpu" => same(format!("{number}m")),
            "Bytes" => {
                let unit = self.random.pick(&["K", "M", "G"]);
                let number = 2 * number + 1;
                (format!("{number}{unit}iB"), json!(format!("{number}{unit}i")))
            }
            "Duration" => same(format!("{}s", number % 59 + 1)),
            "Ip" => same(self.random.pick(&["10.0.0.1", "2001:db8::1", "::1", "192.168.1.20"]).to_owned()),
            "Ip4" => same("10.0.0.1".to_owned()),
            "Ip6" => same("2001:db8::1".to_owned()),
            "Cidr" => same(self.random.pick(&["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"]).to_owned()),
            _ => panic!("what values has {name}?"),
        }
    }

    fn text(&mut self) -> Written {
        let text = text(&mut self.random);
        (quoted(&text), Value::String(text))
    }

    fn anything(&mut self, depth: usize) -> Written {
        match self.random.below(if depth > DEPTH { 5 } else { 8 }) {
            0 => ("null".into(), Value::Null),
            1 => self.scalar("Int", depth),
            2 => self.scalar("Bool", depth),
            3 => self.scalar("Float", depth),
            4 | 5 => self.text(),
            6 => self.value(&Ty::List(Box::new(Ty::Scalar("Any".into()))), depth),
            _ => {
                let rest = Some(Box::new(Ty::Scalar("Any".into())));
                self.record(&Record { number: 0, fields: Vec::new(), rest, of: None }, depth)
            }
        }
    }
}

/// Whether a value, or one in it, is one of these words.
fn says(value: &Value, words: &[&str]) -> bool {
    match value {
        Value::String(text) => words.contains(&text.as_str()),
        Value::Array(items) => items.iter().any(|item| says(item, words)),
        Value::Object(entries) => entries.values().any(|item| says(item, words)),
        _ => false,
    }
}

fn list(items: Vec<Written>) -> Written {
    let (source, data): (Vec<String>, Vec<Value>) = items.into_iter().unzip();
    (format!("[{}]", source.join(", ")), Value::Array(data))
}

/// A field's name, in quotes where it is no word of the language.
fn key(name: &str) -> String {
    let is_word =
        name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(|it| it.is_ascii_alphanumeric());
    if is_word { name.to_owned() } else { quoted(name) }
}

/// A string of the language.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            ' '..='~' => out.push(letter),
            letter if letter.is_alphanumeric() => out.push(letter),
            letter => out += &format!("\\u{{{:x}}}", u32::from(letter)),
        }
    }
    out + "\""
}
