//! A cluster: machines, networks, and what is installed on them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Bytes, Cidr, Cpu, Ip, IpRange, Version};

use super::{
    Acme, Application, Backup, Binding, Broken, Certificate, Chart, Claim, Demand, Directory, Entity, Foreign, Front,
    Gateway, Grant, Growth, Hook, Ingress, Installed, Labels, Lead, LimitRange, Literal, Made, Maker, Monitor, Need,
    Permit, Persistent, Plan, PodMonitor, Pods, Policy, Project, Quota, References, Rhythm, Right, Route, Said,
    Scraper, Sealed, Selector, Step, Subset, Substitution, Text, Unsealed,
};
use crate::Place;

/// A cluster with everything in it.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// What people call it.
    pub name: String,
    /// Where it is written.
    pub at: Place,
    /// The version of Kubernetes.
    pub kubernetes: Option<Said<Version>>,
    /// What installs it.
    pub distribution: Distribution,
    /// Who connects pods.
    pub cni: Cni,
    /// Who gives services their addresses, if somebody does.
    pub balancer: Option<Balancer>,
    /// The version of Flux that delivers, where somebody says one.
    pub flux: Option<Said<Version>>,
    /// Its networks.
    pub network: Network,
    /// Its machines.
    pub hosts: Vec<Host>,
    /// What its machines shall be like, of those of which it is said.
    pub plans: Vec<Plan>,
    /// Whether its state is kept by a database outside of its control planes.
    pub external_datastore: bool,
    /// Its classes of storage.
    pub storage: Vec<Storage>,
    /// Its classes of ingress, with those that objects declare.
    pub ingress_classes: Vec<IngressClass>,
    /// Its namespaces, with those that only objects make.
    pub namespaces: BTreeMap<Text, Namespace>,
    /// Who reaches whom by what was written in `uses`.
    pub uses: Vec<Use>,
    /// What listens in the cluster and is written as an endpoint of a namespace.
    pub endpoints: Vec<Endpoint>,
    /// What is reached outside of the cluster.
    pub externals: Vec<External>,
    /// Namespaces in which somebody makes pods that are not written: a chart, an operator.
    pub filled: BTreeSet<Text>,
    /// What the API server asks about objects.
    pub hooks: Vec<Hook>,
    /// What collects metrics.
    pub scrapers: Vec<Scraper>,
    /// Of what metrics are collected.
    pub monitors: Vec<Monitor>,
    /// What chooses pods to collect their metrics.
    pub pod_monitors: Vec<PodMonitor>,
    /// Where pods ask for names.
    pub dns: Dns,
    /// The domain of names within the cluster.
    pub domain: Text,
    /// Every object: its identity.
    pub objects: Vec<Entity>,
    /// Everything that runs pods.
    pub pods: Vec<Pods>,
    /// Services of Kubernetes.
    pub fronts: Vec<Front>,
    /// Network policies.
    pub policies: Vec<Policy>,
    /// Ingresses.
    pub ingresses: Vec<Ingress>,
    /// Claims to storage.
    pub claims: Vec<Claim>,
    /// Certificates that are asked for.
    pub certificates: Vec<Certificate>,
    /// Who gives certificates by ACME.
    pub acmes: Vec<Acme>,
    /// Rules of roles.
    pub rights: Vec<Right>,
    /// Volumes that somebody made by hand.
    pub persistents: Vec<Persistent>,
    /// How much may be asked for in namespaces, as a whole.
    pub quotas: Vec<Quota>,
    /// How much containers of namespaces may ask for, and ask for where they say nothing.
    pub ranges: Vec<LimitRange>,
    /// What objects name of others.
    pub references: References,
    /// Laws of Kubernetes that objects break by themselves.
    pub broken: Vec<Broken>,
    /// Texts that objects hold.
    pub literals: Vec<Literal>,
    /// Policies that are written in the block of another namespace.
    pub foreign: Vec<Foreign>,
    /// What kustomizations put in the place of variables.
    pub substitutions: Vec<Substitution>,
    /// Where copies of data go.
    pub backups: Vec<Backup>,
    /// What makes machines on demand.
    pub growth: Vec<Growth>,
    /// Charts that are installed, by blocks and objects.
    pub charts: Vec<Chart>,
    /// What objects install.
    pub installed: Vec<Installed>,
    /// Objects that say by which secret they are let in where they fetch something.
    pub with_credentials: BTreeSet<usize>,
    /// Sealed secrets.
    pub sealed: Vec<Sealed>,
    /// Keys of them for which nothing was sealed yet.
    pub unsealed: Vec<Unsealed>,
    /// Objects that SOPS encrypted.
    pub encrypted: Vec<usize>,
    /// Whether something that delivers decrypts what SOPS encrypted.
    pub decrypts: bool,
    /// Directories of repositories that something delivers.
    pub directories: Vec<Directory>,
    /// The tree of a delivery in parts, where something looks at a repository for it.
    pub tree: Option<Tree>,
    /// Ways of keeping secrets that no new secret takes, and why.
    pub legacy: Vec<(Text, Said<Text>)>,
    /// Where objects beside ingresses send requests.
    pub leads: Vec<Lead>,
    /// What lets requests in, by the API of gateways.
    pub gateways: Vec<Gateway>,
    /// Routes of gateways.
    pub routes: Vec<Route>,
    /// What may be named from other namespaces.
    pub permits: Vec<Permit>,
    /// Projects of Argo CD.
    pub projects: Vec<Project>,
    /// Applications of Argo CD.
    pub applications: Vec<Application>,
    /// Choices of pods that rules of a mesh make.
    pub subsets: Vec<Subset>,
    /// Those that routes of a mesh name: the object, the service, and what it is called.
    pub wanted_subsets: Vec<(usize, (Text, Text), Said<Text>)>,
    /// Classes of ingress that objects beside ingresses name.
    pub named_classes: Vec<(usize, Said<Text>)>,
    /// What scales pods, by namespace, kind and name of what it scales.
    pub autoscalers: BTreeMap<(Text, Text, Text), Autoscaler>,
    /// What changes how much pods ask for: by namespace, kind and name of what it changes.
    pub resized: Vec<((Text, Text, Text), usize)>,
    /// Two that scale the same pods.
    pub scaled_twice: Vec<(usize, usize)>,
    /// What comes of objects and blocks without being an object here.
    pub made: Vec<Made>,
    /// What roles let others create.
    pub grants: Vec<Grant>,
    /// Who has which role.
    pub bindings: Vec<Binding>,
    /// Who makes what nobody sees here.
    pub makers: Vec<Maker>,
    /// What is needed of the cluster beside objects.
    pub needs: Vec<Need>,
    /// What parts need of its hosts, its version and its storage.
    pub demands: Vec<Demand>,
    /// What parts say that they give.
    pub offers: BTreeSet<Text>,
    /// The groups of kinds that parts and definitions bring.
    pub groups: BTreeSet<Text>,
    /// Whether all that is delivered is said here: part by part, each behind what it needs.
    pub is_whole: bool,
    /// What Flux does, step by step.
    pub steps: Vec<Step>,
    /// The rhythms of what delivers.
    pub rhythms: Vec<Rhythm>,
    /// Budgets of disruption: what they select, and how many may be missing or must be there, as written.
    pub budgets: Vec<Budget>,
    /// How addresses for services are announced, by objects.
    pub announcements: Vec<Announcement>,
    /// Pods that blocks speak of, whoever makes them.
    pub told: Vec<Told>,
    /// Components that say what must be there before them.
    pub parts: Vec<Part>,
    /// Namespaces where something may make objects that are not seen here.
    pub unseen: Unseen,
}

/// What a delivery in parts lays out in a repository.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Where it is written.
    pub at: Place,
    /// The repository, as what looks at it names it.
    pub source: Text,
    /// The directory of all of it in the repository.
    pub root: Text,
    /// The directories of the delivery itself.
    pub own: Vec<Text>,
    /// Its parts.
    pub parts: Vec<TreePart>,
}

/// A part, and where it is in the repository.
#[derive(Clone, Debug)]
pub struct TreePart {
    /// What it is called.
    pub name: Text,
    /// Where what it is stands.
    pub at: Place,
    /// Its directory.
    pub path: Text,
}

/// A component, and what must be there before it.
#[derive(Clone, Debug)]
pub struct Part {
    /// What people call it.
    pub path: Text,
    /// Where it is written.
    pub at: Place,
    /// Its layer.
    pub layer: Option<i64>,
    /// The components that must be ready before, as people call them.
    pub after: Vec<Said<Text>>,
    /// What it uses, as people call that, and the layer of it.
    pub uses: Vec<(Said<Text>, i64)>,
}

/// Pods that a block speaks of.
#[derive(Clone, Debug)]
pub struct Told {
    /// Their namespace.
    pub namespace: Text,
    /// Their labels.
    pub pods: Labels,
}

/// Where charts and operators may make objects that are not seen here.
#[derive(Clone, Debug, Default)]
pub struct Unseen {
    /// Whether something delivers to any namespace.
    pub everywhere: bool,
    /// Namespaces with a chart or an object of a kind that is not of Kubernetes itself.
    pub namespaces: BTreeSet<Text>,
    /// The names of charts, images and kinds by which it is known what else is installed, in lower case.
    pub words: BTreeSet<Text>,
}

/// How addresses of pools are announced.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// The object.
    pub entity: usize,
    /// Whether in the network of the hosts.
    pub layer2: bool,
    /// The pools, by name.
    pub pools: Vec<Said<Text>>,
    /// The pools, by label.
    pub selectors: Vec<Selector>,
}

/// What follows the load with the number of pods.
#[derive(Clone, Debug)]
pub struct Autoscaler {
    /// The object.
    pub entity: usize,
    /// The fewest pods.
    pub least: i64,
    /// The most pods.
    pub most: Option<Said<i64>>,
    /// What it compares with the requests of pods: `cpu`, `memory`.
    pub of_requests: Vec<Text>,
}

/// A budget of disruption.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The object.
    pub entity: usize,
    /// The pods that it is about.
    pub selector: Selector,
    /// How many must be there: `1`, `50%`.
    pub least: Option<Said<Text>>,
    /// How many may be missing.
    pub missing: Option<Said<Text>>,
}

/// What installs Kubernetes.
#[derive(Clone, Debug, Default)]
pub struct Distribution {
    /// The name of its schema: `K3s`.
    pub schema: &'static str,
    /// Where it was chosen.
    pub at: Place,
    /// Whether it is known what it brings.
    pub known: bool,
    /// Its own version.
    pub version: Option<Said<Version>>,
    /// Whether pods of users run on control planes.
    pub schedules_on_control_plane: bool,
    /// Whether it brings the API of metrics.
    pub metrics: bool,
    /// The ports of the hosts that it takes.
    pub ports: Vec<u16>,
    /// What it keeps of every host.
    pub reserve: (Cpu, Bytes),
    /// Whether the certificate of its API names its hosts, and what it is told, and nothing else.
    pub names_hosts_only: bool,
    /// What it brings to give addresses to services.
    pub balancer: Option<Balancer>,
    /// What it runs so that pods and services are reached.
    pub brings: Brings,
    /// The address of the API that its machines are told.
    pub endpoint: Option<Said<Text>>,
    /// Images that it runs by itself.
    pub images: Vec<Said<Text>>,
    /// What it asks on the internet beside images.
    pub contacts: Vec<Said<Text>>,
    /// What of its images is not known, as people are told.
    pub unlisted: Option<Text>,
    /// Whether a script collects what machines need where there is no internet.
    pub collects: bool,
    /// What brings its hosts up, where that is known.
    pub setup: Option<Setup>,
    /// Where it runs in containers: the ports of the machine that lead into it, and no others do.
    pub map: Option<Said<Vec<Mapped>>>,
}

/// What whoever sets up the hosts of a cluster must know of its distribution.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The release, as its publisher calls it: `v1.36.2+k3s1`.
    pub release: Text,
    /// Where the API is reached.
    pub url: Text,
    /// Where it keeps its state on hosts.
    pub data: Text,
    /// Whether the control planes keep the state of the cluster themselves, each a copy of it.
    pub copies_state: bool,
    /// The image of a pod that asks for names.
    pub probe: Text,
}

/// What a distribution runs so that pods and services are reached.
#[derive(Clone, Debug, Default)]
pub struct Brings {
    /// Its own network for pods.
    pub cni: bool,
    /// kube-proxy.
    pub proxy: bool,
    /// What enforces network policies.
    pub policies: bool,
}

/// A port of a machine that leads into a cluster.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Where it is written.
    pub at: Place,
    /// The port of the machine.
    pub host: u16,
    /// The port within.
    pub to: u16,
    /// `TCP`, `UDP`
    pub protocol: Text,
}

/// What connects pods.
#[derive(Clone, Debug, Default)]
pub struct Cni {
    /// The name of its schema.
    pub schema: &'static str,
    /// Where it was chosen.
    pub at: Place,
    /// Whether it enforces network policies.
    pub policies: bool,
    /// Whether it takes the place of what the distribution would install.
    pub replaces_default: bool,
    /// Whether it does the work of kube-proxy.
    pub replaces_proxy: bool,
    /// Whether it leaves what pods call to their own network, and answers for services only where hosts call.
    pub spares_pods: bool,
    /// Whether blocks of addresses in policies mean pods too.
    pub blocks_mean_pods: bool,
    /// The network that it takes addresses from.
    pub pods: Option<Said<Cidr>>,
    /// The networks that objects tell it to take addresses from.
    pub pools: Vec<Said<Cidr>>,
    /// The ports of the hosts that it takes.
    pub ports: Vec<u16>,
}

/// What gives addresses to services.
#[derive(Clone, Debug)]
pub struct Balancer {
    /// The name of its schema.
    pub schema: &'static str,
    /// Where it was chosen.
    pub at: Place,
    /// Its version.
    pub version: Option<Said<Version>>,
    /// Whether the addresses are those of the hosts.
    pub on_hosts: bool,
    /// Whether it takes addresses from pools.
    pub pools: bool,
    /// Whether services may share an address.
    pub shares: bool,
}

/// The networks of a cluster.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Where it is written.
    pub at: Place,
    /// The network of the hosts.
    pub nodes: Option<Said<Cidr>>,
    /// Their network of the other family.
    pub nodes6: Option<Said<Cidr>>,
    /// The way out.
    pub gateway: Option<Said<Ip>>,
    /// Servers for names.
    pub dns_servers: Vec<Said<Ip>>,
    /// What a router hands out.
    pub dhcp: Option<Said<IpRange>>,
    /// Other machines, by name.
    pub machines: Vec<(Text, Said<Ip>)>,
    /// The networks of pods: one for each family.
    pub pods: Vec<Said<Cidr>>,
    /// The networks of services: one for each family.
    pub services: Vec<Said<Cidr>>,
    /// How large a piece of the network of pods each host gets.
    pub node_mask: Option<Said<i64>>,
    /// Where pods ask for names.
    pub dns: Option<Said<Ip>>,
    /// The ports of hosts for services.
    pub node_ports: Option<Said<(u16, u16)>>,
    /// The address that control planes share.
    pub vip: Option<Said<Ip>>,
    /// Where the API is reached, as text.
    pub endpoint: Option<Said<Text>>,
    /// Further names in the certificate of the API.
    pub names: Vec<Said<Text>>,
    /// How many hosts may come.
    pub more_hosts: i64,
    /// Addresses for services.
    pub pools: Vec<Pool>,
    /// Hosts on the internet that nothing may contact.
    pub blocked: Vec<Said<Text>>,
    /// Where images of a registry are taken from instead.
    pub mirrors: Vec<(Text, Vec<Said<Text>>)>,
}

impl Network {
    /// The networks that the hosts stand in: one for each family.
    pub fn of_hosts(&self) -> impl Iterator<Item = &Said<Cidr>> {
        self.nodes.iter().chain(&self.nodes6)
    }
}

/// Addresses for services.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// Its addresses.
    pub ranges: Vec<Said<IpRange>>,
    /// Whether they are announced in the network of the hosts.
    pub layer2: bool,
    /// What stands for addresses and can not be read.
    pub unread: Vec<Said<Text>>,
    /// The object, where one makes the pool.
    pub entity: Option<usize>,
    /// Whether services get addresses of it without asking for them.
    pub automatic: bool,
    /// Whether it leaves out addresses that end in 0 or 255.
    pub avoids_edges: bool,
    /// Whether it is for some services only.
    pub narrow: bool,
}

/// A machine.
#[derive(Clone, Debug, Default)]
pub struct Host {
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// Its address.
    pub address: Option<Said<Ip>>,
    /// Its address of the other family.
    pub address6: Option<Said<Ip>>,
    /// Its hardware address.
    pub mac: Option<Said<Text>>,
    /// Whether it is a control plane.
    pub control_plane: bool,
    /// Where its role is written.
    pub role: Place,
    /// Its processors.
    pub cpu: Option<Said<Cpu>>,
    /// Its memory.
    pub memory: Option<Said<Bytes>>,
    /// Its disk.
    pub disk: Option<Said<Bytes>>,
    /// `amd64`, `arm64`
    pub arch: Text,
    /// The version of Kubernetes on it.
    pub kubernetes: Option<Said<Version>>,
    /// Its labels, with those that Kubernetes gives it.
    pub labels: Labels,
    /// What keeps pods away.
    pub taints: Vec<Taint>,
    /// Devices by resource.
    pub devices: BTreeMap<Text, i64>,
    /// What the system keeps for itself.
    pub reserve: (Cpu, Bytes),
    /// How many pods fit.
    pub max_pods: i64,
    /// The distribution that runs on it, where somebody sets it up.
    pub os: Option<Text>,
    /// How somebody gets there: the user, the address and the port.
    pub ssh: Option<Ssh>,
}

/// How somebody gets to a machine.
#[derive(Clone, Debug, Default)]
pub struct Ssh {
    /// As whom.
    pub user: Text,
    /// Where.
    pub address: Text,
    /// At which port.
    pub port: u16,
}

/// What keeps pods that do not tolerate it from a host.
#[derive(Clone, Debug, PartialEq)]
pub struct Taint {
    /// Its key.
    pub key: Text,
    /// Its value, empty where it has none.
    pub value: Text,
    /// `NoSchedule`, `PreferNoSchedule`, `NoExecute`
    pub effect: Text,
}

/// A class of storage.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Its name.
    pub class: Text,
    /// Where it is declared.
    pub at: Place,
    /// Whether a user declared it.
    pub given: bool,
    /// Whether it is meant where none is named.
    pub default: bool,
    /// Whether a volume stays on its host.
    pub on_host: bool,
    /// Whether several hosts can mount a volume.
    pub shared: bool,
    /// How much there is.
    pub size: Option<Said<Bytes>>,
    /// How many copies there are of each volume, on hosts of their own.
    pub copies: Option<Said<i64>>,
}

/// A class of ingress.
#[derive(Clone, Debug)]
pub struct IngressClass {
    /// Its name.
    pub class: Text,
    /// Where it is declared.
    pub at: Place,
    /// Whether it is meant where none is named.
    pub default: bool,
    /// What tells its controller which ingresses are its own.
    pub controller: Text,
    /// Where its pods are, if that is known.
    pub namespace: Option<Text>,
    /// The labels of its pods.
    pub pods: Labels,
    /// Whether it is reached from outside.
    pub public: bool,
    /// Whether the distribution brings it.
    pub brought: bool,
    /// The ports at which its controller is reached from outside.
    pub ports: Vec<u16>,
}

/// A namespace.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Its name.
    pub name: Text,
    /// Where it is written.
    pub at: Place,
    /// Its labels, with the one that Kubernetes gives it.
    pub labels: Labels,
}

/// Something that listens.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// What people call it.
    pub path: String,
    /// Where it is written.
    pub at: Place,
    /// Its namespace.
    pub namespace: Text,
    /// The labels of its pods.
    pub pods: Labels,
    /// The name at which it is reached.
    pub host: Text,
    /// The port there.
    pub number: u16,
    /// The port of the pods.
    pub target: u16,
    /// `TCP`, `UDP`, `SCTP`
    pub protocol: Text,
}

/// Where pods ask for names.
#[derive(Clone, Debug, Default)]
pub struct Dns {
    /// Its namespace.
    pub namespace: Text,
    /// The labels of its pods.
    pub pods: Labels,
}

/// That something reaches a host outside of the cluster.
#[derive(Clone, Debug)]
pub struct External {
    /// Who, as people call it.
    pub path: String,
    /// Where it is written.
    pub at: Place,
    /// The namespace of its pods.
    pub namespace: Text,
    /// The labels of its pods.
    pub pods: Labels,
    /// The name of the host.
    pub host: Text,
    /// The port.
    pub port: u16,
    /// Where it is, if that is known.
    pub address: Option<Said<Cidr>>,
}

/// That something reaches something.
#[derive(Clone, Debug)]
pub struct Use {
    /// Who, as people call it.
    pub path: String,
    /// Where it is written.
    pub at: Place,
    /// The namespace of its pods.
    pub namespace: Text,
    /// The labels of its pods.
    pub pods: Labels,
    /// What it reaches.
    pub to: Endpoint,
}
