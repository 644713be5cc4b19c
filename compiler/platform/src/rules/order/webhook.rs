//! `order/webhook`: a webhook that is asked about its own pods, and refuses them when it does not answer.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Cluster, Pods, Text};
use crate::rules::Findings;

/// Who is asked about new pods is not asked about its own: when all of them are gone, nobody lets the next one in.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.hooks.iter().all(|hook| hook.guards.is_none()) {
        return;
    }
    let mut by_namespace: FxHashMap<Text, Vec<&Pods>> = FxHashMap::default();
    for pods in &cluster.pods {
        if let Some(object) = cluster.objects.get(pods.entity) {
            by_namespace.entry(object.space()).or_default().push(pods);
        }
    }
    let named = cluster.fronts.iter().filter_map(|front| {
        let object = cluster.objects.get(front.entity)?;
        Some(((object.space(), object.name), front.selector.as_ref()?))
    });
    let fronts: FxHashMap<_, _> = named.collect();
    let mut told = BTreeSet::new();
    for hook in &cluster.hooks {
        let (Some((spaces, choice)), Some(object), Some(space), Some(front)) = (
            &hook.guards,
            cluster.objects.get(hook.entity),
            cluster.namespaces.get(&hook.namespace),
            fronts.get(&(hook.namespace, hook.service)),
        ) else {
            continue;
        };
        if !spaces.matches(&space.labels) || !told.insert(hook.entity) {
            continue;
        }
        let here = by_namespace.get(&hook.namespace).into_iter().flatten();
        let own = here.filter(|pods| front.iter().all(|(key, value)| pods.labels.get(key) == Some(value)));
        let Some(pods) = own.into_iter().find(|pods| choice.matches(&pods.labels)) else {
            continue;
        };
        let Some(whose) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let message = format!("{} is asked about the pods of {}, which answer it", object.shown(), whose.shown());
        let finding = Diagnostic::new(&rules::ORDER_WEBHOOK, hook.at, message);
        let finding = finding.label("when they are all gone, no new one is let in").also(whose.at, "these answer");
        found.push(finding.help(format!(
            "leave its own namespace out: `namespaceSelector` with `kubernetes.io/metadata.name` `NotIn` `[{}]`",
            hook.namespace
        )));
    }
}
