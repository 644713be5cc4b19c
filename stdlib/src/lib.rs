//! The standard library: modules written in the language, embedded as text.
//!
//! Domain knowledge lives in these files and not in Rust. A new module is a new `.pl` file and one line here.

/// Each module as its path, `std:name.pl`, which no file of a project can have, and its text.
macro_rules! modules {
    ($($name:literal)*) => {
        &[$((concat!("std:", $name, ".pl"), include_str!(concat!("../", $name, ".pl")))),*]
    };
}

const MODULES: &[(&str, &str)] = modules![
    "airflow"
    "argocd"
    "argoevents"
    "argorollouts"
    "argoworkflows"
    "calico"
    "certmanager"
    "chart"
    "cilium"
    "cloudflared"
    "cnpg"
    "dashboard"
    "externaldns"
    "externalsecrets"
    "flannel"
    "flink"
    "flux"
    "gateway"
    "grafana"
    "istio"
    "jupyterhub"
    "k3d"
    "k3s"
    "k3sconfig"
    "k3sreleases"
    "k8s"
    "k8sgateway"
    "karpenter"
    "kserve"
    "kubeadm"
    "kubeai"
    "kubeflow"
    "kubevip"
    "kyverno"
    "linkerd"
    "localpath"
    "longhorn"
    "metallb"
    "metricsserver"
    "minio"
    "mlflow"
    "nfs"
    "nginx"
    "node"
    "onepassword"
    "pipelines"
    "postgres"
    "prelude"
    "prometheus"
    "redis"
    "redisoperator"
    "sealedsecrets"
    "renovate"
    "seaweedfs"
    "seldon"
    "snapshot"
    "sops"
    "spark"
    "strimzi"
    "talos"
    "talosconfig"
    "talosreleases"
    "tigera"
    "traefik"
    "velero"
    "whoami"
];

/// All modules: path and text.
pub fn modules() -> impl Iterator<Item = (&'static str, &'static str)> {
    MODULES.iter().copied()
}

/// The text of a module by its path, `std:name.pl`.
#[must_use]
pub fn find(path: &str) -> Option<&'static str> {
    MODULES.iter().find(|module| module.0 == path).map(|module| module.1)
}
