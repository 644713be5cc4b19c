//! `ingress/two-defaults`, `ingress/same-class`, `ingress/same-controller`, `ingress/public-default`: classes of ingress
//! that get in each other's way.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, Rule, rules};

use crate::Place;
use crate::model::{Cluster, Container, IngressClass, Labels, Text};
use crate::rules::Findings;

/// One class is meant by default, each name is of one class, and no two controllers take the same ingresses.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut names: BTreeMap<&Text, &IngressClass> = BTreeMap::new();
    let mut classes = Vec::new();
    for class in &cluster.ingress_classes {
        match names.insert(&class.class, class).filter(|first| differ(first, class)) {
            Some(first) => found.push(same_class(cluster, first, class)),
            None => classes.push(class),
        }
    }
    defaults(cluster, &classes, found);
    controllers(cluster, &classes, found);
    workloads(cluster, found);
}

fn same_class(cluster: &Cluster, first: &IngressClass, second: &IngressClass) -> Diagnostic<Place> {
    let message = format!("the class of ingress `{}` is there twice", second.class);
    let help = "give one of them another name, or tell the distribution to leave its own out";
    report(&rules::INGRESS_SAME_CLASS, cluster, message, first, second, help)
}

fn defaults(cluster: &Cluster, classes: &[&IngressClass], found: &mut Findings) {
    let defaults: Vec<&&IngressClass> = classes.iter().filter(|class| class.default).collect();
    for class in defaults.iter().filter(|class| class.public) {
        let message = format!("an ingress that names no class is reached from outside, through `{}`", class.class);
        let finding = Diagnostic::new(&rules::INGRESS_PUBLIC_DEFAULT, place(cluster, class), message);
        found.push(finding.help("let a class that is not public be the default, or none"));
    }
    let Some(first) = defaults.first() else {
        return;
    };
    for class in defaults.iter().filter(|class| class.class != first.class) {
        let message = format!("both `{}` and `{}` are meant where an ingress names no class", first.class, class.class);
        let help = "let one class be the default";
        found.push(report(&rules::INGRESS_TWO_DEFAULTS, cluster, message, first, class, help));
    }
}

/// Two classes of one controller are served by the same pods; that is how one controller has several.
fn controllers(cluster: &Cluster, classes: &[&IngressClass], found: &mut Findings) {
    let mut known: BTreeMap<&Text, &IngressClass> = BTreeMap::new();
    for class in classes.iter().filter(|class| class.namespace.is_some() && !class.controller.is_empty()) {
        let apart = |first: &&IngressClass| first.pods != class.pods || first.namespace != class.namespace;
        if let Some(first) = known.insert(&class.controller, class).filter(apart) {
            let message = format!(
                "the controllers of `{}` and `{}` both take ingresses of `{}`",
                first.class, class.class, class.controller
            );
            let help = "give each controller a value of its own";
            found.push(report(&rules::INGRESS_SAME_CONTROLLER, cluster, message, first, class, help));
        }
    }
}

/// Whether two descriptions of a class are of two: a block that has the object made is the same.
fn differ(one: &IngressClass, other: &IngressClass) -> bool {
    one.brought != other.brought
        || one.namespace.is_some() && other.namespace.is_some()
        || one.namespace.is_none() && other.namespace.is_none()
}

fn place(cluster: &Cluster, class: &IngressClass) -> Place {
    if class.brought { cluster.distribution.at } else { class.at }
}

fn report(
    rule: &'static Rule,
    cluster: &Cluster,
    message: String,
    first: &IngressClass,
    second: &IngressClass,
    help: &str,
) -> Diagnostic<Place> {
    // What the distribution brings is nothing that a user wrote.
    let (at, other) = if second.brought { (first, second) } else { (second, first) };
    Diagnostic::new(rule, place(cluster, at), message).also(place(cluster, other), "the other one").help(help)
}

/// What a controller of NGINX is told by an argument, or does unless it is told.
const TOLD: [(&str, &str); 2] =
    [("--controller-class=", "k8s.io/ingress-nginx"), ("--election-id=", "ingress-nginx-leader")];

/// Controllers of NGINX that run as plain workloads: each takes ingresses of its own, and elects a leader of its own.
fn workloads(cluster: &Cluster, found: &mut Findings) {
    let mut known: BTreeMap<(usize, Text, String), (&Labels, String, Place)> = BTreeMap::new();
    for pods in &cluster.pods {
        let is_nginx = |container: &&Container| {
            container.image.as_ref().is_some_and(|image| image.contains("ingress-nginx/controller"))
        };
        let (Some(container), Some(object)) = (pods.containers.iter().find(is_nginx), cluster.objects.get(pods.entity))
        else {
            continue;
        };
        for (number, (argument, otherwise)) in TOLD.iter().enumerate() {
            let told = container.arguments.iter().find_map(|told| told.value.strip_prefix(argument));
            let value = told.unwrap_or(otherwise).to_owned();
            // Leaders are elected in the namespace; classes are of the whole cluster.
            let scope: Text = if number == 1 { object.namespace } else { "".into() };
            let Some((_, first, other)) =
                known.insert((number, scope, value.clone()), (&pods.labels, object.shown(), container.at))
            else {
                continue;
            };
            let what = if number == 1 { "elect one leader by" } else { "take the same ingresses, those of" };
            let message = format!("{first} and {} {what} `{value}`", object.shown());
            found.push(
                Diagnostic::new(&rules::INGRESS_SAME_CONTROLLER, container.at, message)
                    .also(other, "the other controller")
                    .help(format!("give each its own value by `{argument}..`")),
            );
        }
    }
}
