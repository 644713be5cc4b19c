//! kube-vip: the address that control planes share.

import std/chart

/// kube-vip on every control plane: one of them has the shared address of the network, and another takes it when that one goes.
schema KubeVip is Release {
  chart = "kube-vip"
  repository = "https://kube-vip.github.io/helm-charts"
  version = "0.9.9"
  /// The address: that of the network, unless it is told.
  address: Ip = cluster.network.vip ?? 0.0.0.0
  check address != 0.0.0.0 else "kube-vip has no address to share: say `vip` in the network of `\(cluster.name)`"
  check cluster.host.filter((h) => h.role == "control-plane").size() != 1 else "the address \(address) is shared by one control plane: nobody takes it when that one goes"
  /// The network card that has it; the one of the default route where none is named.
  interface: String = ""
  port: Port = 6443
  /// Whether it gives addresses to services too, which is the work of a balancer.
  services: Bool = false
  resources: Resources = Resources { cpu: 20m, memory: 64MiB }
  pods = { "app.kubernetes.io/name": "kube-vip", "app.kubernetes.io/instance": name }
  tier = "critical"
  workloads = ["daemonset/\(name)"]
  values = {
    fullnameOverride: name
    config: { address: "\(address)" }
    env: {
      vip_interface: interface
      vip_arp: "true"
      lb_port: "\(port)"
      cp_enable: "true"
      svc_enable: if services then "true" else "false"
      vip_leaderelection: "true"
    }
    nodeSelector: { "node-role.kubernetes.io/control-plane": "true" }
    resources: chart.sized(resources)
  }
}
