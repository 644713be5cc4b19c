//! `requires/hosts`: a part that needs more or other hosts than there are. What it needs of Kubernetes is `version/window`, of
//! storage `requires/part`.

use diagnostics::{Diagnostic, rules};
use domain::Version;

use crate::model::{Cluster, Demand, Host};
use crate::rules::{Findings, storage};

/// How many hosts are shown that do not do.
const SHOWN: usize = 3;

/// Every part finds the hosts, the version and the storage that it says it needs.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for demand in &cluster.demands {
        found.extend(hosts(cluster, demand));
        found.extend(kubernetes(cluster, demand));
        found.extend(class(cluster, demand));
    }
}

fn hosts(cluster: &Cluster, demand: &Demand) -> Option<Diagnostic<crate::Place>> {
    let wanted = usize::try_from(demand.hosts.unwrap_or(1)).unwrap_or_default();
    let lacks: Vec<(&Host, Option<String>)> = cluster.hosts.iter().map(|host| (host, lack(demand, host))).collect();
    let enough = lacks.iter().filter(|(_, lack)| lack.is_none()).count();
    // Of a cluster without hosts nothing is known, and what makes machines makes workers.
    let more_come = !cluster.growth.is_empty() && demand.control_plane != Some(true);
    if cluster.hosts.is_empty() || more_come || enough >= wanted {
        return None;
    }
    let message = format!("{} needs {}, and `{}` has {enough}", demand.by, described(demand, wanted), cluster.name);
    let finding = Diagnostic::new(&rules::REQUIRES_HOSTS, demand.at, message).label("this is needed");
    let others = lacks.into_iter().filter_map(|(host, lack)| Some((host, lack?))).take(SHOWN);
    let finding =
        others.fold(finding, |finding, (host, lack)| finding.also(host.at, format!("`{}` {lack}", host.name)));
    let missing = wanted - enough;
    Some(
        finding.help(format!(
            "add {missing} such host{}, or change one that is there",
            if missing == 1 { "" } else { "s" }
        )),
    )
}

/// Why a host does not do; what is not known of it is taken to do.
fn lack(demand: &Demand, host: &Host) -> Option<String> {
    if demand.control_plane.is_some_and(|wanted| wanted != host.control_plane) {
        return Some(format!("is a {}", if host.control_plane { "control plane" } else { "worker" }));
    }
    if demand.arch.as_ref().is_some_and(|arch| *arch != host.arch) {
        return Some(format!("is {}", host.arch));
    }
    let os = host.os.as_ref().filter(|os| !demand.os.is_empty() && !demand.os.contains(os));
    if let Some(os) = os {
        return Some(format!("runs {os}"));
    }
    let cpu = host.cpu.as_ref().filter(|cpu| demand.cpu.is_some_and(|wanted| cpu.value < wanted));
    if let Some(cpu) = cpu {
        return Some(format!("has {} of CPU", cpu.value));
    }
    let less = |has: &Option<crate::model::Said<domain::Bytes>>, wanted: Option<domain::Bytes>| {
        has.as_ref().filter(|has| wanted.is_some_and(|wanted| has.value < wanted)).map(|has| has.value)
    };
    let memory = less(&host.memory, demand.memory).map(|memory| format!("has {memory} of memory"));
    memory.or_else(|| less(&host.disk, demand.disk).map(|disk| format!("has {disk} of disk")))
}

/// `3 workers (arm64) with 8Gi of memory`
fn described(demand: &Demand, wanted: usize) -> String {
    let noun = match demand.control_plane {
        Some(true) => "control plane",
        Some(false) => "worker",
        None => "host",
    };
    let kinds: Vec<&str> = demand.arch.iter().chain(&demand.os).map(|kind| &**kind).collect();
    let amounts = [
        demand.cpu.map(|cpu| format!("{cpu} of CPU")),
        demand.memory.map(|memory| format!("{memory} of memory")),
        demand.disk.map(|disk| format!("{disk} of disk")),
    ];
    let amounts: Vec<String> = amounts.into_iter().flatten().collect();
    let mut text = format!("{wanted} {noun}{}", if wanted == 1 { "" } else { "s" });
    if !kinds.is_empty() {
        text.push_str(&format!(" ({})", kinds.join(", ")));
    }
    if !amounts.is_empty() {
        text.push_str(&format!(" with {}", amounts.join(" and ")));
    }
    text
}

fn kubernetes(cluster: &Cluster, demand: &Demand) -> Option<Diagnostic<crate::Place>> {
    let (least, runs) = (demand.kubernetes.as_ref()?, cluster.kubernetes.as_ref()?);
    let minor = |version: &Version| (version.major(), version.minor());
    if minor(&runs.value) >= minor(least) {
        return None;
    }
    let message = format!(
        "{} needs Kubernetes {}.{} or later, and `{}` runs {}.{}",
        demand.by,
        least.major(),
        least.minor(),
        cluster.name,
        runs.major(),
        runs.minor()
    );
    Some(
        Diagnostic::new(&rules::VERSION_WINDOW, demand.at, message)
            .label("this is needed")
            .also(runs.at, "the version of Kubernetes")
            .help(format!("take Kubernetes {}.{} or later", least.major(), least.minor())),
    )
}

fn class(cluster: &Cluster, demand: &Demand) -> Option<Diagnostic<crate::Place>> {
    let wanted = demand.storage.as_ref()?;
    let named = (&**wanted != "default").then_some(wanted);
    if storage::named(cluster, named).is_some() || storage::may_come(cluster) {
        return None;
    }
    let what = named.map_or("a default class of storage".to_owned(), |class| format!("the class of storage `{class}`"));
    let message = format!("{} needs {what}, which nothing in `{}` provides", demand.by, cluster.name);
    Some(
        Diagnostic::new(&rules::REQUIRES_PART, demand.at, message)
            .label("this is needed")
            .also(cluster.at, "this cluster has no such class")
            .help(format!(
                "install what provides it, or declare it: `storage {} {{ .. }}`",
                named.map_or("NAME", |n| n)
            )),
    )
}
