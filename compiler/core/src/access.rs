//! How people reach what runs in clusters, as the platform says it itself.

use std::sync::Arc;

use crate::eval::{FieldOut, instance};
use crate::keys::{self, Db, Home};
use crate::objects::clusters;
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::value::{Data, Value};

/// A way by which people reach something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// The cluster.
    pub cluster: String,
    /// The namespace.
    pub namespace: Arc<str>,
    /// What is reached.
    pub service: Arc<str>,
    /// What the way is called there.
    pub name: Arc<str>,
    /// Its address.
    pub url: Arc<str>,
    /// How it is exposed.
    pub by: Arc<str>,
    /// Who may come this way; empty where that is not said.
    pub from: Vec<Arc<str>>,
    /// Where the name and the password are; empty where none are asked for.
    pub credentials: Arc<str>,
}

/// The ways of all clusters, in the order of these.
pub fn ways(db: &dyn Db) -> Vec<Way> {
    clusters(db).into_iter().flat_map(|cluster| of_cluster(db, cluster)).collect()
}

fn of_cluster(db: &dyn Db, cluster: Home) -> Vec<Way> {
    let found = instance(db, cluster).as_deref().and_then(|found| {
        let slot = schema(db, found.schema).slot(Symbol::new("ways"))?;
        found.fields.get(slot as usize)
    });
    match found {
        Some(FieldOut::Value(Value::List(items))) => {
            let data = items.iter().filter_map(|item| match &item.value {
                Value::Data(data) => Some(data),
                _ => None,
            });
            data.map(|data| way(db, cluster, data)).collect()
        }
        _ => Vec::new(),
    }
}

fn way(db: &dyn Db, cluster: Home, data: &Data) -> Way {
    let text = |name: &str| match data.get(Symbol::new(name)).map(|item| &item.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => Arc::default(),
    };
    let from = match data.get(Symbol::new("from")).map(|item| &item.value) {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Way {
        cluster: keys::path_text(db, cluster),
        namespace: text("namespace"),
        service: text("service"),
        name: text("name"),
        url: text("url"),
        by: text("by"),
        from,
        credentials: text("credentials"),
    }
}
