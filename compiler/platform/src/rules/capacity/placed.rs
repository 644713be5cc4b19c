//! `capacity/no-host`, `capacity/too-large`, `capacity/too-few-hosts`, `capacity/does-not-fit`, `capacity/job`: pods for
//! which there is no room. They are found together, because the later ones are looked for in what the earlier ones leave.

use diagnostics::{Diagnostic, Rule, rules};

use crate::Place;
use crate::capacity::{self, Demand, Misfit, Why};
use crate::model::{Cluster, Entity};
use crate::rules::Findings;

const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

/// Every pod has a host that suits it, and all have room together.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.hosts.is_empty() || capacity::grows(cluster) {
        return;
    }
    let mut demand = capacity::demand(cluster, None);
    let alone: Vec<Option<Misfit>> = demand.groups.iter().map(|group| group.misfit(cluster, &demand)).collect();
    let barred: Vec<&Misfit> = alone.iter().flatten().filter(|misfit| is_barred(cluster, misfit)).collect();
    only_control_planes(cluster, &barred, found);
    found.extend(alone.iter().flatten().filter(|m| !is_barred(cluster, m)).filter_map(|m| finding(cluster, m)));
    let mut placed = alone.iter().map(Option::is_none);
    demand.groups.retain(|_| placed.next().unwrap_or(false));
    // Groups refer to one another by what they may not be near, which stays as it is.
    match capacity::together(cluster, &demand) {
        Ok(()) => jobs(cluster, &mut demand, found),
        Err(misfit) => found.extend(finding(cluster, &misfit)),
    }
}

/// Whether pods have no place because every host is a control plane.
fn is_barred(cluster: &Cluster, misfit: &Misfit) -> bool {
    let barred = matches!(&misfit.why, Why::Tainted(_, key) if &**key == CONTROL_PLANE);
    barred && cluster.distribution.known && cluster.hosts.iter().all(|host| host.control_plane)
}

fn only_control_planes(cluster: &Cluster, misfits: &[&Misfit], found: &mut Findings) {
    if misfits.is_empty() {
        return;
    }
    let message = format!("every host of `{}` is a control plane, and these take no pods", cluster.name);
    let mut finding = Diagnostic::new(&rules::CAPACITY_NO_HOST, cluster.distribution.at, message)
        .label("this distribution keeps pods away from control planes");
    for object in misfits.iter().filter_map(|misfit| object(cluster, *misfit.pods.first()?)).take(3) {
        finding = finding.also(object.at, format!("{} has no host", object.shown()));
    }
    found.push(finding.help(match cluster.distribution.schema {
        "Talos" => "set `schedule-on-control-planes: true` in the distribution, or add a host that is a worker",
        _ => "add a host that is a worker, or set `schedules-on-control-plane: true` in the distribution",
    }));
}

fn object(cluster: &Cluster, pods: usize) -> Option<&Entity> {
    cluster.objects.get(cluster.pods.get(pods)?.entity)
}

fn finding(cluster: &Cluster, misfit: &Misfit) -> Option<Diagnostic<Place>> {
    let first = object(cluster, *misfit.pods.first()?)?;
    let (rule, at): (&'static Rule, Place) = match &misfit.why {
        Why::Tainted(..) | Why::Unsuited | Why::Volume(_) | Why::Majority(_) => (&rules::CAPACITY_NO_HOST, first.at),
        Why::TooLarge(..) => (&rules::CAPACITY_TOO_LARGE, first.at),
        Why::Apart(..) => (&rules::CAPACITY_TOO_FEW_HOSTS, first.at),
        Why::Together(..) => (&rules::CAPACITY_DOES_NOT_FIT, cluster.at),
        Why::Pieces => (&rules::CAPACITY_DOES_NOT_FIT, first.at),
    };
    let mut finding = Diagnostic::new(rule, at, misfit.message(cluster));
    match &misfit.why {
        Why::Tainted(host, key) => {
            let host = cluster.hosts.get(*host)?;
            finding = finding.also(host.at, format!("the taint `{key}` of `{}` keeps them away", host.name));
            finding = finding.help(format!("let them tolerate `{key}`, or add a host without this taint"));
        }
        Why::Unsuited => {
            finding = finding
                .label(wanted(cluster, *misfit.pods.first()?)?)
                .help("give a host these labels, or ask for labels that hosts have")
        }
        Why::TooLarge(amount, asked, host, has) => {
            let host = cluster.hosts.get(*host)?;
            finding = finding
                .label(format!("one pod asks for {}", amount.shown(*asked)))
                .also(host.at, format!("`{}` has most: {}", host.name, amount.shown(*has)))
                .help("ask for less, or add a host that has more");
        }
        Why::Apart(count, places) => {
            finding = finding.label(format!("{count} that may not share a place, of which there are {places}"));
            finding = finding.help(format!("run {places}, add hosts, or only prefer that they stand apart"));
        }
        Why::Together(amount, ..) => finding = largest(cluster, amount, finding),
        _ => finding = finding.help("make pods smaller, or hosts larger"),
    }
    Some(finding)
}

/// The labels that pods want of a host.
fn wanted(cluster: &Cluster, pods: usize) -> Option<String> {
    let pods = cluster.pods.get(pods)?;
    let on = pods.on.iter().map(|(key, value)| format!("`{key}: {value}`"));
    let terms = pods.on_any.iter().flat_map(|term| &term.expressions).map(|wanted| format!("`{}`", wanted.key));
    let all: Vec<String> = on.chain(terms).collect();
    Some(format!("no host has {}", all.join(" and ")))
}

/// Shows who asks for most.
fn largest(cluster: &Cluster, amount: &capacity::Amount, finding: Diagnostic<Place>) -> Diagnostic<Place> {
    let one = [amount.clone()];
    let ask = |number: &usize| {
        let pods = &cluster.pods[*number];
        capacity::ask(pods, &one).first().copied().unwrap_or(0).saturating_mul(capacity::replicas(cluster, pods))
    };
    let mut asks: Vec<(u64, usize)> = (0..cluster.pods.len()).map(|number| (ask(&number), number)).collect();
    asks.sort_by_key(|(ask, number)| (std::cmp::Reverse(*ask), *number));
    let mut finding = finding.help("ask for less, run fewer, or add hosts");
    for (ask, object) in asks.into_iter().take(3).filter_map(|(ask, number)| Some((ask, object(cluster, number)?))) {
        finding = finding.also(object.at, format!("{} asks for {}", object.shown(), amount.shown(ask)));
    }
    finding
}

/// Jobs, each by itself, beside everything that runs for long.
fn jobs(cluster: &Cluster, demand: &mut Demand, found: &mut Findings) {
    let is_job = |pods: &usize| object(cluster, *pods).is_some_and(|o| matches!(&*o.kind, "Job" | "CronJob"));
    for pods in (0..cluster.pods.len()).filter(is_job) {
        let group = capacity::of_one(cluster, demand, pods);
        if group.count == 0 {
            continue;
        }
        if let Some(misfit) = group.misfit(cluster, demand) {
            found.extend(finding(cluster, &misfit));
            continue;
        }
        demand.groups.push(group);
        if capacity::together(cluster, demand).is_err()
            && let Some(object) = object(cluster, pods)
        {
            let message = format!("{} has no room beside what runs all the time", object.shown());
            let finding = Diagnostic::new(&rules::CAPACITY_JOB, object.at, message);
            found.push(finding.help("let it ask for less or run fewer pods at once, or add hosts"));
        }
        demand.groups.pop();
    }
}
