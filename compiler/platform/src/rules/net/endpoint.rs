//! `net/endpoint`: where the API is reached.

use diagnostics::{Diagnostic, rules};
use domain::Ip;

use crate::model::{Cluster, Host, Said, Text};
use crate::rules::Findings;

/// Who calls there meets a control plane, and a certificate that names what was called.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let network = &cluster.network;
    if let Some(endpoint) = &network.endpoint {
        worker(cluster, endpoint, found);
        unnamed(cluster, "the API is reached at", &endpoint.value, endpoint.at, found);
    }
    if let Some(vip) = &network.vip {
        unnamed(cluster, "the control planes share", &vip.value.to_string().into(), vip.at, found);
    }
}

fn is_at(host: &Host, address: Ip) -> bool {
    [&host.address, &host.address6].into_iter().flatten().any(|own| own.value == address)
}

fn worker(cluster: &Cluster, endpoint: &Said<Text>, found: &mut Findings) {
    let address = Ip::parse(&endpoint.value).ok();
    let at = |host: &&Host| address.map_or(host.name == endpoint.value, |address| is_at(host, address));
    if let Some(host) = cluster.hosts.iter().find(|host| !host.control_plane && at(host)) {
        let message = format!("the API is reached at {}, which is the worker `{}`", endpoint.value, host.name);
        found.push(
            Diagnostic::new(&rules::NET_ENDPOINT, endpoint.at, message)
                .label("no API answers there")
                .also(host.role, "it is no control plane")
                .help("name a control plane, or the address that they share"),
        );
    }
}

/// Talos and kubeadm put the endpoint into the certificate by themselves; k3s knows its hosts and what it is told.
fn unnamed(cluster: &Cluster, how: &str, called: &Text, at: crate::Place, found: &mut Findings) {
    let address = Ip::parse(called).ok();
    let is_host =
        cluster.hosts.iter().any(|host| host.name == *called || address.is_some_and(|address| is_at(host, address)));
    let is_named = cluster.network.names.iter().any(|name| match (address, Ip::parse(&name.value)) {
        (Some(address), Ok(name)) => address == name,
        _ => name.eq_ignore_ascii_case(called),
    });
    if cluster.distribution.names_hosts_only && !is_host && !is_named {
        let message = format!("{how} {called}, which the certificate of the API does not name");
        found.push(
            Diagnostic::new(&rules::NET_ENDPOINT, at, message)
                .label("clients would refuse the certificate")
                .help(format!("add it to `names` of the network: `names: [{}]`", written(address, called))),
        );
    }
}

fn written(address: Option<Ip>, called: &Text) -> String {
    address.map_or_else(|| format!("\"{called}\""), |address| address.to_string())
}
