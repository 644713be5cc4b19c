//! `requires/identity`, `requires/socket`: what a mesh needs before it starts, and so that it sees any connection.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Chart, Cluster};
use crate::rules::Findings;

/// Linkerd has somebody to trust, and connections come to the proxies of the mesh before they lead anywhere.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for chart in cluster.charts.iter().filter(|chart| &*chart.name == "linkerd-control-plane" && !chart.open) {
        found.extend(identity(chart));
    }
    found.extend(socket(cluster));
}

/// <https://linkerd.io/2/tasks/automatically-rotating-control-plane-tls-credentials>
fn identity(chart: &Chart) -> Option<Diagnostic<Place>> {
    let trusts = chart.is("identity.externalCA", "true") || chart.says("identityTrustAnchorsPEM").is_some();
    let issues =
        chart.is("identity.issuer.scheme", "kubernetes.io/tls") || chart.says("identity.issuer.tls.crtPEM").is_some();
    let (what, help) = match (trusts, issues) {
        (true, true) => return None,
        (false, _) => (
            "trust anchors",
            "set `identity.externalCA: true` and let cert-manager make them, or give `identityTrustAnchorsPEM`",
        ),
        (true, false) => (
            "an issuer of certificates",
            "set `identity.issuer.scheme: \"kubernetes.io/tls\"` and let cert-manager make the secret \
             `linkerd-identity-issuer`",
        ),
    };
    let message = format!("{} installs Linkerd without {what}", chart.by);
    Some(Diagnostic::new(&rules::REQUIRES_IDENTITY, chart.at, message).label("the chart refuses this").help(help))
}

/// What makes a mesh of proxies beside containers.
const MESHES: &[(&str, &str)] = &[("linkerd-control-plane", "Linkerd"), ("istiod", "Istio")];

/// Cilium in the place of kube-proxy answers within the pod, before a proxy there sees who is called:
/// <https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free>, <https://linkerd.io/2/reference/cluster-configuration>.
fn socket(cluster: &Cluster) -> Option<Diagnostic<Place>> {
    let of = |chart: &Chart| MESHES.iter().find(|(name, _)| *name == &*chart.name).map(|(_, mesh)| *mesh);
    let (mesh, at) = cluster.charts.iter().find_map(|chart| Some((of(chart)?, chart.at)))?;
    let chart = cluster.charts.iter().find(|chart| &*chart.name == "cilium");
    let (cilium, help) = match chart {
        Some(chart) => {
            let replaces = ["true", "strict"].iter().any(|word| chart.is("kubeProxyReplacement", word));
            let spares = chart.is("socketLB.hostNamespaceOnly", "true") || chart.is("socketLB.enabled", "false");
            if chart.open || !replaces || spares {
                return None;
            }
            (chart.at, "set `socketLB.hostNamespaceOnly: true`")
        }
        None => {
            if cluster.cni.schema != "Cilium" || !cluster.cni.replaces_proxy || cluster.cni.spares_pods {
                return None;
            }
            (cluster.cni.at, "set `sockets-of-hosts-only: true`")
        }
    };
    let message =
        format!("Cilium answers for services within the pods of `{}`, before {mesh} sees a call", cluster.name);
    let finding = Diagnostic::new(&rules::REQUIRES_SOCKET, cilium, message).label("this takes the place of kube-proxy");
    Some(finding.also(at, "the mesh").help(help))
}
