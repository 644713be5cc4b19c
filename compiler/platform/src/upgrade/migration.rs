//! The commands that a build writes for a cluster, and the way of what can not be changed in place: another network of pods, another
//! distribution.

use super::{Both, Distance, Part, Step};
use crate::model::{Cluster, Host};

/// Whether hosts are upgraded by the script of k3s, which makes a copy of the state before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Upgrades {
    /// They are.
    ByScript,
    /// Not at all, or by something else.
    Otherwise,
}

/// What a build writes for a cluster, and what runs it.
pub struct Tools<'a> {
    /// Its directory.
    pub tree: String,
    /// How its files are laid out; nothing where a command finds one for each object.
    pub layout: &'a str,
    distribution: &'static str,
    sets_up: bool,
}

impl<'a> Tools<'a> {
    /// The tools of the new side.
    pub fn of(both: &Both<'a>) -> Tools<'a> {
        let new = both.clusters.1;
        let layout =
            both.new.deliveries.iter().find(|known| *known.cluster == *new.name).map_or("", |known| &*known.layout);
        Tools {
            tree: format!("./{}", new.name),
            layout,
            distribution: new.distribution.schema,
            sets_up: !new.plans.is_empty(),
        }
    }

    /// Whether somebody in the cluster fetches what is written.
    pub fn is_fetched(&self) -> bool {
        matches!(self.layout, "flux" | "argocd")
    }

    /// Whether there is `operate.sh`.
    pub fn has_operate(&self) -> bool {
        !self.layout.is_empty()
    }

    /// A command about parts.
    pub fn operate(&self, verb: &str, parts: &[&Part]) -> String {
        let names: Vec<&str> = parts.iter().map(|part| &*part.name).collect();
        format!("{}/operate.sh {verb} {}", self.tree, names.join(" ")).trim_end().to_owned()
    }

    /// What places objects where there is no `operate.sh`.
    pub fn apply(&self) -> Vec<String> {
        let tree = &self.tree;
        match self.distribution {
            "K3s" if self.sets_up => vec![format!("{tree}/cluster.sh manifests")],
            "K3d" => vec![format!("{tree}/cluster.sh up")],
            _ => vec![format!("kubectl apply --server-side --recursive -f {tree}")],
        }
    }

    /// What is done about hosts: whether the release of the distribution moves, and whether Kubernetes does.
    pub fn hosts(&self, cluster: &Cluster, (release, kubernetes): (bool, bool), how: Distance) -> Vec<Step> {
        let tree = &self.tree;
        match self.distribution {
            "K3s" if self.sets_up => vec![k3s(tree, cluster, release || kubernetes)],
            "Talos" => talos(tree, cluster, release, kubernetes),
            "K3d" => vec![Step {
                title: "Make the cluster anew".into(),
                why: "k3d upgrades nothing: what is stored in the cluster is lost".into(),
                commands: vec![format!("{tree}/cluster.sh down"), format!("{tree}/cluster.sh up")],
            }],
            other => vec![by_hand(other, cluster, how)],
        }
    }
}

fn planes(cluster: &Cluster) -> (Vec<&Host>, Vec<&Host>) {
    cluster.hosts.iter().partition(|host| host.control_plane)
}

fn names(hosts: &[&Host]) -> String {
    hosts.iter().map(|host| &*host.name).collect::<Vec<_>>().join(", ")
}

fn k3s(tree: &str, cluster: &Cluster, moves: bool) -> Step {
    if !moves {
        let why = "what it does not change, it leaves alone; services of hosts may start again".to_owned();
        let commands = vec![format!("{tree}/cluster.sh diff"), format!("{tree}/cluster.sh up")];
        return Step { title: "Bring hosts to their plans".into(), why, commands };
    }
    let (servers, agents) = planes(cluster);
    let mut commands = vec![
        format!("{tree}/fetch.sh"),
        format!("{tree}/cluster.sh upgrade --dry-run"),
        format!("{tree}/cluster.sh upgrade --only servers"),
    ];
    if !agents.is_empty() {
        commands.push(format!("{tree}/cluster.sh upgrade --only agents"));
    }
    let alone =
        if servers.len() < 3 { "; with fewer than three servers the API is away while one restarts" } else { "" };
    let why = format!(
        "each is drained, restarted and must be Ready before the next: {}{}{alone}",
        names(&servers),
        if agents.is_empty() { String::new() } else { format!(", then {}", names(&agents)) }
    );
    Step { title: "Servers, then agents".into(), why, commands }
}

fn talos(tree: &str, cluster: &Cluster, release: bool, kubernetes: bool) -> Vec<Step> {
    let (servers, workers) = planes(cluster);
    let each = |verb: &str| {
        let hosts = servers.iter().chain(&workers);
        hosts.map(|host| format!("{tree}/talos.sh {verb} {}", host.name)).collect::<Vec<_>>()
    };
    let mut steps = Vec::new();
    if release {
        steps.push(Step {
            title: "Talos: control planes, then workers, one at a time".into(),
            why: "each reboots; the next is refused until etcd and all nodes are well".into(),
            commands: each("upgrade-node"),
        });
    }
    if kubernetes {
        steps.push(Step {
            title: "Kubernetes".into(),
            why: "no machine reboots; refused unless all of them run the Talos of the platform".into(),
            commands: vec![format!("{tree}/talos.sh upgrade-k8s")],
        });
    }
    if !release && !kubernetes {
        steps.push(Step {
            title: "Send machines their configurations".into(),
            why: "a machine reboots where what changes asks for it".into(),
            commands: each("apply-node"),
        });
    }
    steps
}

fn by_hand(distribution: &str, cluster: &Cluster, how: Distance) -> Step {
    let (servers, workers) = planes(cluster);
    let what = match distribution {
        "Distribution" => "what installs Kubernetes is not known".to_owned(),
        name => format!("no script is written for {name}"),
    };
    let order = match (servers.is_empty(), workers.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(": {}", names(&servers)),
        (false, false) => format!(": {}, then {}", names(&servers), names(&workers)),
    };
    Step {
        title: format!("Hosts, by hand ({})", how.word()),
        why: format!("{what}; control planes one by one, then workers, each drained before{order}"),
        commands: Vec::new(),
    }
}

/// That everything is well before anything is touched.
pub fn well(tools: &Tools<'_>) -> Step {
    let tree = &tools.tree;
    let cluster = match tools.distribution {
        "K3s" if tools.sets_up => vec![format!("{tree}/cluster.sh health")],
        "Talos" => vec![format!("{tree}/talos.sh status")],
        "K3d" => vec![format!("{tree}/cluster.sh status")],
        _ => vec!["kubectl get nodes".to_owned()],
    };
    let operate = tools.has_operate().then(|| format!("{tree}/operate.sh status"));
    Step {
        title: "Begin only when all is well".into(),
        why: "what is broken now is not found again behind an upgrade".into(),
        commands: cluster.into_iter().chain(operate).collect(),
    }
}

/// A copy of what could not be had again.
pub fn save(both: &Both<'_>, tools: &Tools<'_>, upgrades: Upgrades) -> Step {
    let mut commands = Vec::new();
    let old = both.clusters.0;
    if old.charts.iter().any(|chart| &*chart.name == "velero") {
        commands.push("velero backup create before-upgrade --wait".to_owned());
    }
    let plane = old.hosts.iter().find(|host| host.control_plane).and_then(|host| host.address.as_ref());
    if let ("Talos", Some(address)) = (tools.distribution, plane) {
        commands.push(format!("talosctl -n {} etcd snapshot before-upgrade.db", address.value));
    }
    let why = match (commands.is_empty(), upgrades) {
        (true, Upgrades::ByScript) => "`cluster.sh upgrade` takes a snapshot of etcd by itself; volumes are yours",
        (true, _) => "nothing here makes copies: volumes and what the API knows are yours",
        (false, _) => "the way back, where an upgrade has none",
    };
    Step { title: "Save what could not be had again".into(), why: why.into(), commands }
}

/// How it is done where it can not be done in place: everything goes, and comes.
pub fn steps(both: &Both<'_>) -> Vec<Step> {
    let tools = Tools::of(both);
    let old = Tools {
        distribution: both.clusters.0.distribution.schema,
        sets_up: !both.clusters.0.plans.is_empty(),
        ..Tools::of(both)
    };
    let (tree, (servers, workers)) = (&tools.tree, planes(both.clusters.0));
    let mut steps = vec![well(&old)];
    steps.push(save(both, &old, Upgrades::Otherwise));
    let drain = workers
        .iter()
        .chain(&servers)
        .map(|host| format!("kubectl drain {} --ignore-daemonsets --delete-emptydir-data", host.name));
    let teardown = old.has_operate().then(|| format!("{tree}/operate.sh teardown"));
    steps.push(Step {
        title: "Empty the cluster, with the tree as it was".into(),
        why: "pods have addresses of the old network until they are gone; what stands on disks of hosts goes with them"
            .into(),
        commands: teardown.into_iter().chain(drain).collect(),
    });
    let (reset, up) = (old.reset(), tools.up());
    steps.push(Step { title: "Take the hosts down".into(), why: "with the tree as it was".into(), commands: reset });
    let build = both.names.builds.then(|| format!("platc build {} -o .", both.names.new));
    steps.push(Step {
        title: "Make it anew".into(),
        why: String::new(),
        commands: build.into_iter().chain(up).collect(),
    });
    let bring = if tools.has_operate() { vec![format!("{tree}/operate.sh bootstrap")] } else { tools.apply() };
    steps.push(Step { title: "Bring everything, then what was saved".into(), why: String::new(), commands: bring });
    steps.push(Step { title: "Is all well?".into(), why: String::new(), ..well(&tools) });
    steps
}

impl Tools<'_> {
    fn reset(&self) -> Vec<String> {
        let tree = &self.tree;
        match self.distribution {
            "K3s" if self.sets_up => vec![format!("{tree}/cluster.sh reset")],
            "Talos" => vec![format!("{tree}/talos.sh reset")],
            "K3d" => vec![format!("{tree}/cluster.sh down")],
            _ => Vec::new(),
        }
    }

    fn up(&self) -> Vec<String> {
        let tree = &self.tree;
        match self.distribution {
            "K3s" if self.sets_up => vec![format!("{tree}/cluster.sh up")],
            "Talos" => vec![format!("{tree}/talos.sh bootstrap")],
            "K3d" => vec![format!("{tree}/cluster.sh up")],
            _ => Vec::new(),
        }
    }
}
