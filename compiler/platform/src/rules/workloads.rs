//! Which pods a service stands in front of.

use super::Indexed;
use crate::lists::List;
use crate::model::{Labels, Pods, Text};
use crate::reach::trust::is_added;

impl<'a> Indexed<'a> {
    /// What runs pods that have all of these labels, those included that its controller adds.
    pub fn selected(&self, namespace: Text, labels: &Labels) -> Vec<&'a Pods> {
        if let Some((kind, name)) = of_one(labels) {
            match self.runs(namespace, kind, name) {
                Some(pods) if has_all(&pods.labels, labels) => return vec![pods],
                // Operators make stateful sets that nobody sees, and pods like theirs may be written.
                None if kind == "StatefulSet" => {}
                _ => return Vec::new(),
            }
        }
        let plain = labels.iter().filter(|(key, _)| !is_added(key));
        let Some(candidates) = self.index.fewest(namespace, plain) else {
            return Vec::new();
        };
        self.among(candidates).filter(|pods| has_all(&pods.labels, labels)).collect()
    }

    /// What runs pods, by its kind and its name.
    fn runs(&self, namespace: Text, kind: &str, name: &str) -> Option<&'a Pods> {
        self.among(self.index.in_namespace(namespace)).find(|pods| {
            let object = self.cluster.objects.get(pods.entity);
            object.is_some_and(|object| object.kind == kind && object.name == name)
        })
    }

    fn among(&self, numbers: List<'_>) -> impl Iterator<Item = &'a Pods> {
        let cluster = self.cluster;
        numbers.filter_map(move |number| cluster.pods.get(number))
    }
}

/// Whether pods have labels. Which ones a controller adds to each of them is not written.
pub fn has_all(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| is_added(key) || labels.get(key) == Some(value))
}

/// The object that is chosen by what its controller adds: the pod `db-0` of a stateful set, the pods of a job.
fn of_one(labels: &Labels) -> Option<(&'static str, &str)> {
    let job = labels.named("batch.kubernetes.io/job-name").or_else(|| labels.named("job-name"));
    if let Some(job) = job {
        return Some(("Job", job));
    }
    let (set, number) = labels.named("statefulset.kubernetes.io/pod-name")?.rsplit_once('-')?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(("StatefulSet", set))
}
