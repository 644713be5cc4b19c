//! Data that is lost, or that nobody uses any more: claims, volumes, stateful sets, namespaces and kinds that go, claims that
//! shrink or change their class, and policies that begin to delete.

use super::fields::Field;
use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Spot, Thing, chosen, counted, matched::Pair, quoted, some};

/// Tells what is lost.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    if both.clusters.old.is_some() != both.clusters.new.is_some() {
        return clusters(both, report);
    }
    let namespaces: Vec<&str> = (both.matched.gone.iter())
        .filter(|(number, thing)| thing.is("", "Namespace") && !report.gone.contains(number))
        .map(|(_, thing)| &*thing.name)
        .collect();
    for (number, thing) in &both.matched.gone {
        let is_within = namespaces.contains(&&*thing.namespace);
        if is_within || thing.is("", "Namespace") && report.gone.contains(number) {
            report.gone.extend(is_within.then_some(*number));
            continue;
        }
        if let Some((message, why)) = gone(both, thing) {
            report.gone.insert(*number);
            let change = Change::new(Level::Danger, Effect::LosesData, message).why(why);
            report.tell(change.at(Some(Spot::Part(*number, Vec::new())), None));
        }
    }
    for pair in &both.matched.pairs {
        for (number, message, why) in changed(both, pair, report) {
            report.tell_fields(Change::new(Level::Danger, Effect::LosesData, message).why(why), pair, &[number]);
        }
        left(both, pair, report);
    }
}

/// A cluster that is on one side alone is told as one.
fn clusters(both: &Both<'_>, report: &mut Report) {
    let (gone, come) = (&both.matched.gone, &both.matched.come);
    let count = |things: &[(usize, &Thing)]| counted(things.len(), "object");
    match (both.clusters.old, both.clusters.new) {
        (Some(old), None) => {
            report.gone.extend(gone.iter().map(|(number, _)| *number));
            let message = format!("the cluster {} goes away", quoted(&old.name));
            let change = Change::new(Level::Danger, Effect::LosesData, message);
            let why = format!("everything in it goes too: {} of here, and whatever others put there", count(gone));
            report.tell(change.why(why).places(Some(old.at), None));
        }
        (None, Some(new)) => {
            report.come.extend(come.iter().map(|(number, _)| *number));
            let message = format!("adds the cluster {} with {}", quoted(&new.name), count(come));
            report.tell(Change::new(Level::Note, Effect::Adds, message).places(None, Some(new.at)));
        }
        _ => {}
    }
}

/// Kinds of others that keep data: when one goes, what makes its volumes takes them along.
const KEEPERS: &[(&str, &str)] = &[
    ("postgresql.cnpg.io", "Cluster"),
    ("kafka.strimzi.io", "Kafka"),
    ("kafka.strimzi.io", "KafkaNodePool"),
    ("kafka.strimzi.io", "KafkaTopic"),
    ("minio.min.io", "Tenant"),
    ("longhorn.io", "Volume"),
    ("snapshot.storage.k8s.io", "VolumeSnapshot"),
];

/// What is lost with an object that goes.
fn gone(both: &Both<'_>, thing: &Thing) -> Option<(String, String)> {
    let goes = format!("{} goes away", thing.shown());
    Some(match (&*thing.group, &*thing.kind) {
        ("", "PersistentVolumeClaim") => (goes, fate(both, thing.body.get("spec"))),
        ("", "PersistentVolume") => {
            let policy = thing.body.at(&["spec", "persistentVolumeReclaimPolicy"]).text().unwrap_or("Retain");
            (goes, format!("its policy is `{policy}`: what is on it is left to whoever has the storage"))
        }
        ("", "Namespace") => {
            let inside: Vec<&Thing> = both
                .matched
                .gone
                .iter()
                .map(|(_, other)| *other)
                .filter(|other| other.namespace == thing.name)
                .collect();
            let keeps = |other: &&&Thing| gone(both, other).is_some();
            let data: Vec<String> = inside.iter().filter(keeps).map(|other| other.shown()).collect();
            let among = if data.is_empty() { String::new() } else { format!(", {} among it", some(&data)) };
            let count = counted(inside.len(), "object");
            (goes, format!("everything in it goes too: {count} of here{among}, and whatever others put there"))
        }
        ("apps", "StatefulSet") => {
            let claims: Vec<String> = claims(&thing.body).map(|(name, _)| quoted(name)).collect();
            if claims.is_empty() {
                return None;
            }
            let way = ["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"];
            let why = match thing.body.at(&way).text() {
                Some("Delete") => format!("the claims of {} go with it: `whenDeleted` is `Delete`", some(&claims)),
                _ => format!("the claims of {} stay behind, and nobody uses them", some(&claims)),
            };
            (goes, why)
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            let kind = thing.body.at(&["spec", "names", "kind"]).text().unwrap_or("its kind");
            (goes, format!("every {} of the cluster goes with it, and what these keep", quoted(kind)))
        }
        kind if KEEPERS.contains(&kind) => (goes, "its operator deletes the volumes with it, as a rule".to_owned()),
        _ => return None,
    })
}

/// What becomes of a volume when its claim goes.
fn fate(both: &Both<'_>, spec: &Value) -> String {
    let Some(name) = spec.get("storageClassName").text() else {
        return "its volume goes with it, unless the default class keeps volumes".to_owned();
    };
    let class = both.old.things.iter().find(|thing| thing.is("storage.k8s.io", "StorageClass") && *thing.name == *name);
    match class.map(|class| class.body.get("reclaimPolicy").text().unwrap_or("Delete")) {
        Some("Retain") => format!("its volume stays and nobody uses it: the class {} keeps volumes", quoted(name)),
        Some(_) => format!("its volume goes with it: the class {} deletes volumes", quoted(name)),
        None => format!("its volume goes with it, unless the class {} keeps volumes", quoted(name)),
    }
}

/// The claims that each pod of a set gets: name and specification.
fn claims(body: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let templates = body.at(&["spec", "volumeClaimTemplates"]).items();
    templates.iter().filter_map(|claim| Some((claim.at(&["metadata", "name"]).text()?, claim.get("spec"))))
}

/// Fields of an object that lose data by their change: the number of the field, what happens, and why.
fn changed(both: &Both<'_>, pair: &Pair<'_>, report: &Report) -> Vec<(usize, String, String)> {
    let fields = chosen(pair, report, |_| true).into_iter();
    fields
        .filter_map(|number| {
            let (message, why) = of_field(both, pair, pair.fields.get(number)?)?;
            Some((number, message, why))
        })
        .collect()
}

fn of_field(both: &Both<'_>, pair: &Pair<'_>, field: &Field<'_>) -> Option<(String, String)> {
    let shown = pair.new.shown();
    let text = |value: Option<&Value>| value.and_then(Value::text).unwrap_or("the default").to_owned();
    let becomes_delete = field.new.and_then(Value::text) == Some("Delete");
    let way: Vec<&str> = field.way.iter().map(|step| &**step).collect();
    match (&*pair.new.kind, way.as_slice()) {
        ("PersistentVolumeClaim" | "StatefulSet", [.., "requests", "storage"]) if is_of_claim(pair, &way) => {
            let (old, new) = (field.old?.amount()?, field.new?.amount()?);
            let sizes = format!("{} -> {}", field.old?.shown(), field.new?.shown());
            let why = "a volume never shrinks: the API refuses it, and a smaller one is a new, empty one";
            (new < old).then(|| (format!("{} shrinks: {sizes}", claim(pair, &way)), why.to_owned()))
        }
        ("PersistentVolumeClaim" | "StatefulSet", [.., "storageClassName"]) if is_of_claim(pair, &way) => {
            let message = format!(
                "{} changes its class of storage: {} -> {}",
                claim(pair, &way),
                quoted(&text(field.old)),
                quoted(&text(field.new))
            );
            let why =
                format!("the API refuses it; a new claim is empty, and of the old one {}", fate_of_old(both, pair));
            Some((message, why))
        }
        ("StatefulSet", ["spec", "volumeClaimTemplates", name]) if field.new.is_none() => {
            let message = format!("the pods of {shown} lose the claim {}", quoted(name.trim_matches(['[', ']'])));
            Some((message, "the API refuses it; the old claims stay behind, and nobody uses them".to_owned()))
        }
        ("PersistentVolume", ["spec", "persistentVolumeReclaimPolicy"]) if becomes_delete => {
            Some((format!("{shown} is deleted with its claim from now on"), "its policy becomes `Delete`".to_owned()))
        }
        ("StorageClass", ["reclaimPolicy"]) if becomes_delete || field.new.is_none() => {
            let why = "its policy becomes `Delete`; the API refuses to change it, so the class must be made anew";
            Some((format!("new volumes of {shown} are deleted with their claims"), why.to_owned()))
        }
        ("StatefulSet", ["spec", "persistentVolumeClaimRetentionPolicy", what]) if becomes_delete => {
            let when = if *what == "whenScaled" { "when it has fewer pods" } else { "when it is deleted" };
            Some((format!("the claims of {shown} are deleted {when}"), format!("`{what}` becomes `Delete`")))
        }
        ("StatefulSet", ["spec", "replicas"]) => {
            let (old, new) = (field.old.map_or(Some(1), Value::int)?, field.new.map_or(Some(1), Value::int)?);
            let way = ["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"];
            let deletes = pair.new.body.at(&way).text() == Some("Delete") && claims(&pair.new.body).next().is_some();
            let why = "`whenScaled` is `Delete`: the claims of the pods that stop go with them";
            (new < old && deletes).then(|| (format!("{shown} has fewer pods: {old} -> {new}"), why.to_owned()))
        }
        _ => None,
    }
}

/// Whether a field is of a claim: of one itself, or of those that pods of a set get.
fn is_of_claim(pair: &Pair<'_>, way: &[&str]) -> bool {
    &*pair.new.kind == "PersistentVolumeClaim" || way.get(1) == Some(&"volumeClaimTemplates")
}

/// The claim that a field is of, in words.
fn claim(pair: &Pair<'_>, way: &[&str]) -> String {
    match way {
        ["spec", "volumeClaimTemplates", name, ..] => {
            format!("the claim {} of {}", quoted(name.trim_matches(['[', ']'])), pair.new.shown())
        }
        _ => pair.new.shown(),
    }
}

fn fate_of_old(both: &Both<'_>, pair: &Pair<'_>) -> String {
    match &*pair.old.kind {
        "StatefulSet" => "the data stays behind".to_owned(),
        _ => fate(both, pair.old.body.get("spec")),
    }
}

/// Claims that pods mounted and do not mount any more, though the claims are there still.
fn left(both: &Both<'_>, pair: &Pair<'_>, report: &mut Report) {
    let (Some(old), Some(new)) = (pair.old.pod(), pair.new.pod()) else {
        return;
    };
    let mounted = |pod: &Value| {
        let names = pod.get("volumes").items().iter();
        let claim = |volume: &Value| volume.at(&["persistentVolumeClaim", "claimName"]).text().map(str::to_owned);
        names.filter_map(claim).collect::<Vec<String>>()
    };
    let after = mounted(new);
    // Of a claim that goes, that is told.
    let goes = |claim: &str| {
        let is = |thing: &Thing| thing.is("", "PersistentVolumeClaim") && *thing.name == *claim;
        both.matched.gone.iter().any(|(_, thing)| is(thing) && thing.namespace == pair.old.namespace)
    };
    for claim in mounted(old).into_iter().filter(|claim| !after.contains(claim) && !goes(claim)) {
        let message = format!("{} does not mount the claim {} any more", pair.new.shown(), quoted(&claim));
        let change = Change::new(Level::Danger, Effect::LosesData, message);
        let change = change.why("what its pods wrote there stays behind");
        report.tell(change.at(Some(pair.old_spot()), Some(pair.new_spot())));
    }
}
