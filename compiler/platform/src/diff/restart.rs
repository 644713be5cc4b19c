//! Pods that are replaced because their description changes, and pods that come or go because there shall be more or fewer.

use super::{Both, Change, Effect, Level, Report, Thing, chosen, counted, fields, matched::Pair, some};

/// Tells what restarts and what is scaled.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        if !report.anew.contains(&pair.number) {
            restarts(pair, report);
        }
        scales(pair, report);
    }
}

/// How a kind takes a new description of its pods.
struct Rollout {
    level: Level,
    effect: Effect,
    verb: &'static str,
    why: String,
}

fn rollout(thing: &Thing) -> Option<Rollout> {
    let restarts =
        |level, why: &str| Some(Rollout { level, effect: Effect::Restarts, verb: "restarts", why: why.into() });
    let waits = |why: &str| {
        Some(Rollout { level: Level::Note, effect: Effect::Changes, verb: "changes the pods of", why: why.into() })
    };
    let spec = thing.body.get("spec");
    let strategy = |field: &str| spec.at(&[field, "type"]).text().unwrap_or("RollingUpdate").to_owned();
    match &*thing.kind {
        "Deployment" if *spec.get("paused") == super::Value::Bool(true) => waits("its rollout is paused"),
        "Deployment" if spec.get("replicas").int() == Some(0) => waits("it has no pods now"),
        "Deployment" if strategy("strategy") == "Recreate" => restarts(
            Level::Disruption,
            "all its pods stop before the first new one starts: `strategy.type` is `Recreate`",
        ),
        "Deployment" => restarts(Level::Restart, "its pods are replaced, new ones before old ones"),
        "StatefulSet" | "DaemonSet" if strategy("updateStrategy") == "OnDelete" => {
            waits("its pods stay as they are until somebody deletes them: `updateStrategy.type` is `OnDelete`")
        }
        "StatefulSet" if spec.get("replicas").int().unwrap_or(1) == 1 => {
            restarts(Level::Restart, "its one pod stops before the new one starts")
        }
        "StatefulSet" => restarts(Level::Restart, "its pods are replaced one by one, the last first"),
        "DaemonSet" => restarts(Level::Restart, "its pods are replaced host by host"),
        "ReplicaSet" => waits("the pods that there are stay as they are"),
        "CronJob" => waits("jobs that have begun end as they are"),
        _ => None,
    }
}

fn restarts(pair: &Pair<'_>, report: &mut Report) {
    let (Some(template), Some(rollout)) = (pair.new.template(), rollout(pair.new)) else {
        return;
    };
    // What an image becomes was told, and restarts pods all the same.
    let fields: Vec<usize> = pair
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.is_under(template))
        .map(|(number, _)| number)
        .collect();
    if fields.is_empty() {
        return;
    }
    let named: Vec<String> = fields
        .iter()
        .filter_map(|number| pair.fields.get(*number))
        .map(|field| format!("`{}`", fields::shown(short(&field.way, template.len()))))
        .collect();
    let message = format!("{} {}: {}", rollout.verb, pair.new.shown(), some(&named));
    report.tell_fields(Change::new(rollout.level, rollout.effect, message).why(rollout.why), pair, &fields);
}

/// A way within the description of pods, without what stands before each of its fields.
fn short(way: &[crate::model::Long], template: usize) -> &[crate::model::Long] {
    match way.get(template..) {
        Some([first, rest @ ..]) if &**first == "spec" && !rest.is_empty() => rest,
        Some(rest) if !rest.is_empty() => rest,
        _ => way,
    }
}

fn scales(pair: &Pair<'_>, report: &mut Report) {
    let fields = chosen(pair, report, |field| field.is_under(&["spec", "replicas"]));
    if fields.is_empty() || !matches!(&*pair.new.group, "apps") {
        return;
    }
    let count = |thing: &Thing| thing.body.at(&["spec", "replicas"]).int();
    let (before, after) = (count(pair.old), count(pair.new));
    let change = match (before.unwrap_or(1), after.unwrap_or(1)) {
        _ if after.is_none() => {
            Change::new(Level::Note, Effect::Scales, format!("leaves it open how many pods {} has", pair.new.shown()))
                .why("what scales it decides")
        }
        (before, 0) => {
            let pods = counted(usize::try_from(before).unwrap_or_default(), "pod");
            Change::new(Level::Disruption, Effect::Scales, format!("stops {}: {pods} -> none", pair.new.shown()))
                .why("nobody answers any more")
        }
        (before, after) => {
            let why = if after > before { "the pods that run stay" } else { "the pods above that stop" };
            Change::new(Level::Note, Effect::Scales, format!("scales {}: {before} -> {after} pods", pair.new.shown()))
                .why(why)
        }
    };
    report.tell_fields(change, pair, &fields);
}
