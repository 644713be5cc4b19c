//! `ref/missing`, `ref/missing-key`, `ref/source`, `ref/unknown-class`: what is named, and is not there.

use std::cell::OnceCell;

use diagnostics::{Diagnostic, Rule, rules};
use domain::nearest;
use rustc_hash::{FxHashMap, FxHashSet};

use super::unseen::Makers;
use crate::Place;
use crate::lists::Lists;
use crate::model::{Cluster, Entity, Reference, Text, usual_space};
use crate::rules::{Findings, storage};

/// For how many findings a similar name is looked for.
const LOOKED_FOR: usize = 10;

/// Group, kind, namespace and name.
type Identity<'a> = (&'a str, &'a str, Text, Text);

/// Something that can be named.
#[derive(Clone, Copy)]
struct Known<'a> {
    at: Place,
    keys: Option<&'a [Text]>,
}

/// What can be named.
struct Names<'a> {
    cluster: &'a Cluster,
    known: Vec<(Identity<'a>, Known<'a>)>,
    /// Numbers of these, by namespace and name.
    by_name: Lists<(Text, Text)>,
    makers: Makers<'a>,
    /// Whether classes of storage may come of what is not seen, once somebody asks.
    may_come: OnceCell<bool>,
}

/// Every name of another object must be of one that is there, with the key that is wanted of it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let names = Names::of(cluster);
    let mut told: FxHashSet<(usize, Identity)> = FxHashSet::default();
    let mut looked_for = 0;
    let alike = OnceCell::new();
    for reference in &cluster.references {
        let Some(by) = cluster.objects.get(reference.by) else {
            continue;
        };
        if reference.optional || reference.kind == "Namespace" || is_built_in(cluster, reference) {
            continue;
        }
        if let Some(known) = names.find(reference) {
            found.extend(key(by, reference, &known));
            continue;
        }
        if !told.insert((reference.by, identity(reference))) {
            continue;
        }
        looked_for += 1;
        let near = if looked_for <= LOOKED_FOR {
            names.near(alike.get_or_init(|| Alike::of(cluster)), reference)
        } else {
            None
        };
        if near.is_some() || !names.could_be_there(reference) {
            found.push(missing(by, reference, near));
        }
    }
}

fn identity(reference: &Reference) -> Identity<'_> {
    (reference.group, reference.kind, reference.namespace, reference.name.value)
}

/// What exists without being written.
fn is_built_in(cluster: &Cluster, reference: &Reference) -> bool {
    let name = &*reference.name.value;
    let distribution = cluster.distribution.schema;
    match reference.kind {
        "ServiceAccount" | "AppProject" => name == "default",
        "PriorityClass" => matches!(name, "system-cluster-critical" | "system-node-critical"),
        "ClusterRole" => matches!(name, "cluster-admin" | "admin" | "edit" | "view") || name.starts_with("system:"),
        "Role" => name.starts_with("system:"),
        "ConfigMap" => name == "kube-root-ca.crt",
        "Service" => name == "kubernetes" && &*reference.namespace == "default",
        // k3s makes one for each runtime that it knows.
        "RuntimeClass" => matches!(distribution, "K3s" | "K3d"),
        "GatewayClass" => name == "cilium" && cluster.cni.schema == "Cilium",
        // The charts that k3s brings are no objects here.
        "HelmChart" if reference.group == "helm.cattle.io" => {
            &*reference.namespace == "kube-system"
                && matches!(name, "traefik" | "traefik-crd")
                && (cluster.ingress_classes.iter().any(|class| class.brought) || !cluster.distribution.known)
        }
        "GitRepository" | "OCIRepository" | "Bucket" | "Kustomization" => {
            name == "flux-system" && &*reference.namespace == "flux-system"
        }
        // An empty class says that the volume is bound by hand.
        "StorageClass" => name.is_empty(),
        _ => false,
    }
}

/// What was probably meant.
enum Near<'a> {
    /// The same name in another namespace.
    Elsewhere(&'a str, Place),
    /// Another name.
    Similar(&'a str, Place),
}

impl<'a> Names<'a> {
    fn of(cluster: &'a Cluster) -> Self {
        let count = cluster.objects.len() + cluster.made.len() + cluster.storage.len();
        let (known, by_name) = (Vec::with_capacity(count), Lists::with_room(count));
        let makers = Makers::of(cluster);
        let mut names = Names { cluster, known, by_name, makers, may_come: OnceCell::new() };
        for made in &cluster.made {
            let known = Known { at: made.at, keys: made.keys.as_deref() };
            names.add((made.group, made.kind, made.namespace, made.name), known);
        }
        for storage in &cluster.storage {
            let identity = ("storage.k8s.io", "StorageClass", Text::default(), storage.class);
            names.add(identity, Known { at: storage.at, keys: None });
        }
        for object in &cluster.objects {
            let identity: Identity = (&object.group, &object.kind, object.namespace, object.name);
            names.add(identity, Known { at: object.at, keys: object.keys.as_deref() });
        }
        names
    }

    fn add(&mut self, identity: Identity<'a>, known: Known<'a>) {
        self.by_name.push((identity.2, identity.3), self.known.len());
        self.known.push((identity, known));
    }

    /// What is of this identity.
    fn of_identity(&self, identity: Identity<'_>) -> Option<Known<'a>> {
        let numbers = self.by_name.of(&(identity.2, identity.3));
        let mut same = numbers.filter_map(|number| self.known.get(number)).filter(|(of, _)| *of == identity);
        let (_, first) = same.next()?;
        // Two may make one secret: what only one of them says of its keys is not all.
        Some(same.last().map_or(*first, |(_, last)| Known { at: last.at, keys: None }))
    }

    /// What is named. Where no namespace is written, it is most often the default one.
    fn find(&self, reference: &Reference) -> Option<Known<'a>> {
        let (group, kind, namespace, name) = identity(reference);
        let other = || match namespace.as_str() {
            "" => Some(usual_space()),
            "default" => Some(Text::default()),
            _ => None,
        };
        let of = |namespace| self.of_identity((group, kind, namespace, name));
        of(namespace).or_else(|| of(other()?))
    }

    fn could_be_there(&self, reference: &Reference) -> bool {
        let by = self.cluster.objects.get(reference.by);
        match reference.kind {
            // Its pods run without it, and only have no names: where nothing is called nearly so, that may be meant.
            "Service" if by.is_some_and(|by| &*by.kind == "StatefulSet") => true,
            "StorageClass" | "GatewayClass" | "RuntimeClass" if !self.cluster.distribution.known => true,
            "StorageClass" => *self.may_come.get_or_init(|| storage::may_come(self.cluster)),
            // A driver brings them, and who brings the driver is seldom written.
            "VolumeSnapshotClass" => true,
            _ => self.makers.could_make(reference),
        }
    }

    /// What was probably meant, if there is such a thing.
    fn near(&self, alike: &Alike<'a>, reference: &Reference) -> Option<Near<'a>> {
        let (group, kind, namespace, name) = identity(reference);
        let here = alike.here.get(&(group, kind, &*namespace)).map(Vec::as_slice).unwrap_or_default();
        let numbers = |name: &'a str| name.bytes().filter(u8::is_ascii_digit);
        let wanted = || name.bytes().filter(u8::is_ascii_digit);
        let candidates = here.iter().copied().filter(|name| numbers(name).eq(wanted()));
        if let Some(similar) = nearest(&name, candidates) {
            let at = self.of_identity((group, kind, namespace, Text::known(similar)?)).map(|known| known.at)?;
            return Some(Near::Similar(similar, at));
        }
        let (around, at) = alike.elsewhere.get(&(group, kind, &*name))?;
        Some(Near::Elsewhere(around, *at))
    }
}

/// What can be named, by what it has in common.
#[derive(Default)]
struct Alike<'a> {
    /// Names of a kind in a namespace.
    here: FxHashMap<(&'a str, &'a str, &'a str), Vec<&'a str>>,
    /// Where something of a kind and a name is.
    elsewhere: FxHashMap<(&'a str, &'a str, &'a str), (&'a str, Place)>,
}

impl<'a> Alike<'a> {
    fn of(cluster: &'a Cluster) -> Self {
        let mut alike = Alike::default();
        for object in &cluster.objects {
            let identity = (&*object.group, &*object.kind, &*object.namespace, &*object.name);
            alike.add(identity, (!is_copied(object)).then_some(object.at));
        }
        for made in &cluster.made {
            alike.add((made.group, made.kind, &made.namespace, &made.name), Some(made.at));
        }
        for storage in &cluster.storage {
            alike.add(("storage.k8s.io", "StorageClass", "", &*storage.class), None);
        }
        alike
    }

    /// Adds something, with its place unless it may be in other namespaces too.
    fn add(&mut self, (group, kind, namespace, name): (&'a str, &'a str, &'a str, &'a str), at: Option<Place>) {
        self.here.entry((group, kind, namespace)).or_default().push(name);
        if let Some(at) = at.filter(|_| !namespace.is_empty()) {
            self.elsewhere.entry((group, kind, name)).or_insert((namespace, at));
        }
    }
}

/// Whether a controller copies it to other namespaces.
fn is_copied(object: &Entity) -> bool {
    let mut keys = object.annotations.keys();
    keys.any(|key| ["reflector", "replicator", "kubed", "kyverno", "emberstack"].iter().any(|word| key.contains(word)))
}

fn code(reference: &Reference) -> &'static Rule {
    match reference.kind {
        _ if reference.group == "source.toolkit.fluxcd.io" => &rules::REF_SOURCE,
        kind if kind.ends_with("Class") => &rules::REF_UNKNOWN_CLASS,
        _ => &rules::REF_MISSING,
    }
}

/// Where a name is written; what the standard library derives stands where its block does.
fn place(by: &Entity, reference: &Reference) -> Place {
    if reference.name.given { reference.name.at } else { by.at }
}

fn shown(reference: &Reference) -> String {
    match &*reference.namespace {
        "" => format!("the {} `{}`", reference.kind, reference.name.value),
        namespace => format!("the {} `{}` in `{namespace}`", reference.kind, reference.name.value),
    }
}

fn missing(by: &Entity, reference: &Reference, near: Option<Near>) -> Diagnostic<Place> {
    let at = place(by, reference);
    let kind = reference.kind;
    let message = format!("{} needs {}, which does not exist", by.shown(), shown(reference));
    let finding = Diagnostic::new(code(reference), at, message).label(format!("there is no such {kind}"));
    match near {
        Some(Near::Similar(name, place)) => {
            finding.also(place, format!("there is `{name}`")).help(format!("write `{name}`"))
        }
        Some(Near::Elsewhere(namespace, place)) => {
            let finding = finding.also(place, format!("it is in `{namespace}`"));
            if crosses_namespaces(by) {
                finding.help(format!("say `namespace: \"{namespace}\"` beside the name"))
            } else {
                finding.help(format!("declare it in `{}`: nobody reads that of another namespace", reference.namespace))
            }
        }
        None if kind == "Secret" => {
            finding.help(format!("declare it: `secret` in the namespace `{}`, or what makes it", reference.namespace))
        }
        None => finding.help(format!("declare the {kind} `{}`, or name another", reference.name.value)),
    }
}

/// Whether what an object of this kind names may stand in another namespace.
fn crosses_namespaces(by: &Entity) -> bool {
    by.group.ends_with("toolkit.fluxcd.io") || by.group.starts_with("rbac.") || by.group.starts_with("gateway.")
}

/// The key that is wanted of what is there.
fn key(by: &Entity, reference: &Reference, known: &Known) -> Option<Diagnostic<Place>> {
    let wanted = reference.key.as_ref()?;
    let keys = known.keys?;
    // Images are pulled by a secret of the older form too.
    let is_older = &*wanted.value == ".dockerconfigjson" && keys.iter().any(|key| &**key == ".dockercfg");
    if keys.contains(&wanted.value) || is_older {
        return None;
    }
    let at = if wanted.given { wanted.at } else { by.at };
    let message =
        format!("{} needs the key `{}` of {}, which has no such key", by.shown(), wanted.value, shown(reference));
    let listed: Vec<String> = keys.iter().take(5).map(|key| format!("`{key}`")).collect();
    let finding = Diagnostic::new(&rules::REF_MISSING_KEY, at, message).label("there is no such key");
    let finding = match listed.is_empty() {
        true => finding.also(known.at, "it has no keys"),
        false => finding.also(known.at, format!("it has {}", listed.join(", "))),
    };
    Some(match nearest(&wanted.value, keys.iter().map(|key| &**key)) {
        Some(near) => finding.help(format!("write `{near}`")),
        None => finding.help(format!("add `{}` to it, or name another key", wanted.value)),
    })
}
