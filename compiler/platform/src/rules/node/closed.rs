//! `node/closed`: a machine whose firewall keeps out what its cluster needs.

use diagnostics::{Diagnostic, rules};
use domain::Cidr;

use crate::model::{Cluster, Effect, Plan};
use crate::rules::Findings;

/// Where kubelets answer.
const KUBELET: u16 = 10250;

/// Hosts that are set up from here let in what the network of pods needs, and those who ask kubelets.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.distribution.setup.is_none() || cluster.hosts.len() < 2 {
        return;
    }
    let ports = cluster.cni.ports.iter().map(|port| (*port, "the network of pods"));
    let needed: Vec<_> = ports.chain([(KUBELET, "the API")]).collect();
    for plan in &cluster.plans {
        let rules = || plan.steps.iter().flat_map(|step| &step.effects).filter(|effect| effect.kind == "firewall");
        let closed = needed.iter().find(|(port, _)| !rules().any(|rule| lets_in(rule, *port, cluster)));
        // Who lets in nobody at all has no firewall, or another who looks after it.
        if let Some((port, whose)) = closed.filter(|_| rules().next().is_some()) {
            report(plan, *port, whose, found);
        }
    }
}

fn report(plan: &Plan, port: u16, whose: &str, found: &mut Findings) {
    let message = format!("`{}` lets nobody in at port {port}, which {whose} needs", plan.host);
    let finding = Diagnostic::new(&rules::NODE_CLOSED, plan.at, message);
    found.push(finding.help("leave the step of the distribution that opens it, or open it by a `node.Firewall`"));
}

/// Whether a rule lets somebody in at a port: it names the port, or lets hosts in everywhere.
fn lets_in(rule: &Effect, port: u16, cluster: &Cluster) -> bool {
    let is_within = |range: &str| match range.split_once("..") {
        Some((first, last)) => {
            first.parse().is_ok_and(|first: u16| first <= port) && last.parse().is_ok_and(|last| port <= last)
        }
        None => range.parse() == Ok(port),
    };
    let addresses = || cluster.hosts.iter().filter_map(|host| host.address.as_ref());
    let everywhere = || {
        let mut from = rule.all("from").filter_map(|from| Cidr::parse(from).ok());
        from.any(|from| addresses().any(|address| from.contains(address.value)))
    };
    match rule.get("port") {
        Some(_) => rule.all("port").any(|range| is_within(range)),
        None => everywhere(),
    }
}
