//! What it means to go from one platform to another: who is restarted, what is lost, which paths open.
//!
//! ```text
//! Side, Side --matched--> pairs of clusters and objects --one file a kind of change--> Changes, worst first
//! ```
//!
//! A change is told once: what a file says of a field is not said again by `rest`, which has everything else. Nothing here
//! knows where a side came from: a source, a commit, a tree of files.

mod address;
mod config;
mod data;
mod defaults;
mod facts;
mod fields;
mod hosts;
mod images;
mod keys;
mod matched;
mod migrate;
mod reach;
mod recreate;
mod renamed;
mod rest;
mod restart;
mod room;
mod routes;
mod secrecy;
mod steps;
mod value;
mod versions;

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

pub use self::value::{Step, Value};

use self::fields::Field;
use self::matched::{Clusters, Matched, Pair};
use crate::Place;
use crate::model::{Cluster, Cni, Platform, Text};

/// One of the two that are compared.
#[derive(Default, Debug)]
pub struct Side {
    /// What the rules read.
    pub platform: Platform,
    /// Every object, with all that it says.
    pub things: Vec<Thing>,
    /// What blocks say that are no objects: hosts, networks, what is installed.
    pub blocks: Vec<Block>,
}

/// An object, or an output of a platform.
#[derive(Clone, Debug)]
pub struct Thing {
    /// What people call its cluster; nothing where it is for none in particular.
    pub cluster: Option<Text>,
    /// Its group; the core has none.
    pub group: Text,
    /// The version of the group.
    pub version: Text,
    /// Its kind.
    pub kind: Text,
    /// Its namespace; nothing where it lives in none.
    pub namespace: Text,
    /// Its name; nothing where the cluster makes one.
    pub name: Text,
    /// What it says.
    pub body: Value,
}

/// A block that is no object.
#[derive(Clone, Debug)]
pub struct Block {
    /// What people call its cluster.
    pub cluster: Text,
    /// What it is called in there: `host one`, `network`.
    pub name: Text,
    /// What it says.
    pub body: Value,
    /// Where it is written.
    pub at: Place,
}

/// The kind of what stands for an output of a platform that is no object.
pub const OUTPUT: &str = "output";

/// How much a change asks of who makes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Nobody notices who does not look.
    Note,
    /// Pods are replaced, one by one, or services of hosts start again.
    Restart,
    /// Somebody notices: a path opens or closes, an address moves, something must be made anew.
    Disruption,
    /// Data, or the cluster, may be lost: not to be applied without a plan.
    Danger,
}

impl Level {
    /// All of them, the worst first.
    pub const ALL: [Level; 4] = [Level::Danger, Level::Disruption, Level::Restart, Level::Note];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Restart => "restart",
            Level::Disruption => "disruption",
            Level::Danger => "danger",
        }
    }
}

/// What a change does; of one level, the first here is told first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Data is lost, or left behind.
    LosesData,
    /// A network, or who connects pods, becomes another.
    Migrates,
    /// Kubernetes, or what installs it, gets another version.
    Upgrades,
    /// A host comes, goes, or starts anew.
    Hosts,
    /// A step of a host comes, goes or is another one.
    Steps,
    /// An object can not be changed into what is written: it must go first.
    Recreates,
    /// Who could not reach somebody can.
    Opens,
    /// Who could reach somebody can not.
    Closes,
    /// Something is reached at another address.
    Moves,
    /// A name or path at which a cluster answers comes or goes.
    Routes,
    /// Pods have no room any more.
    Fits,
    /// Keys of secrets and configs go.
    Keys,
    /// Another image.
    Images,
    /// Pods are replaced.
    Restarts,
    /// More or fewer pods.
    Scales,
    /// What pods read changes.
    Configures,
    /// Objects get another name.
    Renames,
    /// An object goes.
    Removes,
    /// An object comes.
    Adds,
    /// Anything else.
    Changes,
}

impl Effect {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Effect::LosesData => "loses-data",
            Effect::Migrates => "migrates",
            Effect::Upgrades => "upgrades",
            Effect::Hosts => "hosts",
            Effect::Steps => "steps",
            Effect::Recreates => "recreates",
            Effect::Opens => "opens",
            Effect::Closes => "closes",
            Effect::Moves => "moves",
            Effect::Routes => "routes",
            Effect::Fits => "fits",
            Effect::Keys => "keys",
            Effect::Images => "images",
            Effect::Restarts => "restarts",
            Effect::Scales => "scales",
            Effect::Configures => "configures",
            Effect::Renames => "renames",
            Effect::Removes => "removes",
            Effect::Adds => "adds",
            Effect::Changes => "changes",
        }
    }
}

/// Where something is written on one side.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Spot {
    /// A fact of the model.
    Fact(Place),
    /// A part of an object, by the number of the object.
    Part(usize, Vec<Step>),
}

/// A field as it is shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shown {
    /// The way to it.
    pub path: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// One change and what it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// How much it asks.
    pub level: Level,
    /// What it does.
    pub effect: Effect,
    /// The cluster.
    pub cluster: Text,
    /// One line that stands alone.
    pub message: String,
    /// Why, or how, or what to do; empty where the message says it all.
    pub why: String,
    /// Where the old is written.
    pub old: Option<Spot>,
    /// Where the new is written.
    pub new: Option<Spot>,
    /// The fields.
    pub fields: Vec<Shown>,
}

impl Change {
    /// The order in which changes are told.
    pub fn worst_first(&self, other: &Change) -> Ordering {
        let order = |change: &Change| (Reverse(change.level), change.effect, change.cluster);
        let text = |change: &Change| (change.message.clone(), change.why.clone(), change.new.clone());
        order(self).cmp(&order(other)).then_with(|| text(self).cmp(&text(other)))
    }

    fn new(level: Level, effect: Effect, message: impl Into<String>) -> Change {
        let (message, why) = (message.into(), String::new());
        Change { level, effect, cluster: Text::from(""), message, why, old: None, new: None, fields: Vec::new() }
    }

    fn why(self, why: impl Into<String>) -> Change {
        Change { why: why.into(), ..self }
    }

    fn at(self, old: Option<Spot>, new: Option<Spot>) -> Change {
        Change { old, new, ..self }
    }

    fn places(self, old: Option<Place>, new: Option<Place>) -> Change {
        self.at(old.map(Spot::Fact), new.map(Spot::Fact))
    }
}

/// What was found so far about a pair of clusters, and which fields of which pairs need not be told again.
#[derive(Default)]
struct Report {
    changes: Vec<Change>,
    told: BTreeSet<(usize, usize)>,
    /// Objects of the old side whose going is told, and of the new side whose coming is.
    gone: BTreeSet<usize>,
    come: BTreeSet<usize>,
    /// Objects that are called otherwise on the new side, by their numbers.
    renamed: Vec<(usize, usize)>,
    /// Pairs of objects whose pods are gone for a while, as the object must be made anew.
    anew: BTreeSet<usize>,
    /// Blocks whose fields are told, with the first step of these; all of a block for an empty one.
    blocks: BTreeSet<(Text, Text)>,
}

impl Report {
    fn tell(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Tells a change that some fields of a pair make.
    fn tell_fields(&mut self, change: Change, pair: &Pair<'_>, fields: &[usize]) {
        self.told.extend(fields.iter().map(|field| (pair.number, *field)));
        let shown = fields.iter().filter_map(|field| pair.fields.get(*field)).map(|field| pair.shown(field));
        let first = fields.first().and_then(|field| pair.fields.get(*field));
        let (old, new) = first.map_or((pair.old_spot(), pair.new_spot()), |field| pair.spots(field));
        self.changes.push(Change { fields: shown.collect(), ..change.at(Some(old), Some(new)) });
    }

    fn is_told(&self, pair: &Pair<'_>, field: usize) -> bool {
        self.told.contains(&(pair.number, field))
    }
}

/// All that a kind of change reads.
struct Both<'a> {
    old: &'a Side,
    new: &'a Side,
    /// The clusters, where both sides have it.
    clusters: Clusters<'a>,
    matched: Matched<'a>,
}

type Teller = fn(&Both<'_>, &mut Report);

/// Who says what; what one has told, those behind it do not tell again.
const TELLERS: &[Teller] = &[
    renamed::tell,
    data::tell,
    migrate::tell,
    versions::tell,
    hosts::tell,
    steps::tell,
    reach::tell,
    images::tell,
    recreate::tell,
    restart::tell,
    config::tell,
    address::tell,
    routes::tell,
    keys::tell,
    room::tell,
    rest::tell,
];

/// What it means to go from the old side to the new one, worst first.
pub fn diff(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = Vec::new();
    for clusters in matched::clusters(old, new) {
        let matched = matched::objects(old, new, &clusters);
        let name = clusters.name();
        let both = Both { old, new, clusters, matched };
        let mut report = Report::default();
        TELLERS.iter().for_each(|tell| tell(&both, &mut report));
        changes.extend(report.changes.into_iter().map(|change| Change { cluster: name, ..change }));
    }
    changes.sort_by(Change::worst_first);
    changes.dedup();
    changes
}

/// Gives a side that has only files of objects what the blocks of the other one say: files say nothing of hosts and networks.
pub fn surround(objects: &mut Side, blocks: &Side) {
    let only = matches!((objects.platform.clusters.as_slice(), blocks.platform.clusters.as_slice()), ([_], [_]));
    for cluster in &mut objects.platform.clusters {
        let around = blocks.platform.clusters.iter().find(|other| only || other.name == cluster.name);
        if let Some(around) = around {
            *cluster = surrounded(std::mem::take(cluster), around);
        }
    }
    objects.blocks = blocks.blocks.clone();
}

fn surrounded(objects: Cluster, blocks: &Cluster) -> Cluster {
    let mut network = blocks.network.clone();
    network.pools.retain(|pool| pool.entity.is_none());
    network.pools.extend(objects.network.pools);
    let cni = Cni { pools: objects.cni.pools, ..blocks.cni.clone() };
    let mut surrounded = Cluster {
        kubernetes: blocks.kubernetes.clone(),
        distribution: blocks.distribution.clone(),
        cni,
        balancer: blocks.balancer.clone(),
        network,
        hosts: blocks.hosts.clone(),
        plans: blocks.plans.clone(),
        external_datastore: blocks.external_datastore,
        storage: blocks.storage.clone(),
        uses: blocks.uses.clone(),
        endpoints: blocks.endpoints.clone(),
        externals: blocks.externals.clone(),
        dns: blocks.dns.clone(),
        domain: blocks.domain,
        ..objects
    };
    for (name, namespace) in &blocks.namespaces {
        surrounded.namespaces.entry(*name).or_insert_with(|| namespace.clone());
    }
    surrounded
}

impl Thing {
    /// As people call it: ``the Deployment `web` in `shop` ``.
    pub fn shown(&self) -> String {
        match (&*self.name, &*self.namespace) {
            ("", _) => format!("a {}", self.kind),
            (name, "") => format!("the {} {}", self.kind, quoted(name)),
            (name, namespace) => format!("the {} {} in {}", self.kind, quoted(name), quoted(namespace)),
        }
    }

    fn is(&self, group: &str, kind: &str) -> bool {
        &*self.group == group && &*self.kind == kind
    }

    /// The way to the description of its pods, where it runs some.
    fn template(&self) -> Option<&'static [&'static str]> {
        Some(match (&*self.group, &*self.kind) {
            ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet") | ("batch", "Job") => {
                &["spec", "template"]
            }
            ("batch", "CronJob") => &["spec", "jobTemplate", "spec", "template"],
            ("", "Pod") => &[],
            _ => return None,
        })
    }

    /// What its pods are made of.
    fn pod(&self) -> Option<&Value> {
        Some(self.body.at(self.template()?).get("spec"))
    }
}

/// A word of the user's in backticks, without any of its own.
fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Some words, the first of many.
fn some(words: &[String]) -> String {
    const SHOWN: usize = 4;
    let list = |words: &[String]| words.join(", ");
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] if words.len() <= SHOWN => format!("{} and {last}", list(rest)),
        _ => format!("{} and {} more", list(words.get(..SHOWN - 1).unwrap_or_default()), words.len() + 1 - SHOWN),
    }
}

/// `1 pod`, `2 pods`
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The fields of a pair with these numbers that meet a condition.
fn chosen(pair: &Pair<'_>, report: &Report, is: impl Fn(&Field<'_>) -> bool) -> Vec<usize> {
    let fields = pair.fields.iter().enumerate();
    fields.filter(|(number, field)| !report.is_told(pair, *number) && is(field)).map(|(number, _)| number).collect()
}
