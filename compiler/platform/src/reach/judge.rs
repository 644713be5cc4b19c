//! One side of a connection, by the policies that choose its pods.

use domain::{Cidr, Ip};

use super::index::{Entry, Index, rules};
use super::trust::{Known, Trust, chooses, covers, opens};
use super::{Direction, PartyId, Reach, Verdict, Who};
use crate::model::{Labels, Peer, PolicyRule, Text};

/// How many policies and rules are looked at one by one; of more, those that could be meant are found by the other side.
const FEW: usize = 16;

/// Whether policies of `own` let a connection from or to `other` pass.
pub struct Question<'q> {
    /// The direction, seen from `own`.
    pub direction: Direction,
    /// The pods whose policies are asked.
    pub own: PartyId,
    /// The other end.
    pub other: Who,
    /// The port of the target.
    pub port: u16,
    /// Its protocol.
    pub protocol: &'q str,
}

/// What the policies of this side say.
pub fn judge(reach: &Reach<'_>, question: &Question<'_>) -> Verdict {
    let own = reach.party(question.own);
    if own.on_host() || !reach.cluster.cni.policies {
        return Verdict::Open;
    }
    let index = reach.index(question.direction);
    let all = index.of_all(own.namespace);
    let chosen = own.isolated(question.direction);
    if all.is_empty() && chosen.is_empty() {
        return Verdict::Open;
    }
    let mut best = Best(Trust::No);
    let policies = all.iter().chain(chosen).copied();
    let found = match question.other {
        Who::Pods(other) if is_much(index, policies.clone()) => {
            let other = reach.party(other);
            let isolates =
                |entry: &Entry| chosen.binary_search(&entry.policy).is_ok() || all.binary_search(&entry.policy).is_ok();
            let by_peer = index.of_peer(other.namespace, other.labels).filter(isolates);
            let open = policies.clone().flat_map(|policy| index.open(policy));
            let found = best.of_entries(reach, question, by_peer.chain(open));
            // Of pods that somebody else makes, not all labels are known: any peer could mean them.
            let all_known = other.known == Known::Written;
            found.or_else(|| if all_known { None } else { best.of_policies(reach, question, policies) })
        }
        _ => best.of_policies(reach, question, policies),
    };
    if let Some(found) = found {
        return found;
    }
    if best.0 == Trust::No && own.known == Known::Partly {
        // A policy that could be about these pods could let it pass.
        let here = index.of_namespace(own.namespace, reach.cluster, question.direction);
        let about = here.into_iter().filter(|number| {
            let policy = reach.cluster.policies.get(*number as usize);
            policy.is_some_and(|policy| chooses(&policy.pods, own.labels, own.known) == Trust::Perhaps)
        });
        if best.of_policies(reach, question, about).is_some() {
            return Verdict::Perhaps;
        }
    }
    best.0.into()
}

/// Whether policies have more rules than are looked at one by one.
fn is_much(index: &Index, policies: impl Iterator<Item = u32>) -> bool {
    let mut rules = 0;
    policies.into_iter().any(|policy| {
        rules += 1 + index.size(policy);
        rules > FEW
    })
}

/// The best that was found so far.
struct Best(Trust);

impl Best {
    fn of_policies(
        &mut self,
        reach: &Reach<'_>,
        question: &Question<'_>,
        policies: impl Iterator<Item = u32>,
    ) -> Option<Verdict> {
        // Policies stand where the pods are that they choose.
        let own = reach.party(question.own).namespace;
        for number in policies {
            let policy = reach.cluster.policies.get(number as usize)?;
            for (nth, rule) in rules(policy, question.direction).unwrap_or_default().iter().enumerate() {
                let ports = ports(reach, question, rule);
                if ports == Trust::No {
                    continue;
                }
                let means = |peer| self::means(reach, question.other, peer, own);
                let peers = if rule.peers.is_empty() { Trust::Yes } else { Trust::any(rule.peers.iter().map(means)) };
                let trust = ports.min(peers);
                self.0 = self.0.max(trust);
                if trust == Trust::Yes {
                    return Some(Verdict::By { policy: number as usize, rule: nth });
                }
            }
        }
        None
    }

    fn of_entries(
        &mut self,
        reach: &Reach<'_>,
        question: &Question<'_>,
        entries: impl Iterator<Item = Entry>,
    ) -> Option<Verdict> {
        let own = reach.party(question.own).namespace;
        for entry in entries {
            let policy = reach.cluster.policies.get(entry.policy as usize)?;
            let rule = rules(policy, question.direction)?.get(entry.rule as usize)?;
            let peer = entry.peer.and_then(|peer| rule.peers.get(peer as usize));
            let peer = peer.map_or(Trust::Yes, |peer| means(reach, question.other, peer, own));
            let trust = peer.min(ports(reach, question, rule));
            self.0 = self.0.max(trust);
            if trust == Trust::Yes {
                return Some(Verdict::By { policy: entry.policy as usize, rule: entry.rule as usize });
            }
        }
        None
    }
}

/// Whether a rule is about the port. A name is one of the target's.
fn ports(reach: &Reach<'_>, question: &Question<'_>, rule: &PolicyRule) -> Trust {
    let target = match (question.direction, question.other) {
        (Direction::Ingress, _) => Some(question.own),
        (Direction::Egress, Who::Pods(other)) => Some(other),
        (Direction::Egress, _) => None,
    };
    let named = |name: &str| {
        target.map_or(Trust::No, |target| reach.party(target).names(name, question.port, question.protocol))
    };
    opens(&rule.ports, question.port, question.protocol, named)
}

/// Whether a peer of a policy in a namespace means somebody.
fn means(reach: &Reach<'_>, who: Who, peer: &Peer, own: Text) -> Trust {
    if matches!(peer, Peer::Unreadable) {
        return Trust::Perhaps;
    }
    match who {
        Who::Outside(address) => address.map_or_else(|| somewhere(peer), |address| covers(peer, address)),
        Who::Hosts => hosts(reach, peer),
        Who::Pods(id) => {
            let party = reach.party(id);
            match peer {
                _ if party.on_host() => hosts(reach, peer),
                Peer::Pods { namespaces, pods, .. } => {
                    let namespace = match namespaces {
                        None => Trust::of(party.namespace == own),
                        Some(namespaces) => namespace(reach, party.namespace, namespaces),
                    };
                    let pods = pods.as_ref().map_or(Trust::Yes, |pods| chooses(pods, party.labels, party.known));
                    namespace.min(pods)
                }
                block => pod_addresses(reach, block),
            }
        }
    }
}

fn namespace(reach: &Reach<'_>, name: Text, selector: &crate::model::Selector) -> Trust {
    match reach.namespace_labels(name) {
        Some(labels) => Trust::of(selector.matches(labels)),
        // Somebody else makes it, with the label that every namespace has.
        None => {
            let labels = Labels::from([(super::system_label(), name)]);
            let known = if super::IS_MADE.contains(&name.as_str()) { Known::Written } else { Known::Partly };
            chooses(selector, &labels, known)
        }
    }
}

/// Whether a block means all addresses of pods.
fn pod_addresses(reach: &Reach<'_>, block: &Peer) -> Trust {
    let networks = &reach.cluster.network.pods;
    let known = reach.cluster.distribution.known || networks.iter().any(|network| network.given);
    let covered = Trust::any(networks.iter().map(|network| covers(block, network.value)));
    let certain = reach.cluster.cni.blocks_mean_pods;
    match covered {
        Trust::No if known || !certain => Trust::No,
        Trust::Yes if certain && (known || is_everything(block)) => Trust::Yes,
        _ if !certain => Trust::No,
        _ => Trust::Perhaps,
    }
}

/// Whether a peer means the hosts: their addresses are outside of the networks of pods.
fn hosts(reach: &Reach<'_>, peer: &Peer) -> Trust {
    let hosts = &reach.cluster.hosts;
    let addresses = hosts.iter().filter_map(|host| host.address.as_ref());
    let covered: Vec<Trust> = addresses.map(|address| covers(peer, Cidr::single(address.value))).collect();
    match peer {
        // From and to the host that a pod runs on, everything passes.
        _ if hosts.len() == 1 => Trust::Yes,
        Peer::Block { .. } if covered.is_empty() => Trust::Perhaps,
        Peer::Block { .. } if covered.iter().all(|trust| *trust == Trust::Yes) => Trust::Yes,
        Peer::Block { .. } => Trust::any(covered).min(Trust::Perhaps),
        _ => Trust::No,
    }
}

/// Whether a block means an address that nobody knows, but that it is one of the internet.
fn somewhere(block: &Peer) -> Trust {
    let is_inner = |network: Cidr| {
        let is = |address: Ip| address.is_private() || address.is_link_local() || address.is_loopback();
        is(network.first()) && is(network.last())
    };
    match block {
        Peer::Block { cidr, except } if cidr.prefix() == 0 && except.iter().all(|one| is_inner(one.value)) => {
            Trust::Yes
        }
        Peer::Block { .. } => Trust::Perhaps,
        _ => Trust::No,
    }
}

fn is_everything(block: &Peer) -> bool {
    matches!(block, Peer::Block { cidr, except } if cidr.prefix() == 0 && except.is_empty())
}
