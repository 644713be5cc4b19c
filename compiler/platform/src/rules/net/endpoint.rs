//! `net/endpoint`: where the API is reached.

use diagnostics::{Diagnostic, Fix, rules};
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
    if let Some(told) = &cluster.distribution.endpoint {
        address(cluster, told, found);
    }
    if let Some(vip) = &network.vip {
        unnamed(cluster, "the control planes share", &vip.value.to_string().into(), vip.at, found);
    }
}

/// What machines are told is whole: <https://docs.siderolabs.com/talos/v1.13/reference/configuration/v1alpha1/config>, `endpoint`.
fn address(cluster: &Cluster, told: &Said<Text>, found: &mut Findings) {
    let mut tell = |message: String, meant: String| {
        let fix = Fix::new(format!("write `\"{meant}\"`")).edit(told.at, format!("\"{meant}\""));
        let finding = Diagnostic::new(&rules::NET_ENDPOINT, told.at, message);
        found.push(finding.help(format!("write `\"{meant}\"`")).fix(fix));
    };
    let Some((scheme, rest)) = told.split_once("://") else {
        return;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| !port.ends_with(']') && !port.is_empty());
    let host = if has_port { authority.rsplit_once(':').map_or(authority, |(host, _)| host) } else { authority };
    let port = if has_port { authority.get(host.len() + 1..).unwrap_or_default() } else { "6443" };
    if scheme != "https" {
        tell(
            format!("the API is told to be at {}, and speaks https alone", told.value),
            format!("https://{host}:{port}"),
        );
    } else if !has_port {
        let message = format!("the API is told to be at {}, which is port 443 and not 6443", told.value);
        tell(message, format!("https://{authority}:6443"));
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    worker(cluster, &Said { value: bare.into(), at: told.at, given: told.given }, found);
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
