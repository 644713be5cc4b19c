//! Which software a cluster runs, in which version: by blocks, charts, images, and the labels of Flux.

use domain::Version;

use super::facts::{CHARTS, IMAGES, WINDOWS, Window};
use crate::Place;
use crate::model::{Cluster, Said, Text};

/// Something that a cluster runs.
pub struct Component {
    /// What.
    pub name: &'static str,
    /// In which version, if that is known.
    pub version: Option<Version>,
    /// Where that is said.
    pub at: Place,
}

/// Everything that is known to run in a cluster, each once for each place that says so.
pub fn components(cluster: &Cluster) -> Vec<Component> {
    let mut found = Vec::new();
    blocks(cluster, &mut found);
    charts(cluster, &mut found);
    images(cluster, &mut found);
    flux(cluster, &mut found);
    found
}

fn blocks(cluster: &Cluster, found: &mut Vec<Component>) {
    let balancer = cluster.balancer.as_ref().filter(|balancer| balancer.schema == "MetalLB");
    if let Some(version) = balancer.and_then(|balancer| balancer.version.as_ref()) {
        found.push(Component { name: "metallb", version: Some(version.value.clone()), at: version.at });
    }
    if let Some(version) = &cluster.flux {
        found.push(Component { name: "flux", version: Some(version.value.clone()), at: version.at });
    }
    if let ("Talos", Some(version)) = (cluster.distribution.schema, &cluster.distribution.version) {
        found.push(Component { name: "talos", version: Some(version.value.clone()), at: version.at });
    }
}

fn charts(cluster: &Cluster, found: &mut Vec<Component>) {
    let by_block: Vec<usize> =
        cluster.charts.iter().filter(|chart| chart.version.is_some()).filter_map(|chart| chart.entity).collect();
    for chart in cluster.charts.iter().filter(|chart| chart.version.is_some()) {
        let known = CHARTS.iter().find(|(name, ..)| **name == *chart.name);
        found.extend(known.map(|(_, name, tells)| versioned(name, *tells, chart.version.as_ref(), chart.at)));
    }
    for installed in cluster.installed.iter().filter(|installed| !by_block.contains(&installed.by)) {
        let known = CHARTS.iter().find(|(chart, ..)| installed.chart && **chart == *installed.name);
        let (name, tells) = match known {
            Some((_, name, tells)) => (*name, *tells),
            None if !installed.chart && &*installed.name == "flux" => ("flux", true),
            None => continue,
        };
        found.push(versioned(name, tells, installed.version.as_ref(), installed.at));
    }
}

/// Something by the version that is said, where that is its own.
fn versioned(name: &'static str, tells: bool, said: Option<&Said<Text>>, at: Place) -> Component {
    let version = said.and_then(|said| Some((Version::parse(said).ok()?, said.at)));
    let at = version.as_ref().map_or(at, |(_, at)| *at);
    Component { name, version: version.filter(|_| tells).map(|(version, _)| version), at }
}

fn images(cluster: &Cluster, found: &mut Vec<Component>) {
    let containers = cluster.pods.iter().flat_map(|pods| pods.containers.iter().chain(&pods.before));
    for container in containers {
        let (Some(said), Some(image)) = (&container.image, &container.reference) else {
            continue;
        };
        let Some((_, name)) = IMAGES.iter().find(|(name, _)| *name == image.name()) else {
            continue;
        };
        let version = image.tag().and_then(|tag| Version::parse(tag).ok());
        found.push(Component { name, version, at: said.at });
    }
}

/// What Flux writes of itself says which one it is.
fn flux(cluster: &Cluster, found: &mut Vec<Component>) {
    let label = |key: &str, of: &crate::model::Labels| of.named(key).cloned();
    let own = cluster.objects.iter().filter(|object| {
        &*object.kind == "Deployment"
            && label("app.kubernetes.io/part-of", &object.labels).is_some_and(|part| &*part == "flux")
    });
    for object in own {
        if let Some(version) = label("app.kubernetes.io/version", &object.labels).and_then(|v| Version::parse(&v).ok())
        {
            found.push(Component { name: "flux", version: Some(version), at: object.at });
        }
    }
}

impl Component {
    /// Its first two numbers.
    pub fn minor(&self) -> Option<(u64, u64)> {
        // A version of one number says nothing of what counts here.
        let version = self.version.as_ref().filter(|version| version.as_str().contains('.'))?;
        Some((version.major(), version.minor()))
    }

    /// With which Kubernetes this version works.
    pub fn window(&self) -> Option<&'static Window> {
        let version = self.version.as_ref()?;
        let of = (version.major(), version.minor(), version.patch());
        self.minor()?;
        WINDOWS.iter().find(|window| window.component == self.name && (window.from..window.before).contains(&of))
    }
}
