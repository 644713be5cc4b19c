//! Hosts that come, go, start anew or join anew.

use std::collections::BTreeSet;

use super::{Both, Change, Effect, Level, Report, counted, fields};
use crate::Place;
use crate::model::{Cluster, Host, Text};

/// What a field of a host means when it changes.
struct Means {
    field: &'static str,
    level: Level,
    what: &'static str,
    why: &'static str,
}

/// Words in the names of fields, the first that is in a name counts.
const MEANS: &[Means] = &[
    Means {
        field: "address",
        level: Level::Disruption,
        what: "joins anew",
        why: "its certificates and its peers have the old address",
    },
    Means {
        field: "role",
        level: Level::Disruption,
        what: "joins anew",
        why: "drain it, remove it from the cluster, and let it join in the other role",
    },
    Means {
        field: "arch",
        level: Level::Disruption,
        what: "is another machine",
        why: "images must be there for it too",
    },
    Means { field: "kernel", level: Level::Disruption, what: "reboots", why: "the kernel reads this when it starts" },
    Means { field: "os", level: Level::Disruption, what: "is installed anew", why: "drain it first" },
    Means { field: "schematic", level: Level::Disruption, what: "reboots", why: "it boots another image" },
    Means { field: "extensions", level: Level::Disruption, what: "reboots", why: "it boots another image" },
    Means { field: "disk", level: Level::Note, what: "has another disk", why: "" },
];

/// Tells what becomes of hosts.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let find = |cluster: &'_ Cluster, name: &Text| cluster.hosts.iter().position(|host| host.name == *name);
    let gone: Vec<&Host> = old.hosts.iter().filter(|host| find(new, &host.name).is_none()).collect();
    let mut come: Vec<&Host> = new.hosts.iter().filter(|host| find(old, &host.name).is_none()).collect();
    for host in gone {
        let is_same = |other: &&Host| match (&host.mac, &other.mac) {
            (Some(one), Some(other)) => one.value == other.value,
            _ => host.address.is_some() && address(host) == address(other),
        };
        match come.iter().position(is_same) {
            Some(place) => renamed(host, come.remove(place), report),
            None => removed(old, new, host, report),
        }
    }
    for host in come {
        let role = if host.control_plane { "a control plane" } else { "a worker" };
        let change = Change::new(Level::Note, Effect::Hosts, format!("host `{}` comes as {role}", host.name));
        report.tell(change.why("it is set up and joins; nothing else restarts").places(None, Some(host.at)));
    }
    for host in &new.hosts {
        if let Some(before) = old.hosts.iter().find(|other| other.name == host.name) {
            changed(both, before, host, report);
        }
    }
}

fn address(host: &Host) -> String {
    host.address.as_ref().map_or_else(String::new, |said| said.value.to_string())
}

fn renamed(old: &Host, new: &Host, report: &mut Report) {
    let message = format!("host `{}` becomes `{}`", old.name, new.name);
    let why = "a node is known by its name: drain it, remove it, and let it join under the new one";
    report.tell(Change::new(Level::Disruption, Effect::Hosts, message).why(why).places(Some(old.at), Some(new.at)));
}

fn removed(old: &Cluster, new: &Cluster, host: &Host, report: &mut Report) {
    let planes = |cluster: &Cluster| cluster.hosts.iter().filter(|host| host.control_plane).count();
    let (level, why) = match (host.control_plane, planes(old), planes(new)) {
        (true, before, after) if after < before / 2 + 1 => (
            Level::Danger,
            format!("{} become {after}, which is no majority: remove one at a time", counted(before, "control plane")),
        ),
        (true, ..) => {
            (Level::Disruption, "drain it, then remove it from the database of the control planes".to_owned())
        }
        (false, ..) => (Level::Disruption, "drain it first: its pods move, and volumes on it are lost".to_owned()),
    };
    let change = Change::new(level, Effect::Hosts, format!("host `{}` goes", host.name));
    report.tell(change.why(why).places(Some(host.at), None));
}

fn changed(both: &Both<'_>, old: &Host, new: &Host, report: &mut Report) {
    let name: Text = format!("host {}", new.name).into();
    let find = |side: &'_ super::Side, cluster: Option<&Cluster>| {
        let is = |block: &&super::Block| block.name == name && cluster.is_some_and(|of| *block.cluster == *of.name);
        side.blocks.iter().find(is).map(|block| block.body.clone())
    };
    let (Some(before), Some(after)) = (find(both.old, both.clusters.old), find(both.new, both.clusters.new)) else {
        return;
    };
    let mut told = BTreeSet::new();
    for field in fields::fields(&before, &after, &|_| false) {
        let Some(first) = field.way.first() else {
            continue;
        };
        if &**first == "taints" {
            taints(old, new, report);
            report.blocks.insert((name, first.into()));
            continue;
        }
        let words = |field: &str| first.split('-').any(|word| word.trim_end_matches('6') == field);
        let Some(means) = MEANS.iter().find(|means| words(means.field)) else {
            continue;
        };
        report.blocks.insert((name, first.into()));
        if !told.insert(first.clone()) {
            continue;
        }
        let shown = |value: Option<&super::Value>| value.map_or("nothing".to_owned(), super::Value::shown);
        let message =
            format!("host `{}` {}: `{}` {} -> {}", new.name, means.what, first, shown(field.old), shown(field.new));
        let change = Change::new(means.level, Effect::Hosts, message).why(means.why);
        report.tell(change.places(Some(place(old, first)), Some(place(new, first))));
    }
}

/// Where a field of a host is written, as far as the model knows that of the field alone.
fn place(host: &Host, field: &str) -> Place {
    let said = match field {
        "address" => host.address.as_ref().map(|said| said.at),
        "address6" => host.address6.as_ref().map(|said| said.at),
        "role" => Some(host.role),
        "disk" => host.disk.as_ref().map(|said| said.at),
        _ => None,
    };
    said.unwrap_or(host.at)
}

fn taints(old: &Host, new: &Host, report: &mut Report) {
    let added = new.taints.iter().filter(|taint| !old.taints.contains(taint));
    let evicting: Vec<String> =
        added.filter(|taint| &*taint.effect == "NoExecute").map(|taint| super::quoted(&taint.key)).collect();
    let message = format!("host `{}` has other taints", new.name);
    let change = match evicting.is_empty() {
        true => Change::new(Level::Note, Effect::Hosts, message).why("pods that run stay where they are"),
        false => Change::new(Level::Disruption, Effect::Hosts, message)
            .why(format!("{} puts out every pod that does not tolerate it", super::some(&evicting))),
    };
    if !report.changes.iter().any(|known| known.message == change.message) {
        report.tell(change.places(Some(old.at), Some(new.at)));
    }
}
