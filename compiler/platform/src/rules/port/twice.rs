//! `port/twice`: a service that says a port twice.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::Cluster;
use crate::rules::Findings;
use crate::rules::pool::shown;

/// Ports of one service differ in number or protocol, and all differ in name.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for front in cluster.fronts.iter().filter(|front| front.ports.len() > 1) {
        let mut numbers: BTreeMap<(u16, &str), Place> = BTreeMap::new();
        let mut names: BTreeMap<&str, Place> = BTreeMap::new();
        for port in &front.ports {
            let by_number = numbers.insert((port.number, &*port.protocol), port.at);
            let by_name = names.insert(&*port.name, port.at);
            let (first, what) = match (by_number, by_name) {
                (Some(first), _) => (first, format!("has port {}/{} twice", port.number, port.protocol)),
                (None, Some(first)) if port.name.is_empty() => {
                    (first, "has several ports, some without a name".to_owned())
                }
                (None, Some(first)) => (first, format!("has two ports that are called `{}`", port.name)),
                (None, None) => continue,
            };
            let message = format!("{} {what}", shown(cluster, front.entity));
            found.push(
                Diagnostic::new(&rules::PORT_TWICE, port.at, message)
                    .label("the API would refuse it")
                    .also(first, "the first")
                    .help("give each port a number and a name of its own"),
            );
        }
    }
}
