//! `ref/variable`: a variable that Flux has no value for.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Holder};
use crate::rules::{COMPARED, Findings};

/// Turns the substitution off for one object, as a label or an annotation.
const OFF: &str = "kustomize.toolkit.fluxcd.io/substitute";

/// Where kustomizations put values in the place of variables, every variable has one. Which kustomization brings which object is
/// not seen, so a value of any of them will do.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(known) = known(cluster).filter(|_| !cluster.substitutions.is_empty()) else {
        return;
    };
    let off = |by: usize| {
        let object = cluster.objects.get(by);
        object.is_none_or(|of| {
            of.labels.named(OFF).is_some_and(|is| *is == "disabled")
                || of.annotations.get(OFF).is_some_and(|is| &**is == "disabled")
        })
    };
    let values = cluster.literals.iter().filter(|literal| matches!(literal.holder, Holder::Values | Holder::Address));
    let values = values.map(|literal| (literal.by, &*literal.value.value, literal.value.at));
    let hosts = cluster
        .ingresses
        .iter()
        .flat_map(|ingress| ingress.paths.iter().map(|path| (ingress.entity, &*path.host, path.at)));
    let mut told: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (by, text, at) in values.chain(hosts).filter(|(by, text, _)| text.contains("${") && !off(*by)) {
        for name in variables(text).filter(|name| !known.contains(name)) {
            if told.insert((by, name)) {
                found.extend(report(cluster, (by, name, at), &known, told.len()));
            }
        }
    }
}

/// Every name that has a value; nothing where some may be that are not seen.
fn known(cluster: &Cluster) -> Option<BTreeSet<&str>> {
    let own = cluster.substitutions.iter().flat_map(|of| &of.values).map(|(name, _)| &**name);
    let mut names: BTreeSet<&str> = own.collect();
    let from = cluster.substitutions.iter().flat_map(|of| &of.from);
    let mut open: BTreeSet<(&str, &str, &str)> = from.map(|(kind, space, name)| (&**kind, &**space, &**name)).collect();
    if open.is_empty() {
        return Some(names);
    }
    for of in cluster.objects.iter().filter(|of| of.group.is_empty()) {
        if open.remove(&(&*of.kind, &*of.namespace, &*of.name)) {
            names.extend(of.keys.iter().flatten().map(|key| &**key));
        }
    }
    for of in &cluster.made {
        if of.keys.is_some() && open.remove(&(of.kind, &*of.namespace, &*of.name)) {
            names.extend(of.keys.iter().flatten().map(|key| &**key));
        }
    }
    open.is_empty().then_some(names)
}

/// The variables of a text that stand alone: with a default, `${DOMAIN:=example.org}`, one needs no value, and `$${DOMAIN}` is none.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("${").filter_map(|(at, _)| {
        let is_escaped = text.get(..at).is_some_and(|before| before.ends_with('$'));
        let (name, _) = text.get(at + 2..)?.split_once('}')?;
        let is_name = name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
            && name.chars().next().is_some_and(|first| !first.is_ascii_digit());
        (!is_escaped && is_name).then_some(name)
    })
}

fn report(
    cluster: &Cluster,
    (by, name, at): (usize, &str, Place),
    known: &BTreeSet<&str>,
    count: usize,
) -> Option<Diagnostic<Place>> {
    let message = format!(
        "{} has the variable `{name}`, which no kustomization has a value for",
        cluster.objects.get(by)?.shown()
    );
    let finding = Diagnostic::new(&rules::REF_VARIABLE, at, message).label("nothing will stand here");
    let near = if count <= COMPARED { domain::nearest(name, known.iter().copied()) } else { None };
    Some(finding.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("say it in `postBuild.substitute`, or give it a default: `${{{name}:=..}}`"),
    }))
}
