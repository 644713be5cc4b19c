//! `scale/no-requests`: what follows a share of what pods ask for, where they do not ask.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashSet;

use crate::model::{Cluster, Container, LimitRange, Pods, Text};
use crate::rules::Findings;

/// A share is of something: every container asks for what is measured, by itself or by default.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.autoscalers.is_empty() {
        return;
    }
    let defaults: FxHashSet<(&str, &str)> = cluster.ranges.iter().flat_map(|range| defaults(cluster, range)).collect();
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let key = (object.namespace, object.kind, object.name);
        let Some(scaler) = cluster.autoscalers.get(&key) else {
            continue;
        };
        let Some(by) = cluster.objects.get(scaler.entity) else {
            continue;
        };
        let asks =
            |container: &Container, what: &str| asks(container, what) || defaults.contains(&(&*object.namespace, what));
        let lacks = |what: &&Text| silent(pods, &|container| asks(container, what)).is_some();
        let Some(what) = scaler.of_requests.iter().find(lacks) else {
            continue;
        };
        let Some(container) = silent(pods, &|container| asks(container, what)) else {
            continue;
        };
        let message = format!(
            "{} follows a share of the {what} that pods ask for, and the container `{}` of {} does not say how much that is",
            by.shown(),
            container.name,
            object.shown(),
        );
        let finding = Diagnostic::new(&rules::SCALE_NO_REQUESTS, container.at, message).label("this never scales");
        found.push(finding.also(by.name_at, "this scales it").help(format!("write `resources.requests.{what}`")));
    }
}

/// The container that says nothing of what is measured.
fn silent<'a>(pods: &'a Pods, asks: &dyn Fn(&Container) -> bool) -> Option<&'a Container> {
    let stay = pods.containers.iter().chain(pods.before.iter().filter(|container| container.sidecar));
    stay.into_iter().find(|container| !asks(container))
}

fn asks(container: &Container, what: &str) -> bool {
    let has = |of: &crate::model::Resources| match what {
        "cpu" => of.cpu.is_some(),
        "memory" => of.memory.is_some(),
        // Of other things nothing is known.
        _ => true,
    };
    // Who names a limit alone asks for that.
    has(&container.requests) || has(&container.limits)
}

/// What containers of a namespace ask for where they say nothing.
fn defaults<'a>(cluster: &'a Cluster, range: &'a LimitRange) -> impl Iterator<Item = (&'a str, &'a str)> {
    let object = cluster.objects.get(range.entity);
    object.into_iter().flat_map(|object| range.requests.keys().map(|what| (&*object.namespace, &**what)))
}
