//! `ingress/path`: a pattern where a path is compared letter by letter.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What only a pattern has.
const PATTERN: &[&str] = &["(", ".*", "[", "$", "\\", "|"];

/// `Exact` and `Prefix` know no patterns.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for ingress in &cluster.ingresses {
        let Some(object) = cluster.objects.get(ingress.entity) else {
            continue;
        };
        let letters = ingress.paths.iter().filter(|path| matches!(&*path.kind, "Exact" | "Prefix"));
        // What Flux puts in later is not known yet.
        let plain = letters.filter(|path| !path.path.contains("${"));
        if let Some(path) = plain.into_iter().find(|path| PATTERN.iter().any(|part| path.path.contains(part))) {
            let message = format!(
                "{} has the path `{}` of the type `{}`, which knows no patterns",
                object.shown(),
                path.path,
                path.kind
            );
            let finding =
                Diagnostic::new(&rules::INGRESS_PATH, path.at, message).label("no request begins with these letters");
            found.push(finding.help("write `pathType: \"ImplementationSpecific\"` where the controller knows patterns, or a path without one"));
        }
    }
}
