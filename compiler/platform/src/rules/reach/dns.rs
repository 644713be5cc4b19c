//! `reach/dns-blocked`: pods that reach others by name, and can not ask for names.

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Ip};

use crate::model::{Peer, PolicyRule};
use crate::reach::{Direction, PartyId, Verdict, Who, rules as rules_of};
use crate::rules::Findings;
use crate::rules::paths::Paths;

const PORT: u16 = 53;

/// Where pods ask on each host, if somebody remembers names there.
const ON_HOST: &str = "169.254.20.10";

/// Who asks for names must reach those who answer, over UDP and, where an answer is long, over TCP.
pub fn check(paths: &mut Paths<'_>, found: &mut Findings) {
    let by_edge = paths.needs.edges.iter().map(|edge| edge.from);
    let by_way = paths.needs.ways.iter().filter(|way| Ip::parse(&way.host).is_err()).map(|way| way.from);
    let by_name: BTreeSet<PartyId> = by_edge.chain(by_way).collect();
    // One finding for all pods that the same policy isolates.
    let mut groups: BTreeMap<(usize, &str), Vec<PartyId>> = BTreeMap::new();
    let others = by_name.iter().copied().filter(|party| paths.reach.party(*party).pods.is_none());
    let usual = (sees_pods(paths), remembers(paths));
    for party in paths.reach.written().chain(others) {
        let Some((first, _)) = paths.reach.isolating(party, Direction::Egress).next() else {
            continue;
        };
        if !by_name.contains(&party) && !reaches_others(paths, party) {
            continue;
        }
        let missing = match ["UDP", "TCP"].map(|protocol| is_refused(paths, party, protocol, usual)) {
            [true, true] => "UDP and TCP",
            [true, false] => "UDP",
            [false, true] => "TCP",
            [false, false] => continue,
        };
        groups.entry((first, missing)).or_default().push(party);
    }
    for ((policy, missing), mut parties) in groups {
        parties.sort_by_key(|party| !by_name.contains(party));
        let (Some(entity), Some(party)) = (
            paths.cluster.policies.get(policy).and_then(|policy| paths.cluster.objects.get(policy.entity)),
            parties.first(),
        ) else {
            continue;
        };
        let others = if parties.len() > 1 { format!(" and {} more", parties.len() - 1) } else { String::new() };
        let name = paths.reach.party(*party).shown(paths.cluster);
        let message =
            format!("{name}{others} can not ask for names: no policy lets it out to DNS at {missing} port {PORT}");
        let finding = Diagnostic::new(&rules::REACH_DNS_BLOCKED, entity.at, message).label("isolates it");
        let pods = paths.reach.party(*party).pods;
        let finding =
            pods.into_iter().fold(finding, |finding, pods| finding.also(pods.at, "these pods reach others by name"));
        let dns = &paths.cluster.dns;
        let labels: Vec<String> = dns.pods.iter().map(|(key, value)| format!("`{key}={value}`")).collect();
        found.push(finding.help(format!(
            "allow `egress` to UDP and TCP port {PORT} of the pods with {} in the namespace with `kubernetes.io/metadata.name={}`",
            labels.join(", "),
            dns.namespace
        )));
    }
}

/// Whether policies let pods out to others, who are known by names.
fn reaches_others(paths: &Paths<'_>, party: PartyId) -> bool {
    let is_dns = |rule: &PolicyRule| {
        let is = |port: &crate::model::PolicyPort| {
            port.port.as_ref().is_some_and(|port| port.value == crate::model::PortName::Number(PORT))
        };
        !rule.ports.is_empty() && rule.ports.iter().all(is)
    };
    let by_name = |peer: &Peer| match peer {
        Peer::Pods { .. } => true,
        Peer::Block { cidr, .. } => cidr.prefix() == 0,
        Peer::Unreadable => false,
    };
    let mut rules = paths
        .reach
        .isolating(party, Direction::Egress)
        .flat_map(|(_, policy)| rules_of(policy, Direction::Egress).unwrap_or_default());
    rules.any(|rule| !is_dns(rule) && rule.peers.iter().any(by_name))
}

/// `usual`: whether policies see who answers alone, and whether names are remembered on each host.
fn is_refused(paths: &Paths<'_>, party: PartyId, protocol: &str, usual: (bool, bool)) -> bool {
    let refused = |to| paths.reach.side(Direction::Egress, Who::Pods(party), to, PORT, protocol) == Verdict::Refused;
    let address = |address: Ip| Who::Outside(Some(Cidr::single(address)));
    // Some see the address that pods ask, and not that of who answers.
    let by_address = || !usual.0 && paths.cluster.network.dns.as_ref().is_some_and(|dns| !refused(address(dns.value)));
    let on_host = || usual.1 && Ip::parse(ON_HOST).is_ok_and(|on_host| !refused(address(on_host)));
    paths.dns.iter().all(|dns| refused(Who::Pods(*dns)))
        && !by_address()
        && !on_host()
        && !paths.is_dead(party, Direction::Egress, PORT, protocol)
}

/// Whether it is known that policies are asked about who answers, and not about the address that is asked.
fn sees_pods(paths: &Paths<'_>) -> bool {
    let cluster = paths.cluster;
    matches!(cluster.cni.schema, "Calico" | "Cilium")
        || cluster.distribution.known && cluster.distribution.brings.policies
}

/// Whether somebody may remember names on each host.
fn remembers(paths: &Paths<'_>) -> bool {
    let cluster = paths.cluster;
    let is = |name: &str| ["node-local-dns", "nodelocaldns"].iter().any(|word| name.contains(word));
    !cluster.distribution.known
        || cluster.unseen.words.iter().any(|word| is(word))
        || cluster.objects.iter().any(|object| &*object.kind == "DaemonSet" && is(&object.name))
}
