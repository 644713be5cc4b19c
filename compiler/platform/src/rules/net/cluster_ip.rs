//! `net/cluster-ip`: an address of the cluster that a service asks for and can not have.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Ip};

use crate::model::{Cluster, Entity, Said};
use crate::rules::Findings;

/// What services ask for lies in the network of services, and is asked for once.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let network = &cluster.network;
    let known = cluster.distribution.known || network.services.iter().any(|services| services.given);
    let mut taken: BTreeMap<Ip, &Entity> = BTreeMap::new();
    for front in &cluster.fronts {
        let Some(object) = cluster.objects.get(front.entity) else {
            continue;
        };
        if let Some(at) = front.two_families.filter(|_| known && network.services.len() == 1) {
            let message = format!("{} must have addresses of two families, and services have one", object.shown());
            let finding = Diagnostic::new(&rules::NET_CLUSTER_IP, if object.given { at } else { object.at }, message);
            found.push(finding.help("write `PreferDualStack`, or give the network `services6` and `pods6`"));
        }
        let Some(asked) = &front.inner else {
            continue;
        };
        if let Some(first) = taken.insert(asked.value, object) {
            let message = format!("{} and {} both ask for {}", object.shown(), first.shown(), asked.value);
            let finding = Diagnostic::new(&rules::NET_CLUSTER_IP, asked.at, message).also(first.at, "this has it");
            found.push(finding.help("leave `clusterIP` out of one of them"));
        } else if known {
            found.extend(refused(cluster, object, asked));
        }
    }
}

fn refused(cluster: &Cluster, object: &Entity, asked: &Said<Ip>) -> Option<Diagnostic<crate::Place>> {
    let networks = || cluster.network.services.iter().map(|services| services.value);
    let of_dns = cluster.network.dns.as_ref().is_some_and(|dns| dns.value == asked.value);
    let why = if !networks().any(|services: Cidr| services.contains(asked.value)) {
        let listed: Vec<String> = networks().map(|services| services.to_string()).collect();
        format!("which is no address of services: these are {}", listed.join(" and "))
    } else if of_dns && *object.namespace != *cluster.dns.namespace {
        "where pods ask for names".to_owned()
    } else if networks().any(|services| services.host(1) == Ok(asked.value)) && &*object.name != "kubernetes" {
        "which the API server has".to_owned()
    } else {
        return None;
    };
    let message = format!("{} asks for {}, {why}", object.shown(), asked.value);
    let finding = Diagnostic::new(&rules::NET_CLUSTER_IP, asked.at, message).label("the cluster refuses this");
    Some(finding.help("leave `clusterIP` out, or ask for another address"))
}
