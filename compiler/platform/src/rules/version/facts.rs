//! What is known of versions, line by line with where it is known from. A version of which there is no line is never judged.

/// A minor version: `(1, 33)`.
pub type Minor = (u64, u64);

/// With which versions of Kubernetes a version of something works.
pub struct Window {
    /// The component.
    pub component: &'static str,
    /// From this version on ..
    pub from: (u64, u64, u64),
    /// .. and before this one.
    pub before: (u64, u64, u64),
    /// The oldest Kubernetes.
    pub least: Minor,
    /// The newest Kubernetes.
    pub most: Option<Minor>,
    /// Whether a newer Kubernetes breaks it, or was only never tried.
    pub breaks: bool,
}

const fn window(component: &'static str, of: Minor, least: Minor, most: Minor) -> Window {
    let (from, before) = ((of.0, of.1, 0), (of.0, of.1 + 1, 0));
    Window { component, from, before, least, most: Some(most), breaks: false }
}

/// Talos refuses what it does not support.
const fn strict(component: &'static str, of: Minor, least: Minor, most: Minor) -> Window {
    Window { breaks: true, ..window(component, of, least, most) }
}

const fn strimzi(from: (u64, u64, u64), before: (u64, u64, u64), least: Minor, most: Option<Minor>) -> Window {
    Window { component: "strimzi", from, before, least, most, breaks: true }
}

/// The chart refuses an older Kubernetes.
const fn chart(component: &'static str, of: Minor, least: Minor) -> Window {
    Window { most: None, breaks: true, ..window(component, of, least, least) }
}

pub const WINDOWS: &[Window] = &[
    // https://fluxcd.control-plane.io/releases/release-v2.5 and the like, "Supported Kubernetes Versions": what the release
    // was tried with. Each announcement at https://fluxcd.io/blog names the three that it is supported with by the project.
    window("flux", (2, 2), (1, 24), (1, 29)),
    window("flux", (2, 3), (1, 25), (1, 30)),
    window("flux", (2, 4), (1, 26), (1, 32)),
    window("flux", (2, 5), (1, 27), (1, 33)),
    window("flux", (2, 6), (1, 28), (1, 33)),
    window("flux", (2, 7), (1, 29), (1, 35)),
    window("flux", (2, 8), (1, 30), (1, 35)),
    window("flux", (2, 9), (1, 31), (1, 36)),
    window("flux", (2, 10), (1, 32), (1, 37)),
    // https://github.com/siderolabs/talos/tree/main/pkg/machinery/compatibility: the bounds that Talos itself refuses by. The
    // same from 1.6 on: https://docs.siderolabs.com/talos/v1.13/getting-started/support-matrix, of each release.
    strict("talos", (1, 2), (1, 23), (1, 25)),
    strict("talos", (1, 3), (1, 24), (1, 26)),
    strict("talos", (1, 4), (1, 25), (1, 27)),
    strict("talos", (1, 5), (1, 26), (1, 28)),
    strict("talos", (1, 6), (1, 24), (1, 29)),
    strict("talos", (1, 7), (1, 25), (1, 30)),
    strict("talos", (1, 8), (1, 26), (1, 31)),
    strict("talos", (1, 9), (1, 27), (1, 32)),
    strict("talos", (1, 10), (1, 28), (1, 33)),
    strict("talos", (1, 11), (1, 29), (1, 34)),
    strict("talos", (1, 12), (1, 30), (1, 35)),
    strict("talos", (1, 13), (1, 31), (1, 36)),
    strict("talos", (1, 14), (1, 32), (1, 37)),
    // The oldest Kubernetes: https://github.com/strimzi/strimzi-kafka-operator/blob/main/CHANGELOG.md ("we support only
    // Kubernetes .. and newer") and https://strimzi.io/downloads. The client of all before 0.45.1 fails on Kubernetes 1.33
    // and later: https://github.com/strimzi/strimzi-kafka-operator/issues/11386
    strimzi((0, 32, 0), (0, 36, 0), (1, 19), Some((1, 32))),
    strimzi((0, 36, 0), (0, 40, 0), (1, 21), Some((1, 32))),
    strimzi((0, 40, 0), (0, 44, 0), (1, 23), Some((1, 32))),
    strimzi((0, 44, 0), (0, 45, 1), (1, 25), Some((1, 32))),
    strimzi((0, 45, 1), (0, 48, 0), (1, 25), None),
    strimzi((0, 48, 0), (0, 51, 0), (1, 27), None),
    strimzi((0, 51, 0), (1, 3, 0), (1, 30), None),
    // https://cert-manager.io/docs/releases: "Supported Kubernetes versions" of each release, also of those that are no longer
    // kept up.
    window("cert-manager", (1, 13), (1, 21), (1, 27)),
    window("cert-manager", (1, 14), (1, 24), (1, 31)),
    window("cert-manager", (1, 15), (1, 25), (1, 32)),
    window("cert-manager", (1, 16), (1, 25), (1, 32)),
    window("cert-manager", (1, 17), (1, 29), (1, 33)),
    window("cert-manager", (1, 18), (1, 29), (1, 33)),
    window("cert-manager", (1, 19), (1, 31), (1, 35)),
    window("cert-manager", (1, 20), (1, 32), (1, 35)),
    window("cert-manager", (1, 21), (1, 33), (1, 36)),
    // `kubeVersion` of the charts: https://github.com/longhorn/longhorn/blob/v1.12.1/chart/Chart.yaml and the one of v1.11.3.
    chart("longhorn", (1, 11), (1, 25)),
    chart("longhorn", (1, 12), (1, 25)),
    // `kubeVersion` of https://github.com/cloudnative-pg/charts/blob/main/charts/cloudnative-pg/Chart.yaml,
    // https://github.com/jupyterhub/zero-to-jupyterhub-k8s/blob/4.3.0/jupyterhub/Chart.yaml and
    // https://github.com/prometheus-community/helm-charts/blob/main/charts/kube-prometheus-stack/Chart.yaml.
    chart("cloudnative-pg", (0, 29), (1, 29)),
    chart("jupyterhub", (4, 3), (1, 28)),
    chart("kube-prometheus-stack", (88, 5), (1, 25)),
];

/// Components by their images: <https://metallb.io/release-notes/#version-0-13-2> (from Docker Hub to quay.io),
/// <https://strimzi.io/downloads>, <https://github.com/kubernetes/registry.k8s.io> (after k8s.gcr.io).
pub const IMAGES: &[(&str, &str)] = &[
    ("quay.io/metallb/controller", "metallb"),
    ("quay.io/metallb/speaker", "metallb"),
    ("docker.io/metallb/controller", "metallb"),
    ("docker.io/metallb/speaker", "metallb"),
    ("quay.io/strimzi/operator", "strimzi"),
    ("registry.k8s.io/ingress-nginx/controller", "ingress-nginx"),
    ("k8s.gcr.io/ingress-nginx/controller", "ingress-nginx"),
    ("quay.io/kubernetes-ingress-controller/nginx-ingress-controller", "ingress-nginx"),
    ("registry.k8s.io/external-dns/external-dns", "external-dns"),
];

/// Components by their charts, and whether the version of the chart is that of the component.
pub const CHARTS: &[(&str, &str, bool)] = &[
    ("metallb", "metallb", true),
    ("strimzi-kafka-operator", "strimzi", true),
    ("ingress-nginx", "ingress-nginx", false),
    ("external-dns", "external-dns", false),
    ("kubernetes-dashboard", "kubernetes-dashboard", false),
    ("cert-manager", "cert-manager", true),
    ("longhorn", "longhorn", true),
    ("cloudnative-pg", "cloudnative-pg", true),
    ("jupyterhub", "jupyterhub", true),
    ("kube-prometheus-stack", "kube-prometheus-stack", true),
];

/// A version of an interface.
type Interface = (&'static str, &'static str, Minor, Option<Minor>, Option<Minor>);

/// Versions of interfaces of Flux: group, version, the Flux that made it, the one that deprecated it, the one that removed it.
/// Each from the announcement of that release at <https://fluxcd.io/blog>: `announcing-flux-v2.2.0` (`HelmRelease` v2beta2,
/// `Alert` and `Provider` v1beta3), `-v2.3.0` (`HelmRelease` v2, which deprecates v2beta1 and v2beta2; `HelmRepository` v1),
/// `-v2.6.0` (`OCIRepository` v1, the last of its group), `-v2.7.0` (the images v1; "reached end-of-life and have been removed
/// from the CRDs" for the first list), `-v2.8.0` and `-v2.9.0` (the same for the next ones).
pub const FLUX: &[Interface] = &[
    ("helm.toolkit.fluxcd.io", "v2beta1", (0, 0), Some((2, 2)), Some((2, 7))),
    ("helm.toolkit.fluxcd.io", "v2beta2", (2, 2), Some((2, 3)), Some((2, 8))),
    ("helm.toolkit.fluxcd.io", "v2", (2, 3), None, None),
    ("kustomize.toolkit.fluxcd.io", "v1beta1", (0, 0), Some((2, 0)), Some((2, 7))),
    ("kustomize.toolkit.fluxcd.io", "v1beta2", (0, 0), Some((2, 0)), Some((2, 8))),
    ("kustomize.toolkit.fluxcd.io", "v1", (2, 0), None, None),
    ("source.toolkit.fluxcd.io", "v1beta1", (0, 0), Some((2, 0)), Some((2, 7))),
    ("source.toolkit.fluxcd.io", "v1beta2", (0, 0), Some((2, 6)), Some((2, 8))),
    ("source.toolkit.fluxcd.io", "v1", (2, 0), None, None),
    ("image.toolkit.fluxcd.io", "v1beta1", (0, 0), Some((2, 3)), Some((2, 7))),
    ("image.toolkit.fluxcd.io", "v1beta2", (0, 0), Some((2, 7)), Some((2, 9))),
    ("image.toolkit.fluxcd.io", "v1", (2, 7), None, None),
    // What follows differs by kind: `Receiver` is v1 since 2.0, `Alert` and `Provider` are v1beta3 since 2.2.
    ("notification.toolkit.fluxcd.io", "v1beta1", (0, 0), Some((2, 0)), Some((2, 7))),
    ("notification.toolkit.fluxcd.io", "v1beta2", (0, 0), Some((2, 2)), Some((2, 9))),
];

/// What nobody keeps up any more: the component, versions before which this holds (none for all), and what to take instead.
pub const RETIRED: &[(&str, Option<Minor>, &str, &str)] = &[
    // https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement: "best-effort maintenance will continue until March 2026"
    ("ingress-nginx", None, "no longer gets fixes, since March 2026", "move to a Gateway, or to another controller"),
    // https://metallb.io/release-notes/#version-0-13-2: "the ConfigMap configuration is not supported anymore"; no older one
    // has had a release since
    ("metallb", Some((0, 13)), "is of before 0.13, and no longer gets fixes", "take MetalLB 0.13 or later"),
    // https://github.com/kubernetes-retired/dashboard: archived; its page names Headlamp
    ("kubernetes-dashboard", None, "is archived", "take Headlamp, which follows it"),
];
