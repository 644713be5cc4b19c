//! Kubernetes objects as one stream of YAML documents.

use crate::order::{Rank, rank};

/// An object, written out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Object<P> {
    /// The API group; the core group is empty.
    pub group: String,
    /// The version within the group.
    pub version: String,
    /// The kind.
    pub kind: String,
    /// The namespace; empty where it is in none.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// Its YAML document, without `---`.
    pub text: String,
    /// Where it comes from, for messages.
    pub origin: P,
}

/// What makes an object the same to a cluster. The version does not: every object is served in each of them.
type Identity<'o> = (&'o str, &'o str, &'o str, &'o str);

impl<P> Object<P> {
    fn identity(&self) -> Identity<'_> {
        (&self.group, &self.kind, &self.namespace, &self.name)
    }

    fn place(&self) -> (Rank, Identity<'_>, &str) {
        (rank(&self.group, &self.kind), self.identity(), &self.version)
    }
}

/// Brings the objects into the order of a stream: by what they need, then by kind, namespace and name.
pub fn sort<P>(objects: &mut [Object<P>]) {
    objects.sort_by(|one, other| one.place().cmp(&other.place()));
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

/// One stream of the objects, in the order that they have.
pub fn stream<P>(objects: &[Object<P>]) -> String {
    let mut text = String::with_capacity(objects.iter().map(|object| object.text.len() + 5).sum());
    for (number, object) in objects.iter().enumerate() {
        if number > 0 {
            text.push_str("---\n");
        }
        text.push_str(&object.text);
        if !object.text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `group/kind namespace/name`
    fn object(spelled: &str, origin: usize) -> Object<usize> {
        let (kind, name) = spelled.split_once(' ').unwrap();
        let ((group, kind), (namespace, name)) = (kind.rsplit_once('/').unwrap(), name.split_once('/').unwrap());
        let [group, kind, namespace, name] = [group, kind, namespace, name].map(str::to_owned);
        Object { group, version: "v1".into(), kind, namespace, name, text: format!("name: {origin}\n"), origin }
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
        given[2].version = "v2".into();
        assert_eq!(duplicates(&given), [(0, 2), (0, 5)]);
    }

    #[test]
    fn a_stream_has_lines_between_documents_and_ends_a_line() {
        let mut given = objects(&["/Secret b/x", "/Secret a/x"]);
        assert_eq!(stream(&given), "name: 0\n---\nname: 1\n");
        given[1].text.pop();
        assert_eq!(stream(&given), "name: 0\n---\nname: 1\n");
        assert_eq!(stream::<usize>(&[]), "");
    }
}
