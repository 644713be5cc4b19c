//! `security/not-admitted`: pods that do what their namespace forbids.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Entity, Namespace};
use crate::rules::Findings;

/// The label by which a namespace says what it lets in.
const LABEL: &str = "pod-security.kubernetes.io/enforce";

/// Pods do only what the standard of their namespace lets in.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let namespace = cluster.namespaces.get(&object.space());
        let Some((level, by)) = level(cluster, object, namespace) else {
            continue;
        };
        let admission = &pods.admission;
        let broken = match level {
            "baseline" => admission.baseline,
            "restricted" => admission.baseline.or(admission.restricted),
            _ => None,
        };
        let Some((at, what)) = broken else {
            continue;
        };
        let at = if object.given { at } else { object.at };
        let message = format!("{} {what}, and `{}` lets in what is `{level}` alone", object.shown(), object.space());
        let finding = Diagnostic::new(&rules::SECURITY_NOT_ADMITTED, at, message).label("no pod of it is ever made");
        let finding = finding.also(by, "this says what is let in");
        found.push(finding.help(format!(
            "do without it, or label the namespace `{LABEL}: {}`",
            if admission.baseline.is_some() { "privileged" } else { "baseline" }
        )));
    }
}

/// What is let into the namespace of an object, and where that is said.
fn level<'a>(cluster: &Cluster, object: &Entity, namespace: Option<&'a Namespace>) -> Option<(&'a str, Place)> {
    let said = namespace.and_then(|namespace| Some((namespace.labels.named(LABEL)?.as_str(), namespace.at)));
    // Talos lets nothing else in unless told otherwise.
    let usual = || {
        (cluster.distribution.schema == "Talos" && object.space() != "kube-system")
            .then_some(("baseline", cluster.distribution.at))
    };
    said.or_else(usual)
}
