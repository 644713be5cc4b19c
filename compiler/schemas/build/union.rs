//! Joins the versions of the API into one: what is equal in all of them stands there once.
//!
//! A field whose shape or presence changed between two versions is two fields of the same name, each with its versions.
//! Prose is the newest.

use std::collections::BTreeMap;

use crate::model::{Api, Field, Kind, Type, Version};

/// The versions come in their order.
pub fn join(versions: Vec<Version>) -> Api {
    let mut api = Api::default();
    let mut kinds: BTreeMap<(String, String, String), Kind> = BTreeMap::new();
    for version in versions {
        for type_ in version.types {
            match api.types.get_mut(&type_.name) {
                Some(known) => join_type(known, type_, version.minor),
                None => {
                    api.types.insert(type_.name.clone(), type_);
                }
            }
        }
        for kind in version.kinds {
            let key = (kind.group.clone(), kind.kind.clone(), kind.version.clone());
            kinds.entry(key).and_modify(|known| known.minors.last = version.minor).or_insert(kind);
        }
    }
    api.kinds = kinds.into_values().collect();
    api
}

fn join_type(known: &mut Type, newer: Type, minor: u8) {
    known.minors.last = minor;
    known.doc = newer.doc;
    for field in newer.fields {
        match known.fields.iter_mut().find(|known| is_same(known, &field, minor)) {
            Some(known) => {
                known.minors.last = minor;
                known.doc = field.doc;
            }
            None => known.fields.push(field),
        }
    }
}

fn is_same(known: &Field, newer: &Field, minor: u8) -> bool {
    known.name == newer.name
        && known.shape == newer.shape
        && known.presence == newer.presence
        && known.minors.last + 1 == minor
}
