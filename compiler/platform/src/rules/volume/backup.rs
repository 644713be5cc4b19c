//! `volume/backup-inside`: copies of data that stand where the data stands; `volume/not-kept`: data that a chart keeps nowhere.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Chart, Cluster, Front};
use crate::rules::Findings;

/// Copies outlive what they are of, and what a database holds outlives its pod.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    inside(cluster, found);
    found.extend(cluster.charts.iter().flat_map(not_kept));
}

/// A copy in a service of the same cluster goes with it.
fn inside(cluster: &Cluster, found: &mut Findings) {
    if cluster.backups.is_empty() {
        return;
    }
    let named = |front: &Front| {
        let object = cluster.objects.get(front.entity).filter(|_| &*front.kind.value != "ExternalName")?;
        // Without a choice of pods, somebody says where it leads: often out of the cluster.
        front.selector.as_ref().map(|_| ((&*object.namespace, &*object.name), object.name_at))
    };
    let fronts: FxHashMap<(&str, &str), Place> = cluster.fronts.iter().filter_map(named).collect();
    for backup in &cluster.backups {
        let Some(object) = cluster.objects.get(backup.entity) else {
            continue;
        };
        let host = host(&backup.target.value);
        let of_endpoint = cluster.endpoints.iter().find(|endpoint| *endpoint.host == *host).map(|endpoint| endpoint.at);
        let of_front = || {
            let mut parts = host.split('.');
            let name = parts.next()?;
            let namespace = parts.next().unwrap_or(&object.namespace);
            let is_name = parts.next().is_none_or(|part| part == "svc");
            fronts.get(&(namespace, name)).copied().filter(|_| is_name)
        };
        // A chart makes services that nobody sees, and the full name tells that it is one of them.
        let is_full = host.ends_with(&format!(".svc.{}", cluster.domain)) || host.ends_with(".svc");
        let at = of_endpoint.or_else(of_front);
        if at.is_none() && !is_full {
            continue;
        }
        let message = format!("the copies of {} are kept in the cluster that they are of, at `{host}`", object.shown());
        let finding = Diagnostic::new(&rules::VOLUME_BACKUP_INSIDE, backup.target.at, message);
        let finding = finding.label("what takes the data takes these too");
        let finding = at.into_iter().fold(finding, |finding, at| finding.also(at, "they are kept here"));
        found.push(finding.help("keep them on another machine, or copy them there from here"));
    }
}

fn host(target: &str) -> &str {
    let rest = target.split_once("://").map_or(target, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

/// Charts of databases, and where their values say whether something is kept.
const KEPT: &[(&str, &[&str])] = &[
    ("postgresql", &["primary.persistence.enabled", "persistence.enabled"]),
    ("postgresql-ha", &["persistence.enabled"]),
    ("mysql", &["primary.persistence.enabled", "persistence.enabled"]),
    ("mariadb", &["primary.persistence.enabled", "persistence.enabled"]),
    ("mongodb", &["persistence.enabled"]),
    ("minio", &["persistence.enabled"]),
    ("airflow", &["postgresql.primary.persistence.enabled", "postgresql.persistence.enabled"]),
    ("mlflow", &["postgresql.primary.persistence.enabled", "postgresql.persistence.enabled"]),
    ("gitea", &["persistence.enabled", "postgresql.primary.persistence.enabled"]),
];

fn not_kept(chart: &Chart) -> Vec<Diagnostic<Place>> {
    let ways = KEPT.iter().filter(|(name, _)| *name == &*chart.name).flat_map(|(_, ways)| *ways);
    let off = ways.filter_map(|way| chart.says(way).filter(|said| &*said.value == "false"));
    let told = |said: &crate::model::Said<crate::model::Text>| {
        let message = format!("the database of {} keeps nothing: its data goes with its pod", chart.by);
        Diagnostic::new(&rules::VOLUME_NOT_KEPT, said.at, message).label("nothing is kept").help("leave this out")
    };
    off.map(told).collect()
}
