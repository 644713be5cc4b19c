//! What a platform gets from elsewhere: images, files, charts and sources, with who asks for it and whom it asks.
//!
//! Everything that leaves the platform goes through here, so that a list of it, a script that collects it and the rule about
//! hosts that nothing may contact see the same.

use crate::Place;
use crate::model::{Chart, Cluster, Holder, Literal, Network, Text};

/// Something that is got from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// What it is.
    pub what: What,
    /// The image, or the address.
    pub name: String,
    /// Who asks for it, as people call it.
    pub by: String,
    /// Where that is written.
    pub at: Place,
    /// The hosts that are asked for it.
    pub hosts: Vec<String>,
}

/// What is got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An image of containers.
    Image,
    /// A file, called so where it is kept, with its SHA-256.
    File(Text, Text),
    /// A chart, by its name, from a repository.
    Chart(Text),
    /// A source of manifests, charts or artifacts.
    Source,
    /// A service that is asked again and again.
    Service,
}

/// Everything that a cluster gets from elsewhere, in the order in which it is written.
pub fn pulls(cluster: &Cluster) -> Vec<Pull> {
    let mut found = workloads(cluster);
    let network = &cluster.network;
    let distribution = format!("the distribution of `{}`", cluster.name);
    for image in &cluster.distribution.images {
        found.push(image_of(network, &image.value, distribution.clone(), image.at));
    }
    for service in &cluster.distribution.contacts {
        found.push(address(What::Service, &service.value, distribution.clone(), service.at));
    }
    for plan in &cluster.plans {
        for download in plan.steps.iter().filter_map(|step| step.download.as_ref()) {
            let what = || What::File(download.file, download.sha256);
            let by = || format!("host `{}`", plan.host);
            found.extend(download.urls.iter().map(|url| address(what(), &url.value, by(), url.at)));
        }
    }
    for chart in &cluster.charts {
        if let Some(repository) = &chart.repository {
            found.push(address(What::Chart(chart.name), repository, chart.by.clone(), chart.at));
        }
    }
    for literal in cluster.literals.iter().filter(|literal| literal.holder == Holder::Address) {
        if let Some(object) = cluster.objects.get(literal.by)
            && literal.value.value.contains("://")
            && !is_of_chart(cluster, literal)
        {
            found.push(address(What::Source, &literal.value.value, object.shown(), literal.value.at));
        }
    }
    found
}

/// Whether an address in an object is that of the chart which it installs.
pub fn is_of_chart(cluster: &Cluster, literal: &Literal) -> bool {
    let is =
        |chart: &Chart| chart.entity == Some(literal.by) && chart.repository.as_deref() == Some(&*literal.value.value);
    cluster.charts.iter().any(is)
}

/// The images of everything that runs pods.
fn workloads(cluster: &Cluster) -> Vec<Pull> {
    let mut found = vec![];
    for pods in &cluster.pods {
        for container in pods.containers.iter().chain(&pods.before) {
            if let (Some(said), Some(_)) = (&container.image, &container.reference) {
                let by = cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
                found.push(image_of(&cluster.network, &said.value, by, said.at));
            }
        }
    }
    found
}

/// An image, and who is asked for it: the mirrors of its registry, where it has some.
fn image_of(network: &Network, text: &str, by: String, at: Place) -> Pull {
    let image = domain::Image::parse(text).ok();
    let registry = image.as_ref().map_or("", |image| image.registry());
    let mirrors = network.mirrors.iter().find(|(name, _)| **name == *registry || **name == *"*");
    let hosts = match mirrors {
        Some((_, urls)) if !urls.is_empty() => urls.iter().filter_map(|url| host(&url.value)).collect(),
        _ => vec![host_of_registry(registry).to_owned()],
    };
    let name = image.as_ref().map_or_else(|| text.to_owned(), ToString::to_string);
    Pull { what: What::Image, name, by, at, hosts }
}

fn address(what: What, url: &str, by: String, at: Place) -> Pull {
    Pull { what, name: url.to_owned(), by, at, hosts: host(url).into_iter().collect() }
}

/// The host that answers for a registry.
pub fn host_of_registry(name: &str) -> &str {
    if name == "docker.io" { "registry-1.docker.io" } else { name.split(':').next().unwrap_or(name) }
}

/// The host that an address names.
pub fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split(['/', ' ', '\n', '"', '\'', '?', '#']).next()?;
    let host = rest.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

/// Whether a host is blocked: it is the one, or below it.
pub fn covers(blocked: &str, host: &str) -> bool {
    let blocked = blocked.strip_prefix("*.").unwrap_or(blocked);
    host == blocked || host.strip_suffix(blocked).is_some_and(|rest| rest.ends_with('.'))
}
