//! Pods that are all alike, as an end of connections.

use super::trust::{Known, Trust, chooses, is_added};
use super::{Direction, Reach, home};
use crate::lists::List;
use crate::model::{Cluster, Labels, Pods, PortName, Selector, Text};

/// Pods, by their number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartyId(pub(super) usize);

/// Pods that are written, in their order.
pub type Parties<'r> = std::iter::Map<List<'r>, fn(usize) -> PartyId>;

/// Pods that are all alike.
#[derive(Clone, Debug)]
pub struct Party<'a> {
    /// Their namespace.
    pub namespace: Text,
    /// Their labels.
    pub labels: &'a Labels,
    /// Whether these are all of them.
    pub known: Known,
    /// What runs them; nothing where somebody else makes them.
    pub pods: Option<&'a Pods>,
    /// The policies that choose them by labels, of either direction.
    pub(super) egress: Vec<u32>,
    /// See `egress`.
    pub(super) ingress: Vec<u32>,
}

static NO_LABELS: Labels = Labels::NONE;

impl<'a> Party<'a> {
    pub(super) fn nobody() -> Party<'a> {
        let (egress, ingress) = (Vec::new(), Vec::new());
        Party { namespace: Text::default(), labels: &NO_LABELS, known: Known::Partly, pods: None, egress, ingress }
    }

    pub(super) fn of_pods(cluster: &'a Cluster, pods: &'a Pods) -> Party<'a> {
        let namespace = home(cluster, pods.entity);
        let (egress, ingress) = (Vec::new(), Vec::new());
        Party { namespace, labels: &pods.labels, known: Known::Written, pods: Some(pods), egress, ingress }
    }

    /// Whether they use the network of their host, where no policy holds.
    pub fn on_host(&self) -> bool {
        self.pods.is_some_and(|pods| pods.host_network)
    }

    pub(super) fn isolated(&self, direction: Direction) -> &[u32] {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }

    /// Whether a port of these pods has a name.
    pub fn names(&self, name: &str, number: u16, protocol: &str) -> Trust {
        let Some(pods) = self.pods else {
            return Trust::Perhaps;
        };
        let mut ports = pods.containers.iter().chain(&pods.before).flat_map(|container| &container.ports);
        Trust::of(ports.any(|port| &*port.name == name && port.number == number && &*port.protocol == protocol))
    }

    /// The number of a port of these pods.
    pub fn number(&self, port: &PortName, protocol: &str) -> Option<u16> {
        let name = match port {
            PortName::Number(number) => return Some(*number),
            PortName::Name(name) => name,
        };
        let pods = self.pods?;
        let mut ports = pods.containers.iter().chain(&pods.before).flat_map(|container| &container.ports);
        ports.find(|port| port.name == *name && &*port.protocol == protocol).map(|port| port.number)
    }

    /// As people call them.
    pub fn shown(&self, cluster: &Cluster) -> String {
        let entity = self.pods.and_then(|pods| cluster.objects.get(pods.entity));
        match (entity, self.labels.iter().next()) {
            (Some(entity), _) => format!("`{}` in `{}`", entity.name, self.namespace),
            (None, Some((key, value))) => format!("`{key}={value}` in `{}`", self.namespace),
            (None, None) => format!("the pods of `{}`", self.namespace),
        }
    }
}

impl<'a> Reach<'a> {
    /// Pods by their number.
    pub fn party(&self, id: PartyId) -> &Party<'a> {
        self.parties.get(id.0).unwrap_or(&self.nobody)
    }

    /// Everything that runs pods and is written.
    pub fn written(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.cluster.pods.len()).map(PartyId)
    }

    pub(super) fn add(&mut self, mut party: Party<'a>) -> PartyId {
        let id = PartyId(self.parties.len());
        for direction in [Direction::Egress, Direction::Ingress] {
            let mut policies = self.index(direction).of_labels(party.namespace, party.labels);
            policies.retain(|number| {
                let policy = self.cluster.policies.get(*number as usize);
                policy.is_some_and(|policy| chooses(&policy.pods, party.labels, party.known) == Trust::Yes)
            });
            match direction {
                Direction::Egress => party.egress = policies,
                Direction::Ingress => party.ingress = policies,
            }
        }
        self.parties.push(party);
        id
    }

    /// The pods of a namespace that are written and have these labels.
    pub fn with_labels(&self, namespace: Text, labels: &Labels) -> Vec<PartyId> {
        let has = |id: &PartyId| labels.iter().all(|(key, value)| self.party(*id).labels.get(key) == Some(value));
        self.fewest(namespace, labels.iter()).filter(has).collect()
    }

    /// The fewest pods of a namespace among which are all that have these labels.
    fn fewest<'s>(&'s self, namespace: Text, labels: impl Iterator<Item = (&'s Text, &'s Text)>) -> Parties<'s> {
        let listed = self.pods.fewest(namespace, labels);
        listed.unwrap_or_else(|| self.pods.in_namespace(namespace)).map(PartyId)
    }

    /// The pods of a namespace that are written.
    pub fn in_namespace(&self, namespace: Text) -> Parties<'_> {
        self.pods.in_namespace(namespace).map(PartyId)
    }

    /// The pods of a namespace that are written and that a selector chooses.
    pub fn chosen<'s>(
        &'s self,
        namespace: Text,
        selector: &'s Selector,
    ) -> impl Iterator<Item = PartyId> + use<'s, 'a> {
        let is_written = |(key, _): &(&Text, &Text)| !is_added(key);
        let candidates = self.fewest(namespace, selector.labels.iter().filter(is_written));
        let is = |id: &PartyId| chooses(selector, self.party(*id).labels, Known::Written) != Trust::No;
        candidates.filter(is)
    }

    /// The pods with these labels: those that are written, else what somebody else makes.
    pub fn pods_of(&mut self, namespace: Text, labels: &'a Labels) -> Vec<PartyId> {
        let written = self.with_labels(namespace, labels);
        if !written.is_empty() {
            return written;
        }
        if let Some(made) = self.made.get(&(namespace, labels)) {
            return vec![*made];
        }
        let (egress, ingress) = (Vec::new(), Vec::new());
        let made = self.add(Party { namespace, labels, known: Known::Partly, pods: None, egress, ingress });
        self.made.insert((namespace, labels), made);
        vec![made]
    }
}
