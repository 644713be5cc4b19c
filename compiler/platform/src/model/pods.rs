//! What runs pods: deployments, stateful and daemon sets, jobs, and pods alone.

use std::collections::BTreeMap;

use domain::{Bytes, Cpu, Image};

use super::{Labels, Long, PortName, Said, Selector, Text};
use crate::Place;

/// Something that runs pods that are all alike.
#[derive(Clone, Debug, Default)]
pub struct Pods {
    /// The object.
    pub entity: usize,
    /// How many; of what runs on every host, none.
    pub replicas: Option<Said<i64>>,
    /// Which pods it takes for its own.
    pub selector: Option<Selector>,
    /// The labels of the pods.
    pub labels: Labels,
    /// Where the pods are described.
    pub at: Place,
    /// Its containers.
    pub containers: Vec<Container>,
    /// Containers that run before.
    pub before: Vec<Container>,
    /// Its volumes.
    pub volumes: Vec<PodVolume>,
    /// Whether it uses the network of the host.
    pub host_network: bool,
    /// The account that it runs under, empty for the default.
    pub account: Option<Said<Text>>,
    /// The host that they are bound to by its name.
    pub host: Option<Said<Text>>,
    /// The labels that a host must have.
    pub on: Labels,
    /// What a host must be, by required affinity: any of these.
    pub on_any: Vec<Selector>,
    /// Required anti-affinity: pods that may not stand in the same place, and the label that makes a place.
    pub apart: Vec<(Selector, Text)>,
    /// Required affinity: pods in whose place these must stand, and the label that makes a place.
    pub near: Vec<(Selector, Text)>,
    /// Spread that must hold: the most by which places may differ, the label that makes a place, and the pods.
    pub spread: Vec<(i64, Text, Selector)>,
    /// What it tolerates.
    pub tolerations: Vec<Toleration>,
    /// Whether a new pod is started before the one that it replaces is gone.
    pub overlaps: bool,
    /// Where they ask for names, if that is written.
    pub names: Option<Said<Text>>,
    /// What they do that is not let into every namespace.
    pub admission: Admission,
}

/// What pods do that the standards for the security of pods forbid: the first of each, and where.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// What `baseline` forbids.
    pub baseline: Option<(Place, &'static str)>,
    /// What only `restricted` forbids.
    pub restricted: Option<(Place, &'static str)>,
}

/// A container.
#[derive(Clone, Debug, Default)]
pub struct Container {
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// Its image, as it is written.
    pub image: Option<Said<Text>>,
    /// The same, where it can be read as the reference of an image.
    pub reference: Option<Image>,
    /// What it is started with: the command and its arguments.
    pub arguments: Vec<Said<Long>>,
    /// Its ports.
    pub ports: Vec<ContainerPort>,
    /// What it asks for.
    pub requests: Resources,
    /// What it may use at most.
    pub limits: Resources,
    /// Whether it keeps running beside those that come after it.
    pub sidecar: bool,
    /// The ports, by their names, at which it is asked whether it lives, is ready or has started.
    pub probed: Vec<Said<Text>>,
    /// The ports at which it is asked when it has started, and before it ends.
    pub hooked: Vec<Said<PortName>>,
    /// Values of its environment that are plain text, by name.
    pub env: Vec<(Text, Said<Long>)>,
    /// Variables of its environment that hold the namespace of the pod.
    pub own_namespace: Vec<Text>,
}

/// A port that a container listens on.
#[derive(Clone, Debug)]
pub struct ContainerPort {
    /// Where it is written.
    pub at: Place,
    /// Its name, empty where it has none.
    pub name: Text,
    /// Its number.
    pub number: u16,
    /// `TCP`, `UDP`, `SCTP`
    pub protocol: Text,
    /// The port of the host that it takes.
    pub host_port: Option<Said<i64>>,
}

/// Amounts.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    /// Processor time.
    pub cpu: Option<Said<Cpu>>,
    /// Memory.
    pub memory: Option<Said<Bytes>>,
    /// Other resources by name, in whole units.
    pub others: BTreeMap<Text, Said<i64>>,
}

/// A volume of a pod.
#[derive(Clone, Debug)]
pub struct PodVolume {
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// What it is.
    pub source: VolumeSource,
}

/// What a volume is.
#[derive(Clone, Debug, PartialEq)]
pub enum VolumeSource {
    /// A claim, by name.
    Claim(Text),
    /// A claim of its own for each pod: class and size.
    Own {
        /// The class of storage.
        class: Option<Text>,
        /// Its access modes.
        access: Vec<Text>,
        /// How large it is.
        size: Option<Bytes>,
    },
    /// A path of the host.
    Host(Text),
    /// Anything else.
    Other,
}

/// What a pod tolerates.
#[derive(Clone, Debug)]
pub struct Toleration {
    /// The key; empty for all.
    pub key: Text,
    /// Whether any value is meant.
    pub any_value: bool,
    /// The value.
    pub value: Text,
    /// The effect; empty for all.
    pub effect: Text,
}
