//! `ingress/certificate`: a host that no certificate of its ingress is for.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Where an ingress has certificates, each of its hosts has one.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for ingress in cluster.ingresses.iter().filter(|ingress| !ingress.tls.is_empty()) {
        let Some(object) = cluster.objects.get(ingress.entity) else {
            continue;
        };
        let mut told = BTreeSet::new();
        for path in ingress.paths.iter().filter(|path| !path.host.is_empty() && !path.host.contains("${")) {
            if ingress.tls.iter().any(|name| covers(name, &path.host)) || !told.insert(&path.host) {
                continue;
            }
            let names: Vec<&str> = ingress.tls.iter().map(|name| &**name).take(5).collect();
            let message = format!(
                "{} serves `{}`, and its certificates are for `{}`",
                object.shown(),
                path.host,
                names.join("`, `")
            );
            let at = if object.given { path.at } else { object.at };
            let finding = Diagnostic::new(&rules::INGRESS_CERTIFICATE, at, message).label("browsers warn of this");
            found.push(finding.help(format!("add `{}` to the `hosts` of `tls`", path.host)));
        }
    }
}

/// Whether a certificate for a name is one for a host. A star is one label.
fn covers(name: &str, host: &str) -> bool {
    let wild = || name.strip_prefix("*.").is_some_and(|of| host.split_once('.').is_some_and(|(_, rest)| rest == of));
    name.is_empty() || name.contains("${") || name == host || wild()
}
