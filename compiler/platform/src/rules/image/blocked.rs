//! `image/blocked`: something is fetched from a host on the internet that nothing may contact.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Holder, Said, Text};
use crate::rules::Findings;

/// What is blocked for the cluster is asked for nothing: images, charts, sources, scripts.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let blocked = &cluster.network.blocked;
    if blocked.is_empty() {
        return;
    }
    let mut report = |what: String, at: Place, by: &Said<Text>| {
        let message = format!("{what} is fetched from `{}`, which is blocked", by.value);
        let finding = Diagnostic::new(&rules::IMAGE_BLOCKED, at, message).also(by.at, "blocked here");
        found.push(finding.help("take it from a mirror that can be reached, or keep it beside the platform"));
    };
    for pods in &cluster.pods {
        let whose = || cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
        for container in pods.containers.iter().chain(&pods.before) {
            let image = container.image.as_ref().and_then(|said| Some((said.at, container.reference.as_ref()?)));
            if let Some((at, image)) = image
                && let Some(by) = blocked.iter().find(|by| covers(by, registry(image.registry())))
            {
                report(format!("the image of {}", whose()), at, by);
            }
            for argument in &container.arguments {
                if let Some(by) = blocked.iter().find(|by| contacts(argument, by)) {
                    report(format!("what {} is started with", whose()), argument.at, by);
                }
            }
        }
    }
    for literal in &cluster.literals {
        let fetched = matches!(literal.holder, Holder::Address | Holder::Config | Holder::Values);
        let by = blocked.iter().find(|by| fetched && contacts(&literal.value, by));
        if let (Some(by), Some(object)) = (by, cluster.objects.get(literal.by)) {
            report(format!("`{}` of {}", literal.key, object.shown()), literal.value.at, by);
        }
    }
}

/// The host that answers for a registry.
fn registry(name: &str) -> &str {
    if name == "docker.io" { "registry-1.docker.io" } else { name.split(':').next().unwrap_or(name) }
}

/// Whether a host is blocked: it is the one, or below it.
fn covers(blocked: &str, host: &str) -> bool {
    let blocked = blocked.strip_prefix("*.").unwrap_or(blocked);
    host == blocked || host.strip_suffix(blocked).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether a text names an address of a host that is blocked.
fn contacts(text: &str, blocked: &str) -> bool {
    text.match_indices("://").any(|(at, _)| {
        let rest = text.get(at + 3..).unwrap_or_default();
        let rest = rest.split(['/', ' ', '\n', '"', '\'', '?', '#']).next().unwrap_or_default();
        let host = rest.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
        covers(blocked, host)
    })
}
