//! Kubernetes objects in the order of a stream.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::order::{Rank, rank};

/// What stands between two documents of a stream.
pub const BETWEEN: &str = "---\n";

/// What an object is to a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Object<P> {
    /// The API group and the version within it: `apps/v1`; the core group has no name.
    pub api_version: Arc<str>,
    /// The kind.
    pub kind: Arc<str>,
    /// The namespace; empty where it is in none.
    pub namespace: Arc<str>,
    /// The name.
    pub name: Arc<str>,
    /// Where it comes from, for messages.
    pub origin: P,
}

/// What makes an object the same to a cluster. The version does not: every object is served in each of them.
type Identity<'o> = (&'o str, &'o str, &'o str, &'o str);

impl<P> Object<P> {
    /// The API group; the core group is empty.
    pub fn group(&self) -> &str {
        group_of(&self.api_version)
    }

    fn identity(&self) -> Identity<'_> {
        (self.group(), &self.kind, &self.namespace, &self.name)
    }

    /// Its place among the objects of its kind.
    fn place(&self) -> (&str, &str, &str) {
        (&self.namespace, &self.name, &self.api_version)
    }
}

/// Brings the objects into the order of a stream: by what they need, then by kind, namespace and name.
///
/// There are many objects and few kinds. So the kinds are put into their order first; then only numbers are left to
/// compare, and among objects of one kind their names, which nearly always stand in order already.
pub fn sort<P>(objects: &mut [Object<P>]) {
    let kinds = Kinds::of(objects);
    objects.sort_by_cached_key(|object| kinds.place(object));
    for of_kind in objects.chunk_by_mut(|one, other| one.kind == other.kind && one.group() == other.group()) {
        of_kind.sort_by(|one, other| one.place().cmp(&other.place()));
    }
}

/// The kinds of some objects, in the order of a stream.
struct Kinds(Vec<(Arc<str>, Arc<str>)>);

impl Kinds {
    fn of<P>(objects: &[Object<P>]) -> Kinds {
        let mut kinds: Vec<(Arc<str>, Arc<str>)> = vec![];
        for object in objects {
            if !kinds.iter().any(|kind| is_of(object, kind)) {
                kinds.push((object.api_version.clone(), object.kind.clone()));
            }
        }
        kinds.sort_by(by_need);
        Kinds(kinds)
    }

    /// The number of the kind of an object.
    fn place<P>(&self, object: &Object<P>) -> usize {
        let kind = self.0.iter().position(|kind| is_of(object, kind));
        kind.unwrap_or(self.0.len())
    }
}

fn is_of<P>(object: &Object<P>, (api_version, kind): &(Arc<str>, Arc<str>)) -> bool {
    object.kind == *kind && object.group() == group_of(api_version)
}

fn group_of(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or("", |(group, _)| group)
}

fn by_need(one: &(Arc<str>, Arc<str>), other: &(Arc<str>, Arc<str>)) -> Ordering {
    fn place((api_version, kind): &(Arc<str>, Arc<str>)) -> (Rank, &str, &str) {
        (rank(group_of(api_version), kind), group_of(api_version), kind)
    }
    place(one).cmp(&place(other))
}

/// The origins of objects that are the same to a cluster: for each one too many, the first one's and its own. In the
/// order of the objects' identities.
pub fn duplicates<P: Clone>(objects: &[Object<P>]) -> Vec<(P, P)> {
    let mut sorted: Vec<&Object<P>> = objects.iter().collect();
    sorted.sort_by(|one, other| one.identity().cmp(&other.identity()));
    let mut pairs = vec![];
    let mut first: Option<&Object<P>> = None;
    for object in sorted {
        match first {
            Some(first) if first.identity() == object.identity() => {
                pairs.push((first.origin.clone(), object.origin.clone()));
            }
            _ => first = Some(object),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `group/kind namespace/name`
    fn object(spelled: &str, origin: usize) -> Object<usize> {
        let (kind, name) = spelled.split_once(' ').unwrap();
        let ((group, kind), (namespace, name)) = (kind.rsplit_once('/').unwrap(), name.split_once('/').unwrap());
        let [kind, namespace, name] = [kind, namespace, name].map(Arc::from);
        let api_version = if group.is_empty() { "v1".into() } else { format!("{group}/v1").into() };
        Object { api_version, kind, namespace, name, origin }
    }

    fn objects(spelled: &[&str]) -> Vec<Object<usize>> {
        spelled.iter().enumerate().map(|(origin, spelled)| object(spelled, origin)).collect()
    }

    #[test]
    fn each_stands_behind_what_it_needs() {
        let expected = [
            "/Namespace /shop",
            "apiextensions.k8s.io/CustomResourceDefinition /x",
            "/ServiceAccount shop/web",
            "rbac.authorization.k8s.io/ClusterRole /x",
            "rbac.authorization.k8s.io/RoleBinding shop/x",
            "/ConfigMap back/a",
            "/ConfigMap shop/a",
            "/ConfigMap shop/b",
            "/Secret back/a",
            "/PersistentVolumeClaim shop/web",
            "/Service shop/web",
            "networking.k8s.io/NetworkPolicy shop/web",
            "apps/Deployment shop/web",
            "networking.k8s.io/Ingress shop/web",
            "cert-manager.io/Certificate shop/web",
            "example.net/Deployment shop/web",
            "admissionregistration.k8s.io/ValidatingWebhookConfiguration /x",
        ];
        let mut given = expected;
        given.reverse();
        let mut objects = objects(&given);
        sort(&mut objects);
        let sorted = objects.iter().map(|object| given[object.origin]);
        assert_eq!(sorted.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_same_object_is_told_with_both_places() {
        let mut given =
            objects(&["/Secret b/x", "/Secret a/x", "/Secret b/x", "/ConfigMap b/x", "x/Secret b/x", "/Secret b/x"]);
        given[2].api_version = "v2".into();
        assert_eq!(duplicates(&given), [(0, 2), (0, 5)]);
    }
}
