//! `ingress/unknown-class`: a class that nobody serves.
//! `ingress/no-class`: an ingress without a class, where none is meant by default.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};
use domain::nearest;

use super::known_classes;
use crate::model::{Cluster, Said, Text};
use crate::rules::Findings;
use crate::rules::pool::shown;

/// A class is declared by an object, served by a controller of the platform, or brought by the distribution.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let known = known_classes(cluster);
    let classes: BTreeSet<&str> = cluster.ingress_classes.iter().map(|class| &*class.class).collect();
    for ingress in &cluster.ingresses {
        let Some(class) = &ingress.class else {
            let is_meant = cluster.ingress_classes.iter().any(|class| class.default);
            if known.is_some() && !is_meant {
                let at = cluster.objects.get(ingress.entity).map_or(cluster.at, |object| object.at);
                let message = format!(
                    "{} has no class, and `{}` has none by default",
                    shown(cluster, ingress.entity),
                    cluster.name
                );
                found.push(Diagnostic::new(&rules::INGRESS_NO_CLASS, at, message).help("set its `ingressClassName`"));
            }
            continue;
        };
        unknown(cluster, (ingress.entity, "is of"), class, (&classes, known.is_some()), found);
    }
    // Who proves that a name is one's own by an ingress says of which class that one is.
    for (by, class) in &cluster.named_classes {
        unknown(cluster, (*by, "asks by"), class, (&classes, known.is_some()), found);
    }
}

fn unknown(
    cluster: &Cluster,
    (by, does): (usize, &str),
    class: &Said<Text>,
    (classes, is_sure): (&BTreeSet<&str>, bool),
    found: &mut Findings,
) {
    if classes.contains(&*class.value) || class.contains("${") {
        return;
    }
    let near = nearest(&class.value, classes.iter().copied());
    if near.is_none() && !is_sure {
        return;
    }
    let message = format!("{} {does} the class `{}`, which nobody serves", shown(cluster, by), class.value);
    let finding =
        Diagnostic::new(&rules::INGRESS_UNKNOWN_CLASS, class.at, message).label("no request would come through");
    let finding = cluster.ingress_classes.iter().take(5).fold(finding, |finding, class| {
        let at = if class.brought { cluster.distribution.at } else { class.at };
        finding.also(at, format!("the class `{}`", class.class))
    });
    found.push(match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("name a class that there is, or add a controller that serves this one"),
    });
}
