//! `ingress/record`: a name on the internet for what is not there, or none for what is.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Entity, Ingress};
use crate::rules::Findings;

const PREFIX: &str = "external-dns.alpha.kubernetes.io/";
const TARGET: &str = "external-dns.alpha.kubernetes.io/target";

/// What public ingresses have: the annotations of external-dns, and where their names lead.
#[derive(Default)]
struct Public<'a> {
    targets: BTreeMap<&'a str, &'a Entity>,
    /// One that asks for a name, by class.
    asks: BTreeMap<&'a str, &'a Entity>,
}

/// Where some classes are reached from outside and others are not, names on the internet are for the first.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let public: BTreeMap<&str, bool> =
        cluster.ingress_classes.iter().map(|class| (&*class.class, class.public)).collect();
    if !public.values().any(|public| *public) {
        return;
    }
    let ingresses = || {
        cluster.ingresses.iter().filter_map(|ingress| {
            let class = &**ingress.class.as_ref()?;
            Some((ingress, &**class, *public.get(&**class)?, cluster.objects.get(ingress.entity)?))
        })
    };
    let mut known = Public::default();
    for (ingress, class, _, object) in ingresses().filter(|(.., is_public, _)| *is_public) {
        if ingress.annotations.keys().any(|key| key.starts_with(PREFIX)) {
            known.asks.entry(class).or_insert(object);
        }
        known.targets.extend(ingress.annotations.get(TARGET).map(|target| (&**target, object)));
    }
    for (ingress, class, is_public, object) in ingresses() {
        found.extend(if is_public {
            silent(ingress, class, object, &known)
        } else {
            loud(ingress, class, object, &known)
        });
    }
}

/// A public ingress without a name, where others of its class ask for one.
fn silent(ingress: &Ingress, class: &str, object: &Entity, known: &Public<'_>) -> Option<Diagnostic<Place>> {
    if ingress.annotations.keys().any(|key| key.starts_with(PREFIX)) {
        return None;
    }
    let other = known.asks.get(class)?;
    let message = format!("{} is reached from outside through `{class}`, and asks for no name there", object.shown());
    let finding = Diagnostic::new(&rules::INGRESS_RECORD, object.name_at, message);
    let help = format!("give it the annotation `{TARGET}` too, or a class that is not public");
    Some(finding.also(other.name_at, "this one does").help(help))
}

/// An ingress that nobody reaches from outside, with a name that leads to those that are.
fn loud(ingress: &Ingress, class: &str, object: &Entity, known: &Public<'_>) -> Option<Diagnostic<Place>> {
    let target = ingress.annotations.get(TARGET)?;
    let other = known.targets.get(&**target)?;
    let message =
        format!("{} gets a name that leads to `{target}`, and `{class}` does not answer there", object.shown());
    let finding = Diagnostic::new(&rules::INGRESS_RECORD, object.name_at, message);
    Some(finding.also(other.name_at, "this one is reached there").help("take the annotation away, or the public class"))
}
