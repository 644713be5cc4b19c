//! What the rules over connections share: the policies made ready, and what must be reached.

use diagnostics::Diagnostic;

use super::Indexed;
use crate::Place;
use crate::model::{Cluster, PolicyRule};
use crate::reach::edges::{Endpoints, Needs, needs};
use crate::reach::spaces::{Dead, dead};
use crate::reach::trust::{Trust, opens};
use crate::reach::{Direction, PartyId, Reach, Who};

/// A cluster with its policies made ready.
pub struct Paths<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    /// Who may reach whom.
    pub reach: Reach<'a>,
    /// What must be reached.
    pub needs: Needs,
    /// The pods that answer for names.
    pub dns: Vec<PartyId>,
    /// Peers that mean no namespace.
    pub dead: Vec<Dead>,
}

impl<'a> Paths<'a> {
    /// Makes the policies of a cluster ready; nothing where it has none.
    pub fn new(indexed: &Indexed<'a>) -> Option<Paths<'a>> {
        let cluster = indexed.cluster;
        if cluster.policies.is_empty() {
            return None;
        }
        let mut reach = Reach::with(cluster, indexed.index.clone());
        let needs = needs(&mut reach, &Endpoints::of(cluster));
        let dns = reach.pods_of(cluster.dns.namespace, &cluster.dns.pods);
        let dead = dead(cluster);
        Some(Paths { cluster, reach, needs, dns, dead })
    }

    /// Whether pods would be let through, were a rule of theirs not about a namespace that is not there.
    pub fn is_dead(&self, party: PartyId, direction: Direction, port: u16, protocol: &str) -> bool {
        if self.dead.is_empty() {
            return false;
        }
        let is = |(number, rule): (usize, &PolicyRule), nth: usize| {
            let is_egress = direction == Direction::Egress;
            opens(&rule.ports, port, protocol, |_| Trust::Perhaps) != Trust::No
                && self.dead.iter().any(|dead| (dead.policy, dead.is_egress, dead.rule) == (number, is_egress, nth))
        };
        self.reach.isolating(party, direction).any(|(number, policy)| {
            let rules = crate::reach::rules(policy, direction).unwrap_or_default();
            rules.iter().enumerate().any(|(nth, rule)| is((number, rule), nth))
        })
    }

    /// Whether a side refuses a connection, and this is not another's mistake: a rule about the port of the service, or
    /// about a namespace that is not there.
    pub fn refuses(
        &self,
        (own, direction): (PartyId, Direction),
        other: Who,
        (asked, number): (u16, u16),
        protocol: &str,
    ) -> Refusal {
        let refused =
            |port| self.reach.side(direction, Who::Pods(own), other, port, protocol) == crate::reach::Verdict::Refused;
        match refused(number) {
            false => Refusal::None,
            true if asked != number && !refused(asked) => Refusal::Told,
            true if self.is_dead(own, direction, number, protocol) => Refusal::Told,
            true => Refusal::Untold,
        }
    }

    /// Shows the policies that isolate pods.
    pub fn show(&self, finding: Diagnostic<Place>, party: PartyId, direction: Direction) -> Diagnostic<Place> {
        const SHOWN: usize = 3;
        let name = self.reach.party(party).shown(self.cluster);
        let way = match direction {
            Direction::Egress => "lets nothing out of",
            Direction::Ingress => "lets nothing in to",
        };
        let places = self.reach.isolating(party, direction).filter_map(|(_, policy)| {
            let entity = self.cluster.objects.get(policy.entity)?;
            Some((entity.at, format!("`{}` {way} {name} but what its rules name", entity.name)))
        });
        places.take(SHOWN).fold(finding, |finding, (at, text)| finding.also(at, text))
    }
}

/// Whether a side refuses a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It does not, or nobody knows.
    None,
    /// It does, for a reason that another finding says.
    Told,
    /// It does.
    Untold,
}
