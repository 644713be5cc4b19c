//! `version/unpinned`: an image or a chart that is whatever is newest on the day when it is fetched.

use diagnostics::{Diagnostic, rules};
use domain::{Image, Version};

use crate::model::Cluster;
use crate::rules::Findings;

/// Tags that move.
const MOVING: &[&str] = &["latest", "main", "master", "edge", "nightly", "dev", "develop", "stable", "canary"];

/// Images and charts have a version.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        for container in pods.containers.iter().chain(&pods.before) {
            let (Some(said), Some(image)) =
                (&container.image, container.reference.as_ref().filter(|image| moves(image)))
            else {
                continue;
            };
            let whose = cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
            let tag = image.tag().map_or("no tag".to_owned(), |tag| format!("the tag `{tag}`, which moves"));
            let message = format!("the image of container `{}` of {whose} has {tag}", container.name);
            let finding = Diagnostic::new(&rules::VERSION_UNPINNED, said.at, message);
            found.push(
                finding.label("what runs is what was newest when it was fetched").help("name a version, or a digest"),
            );
        }
    }
    for installed in cluster.installed.iter().filter(|installed| installed.chart) {
        let by = cluster.objects.get(installed.by);
        let floating = match &installed.version {
            None => true,
            Some(version) => floats(version),
        };
        if let Some(by) = by.filter(|_| floating) {
            let at = installed.version.as_ref().map_or(installed.at, |version| version.at);
            let message = format!("the chart `{}` of {} has no fixed version", installed.name, by.shown());
            let finding = Diagnostic::new(&rules::VERSION_UNPINNED, at, message);
            found.push(finding.label("an upgrade comes by itself, whenever there is one").help("name one version"));
        }
    }
}

fn moves(image: &Image) -> bool {
    image.digest().is_none() && image.tag().is_none_or(|tag| MOVING.contains(&tag))
}

/// Whether a version of a chart is a range that has no end within its minor version: `*`, `>=1.2`, `1.x`, `^1.2.0`.
fn floats(version: &str) -> bool {
    let version = version.trim();
    let patches = version.strip_prefix('~').is_some() || version.matches('.').count() == 2 && version.ends_with(".x");
    !patches && (version.is_empty() || Version::parse(version).is_err())
}
