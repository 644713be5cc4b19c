//! `port/monitor`: metrics that are collected from a port that no service has, or no pod.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Entity, Monitor, MonitorPort, PodMonitor, Pods, Said, Text};
use crate::reach::home;
use crate::rules::reach::scrape::{by_label, fronts};
use crate::rules::{COMPARED, Findings};

/// A port that a monitor names is one of the services or the pods that it chooses.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    of_services(cluster, found);
    of_pods(cluster, found);
}

fn of_services(cluster: &Cluster, found: &mut Findings) {
    let services = by_label(cluster);
    let mut compared = 0;
    for monitor in &cluster.monitors {
        let (Some(object), chosen) = (cluster.objects.get(monitor.entity), fronts(cluster, monitor, &services)) else {
            continue;
        };
        let Some(service) = chosen.first().and_then(|front| cluster.objects.get(front.entity)) else {
            compared += 1;
            if compared <= COMPARED {
                found.extend(nothing(cluster, object, monitor));
            }
            continue;
        };
        let names =
            || chosen.iter().flat_map(|front| &front.ports).map(|port| &*port.name).filter(|name| !name.is_empty());
        for port in &monitor.ports {
            let MonitorPort::OfService(wanted) = port else {
                continue;
            };
            if !wanted.contains("${") && names().all(|name| name != &*wanted.value) {
                found.push(told(object, wanted, service, names()));
            }
        }
    }
}

/// Services may come from elsewhere. Who chooses as pods here are called, or nearly as a service is, means these.
fn nothing(cluster: &Cluster, object: &Entity, monitor: &Monitor) -> Option<Diagnostic<Place>> {
    let here = |entity: usize| monitor.namespaces.as_ref().is_some_and(|names| names.contains(&home(cluster, entity)));
    let message = || format!("{} chooses no service of its namespaces", object.shown());
    let finding =
        || Diagnostic::new(&rules::PORT_MONITOR, object.name_at, message()).label("nothing is collected by this");
    let wanted = &monitor.services;
    if wanted.labels.is_empty() || !wanted.expressions.is_empty() {
        return None;
    }
    if let Some(pods) = cluster.pods.iter().find(|pods| here(pods.entity) && wanted.matches(&pods.labels)) {
        let finding = finding().also(pods.at, "pods have these labels, and no service has them");
        return Some(finding.help("give the service the labels, or choose by those that it has"));
    }
    let near = cluster.fronts.iter().filter(|front| here(front.entity)).find_map(|front| {
        let service = cluster.objects.get(front.entity)?;
        let mut others = wanted.labels.iter().filter(|(key, value)| service.labels.get(key) != Some(*value));
        let (key, value) = others.next().filter(|_| others.next().is_none())?;
        let close = nearest(value, service.labels.get(key).map(|own| &**own).into_iter())?;
        Some((service, key, close.to_owned()))
    });
    near.map(|(service, key, close)| {
        finding().also(service.name_at, "nearly chosen").help(format!("did you mean `{key}: {close}`?"))
    })
}

fn of_pods(cluster: &Cluster, found: &mut Findings) {
    if cluster.pod_monitors.is_empty() {
        return;
    }
    let mut by_label: FxHashMap<(&str, &str), Vec<&Pods>> = FxHashMap::default();
    for pods in &cluster.pods {
        for (key, value) in &pods.labels {
            by_label.entry((key, value)).or_default().push(pods);
        }
    }
    for monitor in &cluster.pod_monitors {
        let chosen = chosen(cluster, monitor, &by_label);
        let first = chosen.first().and_then(|pods| cluster.objects.get(pods.entity));
        let (Some(object), Some(first)) = (cluster.objects.get(monitor.entity), first) else {
            continue;
        };
        let containers = || chosen.iter().flat_map(|pods| pods.containers.iter().chain(&pods.before));
        let names = || containers().flat_map(|of| &of.ports).map(|port| &*port.name).filter(|name| !name.is_empty());
        for wanted in &monitor.ports {
            if !wanted.contains("${") && names().all(|name| name != &*wanted.value) {
                found.push(told(object, wanted, first, names()));
            }
        }
    }
}

/// The pods of a monitor.
fn chosen<'a>(
    cluster: &'a Cluster,
    monitor: &PodMonitor,
    by_label: &FxHashMap<(&str, &str), Vec<&'a Pods>>,
) -> Vec<&'a Pods> {
    let lists = monitor.pods.labels.iter().map(|(key, value)| by_label.get(&(&**key, &**value)));
    let shortest = lists.map(|list| list.map_or(&[] as &[_], Vec::as_slice)).min_by_key(|list| list.len());
    let is = |pods: &&&Pods| {
        let space = home(cluster, pods.entity);
        let here = monitor.namespaces.as_ref().is_none_or(|names| names.contains(&space));
        here && monitor.pods.matches(&pods.labels)
    };
    shortest.unwrap_or_default().iter().filter(is).copied().collect()
}

fn told<'a>(
    by: &Entity,
    wanted: &Said<Text>,
    of: &Entity,
    mut names: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic<Place> {
    let message =
        format!("{} collects from the port `{}`, which {} does not have", by.shown(), wanted.value, of.shown());
    let at = if wanted.given { wanted.at } else { by.at };
    let finding = Diagnostic::new(&rules::PORT_MONITOR, at, message).label("nothing comes from here");
    let finding = finding.also(of.name_at, "chosen by its labels");
    let near = nearest(&wanted.value, names.clone()).map(|near| format!("did you mean `{near}`?"));
    let some = || names.next().map(|name| format!("its ports are called otherwise, such as `{name}`"));
    finding.help(near.or_else(some).unwrap_or_else(|| "give the port this name".to_owned()))
}
