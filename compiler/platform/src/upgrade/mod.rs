//! What it takes to go from one platform to another: which versions move how far, what of it is refused, and the order.
//!
//! ```text
//! Side, Side --software--> versions, values ─┐
//!            --windows---> breaks, opens    ─┼─order--> steps with commands
//!            --interfaces (who knows the API fills them in)
//! ```
//!
//! `diff` says what a change does; this says how it is carried out. Nothing here knows where a side came from.

mod definitions;
mod distance;
mod migration;
mod order;
mod refused;
mod software;
mod values;
mod versions;
mod windows;

use std::collections::BTreeSet;

pub use self::distance::Distance;
pub use self::values::{Differs, Values};
pub use self::windows::{Turn, When, Window};

use crate::diff::{self, Change, Clusters, Effect, Level, Side};
use crate::model::Text;

/// How one cluster gets what is built for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// What people call the cluster.
    pub cluster: Text,
    /// How its files are laid out: `plain`, `flux`, `argocd`.
    pub layout: Text,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// What is delivered at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is called among all.
    pub name: Text,
    /// Its namespace, or nothing.
    pub namespace: Text,
    /// What it is called there.
    pub app: Text,
    /// How many rounds of others come before it.
    pub wave: i64,
    /// The groups of the kinds that it brings.
    pub brings: Vec<Text>,
}

/// A kind or a field of the API that comes or goes with the version of Kubernetes, or with a definition.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Interface {
    /// What happens to it.
    pub fate: Fate,
    /// What it is: `policy/v1beta1 PodDisruptionBudget`, `PodSpec.resources`.
    pub what: String,
    /// Why, or what to take instead.
    pub why: String,
    /// Who uses it on the old side, as people call them.
    pub old_users: Vec<String>,
    /// Who uses it on the new side.
    pub new_users: Vec<String>,
    /// The parts of the old side that must leave it before Kubernetes moves.
    pub parts: BTreeSet<Text>,
}

/// What happens to an interface.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// It is no longer served.
    Gone,
    /// It is served, and will not be for ever.
    Deprecated,
    /// It is served from now on.
    New,
}

/// Something that gets another version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// What it is called: `Kubernetes`, `cert-manager in cert-manager`.
    pub what: String,
    /// What it was, if it was there.
    pub from: Option<Text>,
    /// What it is, if it is there.
    pub to: Option<Text>,
    /// How far that is.
    pub distance: Distance,
}

/// Why something can not be done as it is written, or must be looked at, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// One line that stands alone.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// One step of the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What is done.
    pub title: String,
    /// Why here, or what to expect; empty where the title says it all.
    pub why: String,
    /// The commands, in the directory that the platform is built into.
    pub commands: Vec<String>,
}

/// The way of one cluster.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The cluster.
    pub cluster: Text,
    /// Why it can not be gone in place; nothing where it can.
    pub refused: Vec<Reason>,
    /// What somebody must look at before.
    pub care: Vec<Reason>,
    /// What moves.
    pub versions: Vec<Move>,
    /// Which versions of components and Kubernetes begin or cease to work together.
    pub windows: Vec<Window>,
    /// What the API has no longer, or from now on.
    pub interfaces: Vec<Interface>,
    /// What is set otherwise for charts.
    pub values: Vec<Values>,
    /// The numbers of the changes that somebody notices.
    pub effects: Vec<usize>,
    /// What is done, in this order. Of what is refused, only how it is done otherwise.
    pub steps: Vec<Step>,
}

/// What the user calls both sides, for the commands.
#[derive(Clone, Debug)]
pub struct Names {
    /// The old one.
    pub old: String,
    /// The new one.
    pub new: String,
    /// Whether the new one is source, which is built.
    pub builds: bool,
}

/// All that a plan is made from, of one cluster.
struct Both<'a> {
    old: &'a Side,
    new: &'a Side,
    clusters: (&'a crate::model::Cluster, &'a crate::model::Cluster),
    names: &'a Names,
}

/// The way of each cluster that is on both sides. `interfaces` says what the API has no longer, of a cluster.
pub fn plans(
    sides: (&Side, &Side),
    changes: &[Change],
    names: &Names,
    interfaces: &dyn Fn(&Text, &Text) -> Vec<Interface>,
) -> Vec<Plan> {
    let (old, new) = sides;
    let pairs = diff::clusters(old, new);
    let both = pairs.iter().filter_map(Clusters::both);
    both.map(|clusters| {
        let both = Both { old, new, clusters, names };
        let known = interfaces(&clusters.0.name.as_str().into(), &clusters.1.name.as_str().into());
        plan(&both, changes, known)
    })
    .collect()
}

fn plan(both: &Both<'_>, changes: &[Change], mut interfaces: Vec<Interface>) -> Plan {
    let cluster: Text = both.clusters.1.name.as_str().into();
    let numbered = || changes.iter().enumerate().filter(|(_, change)| change.cluster == cluster);
    interfaces.extend(definitions::interfaces(both));
    interfaces.sort();
    let software = software::pairs(both);
    let versions = versions::moves(both, &software);
    let windows = windows::windows(both);
    let migrations: Vec<&Change> =
        numbered().filter(|(_, change)| change.effect == Effect::Migrates).map(|(_, c)| c).collect();
    let refused = refused::refused(both, &migrations, &windows, &interfaces, &software);
    let care = refused::care(&windows, &software, &interfaces);
    let is_told = |change: &Change| matches!(change.effect, Effect::Migrates | Effect::Upgrades);
    let effects = numbered().filter(|(_, change)| change.level > Level::Note && !is_told(change));
    let steps = match (migrations.is_empty(), refused.is_empty()) {
        (false, _) => migration::steps(both),
        (true, false) => Vec::new(),
        (true, true) => order::steps(both, changes, &software, &windows, &interfaces),
    };
    Plan {
        values: values::values(&software),
        effects: effects.map(|(number, _)| number).collect(),
        cluster,
        refused,
        care,
        versions,
        windows,
        interfaces,
        steps,
    }
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.refused.is_empty() && self.versions.is_empty() && self.steps.is_empty()
    }
}

impl<'a> Both<'a> {
    /// How the cluster gets what is built, on the old side and on the new one.
    fn deliveries(&self) -> (Option<&'a Delivery>, Option<&'a Delivery>) {
        let of = |side: &'a Side, name: &str| side.deliveries.iter().find(|known| &*known.cluster == name);
        (of(self.old, &self.clusters.0.name), of(self.new, &self.clusters.1.name))
    }

    /// The minor versions of Kubernetes, old and new.
    fn kubernetes(&self) -> Option<((u64, u64), (u64, u64))> {
        let minor = |cluster: &crate::model::Cluster| {
            let version = cluster.kubernetes.as_ref()?;
            Some((version.major(), version.minor()))
        };
        minor(self.clusters.0).zip(minor(self.clusters.1))
    }
}
