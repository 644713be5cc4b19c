//! Talos: machines without a shell, which are configured by one document each.

schema Cluster {
  version: Version
  kubernetes: Version
  nodes: Cidr
  /// The address that moves to a machine that is alive.
  endpoint: Ip
  pods: Cidr = 10.42.0.0/16
  services: Cidr = 10.43.0.0/16
  each machine: Machine

  let url = "https://\(endpoint):6443"
  let addresses = machine.map((m) => m.address) + [endpoint]

  check supports(version, kubernetes) else "Talos \(version) does not run Kubernetes \(kubernetes)"
  check machine.size() % 2 == 1 else "\(machine.size()) machines survive no more failures than one fewer"
  check addresses.duplicates().is-empty() else "the address \(addresses.duplicates().first()) is given twice"
}

/// Each version of Talos runs the six versions of Kubernetes up to the one that it was made with.
fn supports(talos: Version, kubernetes: Version) -> Bool = match talos.minor() {
  9 => 27 <= kubernetes.minor() and kubernetes.minor() <= 32
  10 => 28 <= kubernetes.minor() and kubernetes.minor() <= 33
  11 => 29 <= kubernetes.minor() and kubernetes.minor() <= 34
  _ => false
}

schema Machine in cluster: Cluster {
  address: Ip
  disk: Path

  check address in cluster.nodes else "\(name) is outside of \(cluster.nodes)"

  emit config: Any = {
    version: "v1alpha1"
    machine: {
      type: "controlplane"
      network: {
        hostname: name
        interfaces: [
          { addresses: ["\(address)/\(cluster.nodes.prefix())"], vip: { ip: cluster.endpoint } },
        ]
      }
      install: { disk: disk, image: "ghcr.io/siderolabs/installer:v\(cluster.version)" }
      kubelet: { image: "ghcr.io/siderolabs/kubelet:v\(cluster.kubernetes)" }
    }
    cluster: {
      clusterName: cluster.name
      controlPlane: { endpoint: cluster.url }
      // Cilium replaces both of what Talos would bring.
      network: {
        cni: { name: "none" }
        podSubnets: [cluster.pods]
        serviceSubnets: [cluster.services]
      }
      proxy: { disabled: true }
      allowSchedulingOnControlPlanes: true
    }
  }
}
