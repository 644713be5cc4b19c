//! Where each object of some manifests is to stand, and the text of all of them.

use std::collections::{BTreeMap, BTreeSet};

use data::{Datum, DatumKind, Key};
use diagnostics::FileId;

use super::render::{self, braces};
use super::text::name;
use crate::check::types::{expand, made_by_path};
use crate::hir::{Ident, Path};
use crate::keys::{self, Db};
use crate::published::{Known, Problem, Scope, manifests, of_library};
use crate::session::{Database, Session};
use crate::symbol::Symbol;
use crate::ty::{RecordTy, Ty};

/// How an object is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// By the type of its kind.
    Typed,
    /// As data of no type in particular.
    Loose,
}

/// An object, and how it is written.
pub struct Object<'a> {
    /// What it says.
    pub datum: &'a Datum,
    file: usize,
    form: Form,
    api_version: String,
    kind: String,
    known: Option<Known>,
    /// The comments before it.
    comments: Vec<String>,
}

impl Object<'_> {
    fn metadata(&self, key: &str) -> Option<&str> {
        match &self.datum.get("metadata")?.get(key)?.kind {
            DatumKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// By what it is told apart in a cluster.
    pub fn identity(&self) -> (String, String, String, String) {
        let told = |key: &str| self.metadata(key).unwrap_or_default().to_string();
        (self.api_version.clone(), self.kind.clone(), told("namespace"), told("name"))
    }

    /// The namespace that it lives in. One that is written where none is due is kept, and means nothing.
    fn namespace(&self) -> Option<&str> {
        let in_none = self.known.as_ref().is_some_and(|known| known.scope == Scope::Cluster);
        self.metadata("namespace").filter(|name| !name.is_empty() && !in_none)
    }

    /// Whether it holds values that a platform never does.
    pub fn is_secret(&self) -> bool {
        self.api_version == "v1" && self.kind == "Secret"
    }

    /// The keys of its data.
    fn keys(&self) -> BTreeSet<&str> {
        let data = ["data", "stringData"].into_iter().filter_map(|field| match &self.datum.get(field)?.kind {
            DatumKind::Map(entries) => Some(entries),
            _ => None,
        });
        data.flatten().map(|(key, _)| &*key.text).collect()
    }

    fn is_namespace(&self) -> bool {
        self.api_version == "v1" && self.kind == "Namespace"
    }

    /// Whether a namespace says nothing but what its block can.
    fn is_plain_namespace(&self) -> bool {
        let within = |datum: Option<&Datum>, keys: &[&str]| match datum.map(|datum| &datum.kind) {
            Some(DatumKind::Map(entries)) => {
                let said = entries.iter().filter(|(_, value)| !is_empty(value));
                said.into_iter().all(|(key, _)| keys.contains(&&*key.text))
            }
            _ => true,
        };
        self.is_namespace()
            && within(Some(self.datum), &["apiVersion", "kind", "metadata"])
            && within(self.datum.get("metadata"), &["name", "labels", "annotations"])
    }
}

fn is_empty(value: &Datum) -> bool {
    match &value.kind {
        DatumKind::Null => true,
        DatumKind::Map(entries) => entries.iter().all(|(_, value)| is_empty(value)),
        _ => false,
    }
}

/// What is to be written.
#[derive(Default)]
pub struct Plan<'a> {
    objects: Vec<Object<'a>>,
    notes: Vec<(FileId, u32, String)>,
    seen: BTreeMap<(String, String, String, String), usize>,
}

impl<'a> Plan<'a> {
    /// The objects, in the order of their files.
    pub fn objects(&self) -> &[Object<'a>] {
        &self.objects
    }

    /// Takes in the objects of a file, and says what in it is none.
    pub fn add(&mut self, file: usize, text: &str, documents: &'a [Datum]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for manifest in manifests(documents, &mut problems) {
            let (api_version, kind) = (manifest.api_version.to_string(), manifest.kind.to_string());
            let known = of_library(&api_version, &kind);
            let comments = comments(text, manifest.datum.range.start as usize);
            let datum = manifest.datum;
            let object = Object { datum, file, form: Form::Typed, api_version, kind, known, comments };
            let identity = object.identity();
            if !identity.3.is_empty()
                && let Some(first) = self.seen.get(&identity).and_then(|first| self.objects.get(*first))
            {
                let message = format!("the {} `{}` is written twice", identity.1, identity.3);
                let elsewhere = if first.file == file { "" } else { ", in another file before" };
                problems.push(Problem { range: first_of(datum), message: format!("{message}{elsewhere}") });
                continue;
            }
            self.seen.insert(identity, self.objects.len());
            self.objects.push(object);
        }
        if problems.is_empty() && documents.iter().any(|document| document.kind != DatumKind::Null) {
            let any = self.objects.iter().any(|object| object.file == file);
            let stranger = documents.iter().find(|document| document.kind != DatumKind::Null && !any);
            problems.extend(stranger.map(|document| Problem {
                range: first_of(document),
                message: "this is no Kubernetes object: it has no `apiVersion` and no `kind`".to_string(),
            }));
        }
        problems
    }

    /// Writes an object without its type from now on; whether that is new.
    pub fn loosen(&mut self, object: usize, why: &str) -> bool {
        let Some(loosened) = self.objects.get_mut(object).filter(|object| object.form == Form::Typed) else {
            return false;
        };
        loosened.form = Form::Loose;
        let kind = loosened.kind.clone();
        let note = self.note(object, format!("this {kind} is written without the type of its kind: {why}"));
        self.notes.push(note);
        true
    }

    /// A note about an object, at its place.
    pub fn note(&self, object: usize, message: String) -> (FileId, u32, String) {
        match self.objects.get(object) {
            Some(object) => (FileId(object.file as u32), first_of(object.datum).start, message),
            None => (FileId(0), 0, message),
        }
    }

    /// What there is to say of how objects are written.
    pub fn notes(&self) -> Vec<(FileId, u32, String)> {
        let mut notes = self.notes.clone();
        for (index, secret) in self.objects.iter().enumerate().filter(|(_, object)| object.is_secret()) {
            let keys: Vec<&str> = secret.keys().into_iter().collect();
            let message = format!(
                "the Secret `{}` is written with its keys ({}) and without their values: say who brings them, `provider: ..`",
                secret.metadata("name").unwrap_or_default(),
                keys.join(", ")
            );
            notes.push(self.note(index, message));
        }
        for (namespace, first) in self.namespaces() {
            let is_there = self
                .objects
                .iter()
                .any(|object| object.is_namespace() && object.metadata("name") == Some(namespace.as_str()));
            if !is_there {
                notes.push(self.note(first, format!("the namespace `{namespace}` was in no file, and is written now")));
            }
        }
        notes
    }

    /// The namespaces that become blocks, each with the first object that is in it.
    fn namespaces(&self) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            let namespace = match object.is_plain_namespace() {
                true => object.metadata("name"),
                false => object.namespace(),
            };
            if let Some(namespace) = namespace.filter(|name| !name.is_empty())
                && !found.iter().any(|(known, _)| known == namespace)
            {
                found.push((namespace.to_string(), index));
            }
        }
        found
    }

    /// The whole text, and where in it each object begins.
    pub fn text(&self, paths: &[&str]) -> (String, Vec<(usize, usize)>) {
        let modules: BTreeSet<&str> = self
            .objects
            .iter()
            .filter(|object| object.form == Form::Typed)
            .filter_map(|object| object.known.as_ref()?.import.as_deref())
            .collect();
        let mut session = Session::new(Database::default());
        let imports: String = modules.iter().map(|module| format!("import {module}\n")).collect();
        session.set_file(super::PATH, &imports);
        session.load_imports(&super::Memory(""));
        let mut writer = Writer { db: session.db(), session: &session, out: String::new(), places: Vec::new() };
        let named: Vec<String> =
            paths.iter().filter(|path| !path.starts_with('<')).map(|path| format!("`{path}`")).collect();
        if !named.is_empty() {
            writer.out.push_str(&format!("//! Imported from {}.\n\n", named.join(", ").replace('\n', " ")));
        }
        if !imports.is_empty() {
            writer.out.push_str(&format!("{imports}\n"));
        }
        writer.out.push_str("cluster main {\n");
        writer.cluster(self);
        writer.out.push_str("}\n");
        (writer.out, writer.places)
    }
}

struct Writer<'a> {
    db: &'a dyn Db,
    session: &'a Session,
    out: String,
    places: Vec<(usize, usize)>,
}

impl Writer<'_> {
    fn cluster(&mut self, plan: &Plan<'_>) {
        let namespaces = plan.namespaces();
        let mut taken = BTreeSet::new();
        for (index, object) in plan.objects.iter().enumerate() {
            if object.namespace().is_none() && !object.is_plain_namespace() {
                self.object(index, object, 1, &mut taken);
            }
        }
        for (namespace, _) in namespaces {
            let own = plan
                .objects
                .iter()
                .position(|object| object.is_plain_namespace() && object.metadata("name") == Some(namespace.as_str()));
            self.out.push('\n');
            if let Some((index, own)) = own.and_then(|index| Some((index, plan.objects.get(index)?))) {
                self.places.push((self.out.len(), index));
                self.comments(own, 1);
            }
            self.out.push_str(&format!("namespace {} {{\n", name(&namespace)));
            if let Some(own) = own.and_then(|index| plan.objects.get(index)) {
                self.labels(own);
            }
            let mut taken = BTreeSet::new();
            for (index, object) in plan.objects.iter().enumerate() {
                if object.namespace() == Some(namespace.as_str()) && !object.is_plain_namespace() {
                    self.object(index, object, 2, &mut taken);
                }
            }
            self.out.push_str("}\n");
        }
    }

    /// What the block of a namespace says of it.
    fn labels(&mut self, own: &Object<'_>) {
        let meta = RecordTy { fields: Vec::new(), rest: None, object: None };
        for key in ["labels", "annotations"] {
            if let Some(value) = own.datum.get("metadata").and_then(|metadata| metadata.get(key))
                && !is_empty(value)
            {
                let entry = (Key { text: key.into(), range: value.range }, value.clone());
                let written = render::fields(self.db, &[entry], &meta, 2);
                self.out.push_str(&format!("{}\n", written.join("\n")));
            }
        }
    }

    fn comments(&mut self, object: &Object<'_>, depth: usize) {
        for comment in &object.comments {
            self.out.push_str(&"  ".repeat(depth));
            self.out.push_str(&format!("//{comment}\n"));
        }
    }

    fn object(&mut self, index: usize, object: &Object<'_>, depth: usize, taken: &mut BTreeSet<String>) {
        let typed = object.known.as_ref().filter(|_| object.form == Form::Typed);
        let path = typed.map(|known| match &known.import {
            Some(module) => format!("{}.{}", module.trim_start_matches("std/"), known.name),
            None => known.name.clone(),
        });
        let record = path.as_deref().and_then(|path| self.record(path));
        let named = object.metadata("name");
        let wanted = named.or(object.metadata("generateName")).unwrap_or("unnamed").trim_end_matches('-');
        let word = if record.is_some() { object.kind.to_lowercase() } else { "object".to_string() };
        let short = object.kind.to_lowercase();
        let others = [wanted.to_string(), format!("{wanted}-{short}")].into_iter();
        let mut free = others.chain((2..).map(|number| format!("{wanted}-{number}")));
        let block = free.find(|block| taken.insert(format!("{word} {block}"))).unwrap_or_default();

        let DatumKind::Map(entries) = &object.datum.kind else {
            return;
        };
        if object.is_secret() && object.namespace().is_some() {
            let keys: Vec<String> = object.keys().iter().map(|key| format!("key {} {{}}", name(key))).collect();
            self.places.push((self.out.len(), index));
            self.comments(object, depth);
            self.out.push_str(&format!("secret {} {}\n", name(&block), braces(&keys)));
            return;
        }
        let follows = |key: &str| record.is_some() && matches!(key, "apiVersion" | "kind");
        let entries: Vec<(Key, Datum)> = entries
            .iter()
            .filter(|(key, _)| {
                !(follows(&key.text) || object.is_secret() && matches!(&*key.text, "data" | "stringData"))
            })
            .filter_map(|entry| own(entry, named == Some(&block), object.namespace()))
            .collect();
        let loose = RecordTy { fields: Vec::new(), rest: None, object: None };
        let statements = render::fields(self.db, &entries, record.as_ref().unwrap_or(&loose), depth + 1);
        if !self.out.ends_with("{\n") {
            self.out.push('\n');
        }
        self.places.push((self.out.len(), index));
        self.comments(object, depth);
        let head = path.filter(|_| record.is_some()).unwrap_or("object".to_string());
        self.out.push_str(&format!("{head} {} {}\n", name(&block), braces(&statements)));
    }

    /// The type of a kind.
    fn record(&self, path: &str) -> Option<RecordTy> {
        let file = self.session.source(super::PATH)?;
        let names = path.split('.').map(|name| Ident { node: 0, name: Symbol::new(name) }).collect();
        let ty = made_by_path(self.db, keys::file_decl(self.db, file), &Path { node: 0, names }).ok()?;
        match expand(self.db, &ty) {
            Ty::Record(record) => Some((*record).clone()),
            _ => None,
        }
    }
}

/// An entry of an object without what follows from its place.
fn own((key, value): &(Key, Datum), is_named: bool, namespace: Option<&str>) -> Option<(Key, Datum)> {
    if &*key.text != "metadata" {
        return Some((key.clone(), value.clone()));
    }
    let DatumKind::Map(entries) = &value.kind else {
        return Some((key.clone(), value.clone()));
    };
    let follows = |key: &str| key == "namespace" && namespace.is_some() || key == "name" && is_named;
    let rest: Vec<_> =
        entries.iter().filter(|(key, value)| !follows(&key.text) && value.kind != DatumKind::Null).cloned().collect();
    (!rest.is_empty()).then(|| (key.clone(), Datum { kind: DatumKind::Map(rest), range: value.range }))
}

/// Where a value begins: all of it would be many lines.
fn first_of(datum: &Datum) -> data::TextRange {
    match &datum.kind {
        DatumKind::Map(entries) => entries.first().map_or(datum.range, |(key, _)| key.range),
        _ => datum.range,
    }
}

/// The comments right before a place, line by line.
fn comments(text: &str, start: usize) -> Vec<String> {
    let before = text.get(..start).unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for line in before.lines().rev() {
        let line = line.trim();
        match line.strip_prefix('#') {
            Some(comment) => found.push(comment.to_string()),
            None if line.is_empty() => {}
            None => break,
        }
    }
    found.reverse();
    found
}
