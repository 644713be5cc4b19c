//! `delivery/project`: an application of Argo CD that its project does not allow.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Application, Cluster, Entity, Project, Said, Text};
use crate::rules::Findings;

/// The repositories and the namespace of an application are some of those of its project.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let named = cluster.projects.iter().filter_map(|project| {
        let object = cluster.objects.get(project.entity)?;
        Some(((object.space(), object.name), (project, object)))
    });
    let projects: FxHashMap<(Text, Text), (&Project, &Entity)> = named.collect();
    for application in &cluster.applications {
        let Some(object) = cluster.objects.get(application.entity) else { continue };
        if let Some((project, by)) = projects.get(&(object.space(), application.project)) {
            found.extend(source(application, object, (project, by)));
            found.extend(target(application, object, (project, by)));
        }
    }
}

fn source(application: &Application, object: &Entity, (project, by): (&Project, &Entity)) -> Option<Diagnostic<Place>> {
    let lets = |url: &Said<Text>| {
        url.contains("${") || allows(&project.sources, |pattern| matches(plain(pattern), plain(url)))
    };
    let url = application.sources.iter().find(|url| !lets(url))?;
    let message = format!("{} comes from `{}`, which {} does not allow", object.shown(), url.value, by.shown());
    let at = if url.given { url.at } else { object.at };
    let finding = Diagnostic::new(&rules::DELIVERY_PROJECT, at, message).label("nothing of it is ever delivered");
    Some(finding.also(by.name_at, "the project").help("add the repository to `sourceRepos` of the project"))
}

fn target(application: &Application, object: &Entity, (project, by): (&Project, &Entity)) -> Option<Diagnostic<Place>> {
    let namespace = application.namespace.as_ref().filter(|namespace| !namespace.contains("${"))?;
    let server = application.server.as_ref()?;
    let here = |of: &&(Option<Text>, Text)| of.0.is_none_or(|known| matches(&known, server));
    let spaces: Vec<Text> = project.targets.iter().filter(here).map(|(_, space)| *space).collect();
    if allows(&spaces, |pattern| matches(pattern, namespace)) {
        return None;
    }
    let message = format!("{} goes to `{}`, which {} does not allow", object.shown(), namespace.value, by.shown());
    let at = if namespace.given { namespace.at } else { object.at };
    let finding = Diagnostic::new(&rules::DELIVERY_PROJECT, at, message).label("nothing of it is ever delivered");
    Some(finding.also(by.name_at, "the project").help("add the namespace to `destinations` of the project"))
}

/// Whether something is allowed, and not taken out by `!`.
fn allows(patterns: &[Text], is: impl Fn(&str) -> bool) -> bool {
    let out = patterns.iter().filter_map(|pattern| pattern.strip_prefix('!')).any(&is);
    !out && patterns.iter().any(|pattern| pattern.contains("${") || !pattern.starts_with('!') && is(pattern))
}

fn plain(url: &str) -> &str {
    url.trim_end_matches('/').trim_end_matches(".git")
}

/// Whether a text is one of those that a pattern means: `*` stands for any letters.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty()
}
