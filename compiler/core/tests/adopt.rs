//! Whatever an object of Kubernetes says, its source says the same: instances of every kind, made from the catalog, become
//! source, are compiled, and come out again. Imported as they are, they come out too.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by it")]

use std::collections::BTreeMap;

use compiler::adopt::{Source, adopt};
use compiler::output::write_object;
use compiler::{LoadError, Loader, Session};
use data::{Datum, DatumKind, Limits, Sink, json};
use diagnostics::rules;
use proptest::prelude::*;
use schemas::{Catalog, Field, Format, Presence, Scope, Shape, TypeId};

/// The version of Kubernetes that a cluster has by default.
const MINOR: u8 = 37;

/// How deep objects stand in each other; below, only what must be there is.
const DEPTH: usize = 6;

/// Texts that are hard to write.
const TEXTS: [&str; 14] = [
    "a",
    "no",
    "0644",
    "",
    "a b",
    "1e3",
    "~",
    "a\nb\n",
    "  a\n b",
    "x: \"y\" \\d\n${z}\n",
    "\ttab",
    "\"\"\"\n'",
    "π\u{200b}",
    "{{ x }}\n#\n",
];

/// A source of decisions.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

struct Maker<'a> {
    catalog: &'a Catalog,
    dice: Dice,
    out: json::Writer,
    number: usize,
}

impl Maker<'_> {
    fn object(&mut self, id: TypeId, depth: usize, top: Option<(&str, &str)>, keys: &[&str]) {
        let ty = self.catalog.type_(id);
        // A kind that stands in another, as a claim in a stateful set, says what it is.
        let inner = self.catalog.kinds().iter().find(|kind| kind.type_ == id && kind.scope != Scope::Subresource);
        let inner = inner.map(|kind| (kind.api_version(), kind.kind));
        let top = top.or(inner.as_ref().map(|(version, kind)| (version.as_str(), *kind)));
        self.out.map_start();
        for field in ty.at(MINOR) {
            match (field.name, top) {
                ("apiVersion", Some((version, _))) => self.entry("apiVersion", version),
                ("kind", Some((_, kind))) => self.entry("kind", kind),
                ("metadata", Some(_)) => self.metadata(),
                // What the cluster writes.
                ("status", Some(_)) if field.presence == Presence::Optional => {}
                _ => {
                    let wanted = field.presence == Presence::Required
                        || keys.contains(&field.name)
                        || depth < DEPTH && self.dice.below(5) < 2;
                    if wanted {
                        self.out.key(field.name);
                        self.value(&field.shape, field, depth + 1);
                    }
                }
            }
        }
        self.out.map_end();
    }

    fn entry(&mut self, key: &str, text: &str) {
        self.out.key(key);
        self.out.text(text);
    }

    fn metadata(&mut self) {
        self.number += 1;
        self.out.key("metadata");
        self.out.map_start();
        let name = format!("n{}.{}", self.number, self.dice.one(&["a", "b-c", "0"]));
        self.entry("name", &name);
        if self.dice.below(3) == 0 {
            let namespace = self.dice.one(&["one", "two"]);
            self.entry("namespace", namespace);
        }
        if self.dice.below(2) == 0 {
            self.out.key("annotations");
            self.out.map_start();
            for key in ["example.com/a", "for", "b"] {
                let text = self.dice.one(&TEXTS);
                self.entry(key, text);
            }
            self.out.map_end();
        }
        self.out.map_end();
    }

    fn value(&mut self, shape: &Shape, field: &Field, depth: usize) {
        match shape {
            Shape::Boolean => {
                let truth = self.dice.below(2) == 0;
                self.out.bool(truth);
            }
            Shape::Int32 | Shape::Int64 => self.number(field),
            Shape::Double => self.out.float(0.5),
            Shape::Text => self.text(field),
            Shape::Base64 => self.out.text("YWJj"),
            Shape::Time => self.out.text("2024-01-02T03:04:05Z"),
            Shape::MicroTime => self.out.text("2024-01-02T03:04:05.000006Z"),
            Shape::IntOrString if self.dice.below(2) == 0 => self.out.text("http"),
            Shape::IntOrString => self.out.int(80),
            Shape::Quantity => {
                let amount = match field.format() {
                    Some(Format::Cpu) => self.dice.one(&["250m", "2", "0.5"]),
                    Some(Format::Bytes) => self.dice.one(&["64Mi", "1.5Gi", "1000"]),
                    _ => self.dice.one(&["250m", "64Mi", "3"]),
                };
                self.out.text(amount);
            }
            Shape::Any => {
                self.out.map_start();
                self.out.key("a.b");
                self.out.text("yes");
                self.out.map_end();
            }
            Shape::Object(id) => self.object(*id, depth, None, field.keys()),
            Shape::List(element) => self.list(element, field, depth),
            Shape::Map(_) if field.format() == Some(Format::Resources) => {
                self.out.map_start();
                let (cpu, memory) = (self.dice.one(&["250m", "1"]), self.dice.one(&["64Mi", "1Gi"]));
                self.entry("cpu", cpu);
                self.entry("memory", memory);
                self.entry("example.com/gpu", "1");
                self.out.map_end();
            }
            Shape::Map(element) => {
                self.out.map_start();
                for key in ["a", "example.com/b"] {
                    self.out.key(key);
                    self.value(element, field, depth + 1);
                }
                self.out.map_end();
            }
            Shape::Either(shapes) => {
                let place = self.dice.below(shapes.len());
                if let Some(shape) = shapes.get(place) {
                    self.value(shape, field, depth);
                }
            }
        }
    }

    /// A list; elements of one with keys would need names that differ, so it has one.
    fn list(&mut self, element: &Shape, field: &Field, depth: usize) {
        let most = if field.keys().is_empty() { 3 } else { 2 };
        let count = self.dice.below(most);
        self.out.list_start();
        for _ in 0..count {
            self.value(element, field, depth + 1);
        }
        self.out.list_end();
    }

    fn number(&mut self, field: &Field) {
        let (least, most) = match field.format() {
            Some(Format::Port) => (Some(1), Some(65_535)),
            _ => field.range(),
        };
        let least = least.unwrap_or(-3);
        let most = most.unwrap_or(least.saturating_add(5)).min(least.saturating_add(5));
        let number = least + self.dice.below((most - least + 1) as usize) as i64;
        self.out.int(i128::from(number));
    }

    fn text(&mut self, field: &Field) {
        if let Some(values) = field.values(MINOR) {
            let value = self.dice.one(&values);
            return self.out.text(value);
        }
        let text = match field.format() {
            Some(Format::Address) => self.dice.one(&["10.0.0.1", "fd00::1"]),
            Some(Format::Network) => self.dice.one(&["10.0.0.0/8", "fd00::/64"]),
            Some(Format::Duration) => self.dice.one(&["30s", "1h30m", "1h0m0s"]),
            _ => self.dice.one(&TEXTS),
        };
        self.out.text(text);
    }
}

/// An object of every kind, in a list.
fn objects(seed: u64) -> String {
    let catalog = Catalog::load();
    let mut maker = Maker { catalog: &catalog, dice: Dice(seed), out: json::Writer::compact(), number: 0 };
    maker.out.map_start();
    maker.entry("apiVersion", "v1");
    maker.entry("kind", "List");
    maker.out.key("items");
    maker.out.list_start();
    let kinds = catalog.kinds().iter().filter(|kind| kind.scope != Scope::Subresource && kind.minors.contain(MINOR));
    // What a secret holds is left to who keeps it.
    for kind in kinds.filter(|kind| !matches!(kind.kind, "Namespace" | "Secret")) {
        maker.object(kind.type_, 0, Some((&kind.api_version(), kind.kind)), &[]);
    }
    maker.out.list_end();
    maker.out.map_end();
    maker.out.into_string()
}

fn checked(seed: u64) {
    let text = objects(seed);
    let files = [Source { path: "all.json".to_string(), text }];
    let adopted = adopt(&files).unwrap_or_else(|found| panic!("{found:?}"));
    let added = |note: &str| note.contains("was in no file");
    let other: Vec<_> = adopted.notes.iter().map(|note| &note.2).filter(|note| !added(note)).collect();
    assert!(adopted.is_whole && other.is_empty(), "{other:#?}");
    assert_eq!(syntax::format(&adopted.text).as_deref(), Some(adopted.text.as_str()));
}

#[test]
fn every_kind_comes_back() {
    checked(1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn every_kind_comes_back_whatever_it_says(seed in any::<u64>()) {
        checked(seed);
    }
}

/// A platform of one file, and the manifests that it imports.
struct Files(BTreeMap<&'static str, String>);

impl Loader for Files {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no {path}") };
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

/// What is imported and placed as a whole comes out as it was.
#[test]
fn every_kind_comes_through_an_import() {
    let text = objects(2);
    let main = "import \"./all.json\" as all\ncluster lab { all.Manifests all {} }\n".to_string();
    let (session, _) =
        Session::open(&Files(BTreeMap::from([("main.pl", main), ("all.json", text.clone())])), &["main.pl"]);
    // Nothing here makes definitions of custom resources that define something.
    let expected = [&rules::OBJECT_DEPRECATED, &rules::IMPORT_BAD_SCHEMA];
    let found = session.check_language().into_iter().filter(|found| !expected.contains(&found.rule));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
    let read = |text: &str| data::read(data::Format::Json, text, Limits::default()).expect("it is JSON").remove(0).root;
    let named = |object: &Datum| {
        let told = |datum: Option<&Datum>| match datum.map(|datum| &datum.kind) {
            Some(DatumKind::Text(text)) => text.to_string(),
            _ => String::new(),
        };
        (told(object.get("kind")), told(object.get("metadata").and_then(|metadata| metadata.get("name"))))
    };
    let written = session.objects().into_iter().map(|object| {
        let mut sink = json::Writer::compact();
        write_object(session.db(), object, &mut sink);
        sink.into_string()
    });
    let out: BTreeMap<_, _> = written.map(|text| read(&text)).map(|object| (named(&object), object)).collect();
    let before = read(&text);
    let Some(DatumKind::List(items)) = before.get("items").map(|items| &items.kind) else {
        panic!("it is a list");
    };
    assert_eq!(items.len(), out.len());
    for item in items {
        assert!(same(item, &out[&named(item)]), "{:?}", named(item));
    }
}

/// Whether two values are the same, apart from the order of keys.
fn same(one: &Datum, other: &Datum) -> bool {
    match (&one.kind, &other.kind) {
        (DatumKind::Map(entries), DatumKind::Map(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|(key, value)| other.get(&key.text).is_some_and(|other| same(value, other)))
        }
        (DatumKind::List(items), DatumKind::List(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}
