//! `certificate/two`: certificates that are kept in one secret.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Certificate, Cluster, Entity, Text};
use crate::rules::Findings;

/// Every certificate has a secret of its own. Ingresses may share one, where they ask for the same names.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut kept: BTreeMap<(Text, Text), (&Entity, &Certificate)> = BTreeMap::new();
    for certificate in &cluster.certificates {
        let (Some(object), Some(secret)) = (cluster.objects.get(certificate.entity), &certificate.secret) else {
            continue;
        };
        if secret.contains("${") {
            continue;
        }
        let Some((first, other)) = kept.get(&(object.space(), secret.value)) else {
            kept.insert((object.space(), secret.value), (object, certificate));
            continue;
        };
        let at = if secret.given { secret.at } else { object.at };
        let is_asked = |object: &Entity| &*object.kind == "Ingress";
        let (message, label, help) = match is_asked(first) && is_asked(object) {
            true if are_within(certificate, other) || are_within(other, certificate) => continue,
            true => (
                format!(
                    "{} and {} ask for certificates of other names, and keep both in the secret `{}`",
                    object.shown(),
                    first.shown(),
                    secret.value
                ),
                "whoever comes second gets none for its names",
                "give each a secret of its own, or write all names in both",
            ),
            false => (
                format!("{} and {} are both kept in the secret `{}`", shown(object), shown(first), secret.value),
                "each takes the place of the other, for ever",
                match is_asked(first) || is_asked(object) {
                    true => {
                        "take the annotation of the ingress away, or the certificate, which comes of the annotation"
                    }
                    false => "give each a secret of its own, or ask for one certificate of all names",
                },
            ),
        };
        let finding = Diagnostic::new(&rules::CERTIFICATE_TWO, at, message).label(label);
        found.push(finding.also(first.name_at, "the other one").help(help));
    }
}

/// A certificate as people call it, whoever asks for it.
fn shown(object: &Entity) -> String {
    match &*object.kind {
        "Ingress" => format!("the certificate that {} asks for by its annotation", object.shown()),
        _ => object.shown(),
    }
}

/// Whether all names of a certificate are names of another.
fn are_within(one: &Certificate, other: &Certificate) -> bool {
    one.names.iter().all(|name| other.names.iter().any(|known| known.value == name.value))
}
