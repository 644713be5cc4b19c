//! `version/nodes`: hosts whose Kubernetes is not one that goes with the cluster's; `version/distribution`: a distribution
//! that brings another Kubernetes than the cluster says.

use diagnostics::{Diagnostic, Fix, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// A kubelet is never newer than the API, and at most three minor versions older (two, before 1.28).
/// <https://kubernetes.io/releases/version-skew-policy>
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(kubernetes) = &cluster.kubernetes else {
        return;
    };
    distribution(cluster, found);
    let minor = kubernetes.minor();
    let older = if minor >= 28 { 3 } else { 2 };
    for host in &cluster.hosts {
        let Some(own) = host.kubernetes.as_ref().filter(|own| own.given && own.major() == kubernetes.major()) else {
            continue;
        };
        let (own_minor, name) = (own.minor(), &host.name);
        // Control planes run the API, and differ from each other by one at most.
        let least = minor.saturating_sub(if host.control_plane { 1 } else { older });
        let message = if own_minor > minor {
            format!(
                "host `{name}` has Kubernetes {}, newer than the {} of `{}`",
                own.value, kubernetes.value, cluster.name
            )
        } else if own_minor < least {
            format!(
                "host `{name}` has Kubernetes {}, {} minor versions older than the {} of `{}`",
                own.value,
                minor - own_minor,
                kubernetes.value,
                cluster.name
            )
        } else {
            continue;
        };
        let finding = Diagnostic::new(&rules::VERSION_NODES, own.at, message).also(kubernetes.at, "the cluster's");
        found.push(finding.help(match own_minor > minor {
            true => "upgrade the control planes first".to_owned(),
            false => format!("have at least {}.{least} on it before the control planes get newer", own.major()),
        }));
    }
}

/// The version of k3s says which Kubernetes it is.
fn distribution(cluster: &Cluster, found: &mut Findings) {
    let (Some(kubernetes), Some(version)) = (&cluster.kubernetes, &cluster.distribution.version) else {
        return;
    };
    let is_kubernetes = matches!(cluster.distribution.schema, "K3s" | "K3d" | "Kubeadm" | "Rke2");
    let same = (version.major(), version.minor()) == (kubernetes.major(), kubernetes.minor());
    if !is_kubernetes || same || !version.as_str().contains('.') {
        return;
    }
    let meant = format!("{}.{}", version.major(), version.minor());
    let message = format!("`{}` says Kubernetes {}, and installs {}", cluster.name, kubernetes.value, version.value);
    let finding = Diagnostic::new(&rules::VERSION_DISTRIBUTION, version.at, message);
    found.push(if kubernetes.given {
        let fix = Fix::new(format!("write `\"{meant}\"`")).edit(kubernetes.at, format!("\"{meant}\""));
        finding
            .also(kubernetes.at, "the cluster's")
            .help(format!("write `kubernetes: \"{meant}\"` for the cluster"))
            .fix(fix)
    } else {
        finding.help(format!("write `kubernetes: \"{meant}\"` for the cluster, which decides what it serves"))
    });
}
