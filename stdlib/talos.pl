//! Talos: an operating system that is Kubernetes and nothing else.

import std/flannel

/// Talos: https://docs.siderolabs.com/talos
schema Talos is Distribution {
  known = true
  pods = 10.244.0.0/16
  services = 10.96.0.0/12
  cni = flannel.Flannel {}
  /// The network for pods that it installs.
  cni-name: "flannel" | "none" = if cluster.cni.replaces-default then "none" else "flannel"
  /// Whether it runs kube-proxy.
  proxy: Bool = not cluster.cni.replaces-proxy
  installs-cni = cni-name != "none"
  runs-proxy = proxy
  /// The address of the API that its machines are told: `"https://192.168.1.50:6443"`.
  endpoint?: Url
  /// Whether pods of users run on control planes.
  schedule-on-control-planes: Bool = false
  schedules-on-control-plane = schedule-on-control-planes
  ports = [6443, 10250, 2379, 2380, 50000, 50001, 7445, 10249, 10256, 10257, 10259]
  reserve = { cpu: 250m, memory: 512MiB }
}
