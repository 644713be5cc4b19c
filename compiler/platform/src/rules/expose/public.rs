//! `expose/no-tls`, `expose/no-login`: what is reached from outside, in plain text or without asking who comes.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Container, Entity, Ingress, Pods, Text};
use crate::rules::Findings;
use crate::rules::pool::shown;

/// What is open to everybody is encrypted, and asks who comes.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let public = |class: &str| cluster.ingress_classes.iter().any(|known| known.public && &*known.class == class);
    for ingress in &cluster.ingresses {
        let is_public = ingress.class.as_ref().is_some_and(|class| public(class));
        if let Some(object) = cluster.objects.get(ingress.entity).filter(|_| is_public) {
            found.extend(plain(ingress, object));
        }
    }
    logins(cluster, found);
}

/// Certificates by a section of the ingress, or by what its controller is told in annotations.
fn plain(ingress: &Ingress, object: &Entity) -> Option<Diagnostic<Place>> {
    // A certificate for other hosts is what `ingress/certificate` tells.
    let told = ingress.annotations.keys().any(|key| ["tls", "ssl", "cert"].iter().any(|word| key.contains(word)));
    let path = ingress.paths.iter().find(|path| !path.host.is_empty())?;
    if told || !ingress.tls.is_empty() {
        return None;
    }
    let message = format!("{} is reached from outside as http://{}, in plain text", object.shown(), path.host);
    let finding = Diagnostic::new(&rules::EXPOSE_NO_TLS, path.at, message).label("nobody encrypts this");
    Some(finding.help("give it a certificate: an `issuer`, or `tls` with the secret that holds one"))
}

/// Software that lets everybody in unless it is told otherwise: the end of the name of its image, what people call it, and what
/// in its arguments or variables tells it otherwise.
const OPEN: &[(&str, &str, &[&str])] = &[
    ("/mlflow", "MLflow", &["basic-auth", "MLFLOW_AUTH_CONFIG_PATH"]),
    ("/prometheus", "Prometheus", &["--web.config.file"]),
    ("/alertmanager", "Alertmanager", &["--web.config.file"]),
    ("/kafka-ui", "Kafka UI", &["AUTH_TYPE"]),
    ("/kafbat-ui", "Kafka UI", &["AUTH_TYPE"]),
    ("/redis-commander", "Redis Commander", &["HTTP_USER"]),
    ("jaegertracing/all-in-one", "Jaeger", &[]),
    ("jaegertracing/jaeger", "Jaeger", &[]),
];

fn logins(cluster: &Cluster, found: &mut Findings) {
    let mut open: BTreeMap<&Text, Vec<(&Pods, &str)>> = BTreeMap::new();
    for pods in &cluster.pods {
        let software = pods.containers.iter().find_map(software).filter(|_| !has_guard(pods));
        if let (Some(software), Some(object)) = (software, cluster.objects.get(pods.entity)) {
            open.entry(&object.namespace).or_default().push((pods, software));
        }
    }
    if open.is_empty() {
        return;
    }
    let entered = entered(cluster);
    for front in &cluster.fronts {
        let (Some(object), Some(selector)) = (cluster.objects.get(front.entity), &front.selector) else {
            continue;
        };
        let is_chosen = |pods: &Pods| selector.iter().all(|(key, value)| pods.labels.get(key) == Some(value));
        let here = open.get(&object.namespace).into_iter().flatten();
        let Some((pods, software)) = here.into_iter().find(|(pods, _)| is_chosen(pods)) else {
            continue;
        };
        let by_itself = matches!(&*front.kind.value, "NodePort" | "LoadBalancer").then_some(front.kind.at);
        if let Some(at) = by_itself.or_else(|| entered.get(&(&object.namespace, &object.name)).copied()) {
            let message = format!("{software} is open through {}, and lets everybody in", shown(cluster, front.entity));
            let finding = Diagnostic::new(&rules::EXPOSE_NO_LOGIN, at, message).label("nobody is asked who comes");
            let place = cluster.objects.get(pods.entity).map_or(pods.at, |object| object.name_at);
            found.push(
                finding
                    .also(place, "this asks nobody")
                    .help("let something ask before it, such as oauth2-proxy, or let only the cluster reach it"),
            );
        }
    }
}

/// The services that ingresses lead to without asking who comes, by namespace and name.
fn entered(cluster: &Cluster) -> BTreeMap<(&Text, &Text), Place> {
    let ingresses = cluster.ingresses.iter().filter(|ingress| !is_guarded(ingress));
    let leads = ingresses.filter_map(|ingress| Some((cluster.objects.get(ingress.entity)?, ingress)));
    leads
        .flat_map(|(own, ingress)| {
            ingress.paths.iter().map(move |path| ((&own.namespace, &path.service.value), own.name_at))
        })
        .collect()
}

fn software(container: &Container) -> Option<&'static str> {
    let name = container.reference.as_ref()?.name();
    let (_, software, unless) = OPEN.iter().find(|(end, ..)| name.ends_with(end))?;
    let arguments = container.arguments.iter().map(|argument| &*argument.value);
    let mut told = arguments.chain(container.env.iter().map(|(name, _)| &**name));
    (!told.any(|told| unless.iter().any(|word| told.contains(word)))).then_some(*software)
}

/// Whether something beside it asks who comes.
fn has_guard(pods: &Pods) -> bool {
    let names = pods.containers.iter().filter_map(|container| Some(container.reference.as_ref()?.name()));
    names
        .into_iter()
        .any(|name| ["oauth2-proxy", "kube-rbac-proxy", "authelia", "pomerium"].iter().any(|word| name.contains(word)))
}

/// Whether the controller is told to ask: by a middleware, an address, a secret with users.
fn is_guarded(ingress: &Ingress) -> bool {
    let words = ["auth", "middlewares", "whitelist", "allowlist", "oidc"];
    ingress.annotations.keys().any(|key| words.iter().any(|word| key.contains(word)))
}
