//! Who may reach whom: the network policies of all origins, as Kubernetes means them.
//!
//! A connection must be let out by the policies of the one side and let in by those of the other. A side that no policy
//! chooses is open; where several do, one rule of one of them is enough. What can not be known from what is written (pods
//! that an operator makes, addresses that nobody said) is neither allowed nor blocked, and rules must not judge it.
//!
//! ```text
//! policies --index--> by what they could be about --judge--> one side --may--> both sides
//! ```

pub mod carriers;
pub mod edges;
mod index;
mod judge;
pub mod mentions;
mod party;
pub mod spaces;
pub mod trust;

use std::sync::{Arc, LazyLock};

use domain::Cidr;
use rustc_hash::FxHashMap;

use self::index::Index;
use self::trust::Trust;
use crate::index::Index as PodIndex;
use crate::model::{Cluster, Entity, Front, Labels, Policy, PolicyRule, Text, usual_space};

pub use self::index::rules;
pub use self::party::{Party, PartyId};

/// The label that every namespace has: its name.
pub fn system_label() -> Text {
    static LABEL: LazyLock<Text> = LazyLock::new(|| "kubernetes.io/metadata.name".into());
    *LABEL
}

/// The namespaces that every cluster has, whether somebody writes them or not.
pub const IS_MADE: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// Which way a policy looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// What its pods may reach.
    Egress,
    /// Who may reach its pods.
    Ingress,
}

/// One end of a connection.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Who {
    /// Pods.
    Pods(PartyId),
    /// What runs on hosts themselves: the API server, the kubelet.
    Hosts,
    /// What is outside of the cluster, at an address, or nobody knows where.
    Outside(Option<Cidr>),
}

/// What the policies of one side say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// No policy is about it.
    Open,
    /// A rule lets it pass.
    By {
        /// The policy, by its number in the cluster.
        policy: usize,
        /// The rule, by its number in the policy.
        rule: usize,
    },
    /// Nobody knows.
    Perhaps,
    /// There are policies, and none of them lets it pass.
    Refused,
}

/// What the policies of both sides say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Whether it is let out.
    pub egress: Verdict,
    /// Whether it is let in.
    pub ingress: Verdict,
}

impl Answer {
    /// Whether the connection is certain to be refused.
    pub fn is_blocked(self) -> bool {
        self.egress == Verdict::Refused || self.ingress == Verdict::Refused
    }

    /// Whether it is certain to pass.
    pub fn is_allowed(self) -> bool {
        let passes = |verdict| matches!(verdict, Verdict::Open | Verdict::By { .. });
        passes(self.egress) && passes(self.ingress)
    }

    /// The sides that refuse it.
    pub fn refusing(self) -> impl Iterator<Item = Direction> {
        let sides = [(self.egress, Direction::Egress), (self.ingress, Direction::Ingress)];
        sides.into_iter().filter(|(verdict, _)| *verdict == Verdict::Refused).map(|(_, side)| side)
    }
}

/// The policies of a cluster, ready for questions.
pub struct Reach<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    parties: Vec<Party<'a>>,
    nobody: Party<'a>,
    /// Pods by namespace and label; who is written has the number of what runs it.
    pods: Arc<PodIndex>,
    /// What is certain of the labels of namespaces.
    namespaces: FxHashMap<Text, &'a Labels>,
    /// Pods that somebody else makes.
    made: FxHashMap<(Text, &'a Labels), PartyId>,
    egress: Index,
    ingress: Index,
    /// Whether there are policies of other kinds, which could allow what these refuse.
    others: bool,
}

/// The namespace that an object lives in.
pub fn home(cluster: &Cluster, entity: usize) -> Text {
    cluster.objects.get(entity).map_or_else(usual_space, Entity::space)
}

impl<'a> Reach<'a> {
    /// Makes the policies of a cluster ready.
    pub fn new(cluster: &'a Cluster) -> Reach<'a> {
        Reach::with(cluster, Arc::new(PodIndex::of(cluster)))
    }

    /// The same, where the pods of the cluster are known by their labels already.
    pub fn with(cluster: &'a Cluster, pods: Arc<PodIndex>) -> Reach<'a> {
        let mut reach = Reach {
            cluster,
            parties: Vec::with_capacity(cluster.pods.len()),
            nobody: Party::nobody(),
            namespaces: cluster.namespaces.iter().map(|(name, namespace)| (*name, &namespace.labels)).collect(),
            made: FxHashMap::default(),
            egress: Index::new(cluster, &pods, Direction::Egress),
            ingress: Index::new(cluster, &pods, Direction::Ingress),
            pods,
            others: cluster.objects.iter().any(|object| is_other_policy(&object.group, &object.kind)),
        };
        for pods in &cluster.pods {
            reach.add(Party::of_pods(cluster, pods));
        }
        reach
    }

    /// Whether a connection to a port of pods, by its number, may come to be.
    pub fn may(&self, from: Who, to: Who, port: u16, protocol: &str) -> Answer {
        Answer {
            egress: self.side(Direction::Egress, from, to, port, protocol),
            ingress: self.side(Direction::Ingress, to, from, port, protocol),
        }
    }

    /// What the policies of one side say.
    pub fn side(&self, direction: Direction, own: Who, other: Who, port: u16, protocol: &str) -> Verdict {
        let Who::Pods(own) = own else {
            return Verdict::Open;
        };
        let question = judge::Question { direction, own, other, port, protocol };
        match judge::judge(self, &question) {
            Verdict::Refused if self.others => Verdict::Perhaps,
            verdict => verdict,
        }
    }

    /// The policies that choose pods, in a direction.
    pub fn isolating(&self, party: PartyId, direction: Direction) -> impl Iterator<Item = (usize, &'a Policy)> {
        let party = self.party(party);
        let all = self.index(direction).of_all(party.namespace);
        let own = party.isolated(direction);
        let numbers = all.iter().chain(own).map(|number| *number as usize);
        numbers.filter_map(|number| Some((number, self.cluster.policies.get(number)?)))
    }

    /// A service by its namespace and its name.
    pub fn service(&self, namespace: Text, name: Text) -> Option<&'a Front> {
        self.pods.service(self.cluster, namespace, name)
    }

    fn index(&self, direction: Direction) -> &Index {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }

    /// The rule that a verdict names.
    pub fn rule(&self, verdict: Verdict, direction: Direction) -> Option<(&'a Policy, &'a PolicyRule)> {
        let Verdict::By { policy, rule } = verdict else {
            return None;
        };
        let policy = self.cluster.policies.get(policy)?;
        Some((policy, rules(policy, direction)?.get(rule)?))
    }

    /// What is certain of the labels of a namespace.
    pub fn namespace_labels(&self, name: Text) -> Option<&'a Labels> {
        self.namespaces.get(&name).copied()
    }
}

/// Whether an object is a policy of a kind that is not understood here.
fn is_other_policy(group: &str, kind: &str) -> bool {
    match group {
        "cilium.io" => matches!(kind, "CiliumNetworkPolicy" | "CiliumClusterwideNetworkPolicy"),
        "projectcalico.org" | "crd.projectcalico.org" => {
            matches!(kind, "NetworkPolicy" | "GlobalNetworkPolicy" | "StagedNetworkPolicy")
        }
        "policy.networking.k8s.io" => true,
        "crd.antrea.io" => true,
        _ => false,
    }
}

impl From<Trust> for Verdict {
    fn from(trust: Trust) -> Verdict {
        match trust {
            Trust::No => Verdict::Refused,
            Trust::Perhaps | Trust::Yes => Verdict::Perhaps,
        }
    }
}
