//! `port/monitor`: metrics that are collected from a port that no service has.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, MonitorPort};
use crate::rules::Findings;
use crate::rules::reach::scrape::{by_label, fronts};

/// A port that a monitor names is one of the services that it chooses.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let services = by_label(cluster);
    for monitor in &cluster.monitors {
        let (Some(object), chosen) = (cluster.objects.get(monitor.entity), fronts(cluster, monitor, &services)) else {
            continue;
        };
        let Some(service) = chosen.first().and_then(|front| cluster.objects.get(front.entity)) else {
            continue;
        };
        let names =
            || chosen.iter().flat_map(|front| &front.ports).map(|port| &*port.name).filter(|name| !name.is_empty());
        for port in &monitor.ports {
            let MonitorPort::OfService(wanted) = port else {
                continue;
            };
            if wanted.contains("${") || names().any(|name| name == &*wanted.value) {
                continue;
            }
            let message = format!(
                "{} collects from the port `{}`, which {} does not have",
                object.shown(),
                wanted.value,
                service.shown()
            );
            let at = if wanted.given { wanted.at } else { object.at };
            let finding = Diagnostic::new(&rules::PORT_MONITOR, at, message).label("nothing comes from here");
            let finding = finding.also(service.name_at, "chosen by its labels");
            let near = domain::nearest(&wanted.value, names()).map(|near| format!("did you mean `{near}`?"));
            let some = || names().next().map(|name| format!("its ports are called otherwise, such as `{name}`"));
            found.push(
                finding.help(near.or_else(some).unwrap_or_else(|| "give the port of the service this name".to_owned())),
            );
        }
    }
}
