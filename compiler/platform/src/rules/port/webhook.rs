//! `port/webhook`: a webhook at a port that its service does not have.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Cluster, Front};
use crate::rules::Findings;

/// The API server asks a port of the service, 443 where none is named.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.hooks.is_empty() {
        return;
    }
    let named = cluster.fronts.iter().filter_map(|front| {
        let object = cluster.objects.get(front.entity)?;
        Some(((&*object.namespace, &*object.name), front))
    });
    let fronts: FxHashMap<(&str, &str), &Front> = named.collect();
    for hook in &cluster.hooks {
        let (Some(front), Some(object)) =
            (fronts.get(&(&*hook.namespace, &*hook.service)), cluster.objects.get(hook.entity))
        else {
            continue;
        };
        if front.ports.is_empty() || front.ports.iter().any(|port| port.number == hook.port) {
            continue;
        }
        let message = format!(
            "{} asks port {} of the service `{}`, which has no such port",
            object.shown(),
            hook.port,
            hook.service
        );
        let has: Vec<String> = front.ports.iter().map(|port| port.number.to_string()).collect();
        let at = cluster.objects.get(front.entity).map_or(hook.at, |front| front.at);
        let finding = Diagnostic::new(&rules::PORT_WEBHOOK, hook.at, message).label("this is never answered");
        found.push(finding.also(at, "the service").help(format!("name its port: {}", has.join(" or "))));
    }
}
