//! `volume/copies`: a class whose volumes have more copies than there are hosts.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::capacity::keeps_away;
use crate::model::{Cluster, Said};
use crate::rules::Findings;

/// Values of the chart of Longhorn by which it is told how many copies there are.
const VALUES: &[&str] = &["persistence.defaultClassReplicaCount", "defaultSettings.defaultReplicaCount"];

/// Each copy stands on a host of its own.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let hosts = cluster.hosts.iter().filter(|host| keeps_away(host, &[]).is_none()).count();
    if hosts == 0 || cluster.network.more_hosts > 0 || !cluster.growth.is_empty() {
        return;
    }
    let mut tell = |copies: &Said<i64>, what: String, place: Place| {
        let message = format!(
            "{what} keeps {} copies of each volume, and {hosts} hosts of `{}` take some",
            copies.value, cluster.name
        );
        let at = if copies.given { copies.at } else { place };
        let finding = Diagnostic::new(&rules::VOLUME_COPIES, at, message).label("every volume stays degraded");
        found.push(finding.help(format!("let there be {hosts} copies or fewer, or add hosts")));
    };
    let is_more = |copies: &&Said<i64>| usize::try_from(copies.value).is_ok_and(|copies| copies > hosts);
    for class in &cluster.storage {
        if let Some(copies) = class.copies.as_ref().filter(is_more) {
            tell(copies, format!("the class `{}`", class.class), class.at);
        }
    }
    for chart in cluster.charts.iter().filter(|chart| &*chart.name == "longhorn") {
        let values = chart.values.iter().filter(|(way, _)| VALUES.contains(&&***way)).flat_map(|(_, values)| values);
        for value in
            values.filter_map(|value| Some(Said { value: value.parse().ok()?, at: value.at, given: value.given }))
        {
            if is_more(&&value) {
                tell(&value, format!("the chart of {}", chart.by), chart.at);
            }
        }
    }
}
