//! A kind or a type for people: what it is, what it holds, and what must hold of that.
//!
//! ```text
//! "Deployment.spec" --subject--> kinds --the type in the language--> fields
//!                                      --the catalog of the API----> prose, defaults, versions
//! ```
//!
//! Knows types and the catalog; must not know how a description is laid out.

mod kinds;
mod subject;

use std::sync::Arc;

use schemas::{Fact, Field, Minors, Standing, TypeId};

use crate::check::types;
use crate::keys::{At, Db, Decl, decl_name};
use crate::kubernetes;
use crate::ty::{self, RecordTy, Ty};
use kinds::{Candidate, Origin};

/// A kind or a type, or a field of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Description {
    /// As it is written in the language: `k8s.Deployment`, and behind it the fields on the way.
    pub name: String,
    /// The kind and what `apiVersion` says of it; nothing where it is none.
    pub kind: Option<(String, String)>,
    /// What is known of the kind beside, each a short sentence.
    pub notes: Vec<String>,
    /// Where else something of that name is declared.
    pub others: Vec<String>,
    /// What is described itself, if it is a field.
    pub field: Option<Member>,
    /// The documentation, in Markdown.
    pub prose: String,
    /// What it holds, required ones first.
    pub members: Vec<Member>,
}

/// A field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Member {
    /// Its name; of free keys their type.
    pub name: String,
    /// Its type.
    pub ty: String,
    /// Whether it must be given.
    pub presence: Presence,
    /// What is known of it beside: its default, and the like.
    pub facts: Vec<String>,
    /// The documentation, in Markdown.
    pub prose: String,
    /// What it holds, where that was asked for.
    pub members: Vec<Member>,
}

/// Whether a field must be given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    #[default]
    Optional,
    /// There may be any number of them.
    Free,
}

/// How far a description goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The fields.
    Fields,
    /// The fields of fields, all the way down.
    All,
}

/// Why there is nothing to describe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unknown {
    /// There is no such kind; the name nearest to it.
    Kind(Option<String>),
    /// A type has no such field: the path to the type, the field, the one nearest to it, and all.
    Field(String, String, Option<String>, Vec<String>),
}

/// How deep a description goes into types: none of the API's that does not come back to itself is deeper.
const MAX_DEPTH: usize = 24;

/// Describes what somebody asks about, in the words of the platform of a database, of the standard library or of the API.
pub fn describe(db: &dyn Db, text: &str, reach: Reach) -> Result<Description, Unknown> {
    let is_module = |word: &str| word == "k8s" || stdlib::find(&format!("std:{word}.pl")).is_some();
    let subject = subject::parse(text, is_module);
    let all = kinds::all(db);
    let mut found = all.iter().filter(|candidate| candidate.is(&subject));
    let Some(candidate) = found.next() else {
        return Err(Unknown::Kind(nearest(&subject.name, &all)));
    };
    let others = found.filter(|other| other.api_version.is_some()).map(Candidate::full_name).collect();
    let describe = |db: &dyn Db, decl| {
        let mut description = of_decl(db, candidate, decl, &subject.fields, reach)?;
        description.others = others;
        Ok(description)
    };
    match candidate.home {
        Origin::Api(id) => describe(db, kubernetes::declaration(db, id)),
        Origin::Platform(decl) => describe(db, decl),
        Origin::Module(module) => match kinds::in_module(module, &candidate.name) {
            Some((session, decl)) => describe(session.db(), decl),
            None => Err(Unknown::Kind(None)),
        },
    }
}

/// The name of a kind that is nearest to a word, whatever its letters.
fn nearest(word: &str, all: &[Candidate]) -> Option<String> {
    let names: Vec<String> = all.iter().map(|candidate| candidate.name.to_lowercase()).collect();
    let near = domain::nearest(&word.to_lowercase(), names.iter().map(String::as_str))?;
    all.iter().zip(&names).find(|(_, name)| *name == near).map(|(candidate, _)| candidate.name.clone())
}

impl Candidate {
    /// `k8s.Deployment`, `metallb.IPAddressPool`.
    fn name_in_language(&self) -> String {
        match self.home {
            Origin::Api(id) if kubernetes::short(&self.name) == Some(id) => format!("k8s.{}", self.name),
            Origin::Api(id) => format!("k8s.{}", kubernetes::catalog().name(id)),
            Origin::Module(module) => format!("{module}.{}", self.name),
            Origin::Platform(_) => self.name.clone(),
        }
    }

    /// `apps/v1.Deployment`, and the module that it is in.
    fn full_name(&self) -> String {
        let version = self.api_version.as_ref().map_or(String::new(), |version| format!("{version}."));
        match self.home {
            Origin::Module(module) => format!("{version}{} of std/{module}", self.name),
            _ => format!("{version}{}", self.name),
        }
    }
}

fn of_decl(
    db: &dyn Db,
    candidate: &Candidate,
    decl: Decl,
    fields: &[String],
    reach: Reach,
) -> Result<Description, Unknown> {
    let kind = kinds::kind_of(db, decl).filter(|kind| !kind.is_any());
    let mut description = Description {
        name: candidate.name_in_language(),
        kind: kind.map(|kind| (kind.kind.to_string(), kind.api_version.to_string())),
        notes: notes(db, candidate, decl),
        ..Description::default()
    };
    let mut at = Place { ty: Ty::Alias(decl), decl: Some(decl) };
    description.prose = prose_of_type(db, decl);
    for name in fields {
        let members = at.members(db);
        let known = || members.iter().map(|member| member.name.as_str());
        let Some(member) = members.iter().find(|member| member.name.eq_ignore_ascii_case(name)) else {
            let near = domain::nearest(name, known()).map(str::to_owned);
            return Err(Unknown::Field(description.name, name.clone(), near, known().map(str::to_owned).collect()));
        };
        description.name = format!("{}.{}", description.name, member.name);
        let said = member.said(db);
        at = Place::of(db, &member.ty);
        description.prose = match (said.prose.is_empty(), at.decl) {
            (true, Some(decl)) => prose_of_type(db, decl),
            _ => said.prose.clone(),
        };
        description.field = Some(said);
    }
    description.members = said(db, &at, reach, &mut Vec::new());
    if description.kind.is_some() && fields.is_empty() {
        description.members.iter_mut().for_each(Member::follow);
    }
    Ok(description)
}

/// What else is to be said of a kind.
fn notes(db: &dyn Db, candidate: &Candidate, decl: Decl) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(kind) = kinds::kind_of(db, decl) {
        notes.push(if kind.namespaced { "lives in a namespace" } else { "lives in no namespace" }.to_string());
    }
    match candidate.home {
        Origin::Api(id) => {
            let kinds = kubernetes::catalog().kinds();
            let known = kinds.iter().find(|kind| kind.type_ == id && Some(kind.api_version()) == candidate.api_version);
            if let Some(kind) = known {
                notes.push(format!("served by Kubernetes {}", versions(kind.minors)));
                let last = schemas::served(kind.group, kind.version, kind.kind, Minors::READ.last);
                if let Standing::Deprecated(release) | Standing::Removed(release) = last {
                    notes.push(match release.replacement {
                        Some(name) => format!("deprecated: write it as `{} {}`", version_of(name), name.kind),
                        None => "deprecated".to_string(),
                    });
                }
                if !kind.short_names.is_empty() {
                    notes.push(format!("`kubectl` calls it `{}`", kind.short_names.join("`, `")));
                }
            }
        }
        Origin::Module(module) => notes.push(format!("of `import std/{module}`")),
        Origin::Platform(_) => notes.push("of this platform".to_string()),
    }
    notes
}

fn version_of(name: schemas::KindName) -> String {
    if name.group.is_empty() { name.version.to_string() } else { format!("{}/{}", name.group, name.version) }
}

/// `1.33 to 1.37`
fn versions(minors: Minors) -> String {
    if minors.first == minors.last {
        format!("1.{}", minors.first)
    } else {
        format!("1.{} to 1.{}", minors.first, minors.last)
    }
}

/// A type on the way, and the declaration that it goes by.
struct Place {
    ty: Ty,
    decl: Option<Decl>,
}

/// A field of a type on the way.
struct Known {
    name: String,
    ty: Ty,
    presence: Presence,
    /// What the catalog says of it, in each of its forms.
    forms: Vec<Field>,
}

impl Place {
    /// What is held by a field of a type: lists and maps hold what their elements do.
    fn of(db: &dyn Db, ty: &Ty) -> Place {
        let (decl, ty) = inside(db, ty, None);
        Place { ty, decl }
    }

    fn record(&self, db: &dyn Db) -> Option<Arc<RecordTy>> {
        match inside(db, &self.ty, None).1 {
            Ty::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Its fields, required ones first.
    fn members(&self, db: &dyn Db) -> Vec<Known> {
        let Some(record) = self.record(db) else {
            return Vec::new();
        };
        let id = self.decl.and_then(|decl| kubernetes::type_id(db, decl));
        let in_catalog = id.map(|id: TypeId| kubernetes::catalog().type_(id));
        let mut members: Vec<Known> = Vec::new();
        for (name, optional, ty) in &record.fields {
            let forms = in_catalog.iter().flat_map(|known| &known.fields);
            members.push(Known {
                name: name.to_string(),
                ty: if *optional { ty.without_null() } else { ty.clone() },
                presence: if *optional { Presence::Optional } else { Presence::Required },
                forms: forms.filter(|form| form.name == name.as_str()).cloned().collect(),
            });
        }
        members.sort_by_key(|member| member.presence != Presence::Required);
        if let Some((key, value)) = &record.rest {
            let name = ty::display(db, key);
            members.push(Known { name, ty: value.clone(), presence: Presence::Free, forms: Vec::new() });
        }
        members
    }
}

/// The record inside of a type, with the name that it goes by.
fn inside(db: &dyn Db, ty: &Ty, name: Option<Decl>) -> (Option<Decl>, Ty) {
    match ty {
        Ty::Alias(decl) => inside(db, &types::expand(db, ty), Some(*decl)),
        Ty::List(element) | Ty::Keyed(_, element) | Ty::Map(_, element) | Ty::Collection(element) => {
            inside(db, element, None)
        }
        Ty::Refined(refined) => inside(db, &refined.base, name),
        Ty::Union(members) => {
            let found = members.iter().map(|member| inside(db, member, name));
            found.into_iter().find(|found| matches!(found.1, Ty::Record(_))).unwrap_or((name, ty.clone()))
        }
        other => (name, other.clone()),
    }
}

/// The fields of a type. One that stands in itself is not gone into again.
fn said(db: &dyn Db, place: &Place, reach: Reach, around: &mut Vec<Decl>) -> Vec<Member> {
    if around.len() > MAX_DEPTH || place.decl.is_some_and(|decl| around.contains(&decl)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    around.extend(place.decl);
    for member in place.members(db) {
        let mut shown = member.said(db);
        if reach == Reach::All {
            shown.members = said(db, &Place::of(db, &member.ty), reach, around);
        }
        found.push(shown);
    }
    if place.decl.is_some() {
        around.pop();
    }
    found
}

impl Member {
    /// Says of a field of an object what follows from its place.
    fn follow(&mut self) {
        match self.name.as_str() {
            "apiVersion" | "kind" => self.facts.push("follows from the type".to_string()),
            "metadata" => self.facts.push("`name` and `namespace` follow from the block".to_string()),
            _ => {}
        }
    }
}

impl Known {
    fn said(&self, db: &dyn Db) -> Member {
        let prose = self.forms.last().map_or(String::new(), |form| kubernetes::catalog().prose(form.prose));
        Member {
            name: self.name.clone(),
            ty: shown(db, &self.ty),
            presence: self.presence,
            facts: self.forms.last().map_or(Vec::new(), |form| facts(form, &self.forms)),
            prose,
            members: Vec::new(),
        }
    }
}

/// What the catalog knows of a field and its type does not say.
fn facts(field: &Field, forms: &[Field]) -> Vec<String> {
    let mut said = Vec::new();
    for fact in &field.facts {
        match fact {
            Fact::Default(json) => said.push(format!("default {json}")),
            Fact::Suggested(values) => {
                let values: Vec<String> = values.iter().map(|value| format!("{:?}", value.text)).collect();
                said.push(format!("such as {}", values.join(", ")));
            }
            Fact::Immutable => said.push("can not be changed later".to_string()),
            Fact::OneOf(_) => said.push("one of several".to_string()),
            Fact::MinItems(least) => said.push(format!("at least {least}")),
            Fact::MaxItems(most) => said.push(format!("at most {most}")),
            _ => {}
        }
    }
    let first = forms.iter().map(|form| form.minors.first).min().unwrap_or(Minors::READ.first);
    let last = forms.iter().map(|form| form.minors.last).max().unwrap_or(Minors::READ.last);
    if first > Minors::READ.first {
        said.push(format!("since 1.{first}"));
    }
    if last < Minors::READ.last {
        said.push(format!("until 1.{last}"));
    }
    said
}

/// A field of a type that a record is written as, with what the API says of it.
pub fn member(db: &dyn Db, decl: Decl, name: &str) -> Option<Member> {
    let at = Place { ty: Ty::Alias(decl), decl: Some(decl) };
    at.members(db).iter().find(|member| member.name == name).map(|member| member.said(db))
}

/// What the API says of a type, or the comment before its declaration.
pub fn prose_of_type(db: &dyn Db, decl: Decl) -> String {
    match kubernetes::type_id(db, decl) {
        Some(id) => {
            let catalog = kubernetes::catalog();
            catalog.prose(catalog.type_(id).prose)
        }
        None => crate::decl::docs(db, At { decl, node: 0 }).map_or(String::new(), |docs| docs.to_string()),
    }
}

/// A type in one line: records without a name are `{ .. }`.
pub fn shown(db: &dyn Db, ty: &Ty) -> String {
    match ty {
        Ty::Alias(decl) => match kubernetes::type_id(db, *decl) {
            Some(id) => kubernetes::reference(id),
            None => decl_name(db, *decl).to_string(),
        },
        Ty::Record(_) => "{ .. }".to_string(),
        Ty::List(element) => format!("[{}]", shown(db, element)),
        Ty::Keyed(key, element) => format!("[{key}: {}]", shown(db, element)),
        Ty::Map(key, value) => format!("{{{}: {}}}", shown(db, key), shown(db, value)),
        Ty::Union(members) => {
            let members: Vec<String> = members.iter().map(|member| shown(db, member)).collect();
            members.join(" | ")
        }
        other => ty::display(db, other),
    }
}
