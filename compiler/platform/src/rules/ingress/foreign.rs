//! `ingress/foreign`: annotations for another controller than the one that serves an ingress.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What a controller is called in its class, the beginning of its annotations, and what people call it.
const CONTROLLERS: [(&str, &str, &str); 4] = [
    ("ingress-nginx", "nginx.ingress.kubernetes.io/", "NGINX"),
    ("traefik", "traefik.ingress.kubernetes.io/", "Traefik"),
    ("haproxy", "haproxy.org/", "HAProxy"),
    ("kong", "konghq.com/", "Kong"),
];

/// Who serves an ingress reads its annotations.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let classes: BTreeMap<&str, _> = cluster.ingress_classes.iter().map(|class| (&*class.class, class)).collect();
    let usual = cluster.ingress_classes.iter().find(|class| class.default);
    for ingress in &cluster.ingresses {
        let named = ingress.class.as_ref().map(|class| classes.get(&*class.value).copied());
        let (Some(class), Some(object)) = (named.unwrap_or(usual), cluster.objects.get(ingress.entity)) else {
            continue;
        };
        let Some((_, own, name)) = CONTROLLERS.iter().find(|(word, ..)| class.controller.contains(word)) else {
            continue;
        };
        let other = |key: &str| CONTROLLERS.iter().find(|(_, start, _)| start != own && key.starts_with(start));
        let Some((key, (_, _, reader))) = ingress.annotations.keys().find_map(|key| Some((key, other(key)?))) else {
            continue;
        };
        // Who says something to both knows of both.
        if ingress.annotations.keys().any(|key| key.starts_with(own)) {
            continue;
        }
        let message = format!("{} says `{key}`, which {reader} reads, and {name} serves it", object.shown());
        let at = if class.brought { cluster.distribution.at } else { class.at };
        let finding = Diagnostic::new(&rules::INGRESS_FOREIGN, object.at, message).label("nobody reads this");
        let finding = finding.also(at, format!("the class `{}`", class.class));
        found.push(finding.help(format!("say it in the way of {name}, or name a class of {reader}")));
    }
}
