//! `secret/legacy`: a new secret that is kept in a way that the platform leaves.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// What is kept in a way that no new secret takes was allowed to stay, each by itself.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.legacy.is_empty() {
        return;
    }
    let encrypted = cluster.encrypted.iter().filter_map(|by| Some((cluster.objects.get(*by)?, "sops")));
    let others = cluster.objects.iter().filter_map(|object| Some((object, way(object)?)));
    for (object, way) in encrypted.chain(others) {
        let Some((_, why)) = cluster.legacy.iter().find(|(known, _)| **known == *way) else { continue };
        let message = format!("{} is kept by `{way}`, which no new secret takes: {}", object.shown(), why.value);
        found.push(
            Diagnostic::new(&rules::SECRET_LEGACY, object.at, message)
                .label("kept in the way of before")
                .also(why.at, "so it was decided")
                .help(
                    "take another provider; what is older says `@allow(\"secret/legacy\", \"..\")` until it has moved",
                ),
        );
    }
}

/// How a secret is kept that an object brings.
fn way(object: &Entity) -> Option<&'static str> {
    Some(match (&*object.group, &*object.kind) {
        ("bitnami.com", "SealedSecret") => "sealed-secrets",
        ("external-secrets.io", "ExternalSecret") => "external-secrets",
        ("onepassword.com", "OnePasswordItem") => "onepassword",
        _ => return None,
    })
}
