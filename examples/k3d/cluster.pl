//! A small cluster, and the places that it can run in.

schema Cluster {
  distribution: Distribution
  each service: Service

  let outside = service.map((s) => s.outside).without-null()
  check outside.duplicates().is-empty() else "port \(outside.duplicates().first()) is wanted by two services"
}

/// Where a cluster runs. What all places have in common is asked of this; what is special stands in its extensions.
schema Distribution in cluster: Cluster {
  pods: Cidr = 10.42.0.0/16
  services: Cidr = 10.43.0.0/16
  /// The class that volumes are of. The default is there without installing anything.
  storage-class: Name = "local-path"
  let dns = services.host(10)

  check not pods.overlaps(services) else "pods \(pods) and services \(services) overlap"
}

/// k3s in containers, for a laptop. Only ports that are mapped when the cluster is made are reachable.
schema K3d is Distribution {
  agents: Int where it >= 0 = 0
  mapped: [Port]

  check mapped.duplicates().is-empty() else "port \(mapped.duplicates().first()) is mapped twice"

  /// The file for `k3d cluster create --config`.
  emit config: Any = {
    apiVersion: "k3d.io/v1alpha5"
    kind: "Simple"
    servers: 1
    agents: agents
    ports: [for port in mapped => { port: "\(port):\(port)", nodeFilters: ["loadbalancer"] }]
  }
}

/// k3s on a machine.
schema K3s is Distribution {
  version: Version
  address: Ip

  check not (address in pods) else "no pod could reach the machine: its address \(address) is one of \(pods)"
  check not (address in services) else "no pod could reach the machine: its address \(address) is one of \(services)"

  /// The file `/etc/rancher/k3s/config.yaml`.
  emit config: Any = {
    node-ip: address
    cluster-cidr: pods
    service-cidr: services
    cluster-dns: dns
    disable: ["servicelb", "traefik"]
  }
}

schema Service in cluster: Cluster {
  image: Image
  port: Port
  /// The port by which it is reached from outside.
  outside?: Port
  each volume: Volume

  let is-reachable = outside == null or reachable(cluster.distribution, outside)
  check is-reachable else "\(name) wants a port outside that is not mapped"
}

schema Volume in service: Service {
  size: Bytes
  class: Name = service.cluster.distribution.storage-class

  emit claim: Any = {
    apiVersion: "v1"
    kind: "PersistentVolumeClaim"
    metadata: { name: "\(service.name)-\(name)" }
    spec: {
      accessModes: ["ReadWriteOnce"]
      storageClassName: class
      resources: { requests: { storage: size } }
    }
  }
}

/// Whether a port can be reached from outside.
fn reachable(place: Distribution, port: Port) -> Bool = match place {
  K3d => port in place.mapped
  _ => true
}
