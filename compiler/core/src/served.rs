//! What the Kubernetes of a cluster does not have: kinds, and fields and words within kinds that it has.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;
use schemas::{Fact, Minors, Presence, Shape, Standing, TypeId};

use crate::eval::{field, schema_at};
use crate::keys::{At, Db, Home};
use crate::kubernetes;
use crate::objects::Object;
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::value::{Data, Item, Value};

/// The minor version of Kubernetes that a cluster runs.
pub fn minor_of(db: &dyn Db, cluster: Home) -> Option<u8> {
    let slot = schema(db, (*schema_at(db, cluster))?).slot(Symbol::new("kubernetes"))?;
    match &field(db, cluster, slot).value {
        Value::Text(version) => version.trim_start_matches('v').split('.').nth(1)?.parse().ok(),
        _ => None,
    }
}

/// A kind that the cluster's version of Kubernetes does not have in this version of its group.
pub fn not_served(object: &Object, minor: u8) -> Option<Diagnostic<At>> {
    let ((group, version), kind) = (object.group_and_version(), &*object.kind);
    let written = &object.api_version;
    let replaced = |release: schemas::Release| {
        release.replacement.map(|name| match name.group {
            "" => format!("{} {}", name.version, name.kind),
            group => format!("{group}/{} {}", name.version, name.kind),
        })
    };
    let (rule, message, release) = match schemas::served(group, version, kind, minor) {
        Standing::Ahead(release) => {
            let message = format!(
                "Kubernetes 1.{minor} does not have `{kind}` in `{written}` yet: 1.{} does",
                release.introduced
            );
            (&rules::OBJECT_NOT_SERVED, message, release)
        }
        Standing::Removed(release) => {
            let last = release.removed.map_or(String::new(), |removed| format!(": 1.{removed} removed it"));
            (&rules::OBJECT_NOT_SERVED, format!("Kubernetes 1.{minor} has no `{kind}` in `{written}`{last}"), release)
        }
        Standing::Deprecated(release) => {
            let ends = release.removed.map_or(String::new(), |removed| format!(", and 1.{removed} removes it"));
            (
                &rules::OBJECT_DEPRECATED,
                format!("`{kind}` in `{written}` is deprecated in Kubernetes 1.{minor}{ends}"),
                release,
            )
        }
        Standing::Served(_) | Standing::Unknown => return None,
    };
    let help = match replaced(release) {
        Some(other) => format!("write it as `{other}`"),
        None => "there is no replacement; leave it out, or choose another version of Kubernetes".to_string(),
    };
    Some(Diagnostic::new(rule, object.at, message).help(help))
}

/// What versions lack in types, as far as somebody asked; nothing while that is being looked up.
type Tables = FxHashMap<(TypeId, u8), Option<Arc<Lack>>>;

/// What a version of Kubernetes lacks in a type and in what stands below it.
#[derive(Default, Debug)]
struct Lack {
    /// Its fields that the version does not have, and which do.
    fields: Vec<(Symbol, Minors)>,
    /// Its fields that the version asks for, and another one does not.
    wanted: Vec<Symbol>,
    /// The words that the version does not know for a field, and which do.
    words: Vec<(Symbol, &'static str, Minors)>,
    /// The fields below which something is lacking.
    below: Vec<(Symbol, Shape)>,
}

impl Lack {
    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.wanted.is_empty() && self.words.is_empty() && self.below.is_empty()
    }
}

/// Looks for what versions lack in objects. What they lack is looked up once, for the types that objects are of.
pub struct Lacks<'a> {
    tables: MutexGuard<'static, Tables>,
    kinds: FxHashMap<(&'a str, &'a str), Option<TypeId>>,
}

impl<'a> Lacks<'a> {
    /// Takes the tables for a while.
    pub fn new() -> Self {
        static TABLES: OnceLock<Mutex<Tables>> = OnceLock::new();
        let tables = TABLES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        Lacks { tables, kinds: FxHashMap::default() }
    }

    /// Finds the fields and words of an object that a version does not have.
    pub fn find(&mut self, object: &'a Object, minor: u8, found: &mut Vec<Diagnostic<At>>) {
        let find = || {
            let (group, version) = object.group_and_version();
            kubernetes::catalog().kind(group, version, &object.kind).map(|kind| kind.type_)
        };
        if let Some(id) = *self.kinds.entry((&object.api_version, &object.kind)).or_insert_with(find) {
            self.within(id, (&object.data, object.at), minor, found);
        }
    }

    fn within(&mut self, id: TypeId, (data, at): (&Data, At), minor: u8, found: &mut Vec<Diagnostic<At>>) {
        let Some(lack) = self.lack(id, minor).filter(|lack| !lack.is_empty()) else {
            return;
        };
        for name in &lack.wanted {
            if data.get(*name).is_none_or(|item| item.value == Value::Null) {
                let message = format!("Kubernetes 1.{minor} wants `{name}` in `{}`", word(id));
                found.push(Diagnostic::new(&rules::OBJECT_REFUSED, at, message).help(format!("give `{name}` a value")));
            }
        }
        for (name, item) in data.entries.iter().filter(|(_, item)| item.value != Value::Null) {
            if let Some((_, minors)) = lack.fields.iter().find(|(field, _)| field == name) {
                found.push(lacking(&format!("no `{name}` in `{}`", word(id)), item.at, *minors, minor));
            }
            if let Value::Text(text) = &item.value
                && let Some((_, _, minors)) =
                    lack.words.iter().find(|(field, known, _)| field == name && *known == &**text)
            {
                found.push(lacking(&format!("no {text:?} for `{name}`"), item.at, *minors, minor));
            }
            if let Some((_, shape)) = lack.below.iter().find(|(field, _)| field == name) {
                self.below(shape, item, minor, found);
            }
        }
    }

    /// Looks into the objects of a value: one, or those of a list or a map.
    fn below(&mut self, shape: &Shape, item: &Item, minor: u8, found: &mut Vec<Diagnostic<At>>) {
        match (shape, &item.value) {
            (Shape::Object(id), Value::Data(data)) => self.within(*id, (data, item.at), minor, found),
            (Shape::List(inner), Value::List(items)) => {
                items.iter().for_each(|item| self.below(inner, item, minor, found));
            }
            (Shape::List(inner) | Shape::Map(inner), Value::Data(data)) => {
                data.entries.iter().for_each(|(_, item)| self.below(inner, item, minor, found));
            }
            _ => {}
        }
    }

    /// What a version lacks in a type; nothing while that is being looked up, as in a type that stands in itself.
    fn lack(&mut self, id: TypeId, minor: u8) -> Option<Arc<Lack>> {
        if let Some(known) = self.tables.get(&(id, minor)) {
            return known.clone();
        }
        self.tables.insert((id, minor), None);
        let mut lack = Lack::default();
        let type_ = kubernetes::catalog().type_(id);
        for field in &type_.fields {
            let name = Symbol::new(field.name);
            let Some(now) = type_.field(field.name, minor) else {
                match lack.fields.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, minors)) => minors.last = field.minors.last,
                    None => lack.fields.push((name, field.minors)),
                }
                continue;
            };
            if now != field {
                continue;
            }
            if field.presence == Presence::Required && !kubernetes::is_always_asked(&type_, field.name) {
                lack.wanted.push(name);
            }
            for fact in &field.facts {
                if let Fact::Values(values) = fact {
                    let unknown = values.iter().filter(|value| !value.minors.contain(minor));
                    lack.words.extend(unknown.map(|value| (name, value.text, value.minors)));
                }
            }
            if let Some(inner) = object_in(&field.shape)
                && self.lack(inner, minor).is_none_or(|lack| !lack.is_empty())
            {
                lack.below.push((name, field.shape.clone()));
            }
        }
        let lack = Arc::new(lack);
        self.tables.insert((id, minor), Some(lack.clone()));
        Some(lack)
    }
}

/// The last word of the name of a type: `PodSpec`.
fn word(id: TypeId) -> &'static str {
    let name = kubernetes::catalog().name(id);
    name.rsplit('.').next().unwrap_or(name)
}

/// The type of the objects in a value.
pub fn object_in(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Object(id) => Some(*id),
        Shape::List(inner) | Shape::Map(inner) => object_in(inner),
        _ => None,
    }
}

fn lacking(what: &str, at: At, minors: Minors, minor: u8) -> Diagnostic<At> {
    if minor < minors.first {
        let message = format!("Kubernetes 1.{minor} has {what} yet: 1.{} does", minors.first);
        let help = format!("leave it out, or run Kubernetes 1.{} in this cluster", minors.first);
        return Diagnostic::new(&rules::OBJECT_NOT_SERVED, at, message).help(help);
    }
    let message = format!("Kubernetes 1.{minor} has {what} any more: 1.{} was the last", minors.last);
    Diagnostic::new(&rules::OBJECT_NOT_SERVED, at, message).help("leave it out")
}
