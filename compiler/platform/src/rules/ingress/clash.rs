//! `ingress/clash`: a path of a host that two ingresses lead elsewhere.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Ingress, IngressPath};
use crate::rules::Findings;
use crate::rules::pool::shown;

/// Annotations of an ingress that is meant to take a part of what another has.
const BESIDE: [&str; 2] = ["nginx.ingress.kubernetes.io/canary", "haproxy.org/canary"];

/// Within a class, each path of a host is led to one place.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let default = cluster.ingress_classes.iter().find(|class| class.default).map(|class| &*class.class);
    let mut known: BTreeMap<(&str, String, &str, &str), (&Ingress, &IngressPath)> = BTreeMap::new();
    for ingress in &cluster.ingresses {
        if BESIDE.iter().any(|key| ingress.annotations.get(*key).is_some_and(|value| &**value == "true")) {
            continue;
        }
        let class = ingress.class.as_ref().map(|class| &*class.value).or(default).unwrap_or_default();
        for path in &ingress.paths {
            let kind = if &*path.kind == "Exact" { "Exact" } else { "Prefix" };
            // A prefix means the same with a slash at its end.
            let written =
                if kind == "Prefix" && path.path.len() > 1 { path.path.trim_end_matches('/') } else { &*path.path };
            let key = (class, path.host.to_lowercase(), written, kind);
            let Some((first, first_path)) = known.insert(key, (ingress, path)) else {
                continue;
            };
            let host = if path.host.is_empty() { "every host" } else { &*path.host };
            let message = match first.entity == ingress.entity {
                true => format!("{} leads `{}` of {host} to two places", shown(cluster, ingress.entity), path.path),
                false => format!(
                    "{} and {} both lead `{}` of {host}",
                    shown(cluster, first.entity),
                    shown(cluster, ingress.entity),
                    path.path
                ),
            };
            found.push(
                Diagnostic::new(&rules::INGRESS_CLASH, path.at, message)
                    .label("one of them would never be asked")
                    .also(first_path.at, "the first")
                    .help("give one of them another host or path"),
            );
        }
    }
}
