//! Where a line of the output comes from: the document is written again, with its lines noted.

use std::fmt;

use compiler::objects::{Object, emitters, objects};
use compiler::origin::{self, Origin};
use compiler::{decl, output, value};
use data::{LineMap, Lines, Step, json, yaml};
use diagnostics::Span;

use super::{Form, Session};
use crate::arguments::Values;
use crate::place;

/// What tells an object of a cluster from all others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The group; the core has none.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The namespace; empty where it is in none.
    pub namespace: String,
    /// The name.
    pub name: String,
}

/// What people call an object: its kind in any case, or its plural.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Called<'a> {
    /// The kind.
    pub kind: &'a str,
    /// The namespace; empty where it is in none.
    pub namespace: &'a str,
    /// The name.
    pub name: &'a str,
}

impl fmt::Display for Called<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.namespace.is_empty() { String::new() } else { format!("{}/", self.namespace) };
        write!(formatter, "{}/{space}{}", self.kind, self.name)
    }
}

/// A document as the platform makes it now.
pub struct Document {
    /// Its path in a tree of files, without its end.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What stands on which line.
    pub lines: LineMap,
    /// The object; nothing for the outputs of a platform without objects.
    object: Option<Object>,
}

impl Session<'_> {
    /// The objects of that identity, one for each cluster that has it; without one the document of the outputs.
    pub fn documents(&self, wanted: Option<&Identity>, format: Values) -> Vec<Document> {
        match format {
            Values::Yaml => self.written::<yaml::Writer>(wanted),
            Values::Json => self.written::<json::Writer>(wanted),
        }
    }

    /// The objects that are called so, with what they are.
    pub fn called(&self, called: &Called<'_>, format: Values) -> Vec<(Document, String)> {
        let db = self.compiler.db();
        let identity = |object: &Object| Identity {
            group: object.group().to_owned(),
            kind: object.kind.to_string(),
            namespace: object.namespace.to_string(),
            name: object.name.to_string(),
        };
        let is = |object: &&Object| {
            let kind = object.kind.to_ascii_lowercase();
            let asked = called.kind.to_ascii_lowercase();
            let is_kind = asked == kind || asked == format!("{kind}s") || asked == format!("{kind}es");
            is_kind && (&*object.namespace, &*object.name) == (called.namespace, called.name)
        };
        let mut wanted: Vec<Identity> = objects(db, &emitters(db)).into_iter().filter(is).map(identity).collect();
        wanted.dedup();
        let documents = wanted.iter().map(|one| (self.documents(Some(one), format), one.shown()));
        documents.flat_map(|(found, of)| found.into_iter().map(move |document| (document, of.clone()))).collect()
    }

    fn written<F: Form>(&self, wanted: Option<&Identity>) -> Vec<Document> {
        let db = self.compiler.db();
        let objects = objects(db, &emitters(db));
        if objects.is_empty() {
            return vec![self.outputs_document::<F>()];
        }
        let mut found: Vec<Document> = objects
            .into_iter()
            .filter(|object| wanted.is_some_and(|wanted| wanted.is_of(object)))
            .map(|object| self.object_document::<F>(object))
            .collect();
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    fn outputs_document<F: Form>(&self) -> Document {
        let mut lines = Lines::new(F::begin());
        self.compiler.build(&mut lines);
        let (form, lines) = lines.into_parts();
        Document { path: "platform".to_owned(), text: form.finish(), lines, object: None }
    }

    fn object_document<F: Form>(&self, object: &Object) -> Document {
        let mut lines = Lines::new(F::begin());
        output::write_value(self.compiler.db(), &value::Value::Data(object.data.clone()), &mut lines, 0);
        let (form, lines) = lines.into_parts();
        let cluster = object.cluster.map_or(String::new(), |home| self.compiler.path_of(home));
        let text = form.finish();
        let name = match object.generate_name() {
            Some(begins) if object.name.is_empty() => place::made_name(&begins, &text),
            _ => object.name.to_string(),
        };
        let path = place::path(&cluster, &object.namespace, &place::kind(object.group(), &object.kind), &name);
        Document { path, text, lines, object: Some(object.clone()) }
    }

    /// Where a value of a document comes from.
    pub fn origin(&self, document: &Document, path: &[Step]) -> Option<Origin<Span>> {
        let db = self.compiler.db();
        let origin = match &document.object {
            Some(object) => origin::of_object(db, object, path)?,
            None => origin::of_output(db, path)?,
        };
        Some(origin.map_places(|at| decl::span(db, at)))
    }
}

impl Document {
    /// Whether it is an object, and not the outputs of a platform.
    pub fn is_object(&self) -> bool {
        self.object.is_some()
    }
}

impl Identity {
    fn is_of(&self, object: &Object) -> bool {
        let (group, kind, namespace, name) = (&*self.group, &*self.kind, &*self.namespace, &*self.name);
        (group, kind, namespace, name) == (object.group(), &*object.kind, &*object.namespace, &*object.name)
    }

    /// As people call it: ``the Deployment `web` in `shop` ``.
    pub fn shown(&self) -> String {
        match (self.name.as_str(), self.namespace.as_str()) {
            ("", _) => format!("a {}", self.kind),
            (name, "") => format!("the {} `{name}`", self.kind),
            (name, namespace) => format!("the {} `{name}` in `{namespace}`", self.kind),
        }
    }
}
