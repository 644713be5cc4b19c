//! Objects of Kubernetes: who they are, and what they name of others.

use domain::{Bytes, Duration};

use super::{Annotations, Labels, Said, Text};
use crate::Place;

/// The identity of an object.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    /// Its group; the core has none.
    pub group: Text,
    /// The version of the group.
    pub version: Text,
    /// Its kind.
    pub kind: Text,
    /// Its namespace; nothing where it lives in none.
    pub namespace: Text,
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// Where its name is written.
    pub name_at: Place,
    /// Where its namespace is written, or else the object.
    pub namespace_at: Place,
    /// Whether a user wrote it, and not the standard library.
    pub given: bool,
    /// Its labels.
    pub labels: Labels,
    /// Its annotations.
    pub annotations: Annotations,
    /// The keys of its data, of a config map or a secret.
    pub keys: Option<Vec<Text>>,
}

impl Entity {
    /// The namespace that it stands in, where that is not written.
    pub fn space(&self) -> Text {
        if self.namespace.is_empty() { super::usual_space() } else { self.namespace }
    }

    /// As people call it: "the Deployment `web` in `shop`".
    pub fn shown(&self) -> String {
        match &*self.namespace {
            "" => format!("the {} `{}`", self.kind, self.name),
            namespace => format!("the {} `{}` in `{namespace}`", self.kind, self.name),
        }
    }
}

/// A law of Kubernetes that an object breaks by itself.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The object.
    pub by: usize,
    /// Where.
    pub at: Place,
    /// What is wrong.
    pub message: String,
    /// What comes of it.
    pub why: &'static str,
    /// What to do.
    pub help: String,
}

/// An ingress.
#[derive(Clone, Debug)]
pub struct Ingress {
    /// The object.
    pub entity: usize,
    /// Its class.
    pub class: Option<Said<Text>>,
    /// Where requests go.
    pub paths: Vec<IngressPath>,
    /// The hosts that are served with a certificate; an empty one where all are.
    pub tls: Vec<Text>,
    /// Where requests go that no path leads.
    pub default: Option<IngressPath>,
    /// Its annotations.
    pub annotations: Annotations,
}

/// Where requests for a path of a host go.
#[derive(Clone, Debug)]
pub struct IngressPath {
    /// Where it is written.
    pub at: Place,
    /// The host; empty for all.
    pub host: Text,
    /// The path.
    pub path: Text,
    /// `Exact`, `Prefix`, `ImplementationSpecific`
    pub kind: Text,
    /// The service.
    pub service: Said<Text>,
    /// The port of the service.
    pub port: Option<super::PortName>,
}

/// Where an object that is no ingress sends requests: a route of a gateway, of Traefik or of a mesh.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The object.
    pub by: usize,
    /// The namespace of the service.
    pub namespace: Text,
    /// The service.
    pub service: Said<Text>,
    /// The port of the service.
    pub port: Said<super::PortName>,
}

/// Some pods of a service, which a mesh calls by a name.
#[derive(Clone, Debug)]
pub struct Subset {
    /// The object.
    pub by: usize,
    /// The service, by its namespace and its name.
    pub service: (Text, Text),
    /// What they are called.
    pub name: Text,
}

/// A claim to storage.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The object.
    pub entity: usize,
    /// Its class; none for the default one.
    pub class: Option<Said<Text>>,
    /// How it is mounted.
    pub access: Vec<Text>,
    /// How large it is.
    pub size: Option<Said<Bytes>>,
    /// The volume that it is for.
    pub volume: Option<Said<Text>>,
}

/// A volume that somebody made by hand.
#[derive(Clone, Debug)]
pub struct Persistent {
    /// The object.
    pub entity: usize,
    /// The hosts on which it can be mounted, if not on all: any of these.
    pub on_any: Option<Said<Vec<super::Selector>>>,
    /// Its class; empty for none.
    pub class: Text,
    /// How it can be mounted.
    pub access: Vec<Text>,
    /// How large it is.
    pub size: Option<Bytes>,
}

/// What an object names.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The object that names it.
    pub by: usize,
    /// The group of what is named; empty for the core.
    pub group: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its namespace; empty where it lives in none.
    pub namespace: Text,
    /// Its name.
    pub name: Said<Text>,
    /// The key of its data.
    pub key: Option<Said<Text>>,
    /// Whether it may be missing.
    pub optional: bool,
}

/// All that objects name.
pub type References = Vec<Reference>;

/// What comes of an object without being written: the secret of a certificate.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its group.
    pub group: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its namespace; empty where it lives in none.
    pub namespace: Text,
    /// Its name.
    pub name: Text,
    /// The keys of its data, where they are known.
    pub keys: Option<Vec<Text>>,
    /// Where what makes it is written.
    pub at: Place,
}

/// That something makes objects that nobody sees here: a chart, an operator, another repository.
#[derive(Clone, Debug)]
pub struct Maker {
    /// The object that makes them, if it is one.
    pub by: Option<usize>,
    /// Where they are; nothing where they can be everywhere.
    pub namespace: Option<Text>,
    /// What their names contain; nothing where that can be any.
    pub name: Option<Text>,
    /// Their kind; nothing where that can be any.
    pub kind: Option<&'static str>,
}

/// A role, by its kind, its namespace and its name.
pub type Role = (Text, Text, Text);

/// A rule of a role, about some resources of some groups.
#[derive(Clone, Debug)]
pub struct Right {
    /// The role.
    pub entity: usize,
    /// The groups.
    pub groups: Vec<Said<Text>>,
    /// The resources.
    pub resources: Vec<Said<Text>>,
}

/// What a role lets others create.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The kinds.
    pub creates: Vec<&'static str>,
}

/// That accounts have a role.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The role.
    pub role: Role,
    /// The namespaces in which it is used.
    pub places: Vec<Text>,
}

/// What Flux does by itself, as a whole: a kustomization or a release.
#[derive(Clone, Debug)]
pub struct Step {
    /// The object.
    pub entity: usize,
    /// Whether it is done only when what it made is ready.
    pub waits: bool,
    /// What must be done before: of the same kind, by namespace and name, and whether it says itself when that is.
    pub after: Vec<(Text, Said<Text>, bool)>,
}

/// How often what delivers looks, how long it waits, and how often it tries again.
#[derive(Clone, Debug)]
pub struct Rhythm {
    /// The object.
    pub entity: usize,
    /// After what time it looks again.
    pub interval: Option<Said<Duration>>,
    /// How long it waits for what it made.
    pub timeout: Option<Said<Duration>>,
    /// After what time it tries again what failed.
    pub retry: Option<Said<Duration>>,
    /// Whether it takes away what is no longer written.
    pub prunes: Option<Said<bool>>,
    /// Whether it is paused.
    pub paused: Option<Said<bool>>,
    /// How often it tries a chart: when it is installed, when it is upgraded.
    pub tries: Vec<(&'static str, Said<i64>)>,
}

/// A directory of a repository that something delivers.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The object that says it.
    pub by: usize,
    /// Where it is in the repository.
    pub path: Said<Text>,
    /// The repository, as it is named there: `GitRepository flux-system`, or its address.
    pub source: Text,
}

/// Where copies of data go.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The object that says it.
    pub entity: usize,
    /// The address of what keeps them.
    pub target: Said<Text>,
}

/// What makes machines on demand.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The object.
    pub entity: usize,
    /// Whether it says when to stop.
    pub bounded: bool,
}

/// What lets requests in, by the API of gateways.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// The object.
    pub entity: usize,
    /// What it listens at.
    pub listeners: Vec<Listener>,
}

/// A port at which a gateway listens.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Its name.
    pub name: Text,
    /// Its port.
    pub port: Option<u16>,
    /// The host that it listens for; nothing for all.
    pub host: Option<Text>,
    /// The namespaces whose routes it takes: its own where none are chosen.
    pub from: Option<super::Selector>,
}

/// A route that gateways take.
#[derive(Clone, Debug)]
pub struct Route {
    /// The object.
    pub entity: usize,
    /// The hosts that it is for; none for all.
    pub hosts: Vec<Said<Text>>,
    /// The gateways.
    pub parents: Vec<Parent>,
}

/// A gateway that a route is for.
#[derive(Clone, Debug)]
pub struct Parent {
    /// Its namespace.
    pub namespace: Text,
    /// Its name.
    pub name: Said<Text>,
    /// The listener, where one is meant.
    pub listener: Option<Said<Text>>,
    /// The port, where one is meant.
    pub port: Option<u16>,
}

/// That objects of a namespace may name those of another.
#[derive(Clone, Debug)]
pub struct Permit {
    /// The namespace of what is named.
    pub to: Text,
    /// Its kind.
    pub kind: Text,
    /// Who names it: the kind, and the namespace.
    pub from: (Text, Text),
}

/// A project of Argo CD: what its applications may bring, and where to.
#[derive(Clone, Debug)]
pub struct Project {
    /// The object.
    pub entity: usize,
    /// The repositories.
    pub sources: Vec<Text>,
    /// The server, where that is said, and the namespaces.
    pub targets: Vec<(Option<Text>, Text)>,
}

/// An application of Argo CD.
#[derive(Clone, Debug)]
pub struct Application {
    /// The object.
    pub entity: usize,
    /// Its project.
    pub project: Text,
    /// Its repositories.
    pub sources: Vec<Said<Text>>,
    /// The server that it is for.
    pub server: Option<Text>,
    /// The namespace that it is for.
    pub namespace: Option<Said<Text>>,
}
