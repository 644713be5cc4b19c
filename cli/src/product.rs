//! What a platform makes, as one text or as the files of a directory.

use backend::{Artifact, Object};

use crate::arguments::Values;

/// What a platform makes.
pub enum Made {
    /// Its Kubernetes objects, each with the name of the cluster that it is for.
    Objects(Vec<Object<String>>),
    /// Where it has none, its outputs.
    Outputs(String),
}

impl Made {
    /// The objects in the order in which a cluster takes them, those of one cluster together.
    pub fn objects(mut objects: Vec<Object<String>>) -> Self {
        backend::sort(&mut objects);
        objects.sort_by(|one, other| one.origin.cmp(&other.origin));
        Self::Objects(objects)
    }

    /// All of it as one text.
    pub fn stream(&self, format: Values) -> String {
        match (self, format) {
            (Self::Outputs(text), _) => text.clone(),
            (Self::Objects(objects), Values::Yaml) => backend::stream(objects),
            (Self::Objects(objects), Values::Json) => list(objects),
        }
    }

    /// A file for each object, below its cluster and its namespace: `lab/web/deployment-shop.yaml`.
    pub fn files(self, format: Values) -> Vec<Artifact<()>> {
        let end = match format {
            Values::Yaml => "yaml",
            Values::Json => "json",
        };
        let artifact = |path: String, text: String| Artifact { path, content: text.into_bytes(), origin: () };
        match self {
            Self::Outputs(text) => vec![artifact(format!("platform.{end}"), text)],
            Self::Objects(objects) => {
                objects.into_iter().map(|object| artifact(format!("{}.{end}", path_of(&object)), object.text)).collect()
            }
        }
    }
}

fn path_of(object: &Object<String>) -> String {
    path(&object.origin, &object.namespace, &object.kind, &object.name)
}

/// Where an object's file is, without its end.
pub fn path(cluster: &str, namespace: &str, kind: &str, name: &str) -> String {
    let file = format!("{}-{}", kind.to_lowercase(), plain(name));
    let steps = [cluster, namespace].into_iter().filter(|step| !step.is_empty());
    steps.map(|step| plain(step) + "/").collect::<String>() + &file
}

/// A name without what no file can be called by: `system:reader` is `system_reader`.
fn plain(name: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() || "-._".contains(letter) { letter } else { '_' };
    name.chars().map(letter).collect()
}

/// Objects as one list of the API.
fn list(objects: &[Object<String>]) -> String {
    let items: Vec<&str> = objects.iter().map(|object| object.text.trim_end()).collect();
    format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n{}\n]}}\n", items.join(",\n"))
}
