//! Where the file of an object is in a directory. What an object says decides it, and never what else there is: so
//! no file gets another name because an object came or went.

use backend::Hash;

/// The path of a file without its end, below its cluster and its namespace: `lab/web/deployment-shop`.
pub fn path(cluster: &str, namespace: &str, kind: &str, name: &str) -> String {
    let steps = [cluster, namespace].into_iter().filter(|step| !step.is_empty());
    steps.map(|step| plain(step) + "/").collect::<String>() + kind + "-" + &plain(name)
}

/// The path of a file below its cluster.
pub fn below(cluster: &str, path: &str) -> String {
    if cluster.is_empty() { path.to_owned() } else { format!("{}/{path}", plain(cluster)) }
}

/// The name of the script of a host.
pub fn script(host: &str) -> String {
    format!("{}.sh", plain(host))
}

/// A kind as `kubectl` takes it: `deployment`; where the group is none of Kubernetes itself, `certificate.cert-manager.io`.
pub fn kind(group: &str, kind: &str) -> String {
    let kind = plain(&kind.to_lowercase());
    let is_own = !group.contains('.') || group.ends_with(".k8s.io");
    if is_own { kind } else { format!("{kind}.{}", plain(group)) }
}

/// A kind in one word, as files of a part are called by it: `helmrelease`. The group is said where Kubernetes has a kind of
/// that name itself.
pub fn word(group: &str, kind: &str) -> String {
    let is_shared = ["Service", "Ingress", "IngressClass", "Deployment", "Job", "Secret", "NetworkPolicy", "Node"];
    if is_shared.contains(&kind) { self::kind(group, kind) } else { plain(&kind.to_lowercase()) }
}

/// A name for an object whose name the cluster makes: what that begins with, and what the object says.
pub fn made_name(begins: &str, text: &str) -> String {
    let hash = Hash::of(text.as_bytes()).to_string();
    let hash = hash.get(..8).unwrap_or_default();
    match begins.trim_end_matches('-') {
        "" => hash.to_owned(),
        begins => format!("{begins}-{hash}"),
    }
}

/// A name without what no file can be called by: `system:reader` is `system_reader`.
pub fn plain(name: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() || "-._".contains(letter) { letter } else { '_' };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_says_where_its_file_is() {
        let of = |cluster: &str, namespace: &str, group: &str, word: &str, name: &str| {
            path(cluster, namespace, &kind(group, word), name)
        };
        assert_eq!(of("lab", "web", "apps", "Deployment", "shop"), "lab/web/deployment-shop");
        assert_eq!(of("", "", "", "Namespace", "web"), "namespace-web");
        assert_eq!(of("lab", "", "rbac.authorization.k8s.io", "ClusterRole", "a:b"), "lab/clusterrole-a_b");
        assert_eq!(of("lab", "db", "cluster.x-k8s.io", "Cluster", "a"), "lab/db/cluster.cluster.x-k8s.io-a");
        assert_eq!(of("lab", "db", "postgresql.cnpg.io", "Cluster", "a"), "lab/db/cluster.postgresql.cnpg.io-a");
    }

    #[test]
    fn a_name_that_the_cluster_makes_is_told_by_what_the_object_says() {
        assert_eq!(made_name("run-", "a"), "run-ca978112");
        assert_eq!(made_name("", "a"), "ca978112");
        assert_ne!(made_name("run-", "b"), made_name("run-", "a"));
    }
}
