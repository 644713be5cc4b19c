//! Laws of kinds of others that many platforms have: certificates, sources of Flux, and whatever runs by a schedule.

use super::{Judge, at, cron, word};
use crate::Node;
use crate::read::scalar::{duration, long};

/// The most letters that a certificate has room for in the name that it is for.
const LONGEST_NAME: usize = 64;

/// A certificate is asked for anew while the old one still holds, and its name fits.
pub fn certificate<N: Node>(node: N, judge: &mut Judge<'_>) {
    let part = |field: &str| at(node, &["spec", field]);
    let holds = part("duration").and_then(duration);
    if let (Some(said), Some(before), Some(holds)) =
        (part("renewBefore"), part("renewBefore").and_then(duration), holds)
        && before >= holds
    {
        let text = format!("is renewed {before} before its end, and holds for {holds}");
        judge.tell(said.place(), text, "let `renewBefore` be less than `duration`, such as a third of it");
    }
    let name = part("commonName").zip(part("commonName").and_then(long));
    if let Some((said, name)) = name.filter(|(_, name)| name.len() > LONGEST_NAME && !name.contains("${")) {
        let text = format!("is for a `commonName` of {} letters, and {LONGEST_NAME} are the most", name.len());
        judge.dead(said.place(), text, "leave `commonName` out: `dnsNames` are what counts");
    }
}

/// Charts from a registry come another way than those from a server.
pub fn charts<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(said) = at(node, &["spec", "url"]) else { return };
    let Some(url) = node.get("spec").and_then(|spec| word(spec, "url")) else { return };
    let kind = node.get("spec").and_then(|spec| word(spec, "type")).unwrap_or_else(|| "default".into());
    if url.starts_with("oci://") && &*kind != "oci" {
        judge.dead(said.place(), "is a registry, and is asked as a server of charts", "write `type: oci`");
    } else if url.starts_with("http") && &*kind == "oci" {
        judge.dead(said.place(), "is a server of charts, and is asked as a registry", "leave `type: oci` out");
    }
}

/// A repository of Git has an address with a scheme.
pub fn repository<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(said) = at(node, &["spec", "url"]) else { return };
    let Some(url) = node.get("spec").and_then(|spec| word(spec, "url")) else { return };
    if url.is_empty() || ["http://", "https://", "ssh://"].iter().any(|scheme| url.starts_with(scheme)) {
        return;
    }
    let help = match url.split_once(':') {
        Some((host, path)) if !path.starts_with("//") => format!("write `ssh://{host}/{path}`"),
        _ => "write an address that begins with `https://` or `ssh://`".to_owned(),
    };
    judge.tell(said.place(), format!("is looked for at `{url}`, which says no way to get there"), help);
}

/// A registry has an address of its own kind.
pub fn registry<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some((said, url)) = at(node, &["spec", "url"]).and_then(|said| Some((said, long(said)?))) else { return };
    if !url.is_empty() && !url.starts_with("oci://") && !url.contains("${") {
        let plain = url.split_once("://").map_or(&*url, |(_, rest)| rest);
        let text = format!("is looked for at `{url}`, which is no registry");
        judge.tell(said.place(), text, format!("write `oci://{plain}`"));
    }
}

/// A release has one chart.
pub fn release<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(spec) = node.get("spec") else { return };
    let text = match (spec.get("chart"), spec.get("chartRef")) {
        (Some(_), Some(_)) => "names two charts, by `chart` and by `chartRef`",
        (None, None) => "names no chart",
        _ => return,
    };
    judge.tell(spec.place(), text, "write `chart` or `chartRef`");
}

/// An application goes to one cluster, by its name or by its address.
fn destination<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(to) = at(node, &["spec", "destination"]) else { return };
    let has = |field: &str| word(to, field).is_some_and(|text| !text.is_empty());
    if has("name") && has("server") {
        let text = "names the cluster that it is for twice, by `name` and by `server`";
        judge.dead(to.place(), text, "leave one of them out");
    }
}

/// What else runs by a schedule of five fields: its group, its kind, and the way to the schedule.
const SCHEDULES: &[(&str, &str, &[&str])] = &[
    ("velero.io", "Schedule", &["spec", "schedule"]),
    ("longhorn.io", "RecurringJob", &["spec", "cron"]),
    ("argoproj.io", "CronWorkflow", &["spec", "schedule"]),
    ("k8up.io", "Schedule", &["spec", "backup", "schedule"]),
    ("snapscheduler.backube", "SnapshotSchedule", &["spec", "schedule"]),
    ("volsync.backube", "ReplicationSource", &["spec", "trigger", "schedule"]),
];

/// What Argo CD delivers, and what runs by a schedule.
pub fn others<N: Node>(node: N, judge: &mut Judge<'_>) {
    match (&*judge.entity.group, &*judge.entity.kind) {
        ("argoproj.io", "Application") => destination(node, judge),
        _ => scheduled(node, judge),
    }
}

/// What runs by a schedule runs at times that come.
fn scheduled<N: Node>(node: N, judge: &mut Judge<'_>) {
    let is = |of: &&(&str, &str, &[&str])| *of.0 == *judge.entity.group && *of.1 == *judge.entity.kind;
    let Some((.., way)) = SCHEDULES.iter().find(is) else { return };
    let Some((said, schedule)) = at(node, way).and_then(|said| Some((said, long(said)?))) else { return };
    let plain =
        schedule.split_once(' ').filter(|(first, _)| first.contains("TZ=")).map_or(&*schedule, |(_, rest)| rest);
    // Some replace a part of it by a number of their own.
    if let Some(why) = cron::problem(plain).filter(|_| !schedule.contains("${") && !schedule.contains("-random")) {
        let text = format!("runs at `{schedule}`, which is no schedule: {why}");
        judge.dead(
            said.place(),
            text,
            "write minute, hour, day of the month, month and day of the week: `30 3 * * 1-5`",
        );
    }
}

/// Backups of CloudNativePG begin with the second. Five fields are read too, one place off.
pub fn backup<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some((said, schedule)) = at(node, &["spec", "schedule"]).and_then(|said| Some((said, long(said)?))) else {
        return;
    };
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if schedule.contains("${") || schedule.starts_with('@') {
        return;
    }
    if fields.len() == 5 {
        let text = format!("runs at `{schedule}`, of which the first field is the second, and not the minute");
        judge.dead(said.place(), text, format!("write `0 {schedule}`"));
    } else if let Some(why) = fields.split_first().and_then(|(_, rest)| cron::problem(&rest.join(" "))) {
        let text = format!("runs at `{schedule}`, which is no schedule here: {why}");
        judge.dead(said.place(), text, "write second, minute, hour, day of the month, month and day of the week");
    }
}
