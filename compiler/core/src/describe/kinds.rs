//! All types that somebody may ask about: kinds and types of Kubernetes, kinds of the standard modules, and kinds that a
//! platform declares or imports.

use schemas::{Scope, TypeId};

use super::subject::{Subject, Within};
use crate::check::types;
use crate::keys::{Db, Decl, decl_name};
use crate::kubernetes;
use crate::scope::{self, Named};
use crate::session::{LoadError, Loader, Session};
use crate::symbol::Symbol;
use crate::ty::{ObjectKind, Ty};

/// A type that has a name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Other names: the plural, and what `kubectl` takes for it.
    pub others: Vec<&'static str>,
    /// What `apiVersion` says, if it is a kind.
    pub api_version: Option<String>,
    /// Where it is declared.
    pub home: Origin,
}

/// Where a type is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// In the API of Kubernetes.
    Api(TypeId),
    /// In a module of the standard library, by its name.
    Module(&'static str),
    /// In the platform.
    Platform(Decl),
}

/// All of them, in the order in which one of several is preferred.
pub fn all(db: &dyn Db) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = crate::schema::kinds(db).iter().filter_map(|(_, decl)| own(db, *decl)).collect();
    let catalog = kubernetes::catalog();
    let mut kinds: Vec<Candidate> = Vec::new();
    for kind in catalog.kinds().iter().filter(|kind| kind.scope != Scope::Subresource) {
        let others = [kind.plural].into_iter().chain(kind.short_names.iter().copied());
        kinds.push(Candidate {
            name: kind.kind.to_string(),
            others: others.collect(),
            api_version: Some(kind.api_version()),
            home: Origin::Api(kind.type_),
        });
    }
    // The type that has the short name comes first.
    let is_short = |kind: &Candidate| match kind.home {
        Origin::Api(id) => kubernetes::short(&kind.name) == Some(id),
        _ => false,
    };
    kinds.sort_by_key(|kind| !is_short(kind));
    found.extend(kinds);
    found.extend(stdlib::modules().flat_map(|(path, text)| of_module(path, text)));
    found.extend(types());
    found
}

/// A kind that a file of the platform declares, or a file of schemas.
fn own(db: &dyn Db, decl: Decl) -> Option<Candidate> {
    if kubernetes::type_id(db, decl).is_some() {
        return None;
    }
    let kind = kind_of(db, decl)?;
    let name = decl_name(db, decl).to_string();
    Some(Candidate {
        name,
        others: vec![],
        api_version: Some(kind.api_version.to_string()),
        home: Origin::Platform(decl),
    })
}

/// The kind that a declared type is of.
pub fn kind_of(db: &dyn Db, decl: Decl) -> Option<ObjectKind> {
    match types::expand(db, &Ty::Alias(decl)) {
        Ty::Record(record) => record.object,
        _ => None,
    }
}

/// The kinds of a standard module, by its text: `@kubernetes("group/version", "Kind"` stands before each.
fn of_module(path: &'static str, text: &'static str) -> Vec<Candidate> {
    let name = path.trim_start_matches("std:").trim_end_matches(".pl");
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let version = line.strip_prefix("@kubernetes(\"").and_then(|rest| rest.split('"').next());
        let declared = version.and_then(|version| Some((version, lines.next()?.strip_prefix("type ")?)));
        if let Some((version, declared)) = declared.filter(|(version, _)| !version.is_empty()) {
            let kind = declared.split(' ').next().unwrap_or_default();
            found.push(Candidate {
                name: kind.to_string(),
                others: vec![],
                api_version: Some(version.to_string()),
                home: Origin::Module(name),
            });
        }
    }
    found
}

/// The types of the API that are no kinds and have a short name: `Container`.
fn types() -> Vec<Candidate> {
    let candidate = |name: Symbol| {
        let id = kubernetes::short(name.as_str())?;
        Some(Candidate { name: name.to_string(), others: vec![], api_version: None, home: Origin::Api(id) })
    };
    kubernetes::names().into_iter().filter_map(candidate).collect()
}

impl Candidate {
    /// Whether it is what a subject names.
    pub fn is(&self, subject: &Subject) -> bool {
        let wanted = subject.name.to_lowercase();
        let named = self.name.to_lowercase() == wanted || self.others.contains(&wanted.as_str());
        named && self.is_within(&subject.within)
    }

    fn is_within(&self, within: &Within) -> bool {
        match within {
            Within::All => true,
            Within::Version(version) => self.api_version.as_ref() == Some(version),
            Within::Module(module) => match (self.home, module.strip_prefix("k8s")) {
                (Origin::Api(_), Some("")) => true,
                (Origin::Api(id), Some(inside)) => {
                    let full = format!("{}.{}", inside.trim_start_matches('.'), self.name);
                    kubernetes::catalog().name(id) == full
                }
                (Origin::Module(name), _) => name == module,
                (Origin::Platform(_), _) | (Origin::Api(_), None) => false,
            },
        }
    }
}

/// The name under which a file imports a module, to look at it.
const IT: &str = "it";

/// A session that has read a module of the standard library, and the declaration of a type in it.
pub fn in_module(module: &str, name: &str) -> Option<(Session, Decl)> {
    let text = format!("import std/{module} as {IT}\n");
    let (session, _) = Session::open(&One(text), &["it.pl"]);
    let db = session.db();
    let file = *crate::keys::Workspace::get(db).entries(db).first()?;
    let Some(Named::Module(module)) = scope::lookup(db, file, Symbol::new(IT)) else {
        return None;
    };
    match scope::member(db, module, Symbol::new(name)) {
        Some(Named::Decl(decl)) => Some((session, decl)),
        _ => None,
    }
}

/// A project of one file.
struct One(String);

impl Loader for One {
    fn read(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}
