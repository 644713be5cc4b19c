//! `reach/scrape-blocked`, `reach/not-scraped`: metrics that nobody can collect, or nobody collects.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::model::{Cluster, Front, Monitor, MonitorPort, PortName, Scraper};
use crate::reach::edges::{EdgePort, behind};
use crate::reach::{Direction, Who, home};
use crate::rules::Findings;
use crate::rules::paths::{Paths, Refusal};

/// Every port that a monitor names must be open for who collects.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let cluster = paths.cluster;
    let by_label = by_label(cluster);
    let mut seen = BTreeSet::new();
    for scraper in &cluster.scrapers {
        let own = home(cluster, scraper.entity);
        let from = paths.reach.pods_of(own, &scraper.pods);
        for monitor in cluster.monitors.iter().filter(|monitor| takes(cluster, scraper, monitor)) {
            for front in fronts(cluster, monitor, &by_label) {
                for port in &monitor.ports {
                    let wanted = |one: &EdgePort, name: &str| match port {
                        MonitorPort::OfService(wanted) => *wanted.value == *name,
                        MonitorPort::OfPods(wanted) => wanted.value == PortName::Number(one.number),
                    };
                    let at = match port {
                        MonitorPort::OfService(said) => said.at,
                        MonitorPort::OfPods(said) => said.at,
                    };
                    for (to, ports) in behind(&mut paths.reach, front, wanted) {
                        let Some(port) = ports.first() else {
                            continue;
                        };
                        let number = (port.asked, port.number);
                        let refused = from.iter().all(|from| {
                            let out = paths.refuses((*from, Direction::Egress), Who::Pods(to), number, "TCP");
                            let into = paths.refuses((to, Direction::Ingress), Who::Pods(*from), number, "TCP");
                            out == Refusal::Untold || into == Refusal::Untold
                        });
                        if !refused || !seen.insert((to, port.number)) {
                            continue;
                        }
                        let target = paths.reach.party(to);
                        let message = format!(
                            "{} can not be reached by who collects its metrics, at TCP port {}",
                            target.shown(cluster),
                            port.number
                        );
                        let finding =
                            Diagnostic::new(&rules::REACH_SCRAPE_BLOCKED, at, message).label("nothing comes from here");
                        found.push(paths.show(finding, to, Direction::Ingress).help(format!(
                            "allow `ingress` from the namespace with `kubernetes.io/metadata.name={own}` at TCP port {} in a policy of `{}`",
                            port.number, target.namespace
                        )));
                    }
                }
            }
        }
    }
}

/// Where there is somebody who collects metrics, every monitor must be one that somebody takes.
pub fn check_taken(cluster: &Cluster, found: &mut Findings) {
    for monitor in &cluster.monitors {
        let taken = cluster.scrapers.iter().any(|scraper| takes(cluster, scraper, monitor));
        let (Some(entity), Some(scraper), false) =
            (cluster.objects.get(monitor.entity), cluster.scrapers.first(), taken)
        else {
            continue;
        };
        let Some(by) = cluster.objects.get(scraper.entity) else {
            continue;
        };
        let message = format!(
            "nobody collects by {}: its labels or its namespace are not those that {} takes",
            entity.shown(),
            by.shown()
        );
        let wanted = scraper.services.as_ref().map_or_else(Vec::new, |services| {
            services.labels.iter().map(|(key, value)| format!("`{key}: {value}`")).collect()
        });
        let finding = Diagnostic::new(&rules::REACH_NOT_SCRAPED, entity.at, message);
        let finding = finding.also(by.at, "chooses others");
        found.push(match wanted.is_empty() {
            true => finding
                .help("write `serviceMonitorSelector` and `serviceMonitorNamespaceSelector` so that they choose it"),
            false => finding.help(format!("give it the labels {}", wanted.join(", "))),
        });
    }
}

/// Whether somebody takes a monitor.
fn takes(cluster: &Cluster, scraper: &Scraper, monitor: &Monitor) -> bool {
    let Some(entity) = cluster.objects.get(monitor.entity) else {
        return false;
    };
    let space = home(cluster, monitor.entity);
    let here = match &scraper.namespaces {
        None => space == home(cluster, scraper.entity),
        Some(all) if all.is_all() => true,
        Some(some) => cluster.namespaces.get(&space).is_none_or(|namespace| some.matches(&namespace.labels)),
    };
    here && scraper.services.as_ref().is_some_and(|services| services.matches(&entity.labels))
}

/// Services by each of their labels.
pub type ByLabel<'a> = FxHashMap<(&'a str, &'a str), Vec<&'a Front>>;

/// The services of a cluster in which something collects metrics.
pub fn by_label(cluster: &Cluster) -> ByLabel<'_> {
    let mut found = ByLabel::default();
    if cluster.monitors.is_empty() {
        return found;
    }
    for front in &cluster.fronts {
        for (key, value) in cluster.objects.get(front.entity).into_iter().flat_map(|entity| &entity.labels) {
            found.entry((key, value)).or_default().push(front);
        }
    }
    found
}

/// The services of a monitor.
pub fn fronts<'a>(cluster: &'a Cluster, monitor: &Monitor, by_label: &ByLabel<'a>) -> Vec<&'a Front> {
    let lists = monitor.services.labels.iter().map(|(key, value)| by_label.get(&(&**key, &**value)));
    let shortest = lists.map(|list| list.map_or(&[] as &[_], Vec::as_slice)).min_by_key(|list| list.len());
    let is = |front: &&&Front| {
        let labels = cluster.objects.get(front.entity).map(|entity| &entity.labels);
        let space = home(cluster, front.entity);
        let here = monitor.namespaces.as_ref().is_none_or(|names| names.contains(&space));
        here && labels.is_some_and(|labels| monitor.services.matches(labels))
    };
    shortest.unwrap_or_default().iter().filter(is).copied().collect()
}
