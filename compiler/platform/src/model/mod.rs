//! The model: plain data, in which every fact knows where it was written.

mod ask;
mod certificate;
mod charts;
mod cluster;
mod labels;
mod needs;
mod object;
mod plan;
mod pods;
mod policy;
mod quota;
mod selector;
mod service;
mod texts;
mod variables;

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

pub use ask::{Hook, Monitor, MonitorPort, PodMonitor, Scraper};
pub use certificate::{Acme, Certificate};
pub use charts::{Chart, How};
pub use cluster::{
    Announcement, Autoscaler, Balancer, Brings, Budget, Cluster, Cni, Distribution, Dns, Endpoint, External, Host,
    IngressClass, Mapped, Namespace, Network, Part, Pool, Setup, Ssh, Storage, Taint, Told, Tree, TreePart, Unseen,
    Use,
};
pub use labels::{Annotations, Labels};
pub use needs::{Demand, Need};
pub use object::{
    Application, Backup, Binding, Broken, Claim, Directory, Entity, Gateway, Grant, Growth, Ingress, IngressPath, Lead,
    Listener, Made, Maker, Parent, Permit, Persistent, Project, Reference, References, Rhythm, Right, Role, Route,
    Step, Subset,
};
pub use plan::{Deed, Download, Effect, NodeStep, Plan};
pub use pods::{Admission, Container, ContainerPort, PodVolume, Pods, Resources, Toleration, VolumeSource};
pub use policy::{Foreign, Peer, Policy, PolicyPort, PolicyRule};
pub use quota::{LimitRange, Quota};
pub use selector::{Expression, Operator, Selector, Wanted};
pub use service::{Front, FrontPort, PortName};
pub use texts::{Holder, Installed, Literal, Sealed, Unsealed};
pub use variables::Substitution;

use crate::Place;

/// What things are called, and other short text: kept once, so that it costs nothing to compare.
pub type Text = domain::Symbol;

/// The namespace of what says none.
pub fn usual_space() -> Text {
    static USUAL: LazyLock<Text> = LazyLock::new(|| "default".into());
    *USUAL
}

/// Text of any length, which is kept only as long as somebody needs it.
pub type Long = Arc<str>;

/// A fact and where it was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Said<T> {
    /// What was said.
    pub value: T,
    /// Where.
    pub at: Place,
    /// Whether a user said it, and not a default.
    pub given: bool,
}

impl<T> Deref for Said<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A platform.
#[derive(Clone, Default, Debug)]
pub struct Platform {
    /// Its clusters, by the order of their names.
    pub clusters: Vec<Cluster>,
    /// The addresses on the web that it puts out, by name.
    pub outputs: Vec<(Text, Said<Text>)>,
}
