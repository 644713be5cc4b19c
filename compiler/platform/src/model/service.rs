//! Services of Kubernetes.

use domain::Ip;

use super::{Annotations, Labels, Said, Text};
use crate::Place;

/// A service of Kubernetes: what stands in front of pods.
#[derive(Clone, Debug)]
pub struct Front {
    /// The object.
    pub entity: usize,
    /// `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`
    pub kind: Said<Text>,
    /// The labels of its pods; none where somebody else says who answers.
    pub selector: Option<Said<Labels>>,
    /// Its ports.
    pub ports: Vec<FrontPort>,
    /// Whether it has no address of its own.
    pub headless: bool,
    /// The address of the cluster that it asks for.
    pub inner: Option<Said<Ip>>,
    /// Where it says that it must have addresses of two families.
    pub two_families: Option<Place>,
    /// The addresses that it asks for, by field or annotation.
    pub addresses: Vec<Said<Ip>>,
    /// The pool that it asks for.
    pub pool: Option<Said<Text>>,
    /// Who has the same word here shares its address.
    pub share: Option<Said<Text>>,
    /// Whether it gets ports of the hosts, where it gets an address of its own.
    pub on_hosts: bool,
    /// Whether only pods of the host answer that was asked.
    pub local: bool,
    /// Who gives it its address, if not the cluster's own.
    pub balancer: Option<Said<Text>>,
    /// Its annotations.
    pub annotations: Annotations,
}

/// A port of a service.
#[derive(Clone, Debug)]
pub struct FrontPort {
    /// Where it is written.
    pub at: Place,
    /// Its name, empty where it has none.
    pub name: Text,
    /// Its number.
    pub number: u16,
    /// `TCP`, `UDP`, `SCTP`
    pub protocol: Text,
    /// The port of the pods.
    pub target: Said<PortName>,
    /// The port of the hosts.
    pub node_port: Option<Said<i64>>,
    /// What is spoken there.
    pub app_protocol: Option<Text>,
}

/// A port by number or name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortName {
    /// By number.
    Number(u16),
    /// By the name that the container gave it.
    Name(Text),
}

impl PortName {
    /// Whether a port of this number and name is meant.
    pub fn is(&self, number: u16, name: &str) -> bool {
        match self {
            PortName::Number(wanted) => *wanted == number,
            PortName::Name(wanted) => **wanted == *name,
        }
    }
}
