//! `version/window`: a component that does not work with the cluster's Kubernetes; `version/untried`: one that was never
//! tried with it.

use diagnostics::{Diagnostic, rules};
use domain::Version;

use super::components::Component;
use super::facts::Minor;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// Each component works with the Kubernetes of the cluster.
pub fn check(cluster: &Cluster, components: &[Component], found: &mut Findings) {
    // A version that nobody chose says nothing.
    let of_distribution =
        |version: &Said<Version>| cluster.distribution.version.as_ref().is_some_and(|v| **v == **version);
    let chosen = |version: &&Said<Version>| version.given || of_distribution(version);
    let Some(kubernetes) = cluster.kubernetes.as_ref().filter(chosen) else {
        return;
    };
    let runs = (kubernetes.major(), kubernetes.minor());
    let mut judged: Vec<(&str, Option<Minor>)> = Vec::new();
    for component in components {
        let Some(window) = component.window().filter(|_| !judged.contains(&(component.name, component.minor()))) else {
            continue;
        };
        judged.push((component.name, component.minor()));
        let below = runs < window.least;
        let above = window.most.is_some_and(|most| runs > most);
        if !below && !above {
            continue;
        }
        let rule = if below || window.breaks { &rules::VERSION_WINDOW } else { &rules::VERSION_UNTRIED };
        let does = if below || window.breaks { "does not work with" } else { "was not tried with" };
        let version = component.version.as_ref().map_or("", |version| version.as_str());
        let name = shown(component);
        let message =
            format!("{name} {version} {does} Kubernetes {}.{}, which `{}` runs", runs.0, runs.1, cluster.name);
        let range = match window.most {
            Some(most) => format!("Kubernetes {}.{} to {}.{}", window.least.0, window.least.1, most.0, most.1),
            None => format!("Kubernetes {}.{} or later", window.least.0, window.least.1),
        };
        let finding = Diagnostic::new(rule, component.at, message).label(format!("this works with {range}"));
        found.push(
            finding
                .also(kubernetes.at, "the version of Kubernetes")
                .help(format!("take another version of {name}, or {range}")),
        );
    }
}

fn shown(component: &Component) -> &'static str {
    match component.name {
        "flux" => "Flux",
        "talos" => "Talos",
        "strimzi" => "Strimzi",
        "metallb" => "MetalLB",
        other => other,
    }
}
