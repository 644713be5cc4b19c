//! `ingress/path`: a pattern where a path is compared letter by letter.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Entity, Ingress};
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
        found.extend(rewritten(ingress, object));
    }
}

const REWRITE: &str = "nginx.ingress.kubernetes.io/rewrite-target";

/// What is written in the place of a path may have parts of it, `$2`, as many as the pattern of the path has.
fn rewritten(ingress: &Ingress, object: &Entity) -> Option<Diagnostic<Place>> {
    let target = ingress.annotations.get(REWRITE)?;
    let digit = |at: usize| target.get(at + 1..)?.chars().next()?.to_digit(10);
    let last = target.match_indices('$').filter_map(|(at, _)| digit(at)).max()?;
    let groups = |path: &str| {
        path.matches('(').count().saturating_sub(path.matches("(?:").count() + path.matches("\\(").count())
    };
    let path = ingress.paths.iter().find(|path| !path.path.contains("${") && groups(&path.path) < last as usize)?;
    let message = format!(
        "{} leads `{}` on to `{target}`, and the pattern of the path has no part {last}",
        object.shown(),
        path.path
    );
    let finding =
        Diagnostic::new(&rules::INGRESS_PATH, path.at, message).label("what the service is asked for is empty");
    Some(finding.help(format!(
        "write a pattern with that many parts in brackets: `{}(/|$)(.*)`",
        path.path.trim_end_matches('/')
    )))
}
