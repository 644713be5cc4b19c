//! `capacity/quota`: pods that the quota of their namespace refuses; `capacity/limit-range`: containers that its range does.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::capacity::{Amount, replicas};
use crate::model::{Cluster, Container, Entity, LimitRange, Pods, Quota, Resources, Said, Text};
use crate::rules::Findings;

/// What a namespace bounds: the name in a quota, whether of limits, and the resource.
const BOUNDED: [(&str, bool, &str); 6] = [
    ("requests.cpu", false, "cpu"),
    ("cpu", false, "cpu"),
    ("requests.memory", false, "memory"),
    ("memory", false, "memory"),
    ("limits.cpu", true, "cpu"),
    ("limits.memory", true, "memory"),
];

/// What a namespace says of its pods.
#[derive(Default)]
struct Space<'a> {
    quotas: Vec<&'a Quota>,
    ranges: Vec<&'a LimitRange>,
    pods: Vec<(&'a Pods, &'a Entity)>,
}

/// Pods ask for what their namespace lets them have, each and together.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.quotas.is_empty() && cluster.ranges.is_empty() {
        return;
    }
    let mut spaces: BTreeMap<Text, Space> = BTreeMap::new();
    let space = |entity: usize| cluster.objects.get(entity).map(|object| object.space());
    for quota in &cluster.quotas {
        space(quota.entity).into_iter().for_each(|name| spaces.entry(name).or_default().quotas.push(quota));
    }
    for range in &cluster.ranges {
        space(range.entity).into_iter().for_each(|name| spaces.entry(name).or_default().ranges.push(range));
    }
    for pods in &cluster.pods {
        if let Some(object) = cluster.objects.get(pods.entity)
            && let Some(space) = spaces.get_mut(&object.space())
        {
            space.pods.push((pods, object));
        }
    }
    for space in spaces.values() {
        ranges(space, found);
        space.quotas.iter().for_each(|quota| self::quota(cluster, space, quota, found));
    }
}

fn quota(cluster: &Cluster, space: &Space, quota: &Quota, found: &mut Findings) {
    for (name, is_limit, what) in BOUNDED {
        let Some(most) = quota.most.get(name) else {
            continue;
        };
        let silent = space.pods.iter().find_map(|(pods, object)| {
            let container =
                pods.containers.iter().chain(&pods.before).find(|c| amount(space, c, is_limit, what).is_none());
            container.map(|container| (container, *object))
        });
        if let Some((container, object)) = silent {
            let field = if is_limit { "limits" } else { "requests" };
            let message = format!(
                "the container `{}` of {} does not write `resources.{field}.{what}`, and a quota counts that",
                container.name,
                object.shown(),
            );
            let at = if object.given { container.at } else { object.at };
            let finding = Diagnostic::new(&rules::CAPACITY_QUOTA, at, message).label("no pod of it is ever made");
            let finding = finding.also(most.at, "this counts it");
            found.push(finding.help(format!("write `resources.{field}.{what}`, or add a `LimitRange` with a default")));
            return;
        }
        let of = |pods: &Pods| {
            let of_container = |container: &Container| amount(space, container, is_limit, what).unwrap_or(0);
            let first = pods.before.iter().map(of_container).max().unwrap_or(0);
            pods.containers.iter().map(of_container).sum::<u128>().max(first)
        };
        together(cluster, space, most, &of, (name, what), found);
    }
    // Devices and the like: who writes none asks for none.
    for (name, most) in &quota.most {
        let is_other = |what: &&str| !matches!(*what, "cpu" | "memory" | "storage");
        if let Some(what) = name.strip_prefix("requests.").filter(is_other) {
            let of_container = |container: &Container| {
                let of = |amounts: &Resources| amounts.others.get(&Text::known(what)?).map(|many| many.value);
                let many = of(&container.requests).or(of(&container.limits)).unwrap_or(0);
                u128::try_from(many).unwrap_or(0)
            };
            let of = |pods: &Pods| pods.containers.iter().map(of_container).sum();
            together(cluster, space, most, &of, (name, "pods"), found);
        }
    }
    for name in ["pods", "count/pods"] {
        if let Some(most) = quota.most.get(name) {
            together(cluster, space, most, &|_| 1, (name, "pods"), found);
        }
    }
}

/// What all that runs for long asks for is not more than the most.
fn together(
    cluster: &Cluster,
    space: &Space,
    most: &Said<u128>,
    of: &dyn Fn(&Pods) -> u128,
    (name, what): (&str, &str),
    found: &mut Findings,
) {
    let count = |pods: &Pods, object: &Entity| match &*object.kind {
        "DaemonSet" => cluster.hosts.len() as u128,
        "Job" | "CronJob" => 0,
        _ => u128::from(replicas(cluster, pods)),
    };
    let asks = space.pods.iter().map(|(pods, object)| (of(pods).saturating_mul(count(pods, object)), *object));
    let mut asks: Vec<(u128, &Entity)> = asks.filter(|(ask, _)| *ask > 0).collect();
    let sum: u128 = asks.iter().map(|(ask, _)| ask).sum();
    if sum <= most.value {
        return;
    }
    asks.sort_by_key(|(ask, _)| std::cmp::Reverse(*ask));
    let Some((_, first)) = asks.first() else {
        return;
    };
    let message = format!(
        "pods in `{}` come to {}, and the quota of `{name}` is {}",
        first.space(),
        shown(sum, what),
        shown(most.value, what)
    );
    let mut finding = Diagnostic::new(&rules::CAPACITY_QUOTA, most.at, message).label("the last ones are never made");
    for (ask, object) in asks.iter().take(3) {
        finding = finding.also(object.at, format!("{} comes to {}", object.shown(), shown(*ask, what)));
    }
    found.push(finding.help("raise the quota, or ask for less"));
}

fn ranges(space: &Space, found: &mut Findings) {
    for (pods, object) in &space.pods {
        for container in pods.containers.iter().chain(&pods.before) {
            for what in ["cpu", "memory"] {
                let (request, limit) = (amount(space, container, false, what), amount(space, container, true, what));
                let bounds = space.ranges.iter().find_map(|range| {
                    let above =
                        range.most.get(what).filter(|most| limit.or(request).is_some_and(|asked| asked > most.value));
                    let below = range.least.get(what).filter(|least| request.is_some_and(|asked| asked < least.value));
                    above.map(|most| ("more", most)).or(below.map(|least| ("less", least)))
                });
                let usual = || space.ranges.iter().find_map(|range| range.limits.get(what));
                let (why, at, help) = match (bounds, request, limit) {
                    (Some((word, bound)), ..) => {
                        let side = if word == "more" { "at most" } else { "at least" };
                        let why = format!("asks for {word} than is let in: {side} {}", shown(bound.value, what));
                        (why, bound.at, "ask for an amount between the bounds")
                    }
                    (None, Some(request), Some(limit))
                        if request > limit && written(container, true, what).is_none() =>
                    {
                        let Some(usual) = usual() else { continue };
                        let why = format!(
                            "asks for {}, and names no limit, which then is {}",
                            shown(request, what),
                            shown(limit, what)
                        );
                        (why, usual.at, "write a limit that is at least as much as is asked for")
                    }
                    _ => continue,
                };
                found.push(told((container, object), &why, at).help(help));
            }
        }
    }
}

fn told((container, object): (&Container, &Entity), why: &str, by: Place) -> Diagnostic<Place> {
    let message = format!("the container `{}` of {} {why}", container.name, object.shown());
    let at = if object.given { container.at } else { object.at };
    Diagnostic::new(&rules::CAPACITY_LIMIT_RANGE, at, message)
        .label("no pod of it is ever made")
        .also(by, "this says so")
}

/// What a container asks for, or may have at most, with what its namespace says where it says nothing.
fn amount(space: &Space, container: &Container, is_limit: bool, what: &str) -> Option<u128> {
    let usual = |limits: bool| {
        let of = |range: &&LimitRange| {
            if limits { range.limits.get(what) } else { range.requests.get(what) }.map(|said| said.value)
        };
        space.ranges.iter().find_map(of)
    };
    let limit = written(container, true, what);
    match is_limit {
        true => limit.or_else(|| usual(true)),
        // Who names a limit alone asks for that.
        false => written(container, false, what).or(limit).or_else(|| usual(false)),
    }
}

fn written(container: &Container, is_limit: bool, what: &str) -> Option<u128> {
    let of: &Resources = if is_limit { &container.limits } else { &container.requests };
    match what {
        "cpu" => of.cpu.as_ref().map(|cpu| cpu.thousandths().into()),
        _ => of.memory.as_ref().map(|memory| memory.count().into()),
    }
}

fn shown(amount: u128, what: &str) -> String {
    let small = u64::try_from(amount).unwrap_or(u64::MAX);
    match what {
        "cpu" => Amount::Cpu.shown(small),
        "memory" => Amount::Memory.shown(small),
        _ => Amount::Pods.shown(small),
    }
}
