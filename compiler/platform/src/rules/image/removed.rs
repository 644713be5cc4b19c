//! `image/removed`: an image that is no longer where it was.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// The beginning of a name, what has become of it, and what to take instead.
const REMOVED: &[(&str, &str, &str)] = &[
    // https://github.com/bitnami/charts/issues/35164: since 29 September 2025 only a few, and only `latest`
    (
        "docker.io/bitnami/",
        "versions were removed from there in 2025",
        "take the image of the project itself, or `docker.io/bitnamilegacy` for a while",
    ),
    // https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement
    ("k8s.gcr.io/", "nothing new comes there since 2023", "take it from `registry.k8s.io`"),
    ("gcr.io/google_containers/", "nothing new comes there", "take it from `registry.k8s.io`"),
    // https://github.com/brancz/kube-rbac-proxy, https://github.com/kubernetes-sigs/kubebuilder/discussions/3907
    ("gcr.io/kubebuilder/", "it was removed from there in 2025", "take it from `quay.io/brancz/kube-rbac-proxy`"),
];

/// Images are still there.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        for container in pods.containers.iter().chain(&pods.before) {
            let (Some(said), Some(image)) = (&container.image, &container.reference) else {
                continue;
            };
            let name = image.name();
            let latest = name.starts_with("docker.io/bitnami/") && image.is_floating();
            if let Some((_, what, instead)) = REMOVED.iter().find(|(start, ..)| name.starts_with(start) && !latest) {
                let whose = cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
                let message = format!("the image `{name}` of {whose}: {what}");
                found.push(Diagnostic::new(&rules::IMAGE_REMOVED, said.at, message).help(*instead));
            }
        }
    }
}
