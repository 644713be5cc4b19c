//! `capacity/limit`: a limit below what is asked for; `capacity/unit`: an amount of memory that can not be meant.

use diagnostics::{Diagnostic, Fix, rules};

use crate::model::{Cluster, Container, Entity, Said};
use crate::rules::Findings;

/// Less memory than any process needs to start.
const LEAST: u64 = 1 << 20;

/// Amounts of containers are such that Kubernetes takes them.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        for container in pods.containers.iter().chain(&pods.before) {
            limits(object, container, found);
            units(object, container, found);
        }
    }
}

fn limits(object: &Entity, container: &Container, found: &mut Findings) {
    let (requests, limits) = (&container.requests, &container.limits);
    below(object, container, "cpu", &requests.cpu, &limits.cpu, found);
    below(object, container, "memory", &requests.memory, &limits.memory, found);
    for (name, asked) in requests.others.iter().filter(|(name, _)| name.contains('/')) {
        let limit = limits.others.get(name);
        if limit.is_none_or(|limit| limit.value != asked.value) {
            let message = format!(
                "container `{}` of {} asks for `{name}`, which is shared by nobody, with another limit",
                container.name,
                object.shown()
            );
            let mut finding = Diagnostic::new(&rules::CAPACITY_LIMIT, asked.at, message);
            finding = match limit {
                Some(limit) => finding.also(limit.at, format!("the limit is {}", limit.value)),
                None => finding.label("without a limit"),
            };
            found.push(finding.help(format!("set the limit of `{name}` to {}", asked.value)));
        }
    }
}

fn below<T: PartialOrd + std::fmt::Display>(
    object: &Entity,
    container: &Container,
    what: &str,
    asked: &Option<Said<T>>,
    limit: &Option<Said<T>>,
    found: &mut Findings,
) {
    if let (Some(asked), Some(limit)) = (asked, limit)
        && limit.value < asked.value
    {
        let message = format!(
            "container `{}` of {} asks for {} {what} and may use at most {}",
            container.name,
            object.shown(),
            asked.value,
            limit.value
        );
        let finding = Diagnostic::new(&rules::CAPACITY_LIMIT, limit.at, message).also(asked.at, "what it asks for");
        found.push(finding.help(format!("raise the limit to {} or more", asked.value)));
    }
}

fn units(object: &Entity, container: &Container, found: &mut Findings) {
    for (what, amounts) in [("asks for", &container.requests), ("may use", &container.limits)] {
        let Some(memory) = amounts.memory.as_ref().filter(|memory| (1..LEAST).contains(&memory.count())) else {
            continue;
        };
        let message = format!(
            "container `{}` of {} {what} {} bytes of memory, in which nothing starts",
            container.name,
            object.shown(),
            memory.count()
        );
        let meant = format!("{}MiB", memory.count());
        let finding = Diagnostic::new(&rules::CAPACITY_UNIT, memory.at, message);
        found.push(if memory.count() < 4096 {
            let fix = Fix::new(format!("write `{meant}`")).edit(memory.at, meant.clone());
            finding.help(format!("write the unit: `{meant}`")).fix(fix)
        } else {
            finding.help("write the amount with its unit, such as `128MiB`")
        });
    }
}
