//! `requires/flag`: a switch of the platform that is on, and nothing that it switches.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use super::offered::{is_called, is_offered};
use crate::Place;
use crate::model::{Cluster, Holder, Text};
use crate::rules::Findings;
use crate::rules::refs::unseen::others;

/// What a switch means, and what must be there for it.
struct Flag {
    names: &'static [&'static str],
    what: &'static str,
    is_there: fn(&Cluster) -> bool,
    help: &'static str,
}

const FLAGS: &[Flag] = &[
    Flag {
        names: &["BACKUP_SCHEDULE", "BACKUP_ENABLED", "BACKUPS_ENABLED", "ENABLE_BACKUP", "ENABLE_BACKUPS"],
        what: "backups",
        is_there: |cluster| {
            let kinds = ["Schedule", "ScheduledBackup", "ReplicationSource", "RecurringJob"];
            let jobs = |kind: &str, name: &str| kinds.contains(&kind) || kind == "CronJob" && name.contains("backup");
            cluster.objects.iter().any(|object| jobs(&object.kind, &object.name))
                || ["velero", "k8up", "volsync", "backup"].iter().any(|word| is_called(cluster, word))
        },
        help: "install what makes them, such as Velero, and say when it does",
    },
    Flag {
        names: &["TLS_ENABLED", "ENABLE_TLS"],
        what: "certificates",
        is_there: |cluster| {
            cluster.ingresses.iter().any(|ingress| !ingress.tls.is_empty())
                || cluster.objects.iter().any(|object| &*object.kind == "Certificate")
                || is_called(cluster, "cert-manager")
        },
        help: "install cert-manager, or say where the certificates are: `tls` of the ingresses",
    },
    Flag {
        names: &["NETWORK_POLICIES_ENABLED", "ENABLE_NETWORK_POLICIES", "NETWORK_POLICY_ENABLED"],
        what: "network policies that are enforced",
        is_there: |cluster| is_offered(cluster, "cni.policy"),
        help: "choose a CNI that enforces them, such as Calico or Cilium",
    },
    Flag {
        names: &["MONITORING_ENABLED", "ENABLE_MONITORING"],
        what: "monitoring",
        is_there: |cluster| {
            let words = ["prometheus", "victoria-metrics", "monitoring", "mimir", "alloy", "opentelemetry", "datadog"];
            !cluster.scrapers.is_empty() || words.iter().any(|word| is_called(cluster, word))
        },
        help: "install what collects metrics, such as `kube-prometheus-stack`",
    },
    Flag {
        names: &["AUTOSCALING_ENABLED", "ENABLE_AUTOSCALING"],
        what: "metrics of pods",
        is_there: |cluster| is_offered(cluster, "metrics.k8s.io"),
        help: "install metrics-server",
    },
];

/// A switch that the whole platform is built with does something. Those of applications are their own.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    // What comes from another repository may be what is switched.
    let is_open = || others(cluster).any(|maker| maker.namespace.is_none() && maker.name.is_none());
    let switches: Vec<_> = switches(cluster).filter(|(_, value, _)| is_on(value)).collect();
    if switches.is_empty() || is_open() {
        return;
    }
    for (name, _, at) in switches {
        let flag = FLAGS.iter().find(|flag| flag.names.contains(&name));
        found.extend(flag.filter(|flag| !(flag.is_there)(cluster)).map(|flag| told(cluster, name, at, flag)));
    }
}

fn told(cluster: &Cluster, name: &str, at: Place, flag: &Flag) -> Diagnostic<Place> {
    let message = format!("`{name}` is on, and nothing in `{}` has to do with {}", cluster.name, flag.what);
    Diagnostic::new(&rules::REQUIRES_FLAG, at, message).label("this switches nothing").help(flag.help)
}

/// The variables that kustomizations put values in the place of: their own, and those of the configs that they name.
fn switches(cluster: &Cluster) -> impl Iterator<Item = (&str, &str, Place)> {
    let own = cluster
        .substitutions
        .iter()
        .flat_map(|of| of.values.iter().map(|(name, value)| (&**name, &*value.value, value.at)));
    let named = cluster.substitutions.iter().flat_map(|of| &of.from).filter(|(kind, ..)| &**kind == "ConfigMap");
    let named: BTreeSet<(&Text, &Text)> = named.map(|(_, namespace, name)| (namespace, name)).collect();
    let held = cluster.literals.iter().filter(move |literal| {
        let by = || cluster.objects.get(literal.by);
        literal.holder == Holder::Config && by().is_some_and(|by| named.contains(&(&by.namespace, &by.name)))
    });
    own.chain(held.map(|literal| (&*literal.key, &*literal.value.value, literal.value.at)))
}

fn is_on(value: &str) -> bool {
    !matches!(value.trim().to_ascii_lowercase().as_str(), "" | "false" | "no" | "off" | "0" | "none" | "disabled")
}
