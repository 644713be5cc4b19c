//! The script of a whole cluster, `cluster.sh`: what all of them do, and the data of one of them.
//!
//! The runtime is bash in files of its own, one for each thing that it can do. It knows no cluster: what a cluster is stands
//! between its functions and its last line, as text in single quotes, and in no other form. Nothing of it is a secret.

use std::fmt::Write;

use crate::node::quote;

/// What is known of a cluster when it is brought up.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Cluster {
    /// Its name.
    pub name: String,
    /// The release of k3s: `v1.36.2+k3s1`.
    pub release: String,
    /// Where its API is reached.
    pub url: String,
    /// Where k3s keeps its state on hosts.
    pub data: String,
    /// The domain of names within it.
    pub domain: String,
    /// Who connects pods, where that is not k3s.
    pub own_network: Option<String>,
    /// Whether its servers keep its state themselves, so that there are snapshots of it.
    pub snapshots: Snapshots,
    /// The image of the pod that asks for names.
    pub probe: String,
    /// Its hosts: the first server, the other servers, the agents.
    pub hosts: Vec<Host>,
    /// Who places its objects.
    pub placer: Placer,
    /// The files of namespaces, below its directory.
    pub namespaces: Vec<String>,
    /// The files of definitions of custom resources, and what these are called.
    pub definitions: Vec<(String, String)>,
    /// The files of all other objects, in the order in which a cluster takes them.
    pub objects: Vec<String>,
    /// What must run: namespace, kind, name.
    pub workloads: Vec<(String, String, String)>,
    /// What must be bound: namespace, name.
    pub claims: Vec<(String, String)>,
    /// What must have an address: namespace, name, and the ranges that it is from, `first-last`.
    pub balanced: Vec<(String, String, Vec<String>)>,
    /// From which namespaces names must be found.
    pub lookups: Vec<String>,
    /// What must answer.
    pub urls: Vec<String>,
}

/// Whether there are snapshots of what a cluster knows.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Snapshots {
    /// Its servers can make one.
    Made,
    /// Its state is in one file, or elsewhere.
    #[default]
    None,
}

/// Who places the objects of a cluster: one script alone, so that each has one owner.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Placer {
    /// This script.
    #[default]
    Itself,
    /// `operate.sh` beside it, part by part.
    Operate,
}

/// A host of a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Host {
    /// Its name, which is that of its node.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The user that the driver is there.
    pub user: String,
    /// Where it is reached.
    pub address: String,
    /// The port of ssh.
    pub port: u16,
    /// The name of its script in `nodes/`.
    pub script: String,
}

/// What a host is to its cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// It has the API and the state.
    Server,
    /// It runs pods.
    Agent,
}

/// What every script begins with: what it can do.
const FUNCTIONS: &[&str] = &[
    include_str!("runtime/head.sh"),
    include_str!("runtime/nodes.sh"),
    include_str!("runtime/up.sh"),
    include_str!("runtime/upgrade.sh"),
    include_str!("runtime/reset.sh"),
    include_str!("runtime/health.sh"),
    crate::TOOLS,
];

/// What it ends with: which of it is done.
const MAIN: &str = include_str!("runtime/main.sh");

/// The script of a cluster.
pub fn script(cluster: &Cluster) -> String {
    let mut text = FUNCTIONS.concat();
    text.push_str("\n# -- This cluster ---------------------------------------------------------------------------------------------------\n\n");
    data(cluster, &mut text);
    text.push_str(MAIN);
    text
}

fn data(cluster: &Cluster, text: &mut String) {
    let when = |holds: bool| if holds { "yes" } else { "" };
    scalar(text, "CLUSTER", &cluster.name);
    scalar(text, "VERSION", &cluster.release);
    scalar(text, "ENDPOINT", &cluster.url);
    scalar(text, "DATA", &cluster.data);
    scalar(text, "DOMAIN", &cluster.domain);
    scalar(text, "OWN_NETWORK", cluster.own_network.as_deref().unwrap_or_default());
    scalar(text, "SNAPSHOTS", when(cluster.snapshots == Snapshots::Made));
    scalar(text, "PROBE", &cluster.probe);
    scalar(text, "OPERATE", when(cluster.placer == Placer::Operate));
    let hosts = &cluster.hosts;
    let role = |host: &Host| match host.role {
        Role::Server => "server",
        Role::Agent => "agent",
    };
    list(text, "HOSTS", hosts.iter().map(|host| host.name.as_str()));
    list(text, "ROLES", hosts.iter().map(role));
    list(text, "USERS", hosts.iter().map(|host| host.user.as_str()));
    list(text, "ADDRESSES", hosts.iter().map(|host| host.address.as_str()));
    let ports: Vec<String> = hosts.iter().map(|host| host.port.to_string()).collect();
    list(text, "PORTS", ports.iter().map(String::as_str));
    list(text, "SCRIPTS", hosts.iter().map(|host| host.script.as_str()));
    list(text, "NAMESPACES", cluster.namespaces.iter().map(String::as_str));
    list(text, "DEFINITIONS", cluster.definitions.iter().map(|(file, _)| file.as_str()));
    list(text, "DEFINED", cluster.definitions.iter().map(|(_, name)| name.as_str()));
    list(text, "OBJECTS", cluster.objects.iter().map(String::as_str));
    list(text, "WORKLOAD_NAMESPACES", cluster.workloads.iter().map(|(namespace, ..)| namespace.as_str()));
    list(text, "WORKLOAD_KINDS", cluster.workloads.iter().map(|(_, kind, _)| kind.as_str()));
    list(text, "WORKLOAD_NAMES", cluster.workloads.iter().map(|(.., name)| name.as_str()));
    list(text, "CLAIM_NAMESPACES", cluster.claims.iter().map(|(namespace, _)| namespace.as_str()));
    list(text, "CLAIM_NAMES", cluster.claims.iter().map(|(_, name)| name.as_str()));
    list(text, "BALANCER_NAMESPACES", cluster.balanced.iter().map(|(namespace, ..)| namespace.as_str()));
    list(text, "BALANCER_NAMES", cluster.balanced.iter().map(|(_, name, _)| name.as_str()));
    let ranges: Vec<String> = cluster.balanced.iter().map(|(.., ranges)| ranges.join(" ")).collect();
    list(text, "BALANCER_RANGES", ranges.iter().map(String::as_str));
    list(text, "LOOKUPS", cluster.lookups.iter().map(String::as_str));
    list(text, "URLS", cluster.urls.iter().map(String::as_str));
}

fn scalar(text: &mut String, name: &str, value: &str) {
    // Writing into a string does not fail.
    let _ = writeln!(text, "{name}={}", quote(value));
}

/// A list with a line for each value.
fn list<'a>(text: &mut String, name: &str, values: impl Iterator<Item = &'a str>) {
    text.push_str(name);
    text.push_str("=(");
    let mut any = false;
    for value in values {
        any = true;
        text.push_str("\n    ");
        text.push_str(&quote(value));
    }
    text.push_str(if any { "\n)\n" } else { ")\n" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_user_wrote_stays_data() {
        let name = "a'$(touch x)`y`\n\"";
        let text = script(&Cluster { name: name.into(), ..Cluster::default() });
        assert!(text.contains(&format!("CLUSTER={}\n", quote(name))));
        assert!(text.contains("HOSTS=()\n"));
    }
}
