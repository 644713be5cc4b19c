//! Who asks services of the cluster by itself: the API server, and what collects metrics.

use super::{Labels, PortName, Said, Selector, Text};
use crate::Place;

/// A service that the API server asks: a webhook, an extension of the API.
#[derive(Clone, Debug)]
pub struct Hook {
    /// The object.
    pub entity: usize,
    /// Where the service is named.
    pub at: Place,
    /// Its namespace.
    pub namespace: Text,
    /// Its name.
    pub service: Text,
    /// Its port.
    pub port: u16,
    /// Where it is asked about new pods, and these are refused when it does not answer: of which namespaces and which
    /// labels.
    pub guards: Option<(Selector, Selector)>,
}

/// A `Prometheus`.
#[derive(Clone, Debug)]
pub struct Scraper {
    /// The object.
    pub entity: usize,
    /// The labels of its pods.
    pub pods: Labels,
    /// The monitors of services that it takes: none, or those that these choose.
    pub services: Option<Selector>,
    /// The namespaces in which it looks for them; its own where nothing is written.
    pub namespaces: Option<Selector>,
}

/// A `ServiceMonitor`.
#[derive(Clone, Debug)]
pub struct Monitor {
    /// The object.
    pub entity: usize,
    /// The services.
    pub services: Selector,
    /// The namespaces of the services; every one where nothing is listed.
    pub namespaces: Option<Vec<Text>>,
    /// The ports, by the names that the services give them or by those of the pods.
    pub ports: Vec<MonitorPort>,
}

/// A `PodMonitor`.
#[derive(Clone, Debug)]
pub struct PodMonitor {
    /// The object.
    pub entity: usize,
    /// The pods.
    pub pods: Selector,
    /// Their namespaces; every one where nothing is listed.
    pub namespaces: Option<Vec<Text>>,
    /// The ports, by the names that the pods give them.
    pub ports: Vec<Said<Text>>,
}

/// A port at which metrics are collected.
#[derive(Clone, Debug)]
pub enum MonitorPort {
    /// A port of the service, by name.
    OfService(Said<Text>),
    /// A port of the pods.
    OfPods(Said<PortName>),
}
