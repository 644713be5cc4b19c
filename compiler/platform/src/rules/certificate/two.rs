//! `certificate/two`: certificates that are kept in one secret.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// Every certificate has a secret of its own.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut kept: BTreeMap<(&str, &str), &Entity> = BTreeMap::new();
    for certificate in &cluster.certificates {
        let (Some(object), Some(secret)) = (cluster.objects.get(certificate.entity), &certificate.secret) else {
            continue;
        };
        let Some(first) = kept.get(&(&*object.namespace, &**secret)) else {
            kept.insert((&object.namespace, secret), object);
            continue;
        };
        let message =
            format!("{} and {} are both kept in the secret `{}`", object.shown(), first.shown(), secret.value);
        let at = if secret.given { secret.at } else { object.at };
        let finding =
            Diagnostic::new(&rules::CERTIFICATE_TWO, at, message).label("each takes the place of the other, for ever");
        found.push(
            finding
                .also(first.name_at, "the other one")
                .help("give each a secret of its own, or ask for one certificate of all names"),
        );
    }
}
