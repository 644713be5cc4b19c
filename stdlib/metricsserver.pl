//! metrics-server: what pods and hosts use right now, for `kubectl top` and for whoever scales.

import std/chart

/// The API of metrics.
schema MetricsServer is Release {
  chart = "metrics-server"
  repository = "https://kubernetes-sigs.github.io/metrics-server/"
  version = "3.13.0"
  replicas: Int where it >= 1 = 1
  /// How often hosts are asked.
  every: Duration = 15s
  /// Whether kubelets have certificates that the cluster signed; otherwise nobody checks whom one asks.
  checks-kubelets: Bool = false
  /// Whether it stands in the network of the hosts, where the API can not reach the network of pods.
  on-hosts: Bool = false
  resources: Resources = Resources { cpu: 100m, memory: 200MiB, memory-limit: 400MiB }
  pods = { "app.kubernetes.io/name": "metrics-server", "app.kubernetes.io/instance": name }
  tier = "core"
  provides = ["metrics.k8s.io"]
  workloads = ["deployment/\(name)"]
  check not cluster.distribution.known or not cluster.distribution.metrics else "the distribution brings metrics-server already: two would take turns at one API"
  values = {
    fullnameOverride: name
    replicas: replicas
    defaultArgs: [
      "--cert-dir=/tmp",
      "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
      "--kubelet-use-node-status-port",
      "--metric-resolution=\(every)",
      if not checks-kubelets => "--kubelet-insecure-tls",
    ]
    hostNetwork: { enabled: on-hosts }
    ...(if replicas > 1 then { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } else {})
    resources: chart.sized(resources)
  }
}
