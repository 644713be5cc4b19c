//! The scripts that bring whole clusters up: what the model knows of a cluster, and where its objects are.

use backend::cluster::{Cluster, Host, Role, Snapshots, script};
use backend::{Artifact, Mode};
use platform::model;
use platform::model::{Pool, Setup};

use super::Session;
use crate::place;
use crate::product::{Held, Placed};

/// The kinds of which Kubernetes says how many pods run.
const COUNTED: &[&str] = &["Deployment", "StatefulSet", "DaemonSet"];

impl Session<'_> {
    /// The script of each cluster whose hosts are set up.
    pub fn drivers(&self, placed: &[Placed]) -> Vec<Artifact<Held>> {
        let model = self.compiler.model();
        let clusters = model.platform.clusters.iter();
        let known = clusters.filter_map(|cluster| Some((cluster, driven(cluster, placed)?)));
        let artifacts = known.map(|(cluster, driven)| Artifact {
            path: place::below(&cluster.name, "cluster.sh"),
            content: script(&driven).into_bytes(),
            mode: Mode::Executable,
            origin: self.compiler.span_of(&model, cluster.distribution.at).map_or(Held::Outputs, Held::Place),
        });
        artifacts.collect()
    }
}

/// What the script of a cluster knows, where somebody sets up its hosts.
fn driven(cluster: &model::Cluster, placed: &[Placed]) -> Option<Cluster> {
    let setup = cluster.distribution.setup.as_ref().filter(|_| cluster.distribution.schema == "K3s")?;
    let mut hosts: Vec<Host> = cluster.hosts.iter().filter_map(host).collect();
    hosts.sort_by_key(|host| host.role);
    if hosts.first()?.role != Role::Server {
        return None;
    }
    let mut driven = about(cluster, setup);
    driven.hosts = hosts;
    for object in placed.iter().filter(|object| *object.cluster == *cluster.name && !object.name.is_empty()) {
        let file = object.path.strip_prefix(&place::below(&cluster.name, "")).unwrap_or(&object.path).to_owned();
        match (&*object.group, &*object.kind) {
            ("", "Namespace") => driven.namespaces.push(file),
            ("apiextensions.k8s.io", "CustomResourceDefinition") => {
                driven.definitions.push((file, object.name.to_string()));
            }
            _ => driven.objects.push(file),
        }
    }
    Some(driven)
}

fn about(cluster: &model::Cluster, setup: &Setup) -> Cluster {
    let entity = |number: usize| cluster.objects.get(number);
    let workloads = cluster.pods.iter().filter_map(|pods| entity(pods.entity));
    let workloads = workloads.filter(|entity| COUNTED.contains(&&*entity.kind));
    let claims = cluster.claims.iter().filter_map(|claim| entity(claim.entity));
    let claims = claims.filter(|entity| &*entity.kind == "PersistentVolumeClaim");
    Cluster {
        name: cluster.name.clone(),
        release: setup.release.to_string(),
        url: setup.url.to_string(),
        data: setup.data.to_string(),
        domain: cluster.domain.to_string(),
        own_network: cluster.cni.replaces_default.then(|| cluster.cni.schema.to_owned()),
        snapshots: if setup.copies_state { Snapshots::Made } else { Snapshots::None },
        probe: setup.probe.to_string(),
        workloads: workloads
            .map(|entity| (entity.namespace.to_string(), entity.kind.to_lowercase(), entity.name.to_string()))
            .collect(),
        claims: claims.map(|entity| (entity.namespace.to_string(), entity.name.to_string())).collect(),
        balanced: cluster.fronts.iter().filter_map(|front| balanced(cluster, front)).collect(),
        lookups: cluster.namespaces.keys().map(ToString::to_string).collect(),
        urls: urls(cluster),
        ..Cluster::default()
    }
}

fn host(host: &model::Host) -> Option<Host> {
    host.os.as_ref()?;
    let ssh = host.ssh.clone().unwrap_or_default();
    Some(Host {
        name: host.name.to_string(),
        role: if host.control_plane { Role::Server } else { Role::Agent },
        user: ssh.user.to_string(),
        address: ssh.address.to_string(),
        port: ssh.port,
        script: place::script(&host.name),
    })
}

/// A service that has an address of its own, and the ranges that this is from.
fn balanced(cluster: &model::Cluster, front: &model::Front) -> Option<(String, String, Vec<String>)> {
    let entity = cluster.objects.get(front.entity).filter(|_| &*front.kind.value == "LoadBalancer")?;
    let from_pools = cluster.balancer.as_ref().is_some_and(|balancer| balancer.pools);
    let asked = front.pool.as_ref().map(|pool| pool.value);
    let means = |pool: &&Pool| from_pools && asked.as_ref().is_none_or(|name| *name == pool.name);
    let pools = cluster.network.pools.iter().filter(means);
    let ranges = pools.flat_map(|pool| &pool.ranges).map(|range| format!("{}-{}", range.first(), range.last()));
    Some((entity.namespace.to_string(), entity.name.to_string(), ranges.collect()))
}

/// What ingresses serve, by each name that is one.
fn urls(cluster: &model::Cluster) -> Vec<String> {
    let mut urls = Vec::new();
    for ingress in &cluster.ingresses {
        for path in ingress.paths.iter().filter(|path| !path.host.is_empty() && !path.host.contains('*')) {
            let scheme = if ingress.tls.contains(&path.host) { "https" } else { "http" };
            urls.push(format!("{scheme}://{}{}", path.host, path.path));
        }
    }
    urls.sort();
    urls.dedup();
    urls
}
