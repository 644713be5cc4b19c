//! `capacity/quota` of objects: more services, claims or deployments in a namespace than its quota lets in.

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Diagnostic, rules};
use domain::Bytes;

use crate::Place;
use crate::capacity::replicas;
use crate::model::{Cluster, Entity, Front, Pods, Quota, Said, Text, VolumeSource};
use crate::rules::Findings;

/// What of a class of storage is counted stands behind its name and this.
const OF_CLASS: &str = ".storageclass.storage.k8s.io/";

/// What stands in a namespace that counts something.
#[derive(Default)]
struct Space<'a> {
    quotas: Vec<&'a Quota>,
    objects: Vec<&'a Entity>,
    fronts: Vec<(&'a Front, &'a Entity)>,
    claims: Vec<Claimed<'a>>,
    /// Secrets that something makes, by name.
    made: BTreeMap<Text, Place>,
}

/// Claims that are alike: their class, how large each is, and how many there are.
struct Claimed<'a> {
    class: Option<Text>,
    size: u128,
    count: u128,
    by: &'a Entity,
}

/// How much of something there is: what comes to how much of it.
struct Sum<'a>(Vec<(u128, What<'a>)>);

/// What a quota counts.
#[derive(Clone, Copy)]
enum What<'a> {
    Object(&'a Entity),
    /// A secret that something makes.
    Made(Text, Place),
    /// The config map with the certificate of the API, which every namespace has.
    Root,
}

/// There are no more objects of a kind than the quota of their namespace says.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for (name, space) in &spaces(cluster) {
        for (counted, most) in space.quotas.iter().flat_map(|quota| &quota.most) {
            let Some(sum) = counts(space, counted) else { continue };
            let is_storage = counted.ends_with("storage");
            found.extend(more(*name, counted, most, sum, is_storage));
        }
    }
}

fn spaces(cluster: &Cluster) -> BTreeMap<Text, Space<'_>> {
    let mut spaces: BTreeMap<Text, Space> = BTreeMap::new();
    for quota in &cluster.quotas {
        if let Some(object) = cluster.objects.get(quota.entity) {
            spaces.entry(object.space()).or_default().quotas.push(quota);
        }
    }
    if spaces.is_empty() {
        return spaces;
    }
    for object in &cluster.objects {
        spaces.get_mut(&object.space()).into_iter().for_each(|space| space.objects.push(object));
    }
    let of = |entity: usize| cluster.objects.get(entity);
    for (front, object) in cluster.fronts.iter().filter_map(|front| Some((front, of(front.entity)?))) {
        spaces.get_mut(&object.space()).into_iter().for_each(|space| space.fronts.push((front, object)));
    }
    for (claim, by) in cluster.claims.iter().filter_map(|claim| Some((claim, of(claim.entity)?))) {
        let size = claim.size.as_ref().map_or(0, |size| size.count().into());
        let claimed = Claimed { class: claim.class.as_ref().map(|class| class.value), size, count: 1, by };
        spaces.entry(by.space()).and_modify(|space| space.claims.push(claimed));
    }
    for (pods, by) in cluster.pods.iter().filter_map(|pods| Some((pods, of(pods.entity)?))) {
        if let Some(space) = spaces.get_mut(&by.space()) {
            space.claims.extend(own(cluster, pods, by));
        }
    }
    for made in cluster.made.iter().filter(|made| made.kind == "Secret") {
        spaces.get_mut(&made.namespace).and_then(|space| space.made.insert(made.name, made.at));
    }
    spaces
}

/// The claims that each pod of a stateful set gets for itself.
fn own<'a>(cluster: &Cluster, pods: &'a Pods, by: &'a Entity) -> impl Iterator<Item = Claimed<'a>> {
    let count = u128::from(replicas(cluster, pods));
    pods.volumes.iter().filter_map(move |volume| match &volume.source {
        VolumeSource::Own { class, size, .. } => {
            Some(Claimed { class: *class, size: size.as_ref().map_or(0, |size| size.count().into()), count, by })
        }
        _ => None,
    })
}

/// How much there is of what a quota counts; nothing where that is not seen here.
fn counts<'a>(space: &Space<'a>, counted: &str) -> Option<Sum<'a>> {
    if let Some((class, what)) = counted.split_once(OF_CLASS) {
        let of_class = |claimed: &Claimed| claimed.class.is_some_and(|own| *own == *class);
        return claims(space, what, of_class);
    }
    let fronts = |of: &dyn Fn(&Front) -> u128| {
        Sum(space.fronts.iter().map(|(front, object)| (of(front), What::Object(object))).collect())
    };
    let plain = counted.strip_prefix("count/").unwrap_or(counted);
    let (plural, group) = plain.split_once('.').unwrap_or((plain, ""));
    Some(match plain {
        "services.nodeports" => fronts(&|front| match &*front.kind.value {
            "NodePort" => front.ports.len() as u128,
            "LoadBalancer" if front.on_hosts => front.ports.len() as u128,
            _ => 0,
        }),
        "services.loadbalancers" => fronts(&|front| u128::from(&*front.kind.value == "LoadBalancer")),
        "persistentvolumeclaims" | "requests.storage" => return claims(space, plain, |_| true),
        "secrets" => {
            let written = objects(space, "secrets", "");
            let names: BTreeSet<Text> =
                space.objects.iter().filter(|object| &*object.kind == "Secret").map(|object| object.name).collect();
            let made = space.made.iter().filter(|(name, _)| !names.contains(name));
            Sum(written.0.into_iter().chain(made.map(|(name, at)| (1, What::Made(*name, *at)))).collect())
        }
        "configmaps" => {
            let mut sum = objects(space, "configmaps", "");
            sum.0.push((1, What::Root));
            sum
        }
        // Each deployment makes one.
        "replicasets.apps" => {
            let mut sum = objects(space, "replicasets", "apps");
            sum.0.extend(objects(space, "deployments", "apps").0);
            sum
        }
        "pods" => return None,
        _ if plain != counted || matches!(plain, "services" | "replicationcontrollers") => {
            objects(space, plural, group)
        }
        _ => return None,
    })
}

fn claims<'a>(space: &Space<'a>, what: &str, of: impl Fn(&Claimed) -> bool) -> Option<Sum<'a>> {
    let amount = |claimed: &Claimed| match what {
        "persistentvolumeclaims" => Some(claimed.count),
        "requests.storage" => Some(claimed.count.saturating_mul(claimed.size)),
        _ => None,
    };
    let one = |claimed: &Claimed<'a>| Some((amount(claimed)?, What::Object(claimed.by)));
    space.claims.iter().filter(|claimed| of(claimed)).map(one).collect::<Option<Vec<_>>>().map(Sum)
}

/// The objects of a kind, by what the API calls several of it.
fn objects<'a>(space: &Space<'a>, plural: &str, group: &str) -> Sum<'a> {
    let is = |object: &&&'a Entity| *object.group == *group && is_plural(&object.kind, plural);
    Sum(space.objects.iter().filter(is).map(|object| (1, What::Object(object))).collect())
}

/// Whether the API calls several of a kind so: `Ingress` is `ingresses`, `NetworkPolicy` is `networkpolicies`.
fn is_plural(kind: &str, plural: &str) -> bool {
    let (stem, end) = match kind.bytes().last() {
        Some(b's' | b'x') => (kind, "es"),
        Some(b'y') if !kind.ends_with("way") => (kind.get(..kind.len() - 1).unwrap_or_default(), "ies"),
        _ => (kind, "s"),
    };
    plural.strip_suffix(end).is_some_and(|own| own.eq_ignore_ascii_case(stem))
}

fn more(name: Text, counted: &str, most: &Said<u128>, sum: Sum, is_storage: bool) -> Option<Diagnostic<Place>> {
    let all: u128 = sum.0.iter().map(|(count, _)| count).sum();
    if all <= most.value {
        return None;
    }
    let of_storage = |amount: u128| match is_storage {
        true => i128::try_from(amount).ok().and_then(|count| Bytes::from_count(count).ok()).map(|all| all.to_string()),
        false => None,
    };
    let shown = |amount: u128| of_storage(amount).unwrap_or_else(|| amount.to_string());
    let (all, let_in) = (shown(all), shown(most.value));
    let message = format!("what stands in `{name}` comes to {all} of `{counted}`, and its quota is {let_in}");
    let mut finding = Diagnostic::new(&rules::CAPACITY_QUOTA, most.at, message).label("the last ones are refused");
    let mut parts: Vec<_> = sum.0.into_iter().filter(|(count, _)| *count > 0).collect();
    parts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    for (count, what) in parts.into_iter().take(3) {
        let (what, at) = match what {
            What::Object(object) => (object.shown(), object.at),
            What::Made(name, at) => (format!("the Secret `{name}`, which this makes,"), at),
            What::Root => ("the ConfigMap `kube-root-ca.crt`, which every namespace has,".to_owned(), most.at),
        };
        finding = finding.also(at, format!("{what} comes to {}", shown(count)));
    }
    Some(finding.help("raise the quota, or take something out"))
}
