//! What a platform makes, as one text or as the files of a directory.

use std::collections::BTreeMap;

use backend::{Artifact, Object};

use crate::arguments::Values;
use crate::place;

/// What a platform makes.
pub enum Made {
    /// Its Kubernetes objects, and beside them its outputs, if it has any.
    Objects(Vec<Object<Owner>>, Option<String>),
    /// Where it has no objects, its outputs.
    Outputs(String),
}

/// Where an object comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The path of the cluster that it is for.
    pub cluster: String,
    /// Which of the compiler's objects it is.
    pub number: usize,
    /// Where the cluster makes its name, what that begins with.
    pub generate_name: String,
}

/// Which object a file holds; none where it holds the outputs.
pub type Held = Option<usize>;

impl Made {
    /// The objects in the order in which a cluster takes them, those of one cluster together.
    pub fn objects(mut objects: Vec<Object<Owner>>, outputs: Option<String>) -> Self {
        backend::sort(&mut objects);
        objects.sort_by(|one, other| one.origin.cluster.cmp(&other.origin.cluster));
        Self::Objects(objects, outputs)
    }

    /// All of it as one text, which the outputs beside objects are no part of.
    pub fn stream(&self, format: Values) -> String {
        match (self, format) {
            (Self::Outputs(text), _) => text.clone(),
            (Self::Objects(objects, _), Values::Yaml) => backend::stream(objects),
            (Self::Objects(objects, _), Values::Json) => list(objects),
        }
    }

    /// Whether the stream leaves outputs out.
    pub fn leaves_out(&self) -> bool {
        matches!(self, Self::Objects(_, Some(_)))
    }

    /// A file for each object, and one for the outputs.
    pub fn files(self, format: Values) -> Vec<Artifact<Held>> {
        let end = match format {
            Values::Yaml => "yaml",
            Values::Json => "json",
        };
        let artifact = |path: &str, text: String, origin: Held| {
            let path = format!("{path}.{end}");
            Artifact { path, content: text.into_bytes(), origin }
        };
        let (objects, outputs) = match self {
            Self::Outputs(text) => (vec![], Some(text)),
            Self::Objects(objects, outputs) => (objects, outputs),
        };
        let mut alike = BTreeMap::new();
        let mut files: Vec<Artifact<Held>> = vec![];
        for object in objects {
            let path = path(&object, &mut alike);
            files.push(artifact(&path, object.text, Some(object.origin.number)));
        }
        files.extend(outputs.map(|text| artifact("platform", text, None)));
        files
    }
}

/// Where an object's file is, without its end: `lab/web/deployment-shop`. Of objects without a name that say the same,
/// the second is `-2`.
fn path(object: &Object<Owner>, alike: &mut BTreeMap<String, usize>) -> String {
    let kind = place::kind(&object.group, &object.kind);
    let path = |name: &str| place::path(&object.origin.cluster, &object.namespace, &kind, name);
    if !object.name.is_empty() {
        return path(&object.name);
    }
    let path = path(&place::made_name(&object.origin.generate_name, &object.text));
    let count = alike.entry(path.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { path } else { format!("{path}-{count}") }
}

/// Objects as one list of the API.
fn list(objects: &[Object<Owner>]) -> String {
    let items: Vec<&str> = objects.iter().map(|object| object.text.trim_end()).collect();
    format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n{}\n]}}\n", items.join(",\n"))
}
