//! `requires/network`: what the distribution does for pods, and what the CNI takes over, must come out at one.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// Pods are connected, services reached and policies enforced by exactly one.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let (distribution, cni) = (&cluster.distribution, &cluster.cni);
    if !distribution.known {
        return;
    }
    let (of, by) = (distribution.schema, cni.schema);
    if let Some(other) = cluster.objects.iter().find(|object| distribution.brings.cni && is_network(object)) {
        let message = format!("`{of}` installs its own network for pods, and {} is another", other.shown());
        let finding = Diagnostic::new(&rules::REQUIRES_NETWORK, other.at, message).label("this connects pods too");
        let finding = finding.also(distribution.at, "this installs the cluster");
        found.push(finding.help(format!("tell `{of}` to leave its own out: {}", setting(of, "no-cni"))));
        return;
    }
    let mut tell = |message: String, help: String| {
        let finding =
            Diagnostic::new(&rules::REQUIRES_NETWORK, distribution.at, message).label("this installs the cluster");
        found.push(finding.also(cni.at, "this connects pods").help(help));
    };
    let brings = &distribution.brings;
    match (brings.cni, cni.replaces_default) {
        (true, true) => tell(
            format!("`{of}` installs its own network for pods, and `{by}` is another"),
            format!("tell `{of}` to leave its own out: {}", setting(of, "no-cni")),
        ),
        (false, false) => tell(
            format!("`{of}` is told to leave its network for pods out, and `{by}` is just that"),
            "choose another CNI, or do not leave it out".to_owned(),
        ),
        _ => {}
    }
    match (brings.proxy, cni.replaces_proxy) {
        (true, true) => tell(
            format!("`{of}` runs kube-proxy, and `{by}` does its work too"),
            format!("tell `{of}` to leave it out: {}", setting(of, "no-proxy")),
        ),
        (false, false) => tell(
            format!(
                "`{of}` is told to run no kube-proxy, and `{by}` does not do its work: no service would be reached"
            ),
            format!("let `{by}` replace it, or do not leave it out"),
        ),
        _ => {}
    }
    if brings.policies && cni.replaces_default && cni.policies {
        tell(
            format!("`{of}` and `{by}` both enforce network policies"),
            format!("tell `{of}` to leave it to `{by}`: {}", setting(of, "no-policies")),
        );
    }
}

/// Whether an object installs a network for pods.
fn is_network(object: &Entity) -> bool {
    match (&*object.kind, &*object.name) {
        ("Installation", _) => &*object.group == "operator.tigera.io",
        ("DaemonSet", "calico-node" | "cilium" | "kube-flannel-ds" | "weave-net" | "antrea-agent") => true,
        _ => false,
    }
}

/// What a distribution is told to leave something out.
fn setting(distribution: &str, what: &str) -> &'static str {
    match (distribution, what) {
        ("Talos", "no-cni") => "`cni-name: \"none\"`",
        ("Talos", _) => "`proxy: false`",
        (_, "no-cni") => "`flannel-backend: \"none\"`",
        (_, "no-policies") => "`disable-network-policy: true`",
        _ => "`disable-kube-proxy: true`",
    }
}
