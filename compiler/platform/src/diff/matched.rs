//! What belongs together on both sides: clusters by name, objects by identity.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Field, fields};
use super::value::{Step, Value};
use super::{Shown, Side, Spot, Thing, secrecy};
use crate::model::{Cluster, Long, Text};

/// A cluster on both sides, or on one; neither for what is of no cluster in particular.
pub struct Clusters<'a> {
    /// The old one.
    pub old: Option<&'a Cluster>,
    /// The new one.
    pub new: Option<&'a Cluster>,
}

impl<'a> Clusters<'a> {
    /// What it is called.
    pub fn name(&self) -> Text {
        self.new.or(self.old).map_or(Text::from(""), |cluster| cluster.name.as_str().into())
    }

    /// Both, where it is on both sides.
    pub fn both(&self) -> Option<(&'a Cluster, &'a Cluster)> {
        self.old.zip(self.new)
    }
}

/// The clusters of both sides by name; of one cluster on each side, the names do not count.
pub fn clusters<'a>(old: &'a Side, new: &'a Side) -> Vec<Clusters<'a>> {
    let (before, after) = (&old.platform.clusters, &new.platform.clusters);
    let mut found = vec![];
    match (before.as_slice(), after.as_slice()) {
        ([one], [other]) => found.push(Clusters { old: Some(one), new: Some(other) }),
        _ => {
            let names: BTreeSet<&str> = before.iter().chain(after).map(|cluster| cluster.name.as_str()).collect();
            let named = |clusters: &'a [Cluster], name: &str| clusters.iter().find(|cluster| cluster.name == name);
            found.extend(names.into_iter().map(|name| Clusters { old: named(before, name), new: named(after, name) }));
        }
    }
    found.push(Clusters { old: None, new: None });
    found
}

/// An object on both sides.
pub struct Pair<'a> {
    /// Its number among the pairs.
    pub number: usize,
    /// The old object.
    pub old: &'a Thing,
    /// The new one.
    pub new: &'a Thing,
    /// Their numbers on their sides.
    pub numbers: (usize, usize),
    /// Where they differ.
    pub fields: Vec<Field<'a>>,
}

impl Pair<'_> {
    /// Where the old object is.
    pub fn old_spot(&self) -> Spot {
        Spot::Part(self.numbers.0, Vec::new())
    }

    /// Where the new object is.
    pub fn new_spot(&self) -> Spot {
        Spot::Part(self.numbers.1, Vec::new())
    }

    /// Where a field is on both sides.
    pub fn spots(&self, field: &Field<'_>) -> (Spot, Spot) {
        let (old, new) = (field.old_path.clone(), field.new_path.clone());
        (Spot::Part(self.numbers.0, old), Spot::Part(self.numbers.1, new))
    }

    /// A field as it is shown.
    pub fn shown(&self, field: &Field<'_>) -> Shown {
        let (old, new) = secrecy::shown(self.new, field);
        Shown { path: field.shown(), old, new }
    }

    /// The value of both at a way, in words.
    pub fn both(&self, way: &[&str]) -> (&Value, &Value) {
        (self.old.body.at(way), self.new.body.at(way))
    }
}

/// The objects of both sides.
#[derive(Default)]
pub struct Matched<'a> {
    /// What is on both sides; those that do not differ have no fields.
    pub pairs: Vec<Pair<'a>>,
    /// What is only on the old side, by its number there.
    pub gone: Vec<(usize, &'a Thing)>,
    /// What is only on the new side.
    pub come: Vec<(usize, &'a Thing)>,
}

type Identity<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The objects of a pair of clusters.
pub fn objects<'a>(old: &'a Side, new: &'a Side, clusters: &Clusters<'_>) -> Matched<'a> {
    let of = |side: &'a Side, cluster: Option<&Cluster>| {
        let is_of = move |thing: &Thing| match (&thing.cluster, cluster) {
            (Some(name), Some(cluster)) => **name == *cluster.name,
            (None, None) => clusters.old.is_none() && clusters.new.is_none(),
            _ => false,
        };
        let things = side.things.iter().enumerate();
        things.filter(|(_, thing)| is_of(thing)).collect::<Vec<(usize, &'a Thing)>>()
    };
    let mut matched = Matched::default();
    let mut after: BTreeMap<Identity<'a>, Vec<(usize, &'a Thing)>> = BTreeMap::new();
    for (number, thing) in of(new, clusters.new) {
        after.entry(identity(thing)).or_default().push((number, thing));
    }
    for (number, thing) in of(old, clusters.old) {
        let candidates = after.get_mut(&identity(thing));
        let Some((other, new)) = candidates.and_then(|candidates| partner(thing, candidates)) else {
            matched.gone.push((number, thing));
            continue;
        };
        let ordered = |way: &[Long]| counts_order(new, way);
        let differing = fields(&thing.body, &new.body, &ordered);
        let fields = differing.into_iter().filter(|field| !is_of_server(field)).collect();
        matched.pairs.push(Pair { number: matched.pairs.len(), old: thing, new, numbers: (number, other), fields });
    }
    matched.come = after.into_values().flatten().collect();
    matched.come.sort_by_key(|(number, _)| *number);
    matched
}

/// The object that another one is on the new side. Of those without a name only one that says the same is it.
fn partner<'a>(thing: &Thing, candidates: &mut Vec<(usize, &'a Thing)>) -> Option<(usize, &'a Thing)> {
    let is = |(_, candidate): &(usize, &Thing)| !thing.name.is_empty() || candidate.body == thing.body;
    candidates.iter().position(is).map(|place| candidates.remove(place))
}

fn identity(thing: &Thing) -> Identity<'_> {
    (&thing.group, &thing.kind, &thing.namespace, &thing.name)
}

/// Whether the order of a list counts: what pods are made of, where another order is another template, and what nobody here
/// knows. Elsewhere Kubernetes takes a list as a set.
fn counts_order(thing: &Thing, way: &[Long]) -> bool {
    let is_own = thing.group.contains('.') && !thing.group.ends_with(".k8s.io") || &*thing.kind == super::OUTPUT;
    let in_template = |template: &[&str]| way.iter().zip(template).all(|(step, wanted)| &**step == *wanted);
    is_own || thing.template().is_some_and(in_template)
}

/// Whether the server writes a field, and nobody else.
fn is_of_server(field: &Field<'_>) -> bool {
    const METADATA: [&str; 6] =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"];
    const ANNOTATIONS: [&str; 2] =
        ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];
    match field.way.as_slice() {
        [first, ..] if &**first == "status" => true,
        [first, second, ..] if &**first == "metadata" && METADATA.contains(&&**second) => true,
        [first, second, third] if &**first == "metadata" && &**second == "annotations" => {
            ANNOTATIONS.contains(&&**third)
        }
        // Whoever applies the template again gets none.
        [.., last] if &**last == "creationTimestamp" => field.new.or(field.old).is_none_or(Value::is_null),
        _ => false,
    }
}

/// A way as steps.
pub fn steps(way: &[&str]) -> Vec<Step> {
    way.iter().map(|key| Step::Key((*key).into())).collect()
}
