//! What a platform gets from elsewhere, with the lines of the source that say so; and the script that collects it.

use std::collections::{BTreeMap, BTreeSet};

use backend::{Artifact, Mode};
use compiler::access::Way;
use diagnostics::Span;
use platform::model::Cluster;
use platform::pulls::{Pull, What, pulls};

use super::Session;
use crate::place;
use crate::product::Held;
use crate::report::Files;

/// Something that a platform gets from elsewhere.
pub struct Wanted {
    /// What it is.
    pub what: What,
    /// Who asks for it, and where that is written: `shop.pl:4`.
    pub by: BTreeSet<(String, String)>,
    /// The hosts that are asked.
    pub hosts: BTreeSet<String>,
}

impl Session<'_> {
    /// Everything that a cluster gets from elsewhere, or all of them do, by name; nothing if there is no such cluster.
    pub fn wanted(&self, cluster: Option<&str>) -> Option<BTreeMap<String, Wanted>> {
        let model = self.compiler.model();
        let files = Files::new(self);
        let mut wanted: BTreeMap<String, Wanted> = BTreeMap::new();
        let clusters = model.platform.clusters.iter().filter(|known| cluster.is_none_or(|name| known.name == name));
        let mut is_there = cluster.is_none();
        for known in clusters {
            is_there = true;
            for Pull { what, name, by, at, hosts } in pulls(known) {
                let span = self.compiler.span_of(&model, at);
                let shown = |span: Span| format!("{}:{}", files.path(span.file), files.extent(span).start.line);
                let place = span.map_or_else(String::new, shown);
                let one = || Wanted { what, by: BTreeSet::new(), hosts: BTreeSet::new() };
                let entry = wanted.entry(name).or_insert_with(one);
                entry.by.insert((by, place));
                entry.hosts.extend(hosts);
            }
        }
        is_there.then_some(wanted)
    }

    /// How people reach what runs in clusters, or in one; nothing if there is no such cluster.
    pub fn ways(&self, cluster: Option<&str>) -> Option<Vec<Way>> {
        let model = self.compiler.model();
        let is_there = |name: &str| model.platform.clusters.iter().any(|known| known.name == name);
        let mut ways = compiler::access::ways(self.compiler.db());
        ways.retain(|way| cluster.is_none_or(|name| way.cluster == name));
        cluster.is_none_or(is_there).then_some(ways)
    }

    /// What clusters, or one, run beside it that nobody knows, by the names of clusters.
    pub fn unlisted(&self, cluster: Option<&str>) -> Vec<(String, String)> {
        let model = self.compiler.model();
        let clusters = model.platform.clusters.iter().filter(|known| cluster.is_none_or(|name| known.name == name));
        let told = |known: &Cluster| Some((known.name.clone(), known.distribution.unlisted.as_ref()?.to_string()));
        clusters.filter_map(told).collect()
    }

    /// The scripts that collect what clusters need, of those whose machines this platform sets up.
    pub(super) fn collectors(&self) -> Vec<Artifact<Held>> {
        let model = self.compiler.model();
        let clusters = model.platform.clusters.iter();
        let set_up = clusters.filter(|cluster| {
            cluster.distribution.collects
                || cluster.plans.iter().flat_map(|plan| &plan.steps).any(|step| step.download.is_some())
        });
        let artifact = |cluster: &Cluster| {
            let span = self.compiler.span_of(&model, cluster.at)?;
            let content = backend::script("fetch", &data(cluster))?.into_bytes();
            let path = place::below(&cluster.name, "fetch.sh");
            Some(Artifact { path, content, mode: Mode::Executable, origin: Held::Place(span) })
        };
        set_up.filter_map(artifact).collect()
    }
}

/// What the script works with.
fn data(cluster: &Cluster) -> Vec<(&'static str, Vec<String>)> {
    let mut images = BTreeSet::new();
    let mut files: BTreeMap<String, (Vec<String>, String)> = BTreeMap::new();
    for Pull { what, name, .. } in pulls(cluster) {
        match what {
            What::Image => drop(images.insert(name)),
            What::File(file, sum) => {
                let (urls, known) = files.entry(file.to_string()).or_default();
                if !urls.contains(&name) {
                    urls.push(name);
                }
                *known = sum.to_string();
            }
            What::Chart(_) | What::Source | What::Service => {}
        }
    }
    let machines: BTreeSet<String> = cluster.hosts.iter().map(|host| host.arch.to_string()).collect();
    let machines = if machines.is_empty() { vec!["amd64".to_owned()] } else { machines.into_iter().collect() };
    vec![
        ("cluster", vec![cluster.name.clone()]),
        ("unlisted", cluster.distribution.unlisted.iter().map(ToString::to_string).collect()),
        ("architectures", machines),
        ("images", images.into_iter().collect()),
        ("urls", files.values().map(|(urls, _)| urls.join("\n")).collect()),
        ("sums", files.values().map(|(_, sum)| sum.clone()).collect()),
        ("files", files.into_keys().collect()),
    ]
}
