//! Who may reach whom, by the policies of all origins.

use super::{Box, Means, Picture};
use crate::model::{Cluster, Labels, Pods, Text};
use crate::reach::carriers::{class, controllers};
use crate::reach::edges::{EdgePort, behind};
use crate::reach::{Direction, Reach, Who, home};

/// Up to how many workloads every pair is asked; beyond, only what is written in `uses`.
const ALL_PAIRS: usize = 150;

/// The picture.
pub fn picture(cluster: &Cluster) -> Picture {
    let mut picture = Picture::default();
    let reach = Reach::new(cluster);
    let all: Vec<&Pods> = cluster.pods.iter().collect();
    for pods in &all {
        node(cluster, pods, &reach, &mut picture);
    }
    if all.len() <= ALL_PAIRS {
        for to in &all {
            allowed(cluster, &all, to, &reach, &mut picture);
        }
    }
    for used in &cluster.uses {
        let from = found(cluster, &used.namespace, &used.pods, &mut picture);
        let to = found(cluster, &used.to.namespace, &used.to.pods, &mut picture);
        let label = format!("{}/{}", used.to.target, used.to.protocol);
        let blocked = [(&used.namespace, &used.pods), (&used.to.namespace, &used.to.pods)]
            .map(|(namespace, pods)| party(&reach, namespace, pods));
        let means = match blocked {
            [Some(one), Some(other)] if reach.may(one, other, used.to.target, &used.to.protocol).is_blocked() => {
                Means::Blocked
            }
            _ => Means::Reaches,
        };
        picture.edge(from, to, means, &label, Some(used.at));
    }
    from_outside(cluster, &mut picture);
    picture
}

/// What the controllers of ingresses reach.
fn from_outside(cluster: &Cluster, picture: &mut Picture) {
    let mut reach = Reach::new(cluster);
    for ingress in &cluster.ingresses {
        let Some(class) = class(cluster, ingress) else {
            continue;
        };
        let Some(from) = controllers(&mut reach, class).first().copied() else {
            continue;
        };
        for path in &ingress.paths {
            let Some(front) = reach.service(home(cluster, ingress.entity), *path.service) else {
                continue;
            };
            let is = |port: &EdgePort, name: &str| path.port.as_ref().is_none_or(|wanted| wanted.is(port.asked, name));
            for (to, ports) in behind(&mut reach, front, is) {
                let (carrier, answering) = (reach.party(from), reach.party(to));
                let controller = found(cluster, &carrier.namespace, carrier.labels, picture);
                let target = found(cluster, &answering.namespace, answering.labels, picture);
                for port in ports {
                    let answer = reach.may(Who::Pods(from), Who::Pods(to), port.number, &port.protocol);
                    let means = if answer.is_blocked() { Means::Blocked } else { Means::Reaches };
                    let label = format!("{}/{}", port.number, port.protocol);
                    picture.edge(controller, target, means, &label, Some(path.at));
                }
            }
        }
    }
}

fn party(reach: &Reach<'_>, namespace: &Text, labels: &Labels) -> Option<Who> {
    reach.with_labels(*namespace, labels).first().map(|id| Who::Pods(*id))
}

/// Who may reach pods that somebody isolates: who is open to all would have a line from everybody.
fn allowed(cluster: &Cluster, all: &[&Pods], to: &Pods, reach: &Reach<'_>, picture: &mut Picture) {
    let Some((namespace, target)) = party_of(cluster, to, reach) else {
        return;
    };
    let Who::Pods(id) = target else {
        return;
    };
    if reach.isolating(id, Direction::Ingress).next().is_none() {
        return;
    }
    let to_node = found(cluster, &namespace, &to.labels, picture);
    for from in all.iter().filter(|from| from.entity != to.entity) {
        let Some((home, source)) = party_of(cluster, from, reach) else {
            continue;
        };
        for port in to.containers.iter().flat_map(|container| &container.ports) {
            let answer = reach.may(source, target, port.number, &port.protocol);
            if answer.is_allowed() {
                let from_node = found(cluster, &home, &from.labels, picture);
                let at = reach.rule(answer.ingress, Direction::Ingress).map(|(_, rule)| rule.at);
                picture.edge(from_node, to_node, Means::Reaches, &format!("{}/{}", port.number, port.protocol), at);
            }
        }
    }
}

fn party_of(cluster: &Cluster, pods: &Pods, reach: &Reach<'_>) -> Option<(Text, Who)> {
    let namespace = cluster.objects.get(pods.entity)?.namespace;
    let who = party(reach, &namespace, &pods.labels)?;
    Some((namespace, who))
}

fn node(cluster: &Cluster, pods: &Pods, reach: &Reach<'_>, picture: &mut Picture) {
    let Some(entity) = cluster.objects.get(pods.entity) else {
        return;
    };
    let group = group(cluster, &entity.namespace, picture);
    let ports = pods.containers.iter().flat_map(|container| &container.ports);
    let mut details: Vec<String> =
        ports.map(|port| format!("{}/{} {}", port.number, port.protocol, port.name)).collect();
    if let Some((_, Who::Pods(id))) = party_of(cluster, pods, reach) {
        for (direction, what) in [(Direction::Ingress, "anybody may come in"), (Direction::Egress, "may reach anybody")]
        {
            if reach.isolating(id, direction).next().is_none() {
                details.push(what.to_owned());
            }
        }
    }
    let make =
        || Box { label: entity.name.to_string(), kind: entity.kind.to_string(), details, group, at: Some(entity.at) };
    picture.node(key(&entity.namespace, &pods.labels), make);
}

fn group(cluster: &Cluster, namespace: &Text, picture: &mut Picture) -> usize {
    let at = cluster.namespaces.get(namespace).map(|namespace| namespace.at);
    picture.group(&format!("namespace {namespace}"), at)
}

fn key(namespace: &Text, labels: &Labels) -> String {
    format!("{namespace} {labels:?}")
}

/// The box of pods; those that nobody wrote have one too.
fn found(cluster: &Cluster, namespace: &Text, labels: &Labels, picture: &mut Picture) -> usize {
    let exact = key(namespace, labels);
    if let Some(known) = picture.known(&exact) {
        return known;
    }
    let written = cluster.pods.iter().find(|pods| {
        let home = cluster.objects.get(pods.entity).map(|entity| &entity.namespace);
        home == Some(namespace) && labels.iter().all(|(key, value)| pods.labels.get(key) == Some(value))
    });
    if let Some(known) = written.and_then(|pods| picture.known(&key(namespace, &pods.labels))) {
        return known;
    }
    let group = group(cluster, namespace, picture);
    let label = labels.values().next().map_or("pods".to_owned(), |value| value.to_string());
    picture.node(exact, || Box {
        label,
        kind: "pods".to_owned(),
        details: vec!["made by a chart or an operator".to_owned()],
        group,
        at: None,
    })
}
