//! Configs and secrets that change: who reads them, and whether it notices.

use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Thing, chosen, matched::Pair, some};

/// How pods read a config.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reads {
    /// As variables, which a process gets when it starts.
    Variables,
    /// As single files, which stay as they were.
    SingleFiles,
    /// As files, which follow.
    Files,
}

/// Tells what the change of a config does to its readers.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        if pair.new.is("", "ConfigMap") || pair.new.is("", "Secret") {
            of_pair(both, pair, report);
        }
    }
}

fn of_pair(both: &Both<'_>, pair: &Pair<'_>, report: &mut Report) {
    let is_data = |first: &str| matches!(first, "data" | "stringData" | "binaryData");
    let fields = chosen(pair, report, |field| field.way.first().is_some_and(|first| is_data(first)));
    if fields.is_empty() {
        return;
    }
    let mut readers: Vec<(Reads, String, bool)> = Vec::new();
    for other in &both.matched.pairs {
        let in_reach = other.new.namespace == pair.new.namespace;
        if let (true, Some(pod)) = (in_reach, other.new.pod()) {
            let restarts = other.new.template().is_some_and(|way| other.fields.iter().any(|field| field.is_under(way)));
            readers.extend(reads(pod, pair.new).into_iter().map(|reads| (reads, other.new.shown(), restarts)));
        }
    }
    let of = |reads: Reads| {
        let them = readers.iter().filter(|(how, _, restarts)| *how == reads && !restarts);
        them.map(|(_, name, _)| name.clone()).collect::<Vec<String>>()
    };
    let (variables, single, files) = (of(Reads::Variables), of(Reads::SingleFiles), of(Reads::Files));
    let mut why = Vec::new();
    let mut say = |who: &[String], what: &str| why.extend((!who.is_empty()).then(|| format!("{}: {what}", some(who))));
    say(&variables, "has the old values in its variables until somebody restarts it");
    say(&single, "has the old file until somebody restarts it, as it mounts it by `subPath`");
    say(&files, "sees the new files within about a minute, and does not restart");
    let level = if variables.is_empty() && single.is_empty() { Level::Note } else { Level::Restart };
    if readers.iter().any(|(_, _, restarts)| *restarts) && why.is_empty() {
        why.push("who reads it restarts anyhow".to_owned());
    }
    let keys: Vec<String> =
        fields.iter().filter_map(|number| pair.fields.get(*number)?.way.get(1)).map(|key| super::quoted(key)).collect();
    let message = format!("changes {} of {}", some(&keys), pair.new.shown());
    report.tell_fields(Change::new(level, Effect::Configures, message).why(why.join("; ")), pair, &fields);
}

/// How pods read a config or a secret.
fn reads(pod: &Value, config: &Thing) -> Vec<Reads> {
    let is_secret = &*config.kind == "Secret";
    let name = Some(&*config.name);
    let (of_key, of_all) = if is_secret { ("secretKeyRef", "secretRef") } else { ("configMapKeyRef", "configMapRef") };
    let containers = || {
        let kinds = ["containers", "initContainers"].into_iter();
        kinds.flat_map(|kind| pod.get(kind).items())
    };
    let mut found = Vec::new();
    let variable = |container: &Value| {
        let one = container.get("env").items().iter().any(|env| env.at(&["valueFrom", of_key, "name"]).text() == name);
        one || container.get("envFrom").items().iter().any(|from| from.at(&[of_all, "name"]).text() == name)
    };
    found.extend(containers().any(variable).then_some(Reads::Variables));
    for volume in pod.get("volumes").items().iter().filter(|volume| holds(volume, is_secret, name)) {
        let volume = volume.get("name").text();
        let mounts = containers().flat_map(|container| container.get("volumeMounts").items());
        for mount in mounts.filter(|mount| mount.get("name").text() == volume) {
            let single = !mount.get("subPath").is_null() || !mount.get("subPathExpr").is_null();
            found.push(if single { Reads::SingleFiles } else { Reads::Files });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a volume holds a config or a secret.
fn holds(volume: &Value, is_secret: bool, name: Option<&str>) -> bool {
    let own = if is_secret { volume.at(&["secret", "secretName"]) } else { volume.at(&["configMap", "name"]) };
    let source = if is_secret { "secret" } else { "configMap" };
    let mut sources = volume.at(&["projected", "sources"]).items().iter();
    own.text() == name || sources.any(|from| from.at(&[source, "name"]).text() == name)
}
