//! `image/blocked`: something is fetched from a host on the internet that nothing may contact.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Holder, Said, Text};
use crate::pulls::{What, covers, host, is_of_chart, pulls};
use crate::rules::Findings;

/// What is blocked for the cluster is asked for nothing: images, files, charts, sources, scripts. Where a registry has
/// mirrors, these are asked.
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
    // Sources are texts of objects, which are asked below.
    for pull in pulls(cluster).into_iter().filter(|pull| pull.what != What::Source) {
        let asked = pull.hosts.iter().find_map(|host| blocked.iter().find(|by| covers(&by.value, host)));
        if let Some(by) = asked {
            let what = match &pull.what {
                What::Image if pull.by.starts_with("the distribution") => format!("`{}` of {}", pull.name, pull.by),
                What::Image => format!("the image of {}", pull.by),
                What::File(file, _) => format!("`{file}` of {}", pull.by),
                What::Chart(chart) => format!("the chart `{chart}`"),
                What::Source | What::Service => format!("`{}` of {}", pull.name, pull.by),
            };
            report(what, pull.at, by);
        }
    }
    for pods in &cluster.pods {
        let whose = || cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
        for argument in pods.containers.iter().chain(&pods.before).flat_map(|container| &container.arguments) {
            if let Some(by) = blocked.iter().find(|by| contacts(argument, by)) {
                report(format!("what {} is started with", whose()), argument.at, by);
            }
        }
    }
    for literal in &cluster.literals {
        let fetched = matches!(literal.holder, Holder::Address | Holder::Config | Holder::Values)
            && !is_of_chart(cluster, literal);
        let by = blocked.iter().find(|by| fetched && contacts(&literal.value, by));
        if let (Some(by), Some(object)) = (by, cluster.objects.get(literal.by)) {
            report(format!("`{}` of {}", literal.key, object.shown()), literal.value.at, by);
        }
    }
}

/// Whether a text names an address of a host that is blocked.
fn contacts(text: &str, blocked: &str) -> bool {
    text.match_indices("://").any(|(at, _)| {
        let rest = text.get(at..).unwrap_or_default();
        host(rest).is_some_and(|host| covers(blocked, &host))
    })
}
