//! What runs in a cluster by charts and by images, on both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::Both;
use crate::diff::Side;
use crate::model::{Chart, Cluster, How, Long, Said, Text};

/// A chart or an image on both sides, or on one.
pub struct Pair<'a> {
    /// What it is called: `cert-manager in cert-manager`.
    pub name: String,
    /// Its namespace, and what it is called there.
    pub key: (Text, Text),
    /// The chart, where it is one.
    pub chart: Option<Text>,
    /// Where the chart comes from.
    pub repository: Option<Text>,
    /// What it was.
    pub old: Option<Version<'a>>,
    /// What it is.
    pub new: Option<Version<'a>>,
}

/// One side of it.
pub struct Version<'a> {
    /// Its version, if that is said.
    pub version: Option<Text>,
    /// What its values say, by the way to each.
    pub values: Option<&'a BTreeMap<Long, Vec<Said<Text>>>>,
}

/// Everything that runs.
pub fn pairs<'a>(both: &Both<'a>) -> Vec<Pair<'a>> {
    let mut found = charts(both);
    found.extend(images(both));
    found
}

fn charts<'a>(both: &Both<'a>) -> Vec<Pair<'a>> {
    let (before, after) = (by_key(both.clusters.0), by_key(both.clusters.1));
    let keys: BTreeSet<&(Text, Text)> = before.keys().chain(after.keys()).collect();
    let pair = |key: &(Text, Text)| {
        let (old, new) = (before.get(key).copied(), after.get(key).copied());
        let known = new.or(old)?;
        let of = |side: &Side, cluster: &Cluster, chart: Option<&'a Chart>| {
            chart.map(|chart| Version {
                version: version(side, cluster, chart),
                // What comes from elsewhere, or stands in a text, nobody sees here.
                values: (!chart.open).then_some(&chart.values),
            })
        };
        Some(Pair {
            name: format!("{} in {}", key.1, key.0),
            key: *key,
            chart: Some(known.name),
            repository: known.repository,
            old: of(both.old, both.clusters.0, old),
            new: of(both.new, both.clusters.1, new),
        })
    };
    keys.into_iter().filter_map(pair).collect()
}

/// Charts by their namespaces and what they are called there.
fn by_key(cluster: &Cluster) -> BTreeMap<(Text, Text), &Chart> {
    cluster.charts.iter().map(|chart| ((chart.namespace, chart.release), chart)).collect()
}

/// The version that a block says, or the object that installs the chart, or where that takes it from.
fn version(side: &Side, cluster: &Cluster, chart: &Chart) -> Option<Text> {
    let installed =
        || cluster.installed.iter().find(|known| Some(known.by) == chart.entity && known.chart)?.version.as_ref();
    if let Some(said) = chart.version.as_ref().or_else(installed) {
        return Some(said.value);
    }
    let is_source = |thing: &&crate::diff::Thing| &*thing.kind == "OCIRepository" && thing.name == chart.name;
    let source = side.things.iter().find(is_source).filter(|_| matches!(chart.how, How::Flux | How::FluxWaits))?;
    source.body.at(&["spec", "ref", "tag"]).text().map(Text::from)
}

fn images<'a>(both: &Both<'a>) -> Vec<Pair<'a>> {
    let (before, after) = (tags(both.clusters.0), tags(both.clusters.1));
    let both_sides = after.into_iter().filter_map(|(key, new)| Some((*before.get(&key)?, new, key)));
    both_sides
        .filter(|(old, new, _)| old.0 == new.0 && old.1 != new.1)
        .map(|((image, old), (_, new), (namespace, name, _))| Pair {
            name: format!("{image} of {name} in {namespace}"),
            key: (namespace, name),
            chart: None,
            repository: None,
            old: Some(Version { version: Some(old), values: None }),
            new: Some(Version { version: Some(new), values: None }),
        })
        .collect()
}

/// The name of an image without its tag, and the tag.
type Tagged = (Text, Text);

/// What containers run, by the namespaces and names of their workloads and their own.
fn tags(cluster: &Cluster) -> BTreeMap<(Text, Text, Text), Tagged> {
    let mut found = BTreeMap::new();
    for pods in &cluster.pods {
        let Some(entity) = cluster.objects.get(pods.entity) else { continue };
        for container in &pods.containers {
            let Some(image) = &container.reference else { continue };
            let name = image.repository().rsplit('/').next().unwrap_or_default();
            let key = (entity.namespace, entity.name, container.name);
            found.insert(key, (name.into(), image.tag().unwrap_or_default().into()));
        }
    }
    found
}

impl Pair<'_> {
    /// The versions on both sides.
    pub fn versions(&self) -> (Option<&Text>, Option<&Text>) {
        let (old, new) = (self.old.as_ref(), self.new.as_ref());
        (old.and_then(|side| side.version.as_ref()), new.and_then(|side| side.version.as_ref()))
    }

    /// Whether it is on both sides with another version.
    pub fn moves(&self) -> bool {
        let (old, new) = self.versions();
        self.old.is_some() && self.new.is_some() && old != new
    }
}
