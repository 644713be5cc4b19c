//! Laws of what makes pods: deployments, stateful and daemon sets, jobs.

use super::{Judge, at, conditions, cron, list, pods, word};
use crate::Node;
use crate::model::Text;
use crate::read::scalar::{int, text};
use crate::read::{labels, selector};

/// The laws of an object that makes pods; of any other, none.
pub fn of<N: Node>(node: N, judge: &mut Judge<'_>) {
    let kind = (&*judge.entity.group, &*judge.entity.kind);
    let Some(own) = node.get("spec") else {
        return;
    };
    let template = match kind {
        ("", "Pod") => Some(node),
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet") | ("batch", "Job") => own.get("template"),
        ("", "ReplicationController") => own.get("template"),
        ("batch", "CronJob") => at(own, &["jobTemplate", "spec", "template"]),
        _ => return,
    };
    match kind {
        ("apps", _) => {
            chosen(own, template, judge);
            strategy(own, judge);
            progress(own, judge);
        }
        ("batch", "CronJob") => schedule(own, judge),
        ("batch", "Job") => indexed(own, judge),
        _ => {}
    }
    let Some(spec) = template.and_then(|template| template.get("spec")) else {
        return;
    };
    if kind != ("", "Pod") {
        restarts(spec, judge);
    }
    let claims = list(own, "volumeClaimTemplates");
    let claims: Vec<Text> =
        claims.into_iter().filter_map(|claim| at(claim, &["metadata", "name"]).and_then(text)).collect();
    pods::spec(spec, &claims, judge);
}

/// What makes pods chooses those that it makes.
fn chosen<N: Node>(own: N, template: Option<N>, judge: &mut Judge<'_>) {
    let Some(choice) = own.get("selector") else {
        return;
    };
    conditions(choice, judge);
    let pods = template.and_then(|template| at(template, &["metadata", "labels"]));
    let pods = pods.map(labels).unwrap_or_default();
    let selector = selector(choice);
    if selector.matches(&pods) {
        return;
    }
    let missing = selector.labels.iter().find(|(key, value)| pods.get(key) != Some(*value));
    let text = match missing {
        Some((key, value)) => format!("chooses pods with `{key}: {value}`, which is no label of those that it makes"),
        None => "does not choose the pods that it makes".to_owned(),
    };
    judge.tell(choice.place(), text, "write the same labels in `selector` and in `template.metadata.labels`");
}

/// A deployment can be rolled out: something may go before, or something may come before.
fn strategy<N: Node>(own: N, judge: &mut Judge<'_>) {
    let Some(strategy) = own.get("strategy") else {
        return;
    };
    let Some(rolling) = strategy.get("rollingUpdate") else {
        return;
    };
    if word(strategy, "type").is_some_and(|kind| &*kind == "Recreate") {
        judge.tell(rolling.place(), "is made anew at once, and says how it is rolled out", "leave `rollingUpdate` out");
        return;
    }
    let none = |field: &str| word(rolling, field).is_some_and(|many| matches!(&*many, "0" | "0%"));
    if none("maxSurge") && none("maxUnavailable") {
        judge.tell(
            rolling.place(),
            "may have no pod more and no pod less while it is rolled out, so no pod can be replaced",
            "let one of `maxSurge` and `maxUnavailable` be 1",
        );
    }
}

/// Who is ready for a while is so before the rollout is given up.
fn progress<N: Node>(own: N, judge: &mut Judge<'_>) {
    let Some(said) = own.get("minReadySeconds").filter(|_| &*judge.entity.kind == "Deployment") else {
        return;
    };
    let most = own.get("progressDeadlineSeconds").and_then(int).unwrap_or(600);
    if let Some(least) = int(said).filter(|least| *least >= most) {
        let text = format!("waits until pods are ready for {least} seconds, and is given up after {most}");
        judge.tell(said.place(), text, "let `progressDeadlineSeconds` be more than `minReadySeconds`");
    }
}

/// Who counts pods says how many there are.
fn indexed<N: Node>(own: N, judge: &mut Judge<'_>) {
    let is_indexed = word(own, "completionMode").is_some_and(|mode| &*mode == "Indexed");
    if let Some(mode) = own.get("completionMode").filter(|_| is_indexed && own.get("completions").is_none()) {
        judge.tell(mode.place(), "gives each pod a number, and does not say how many there are", "write `completions`");
    }
}

/// What runs all the time is started anew always, and what is done once is not.
fn restarts<N: Node>(spec: N, judge: &mut Judge<'_>) {
    let policy = spec.get("restartPolicy");
    let said = policy.and_then(text).unwrap_or_else(|| "Always".into());
    let is_job = &*judge.entity.group == "batch";
    let place = policy.map_or(spec.place(), Node::place);
    match (&*said, is_job) {
        ("Always", true) => {
            let text = match policy {
                Some(_) => "starts its pods anew whenever they are done",
                None => "does not say what comes of pods that fail",
            };
            judge.tell(
                place,
                text,
                "write `restartPolicy: OnFailure` or `restartPolicy: Never` in the `spec` of its pods",
            );
        }
        ("Always", false) | (_, true) => {}
        (said, false) => {
            let text = format!("runs all the time, and says `restartPolicy: {said}`");
            judge.tell(place, text, "leave `restartPolicy` out, or make it a `Job`");
        }
    }
}

/// A schedule is in a time zone that there is.
fn zone<N: Node>(own: N, judge: &mut Judge<'_>) {
    let (Some(said), Some(zone)) = (own.get("timeZone"), word(own, "timeZone")) else {
        return;
    };
    if let Some((why, near)) = cron::no_zone(&zone) {
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None => "write a name such as `Europe/Berlin` or `Etc/UTC`".to_owned(),
        };
        judge.tell(said.place(), format!("runs in the time zone `{zone}`, {why}"), help);
    }
}

fn schedule<N: Node>(own: N, judge: &mut Judge<'_>) {
    zone(own, judge);
    let (Some(said), Some(schedule)) = (own.get("schedule"), word(own, "schedule")) else {
        return;
    };
    let deadline =
        own.get("startingDeadlineSeconds").filter(|most| int(*most).is_some_and(|most| (0..10).contains(&most)));
    if let Some(most) = deadline {
        let text = "has a deadline of less than 10 seconds for its start, and is looked at every 10 seconds";
        judge.dead(most.place(), text, "let `startingDeadlineSeconds` be 60 or more");
    }
    if let Some(why) = cron::problem(&schedule) {
        let text = format!("runs at `{schedule}`, which is no schedule: {why}");
        judge.tell(
            said.place(),
            text,
            "write minute, hour, day of the month, month and day of the week: `30 3 * * 1-5`",
        );
    }
}
