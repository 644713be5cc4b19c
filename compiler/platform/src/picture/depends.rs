//! What depends on what: names lead to services, services to pods, pods to claims, configs, secrets and other services.

use super::{Box, Means, Picture};
use crate::model::{Cluster, Entity, VolumeSource};

/// The picture.
pub fn picture(cluster: &Cluster) -> Picture {
    let mut picture = Picture::default();
    for pods in &cluster.pods {
        let Some(entity) = cluster.objects.get(pods.entity) else {
            continue;
        };
        let from = object(cluster, entity, &mut picture);
        for volume in &pods.volumes {
            if let VolumeSource::Claim(name) = &volume.source {
                let to = named(cluster, "PersistentVolumeClaim", &entity.namespace, name, &mut picture);
                picture.edge(from, to, Means::Needs, "mounts", Some(volume.at));
            }
        }
    }
    for reference in &cluster.references {
        let Some(entity) = cluster.objects.get(reference.by) else {
            continue;
        };
        // An account of its own says nothing.
        if reference.kind == "PersistentVolumeClaim"
            || reference.kind == "ServiceAccount" && reference.name.value == entity.name
        {
            continue;
        }
        let from = object(cluster, entity, &mut picture);
        let to = named(cluster, reference.kind, &reference.namespace, &reference.name.value, &mut picture);
        let key = reference.key.as_ref().map(|key| key.value.to_string()).unwrap_or_default();
        picture.edge(from, to, Means::Needs, &key, Some(reference.name.at));
    }
    for front in &cluster.fronts {
        let (Some(entity), Some(selector)) = (cluster.objects.get(front.entity), &front.selector) else {
            continue;
        };
        for pods in &cluster.pods {
            let Some(of) = cluster.objects.get(pods.entity).filter(|of| of.namespace == entity.namespace) else {
                continue;
            };
            if selector.value.iter().all(|(key, value)| pods.labels.get(key) == Some(value)) {
                let (from, to) = (object(cluster, entity, &mut picture), object(cluster, of, &mut picture));
                picture.edge(from, to, Means::Has, "", Some(selector.at));
            }
        }
    }
    for ingress in &cluster.ingresses {
        let Some(entity) = cluster.objects.get(ingress.entity) else {
            continue;
        };
        let from = object(cluster, entity, &mut picture);
        for path in &ingress.paths {
            let to = named(cluster, "Service", &entity.namespace, &path.service.value, &mut picture);
            picture.edge(from, to, Means::Needs, &format!("{}{}", path.host, path.path), Some(path.at));
        }
    }
    for used in &cluster.uses {
        let of = |namespace: &str, labels: &crate::model::Labels| {
            cluster.pods.iter().filter_map(|pods| Some((cluster.objects.get(pods.entity)?, pods))).find(|(of, pods)| {
                &*of.namespace == namespace && labels.iter().all(|(key, value)| pods.labels.get(key) == Some(value))
            })
        };
        if let (Some((from, _)), Some((to, _))) =
            (of(&used.namespace, &used.pods), of(&used.to.namespace, &used.to.pods))
        {
            let (from, to) = (object(cluster, from, &mut picture), object(cluster, to, &mut picture));
            picture.edge(from, to, Means::Needs, &format!("{}/{}", used.to.target, used.to.protocol), Some(used.at));
        }
    }
    picture
}

fn object(cluster: &Cluster, entity: &Entity, picture: &mut Picture) -> usize {
    let at = cluster.namespaces.get(&entity.namespace).map(|namespace| namespace.at);
    let group = picture.group(&format!("namespace {}", entity.namespace), at);
    let make = || Box {
        label: entity.name.to_string(),
        kind: entity.kind.to_string(),
        details: Vec::new(),
        group,
        at: Some(entity.at),
    };
    picture.node(key(&entity.kind, &entity.namespace, &entity.name), make)
}

fn key(kind: &str, namespace: &str, name: &str) -> String {
    format!("{kind} {namespace} {name}")
}

/// The box of an object by its name; one that nobody writes has one too.
fn named(cluster: &Cluster, kind: &str, namespace: &str, name: &str, picture: &mut Picture) -> usize {
    if let Some(known) = picture.known(&key(kind, namespace, name)) {
        return known;
    }
    let is_it = |entity: &&Entity| &*entity.kind == kind && &*entity.namespace == namespace && &*entity.name == name;
    if let Some(entity) = cluster.objects.iter().find(is_it) {
        return object(cluster, entity, picture);
    }
    let group = picture.group(&format!("namespace {namespace}"), None);
    let details = vec!["made elsewhere".to_owned()];
    picture.node(key(kind, namespace, name), || Box {
        label: name.to_owned(),
        kind: kind.to_owned(),
        details,
        group,
        at: None,
    })
}
