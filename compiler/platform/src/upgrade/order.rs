//! The order of an upgrade: what is held, what comes before the hosts, the hosts, what comes behind them by waves, and whether all is
//! well.

use std::collections::{BTreeMap, BTreeSet};

use super::migration::{Tools, Upgrades, save, well};
use super::software::Pair;
use super::windows::{When, Window};
use super::{Both, Distance, Fate, Interface, Part, Step};
use crate::diff::{Change, Effect, Side, Thing, Value};
use crate::model::Text;
use crate::rules::version::component_of_chart;

/// The parts that are touched.
#[derive(Default)]
struct Touched<'a> {
    /// What goes, the last wave first.
    gone: Vec<&'a Part>,
    /// What comes before the hosts.
    before: Vec<&'a Part>,
    /// What comes behind them.
    after: Vec<&'a Part>,
}

/// All steps; none where there is nothing to do.
pub fn steps(
    both: &Both<'_>,
    changes: &[Change],
    software: &[Pair<'_>],
    windows: &[Window],
    interfaces: &[Interface],
) -> Vec<Step> {
    let tools = Tools::of(both);
    let touched = touched(both, software, windows, interfaces);
    let hosts = hosts(both, changes, &tools);
    let flux = flux(both);
    let changed = changes_objects(both);
    if hosts.is_empty() && flux.is_none() && !changed && software.iter().all(|pair| !differs(pair)) {
        return Vec::new();
    }
    let mut steps = vec![look(both), well(&tools)];
    let is_by_script = |step: &Step| step.commands.iter().any(|command| command.contains("/cluster.sh upgrade"));
    let upgrades = if hosts.iter().any(is_by_script) { Upgrades::ByScript } else { Upgrades::Otherwise };
    steps.push(save(both, &tools, upgrades));
    steps.extend(take_away(&touched.gone, &tools));
    if both.names.builds {
        let commands = vec![format!("platc build {} -o .", both.names.new)];
        steps.push(Step { title: "Build".into(), why: String::new(), commands });
    }
    let splits = !hosts.is_empty() && !touched.before.is_empty() && !touched.after.is_empty();
    if splits && tools.is_fetched() {
        let why = "they would come as soon as the repository is pushed".to_owned();
        let commands = vec![tools.operate("pause", &touched.after)];
        steps.push(Step { title: "Hold what comes behind the hosts".into(), why, commands });
    }
    if !touched.before.is_empty() && !hosts.is_empty() {
        let why =
            "what is there now is not made for the new Kubernetes, and what comes is for the old one too".to_owned();
        let commands = bring(&touched.before, software, &tools, true);
        steps.push(Step { title: "Bring what must be there before Kubernetes".into(), why, commands });
    }
    let has_hosts = !hosts.is_empty();
    let comes_first = |window: &Window| window.component == "flux" && window.when == When::Before;
    match windows.iter().any(comes_first) {
        true => steps.extend(flux.into_iter().chain(hosts)),
        false => steps.extend(hosts.into_iter().chain(flux)),
    }
    let rest = if has_hosts { touched.after } else { [touched.before, touched.after].concat() };
    if changed || !rest.is_empty() {
        let resume = (splits && tools.is_fetched()).then(|| tools.operate("resume", &rest));
        let pushed = has_hosts && splits;
        let commands = resume.into_iter().chain(bring(&rest, software, &tools, !pushed)).collect();
        let waves = "by waves: definitions before what is of their kinds, each behind what it needs";
        let why = if rest.is_empty() { "" } else { waves };
        steps.push(Step { title: "Bring the rest".into(), why: why.into(), commands });
    }
    let mut last = well(&tools);
    last.title = "Is all well?".to_owned();
    last.why = String::new();
    last.commands.extend(tools.has_operate().then(|| format!("{}/operate.sh test", tools.tree)));
    steps.push(last);
    steps
}

fn look(both: &Both<'_>) -> Step {
    let (old, new) = (&both.names.old, &both.names.new);
    let check = both.names.builds.then(|| format!("platc check {new}"));
    let commands = check.into_iter().chain([format!("platc diff {old} {new}")]).collect();
    Step { title: "Look first".into(), why: "nothing is changed by these".into(), commands }
}

/// Who is only in the old platform is taken away by the files that still say what it is.
fn take_away(gone: &[&Part], tools: &Tools) -> Option<Step> {
    if gone.is_empty() {
        return None;
    }
    let names: Vec<&str> = gone.iter().map(|part| &*part.name).collect();
    let why = match tools.is_fetched() {
        true => format!("{} goes with the push: whoever delivers takes it away; claims stay", names.join(", ")),
        false => "while the tree still says what it is; claims stay".to_owned(),
    };
    let commands = match tools.is_fetched() {
        true => Vec::new(),
        false => names.iter().map(|name| format!("{}/operate.sh uninstall {name}", tools.tree)).collect(),
    };
    Some(Step { title: "Take away what goes".into(), why, commands })
}

/// The commands that bring parts, wave by wave.
fn bring(parts: &[&Part], software: &[Pair<'_>], tools: &Tools, push: bool) -> Vec<String> {
    if !tools.has_operate() {
        return tools.apply();
    }
    let mut commands = Vec::new();
    if tools.is_fetched() && push {
        commands.push("git add --all . && git commit -m upgrade && git push".to_owned());
    }
    let mut waves: BTreeMap<i64, Vec<&Part>> = BTreeMap::new();
    parts.iter().for_each(|part| waves.entry(part.wave).or_default().push(part));
    for wave in waves.values() {
        if tools.layout == "plain" {
            commands.extend(wave.iter().filter_map(|part| definitions(part, software)));
        }
        let verb = if tools.is_fetched() { "sync" } else { "deploy" };
        commands.push(tools.operate(verb, wave));
    }
    if tools.is_fetched() && !parts.is_empty() {
        commands.push(tools.operate("status", parts));
    }
    commands
}

/// Helm leaves the definitions of a chart as they were when it was installed first.
fn definitions(part: &Part, software: &[Pair<'_>]) -> Option<String> {
    let pair = software.iter().find(|pair| pair.moves() && is_of(part, pair))?;
    let (chart, version) = (pair.chart.as_ref().filter(|_| !part.brings.is_empty())?, pair.versions().1?);
    let from = match pair.repository.as_deref() {
        Some(url) if url.starts_with("oci://") => format!("{url}/{chart}"),
        Some(url) => format!("--repo {url} {chart}"),
        None => chart.to_string(),
    };
    // A chart that keeps its definitions among its other objects has none there.
    Some(format!("helm show crds {from} --version {version} | kubectl apply --server-side -f - || true"))
}

fn is_of(part: &Part, pair: &Pair<'_>) -> bool {
    pair.chart.is_some() && (&part.namespace, &part.app) == (&pair.key.0, &pair.key.1)
}

fn differs(pair: &Pair<'_>) -> bool {
    !super::values::values(std::slice::from_ref(pair)).is_empty()
        || pair.moves()
        || pair.old.is_none() != pair.new.is_none()
}

fn touched<'a>(both: &Both<'a>, software: &[Pair<'_>], windows: &[Window], interfaces: &[Interface]) -> Touched<'a> {
    let (Some(old), Some(new)) = both.deliveries() else { return Touched::default() };
    let names = names_of_changed(both);
    let is_new = |part: &Part| !old.parts.iter().any(|other| other.name == part.name);
    let is_touched = |part: &&Part| {
        is_new(part) || names.contains(&part.name) || software.iter().any(|pair| is_of(part, pair) && differs(pair))
    };
    let first =
        |component: &str| windows.iter().any(|known| known.component == component && known.when == When::Before);
    let leaves =
        |part: &Part| interfaces.iter().any(|known| known.fate == Fate::Gone && known.parts.contains(&part.name));
    let moves_first = |part: &Part| {
        let of_part = |pair: &&Pair<'_>| is_of(part, pair) && pair.moves();
        let charts = software.iter().filter(of_part).filter_map(|pair| pair.chart.as_deref());
        charts.filter_map(component_of_chart).any(first) || leaves(part)
    };
    let (before, after) = new.parts.iter().filter(is_touched).partition(|part| moves_first(part));
    let mut gone: Vec<&Part> =
        old.parts.iter().filter(|part| !new.parts.iter().any(|other| other.name == part.name)).collect();
    gone.sort_by_key(|part| std::cmp::Reverse(part.wave));
    Touched { gone, before, after }
}

type Identity<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The objects of a cluster by what they are.
fn things<'a>(side: &'a Side, cluster: &str) -> BTreeMap<Identity<'a>, &'a Thing> {
    let of = side.things.iter().filter(|thing| thing.cluster.as_deref() == Some(cluster));
    of.map(|thing| ((&*thing.group, &*thing.kind, &*thing.namespace, &*thing.name), thing)).collect()
}

/// What differs: an object on one side, or on both.
fn changed<'a>(both: &Both<'a>) -> Vec<(Option<&'a Thing>, Option<&'a Thing>)> {
    let before = things(both.old, &both.clusters.0.name);
    let after = things(both.new, &both.clusters.1.name);
    let keys: BTreeSet<&Identity<'a>> = before.keys().chain(after.keys()).collect();
    let pairs = keys.into_iter().map(|key| (before.get(key).copied(), after.get(key).copied()));
    pairs.filter(|(old, new)| old.map(body) != new.map(body)).collect()
}

fn body(thing: &Thing) -> (&Text, &Value) {
    (&thing.version, &thing.body)
}

fn changes_objects(both: &Both<'_>) -> bool {
    !changed(both).is_empty()
}

fn names_of_changed(both: &Both<'_>) -> BTreeSet<Text> {
    let part = |thing: Option<&Thing>| thing.and_then(|thing| thing.part);
    changed(both).into_iter().filter_map(|(old, new)| part(new).or_else(|| part(old))).collect()
}

/// Flux itself, where its version moves.
fn flux(both: &Both<'_>) -> Option<Step> {
    let (old, new) = (both.clusters.0.flux.as_ref()?, both.clusters.1.flux.as_ref()?);
    (old.as_str() != new.as_str()).then(|| Step {
        title: format!("Flux: {} to {}", old.as_str(), new.as_str()),
        why: "before anything is written in interfaces that only the new one has; where an instance of its operator installs \
              it, that does"
            .into(),
        commands: vec![format!("flux install --version v{}", new.as_str().trim_start_matches('v'))],
    })
}

/// What is done about the hosts.
fn hosts(both: &Both<'_>, changes: &[Change], tools: &Tools) -> Vec<Step> {
    let (old, new) = both.clusters;
    let version = |cluster: &crate::model::Cluster| cluster.kubernetes.as_ref().map(|said| said.as_str().to_owned());
    let release =
        |cluster: &crate::model::Cluster| cluster.distribution.version.as_ref().map(|said| said.as_str().to_owned());
    let own = |cluster: &crate::model::Cluster| -> BTreeMap<Text, Option<String>> {
        let hosts = cluster.hosts.iter();
        hosts.map(|host| (host.name, host.kubernetes.as_ref().map(|said| said.as_str().to_owned()))).collect()
    };
    let known = own(old);
    let host_moves = own(new).iter().any(|(name, version)| known.get(name).is_some_and(|before| before != version));
    let kubernetes = Distance::between(version(old).as_deref(), version(new).as_deref());
    let moves = (release(old) != release(new), version(old) != version(new) || host_moves);
    let is_about_hosts = |change: &&Change| {
        change.cluster == Text::from(new.name.as_str()) && matches!(change.effect, Effect::Hosts | Effect::Steps)
    };
    let others = changes.iter().any(|change| is_about_hosts(&change));
    if moves == (false, false) && !others {
        return Vec::new();
    }
    tools.hosts(new, moves, kubernetes)
}
