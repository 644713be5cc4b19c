//! Network policies, as Kubernetes means them.

use domain::Cidr;

use super::{PortName, Said, Selector, Text};
use crate::Place;

/// A network policy.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The object.
    pub entity: usize,
    /// The pods that it isolates.
    pub pods: Selector,
    /// Where these are chosen.
    pub pods_at: Place,
    /// Rules of a direction that it says nothing of, and which.
    pub idle: Option<(Place, &'static str)>,
    /// Who may come in; none where it says nothing of that direction.
    pub ingress: Option<Vec<PolicyRule>>,
    /// Who may be reached; none where it says nothing of that direction.
    pub egress: Option<Vec<PolicyRule>>,
}

/// One rule: any of the peers, at any of the ports.
#[derive(Clone, Debug, Default)]
pub struct PolicyRule {
    /// Where it is written.
    pub at: Place,
    /// Who; none for everybody.
    pub peers: Vec<Peer>,
    /// Where; none for every port.
    pub ports: Vec<PolicyPort>,
}

/// Who is meant.
#[derive(Clone, Debug)]
pub enum Peer {
    /// Pods.
    Pods {
        /// Where it is written.
        at: Place,
        /// Of these namespaces; none for the policy's own.
        namespaces: Option<Selector>,
        /// These pods; none for all.
        pods: Option<Selector>,
    },
    /// What can not be read as either: nobody knows who is meant.
    Unreadable,
    /// Addresses.
    Block {
        /// The network.
        cidr: Said<Cidr>,
        /// Without these.
        except: Vec<Said<Cidr>>,
    },
}

/// Ports of pods.
#[derive(Clone, Debug)]
pub struct PolicyPort {
    /// Where it is written.
    pub at: Place,
    /// `TCP`, `UDP`, `SCTP`
    pub protocol: Text,
    /// The port; none for all.
    pub port: Option<Said<PortName>>,
    /// The last port of a range.
    pub end: Option<u16>,
}

/// A policy that is written in the block of one namespace, and is of another.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// Its name.
    pub name: Text,
    /// The namespace in whose block it is written.
    pub written: Text,
    /// The namespace that it says.
    pub namespace: Said<Text>,
}
