//! Changes that no apply can make: who connects pods, the networks of pods and services, where names are asked, and what
//! installs the cluster. Each is a migration with a plan of its own.

use super::{Both, Change, Effect, Level, Report};
use crate::Place;
use crate::model::{Cluster, Said, Text};

const PLAN: &str = "a migration, not a re-apply";

/// Tells what must be migrated.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let of = &new.name;
    if old.distribution.schema != new.distribution.schema {
        let message = format!(
            "`{of}` is installed by another distribution: {} -> {}",
            old.distribution.schema, new.distribution.schema
        );
        danger(report, message, "every host must be set up anew", old.distribution.at, new.distribution.at);
        report.blocks.insert(("distribution".into(), "".into()));
    }
    if old.cni.schema != new.cni.schema {
        let message =
            format!("who connects the pods of `{of}` becomes another: {} -> {}", old.cni.schema, new.cni.schema);
        let how =
            "drain the hosts one by one, remove the old one with its interfaces and rules, and start each host anew";
        danger(report, message, how, old.cni.at, new.cni.at);
        report.blocks.insert(("cni".into(), "".into()));
    }
    if old.cni.policies && !new.cni.policies {
        let message = format!("nobody enforces network policies in `{of}` any more");
        let change =
            Change::new(Level::Danger, Effect::Opens, message).why("every pod reaches every other from now on");
        report.tell(change.places(Some(old.cni.at), Some(new.cni.at)));
    }
    networks(old, new, report);
}

fn networks(old: &Cluster, new: &Cluster, report: &mut Report) {
    let of = &new.name;
    let pods =
        "every pod gets another address, and each host keeps its piece of the old network until it is set up anew";
    let services =
        "every service gets another address, the one for names among them, and certificates name the old ones";
    network(report, "pods", (&old.network.pods, &new.network.pods), of, pods);
    network(report, "services", (&old.network.services, &new.network.services), of, services);
    for name in ["pods6", "services6"] {
        report.blocks.insert(("network".into(), name.into()));
    }
    let same_services = shown(&old.network.services) == shown(&new.network.services);
    if let (Some(before), Some(after)) = (&old.network.dns, &new.network.dns)
        && before.value != after.value
    {
        if same_services {
            let message =
                format!("pods of `{of}` ask for names at another address: {} -> {}", before.value, after.value);
            let how = "the address is in the settings of every kubelet and in every pod that runs";
            danger(report, message, how, before.at, after.at);
        }
        report.blocks.insert(("network".into(), "dns".into()));
    }
    if old.domain != new.domain {
        let message = format!("names within `{of}` end differently: `{}` -> `{}`", old.domain, new.domain);
        danger(
            report,
            message,
            "every name that is written out, and every certificate, has the old one",
            old.at,
            new.at,
        );
        report.blocks.insert(("cluster".into(), "domain".into()));
    }
    if let (Some(before), Some(after)) = (&old.network.node_mask, &new.network.node_mask)
        && before.value != after.value
    {
        let message = format!(
            "the piece of the pod network for each host of `{of}` has another size: /{} -> /{}",
            before.value, after.value
        );
        danger(report, message, "a host keeps the piece that it has until it joins anew", before.at, after.at);
        report.blocks.insert(("network".into(), "node-mask".into()));
    }
}

fn network<T: ToString>(report: &mut Report, what: &str, (old, new): (&[Said<T>], &[Said<T>]), of: &str, how: &str) {
    if shown(old) == shown(new) {
        return;
    }
    let message = format!("the network of {what} in `{of}` becomes another: {} -> {}", shown(old), shown(new));
    let place = |said: &[Said<T>]| said.first().map(|said| said.at).unwrap_or_default();
    danger(report, message, how, place(old), place(new));
    report.blocks.insert(("network".into(), Text::from(what)));
    report.blocks.insert(("cni".into(), Text::from(what)));
}

fn shown<T: ToString>(said: &[Said<T>]) -> String {
    let mut all: Vec<String> = said.iter().map(|said| said.value.to_string()).collect();
    all.sort();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn danger(report: &mut Report, message: String, how: &str, old: Place, new: Place) {
    let change = Change::new(Level::Danger, Effect::Migrates, message).why(format!("{PLAN}: {how}"));
    report.tell(change.places(Some(old), Some(new)));
}
