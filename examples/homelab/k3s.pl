//! What a small k3s cluster is: its machines, its networks and its services, with the rules that keep them apart.

/// One cluster.
schema Cluster {
  version: Version
  network: Network
  each host: Host
  each service: Service

  let servers = host.filter((h) => h.role == "server")
  let taken = host.map((h) => h.address) + service.map((s) => s.address).without-null()
  let cpu = service.map((s) => s.cpu * s.replicas).sum()
  let memory = service.map((s) => s.memory * s.replicas).sum()

  check servers.size() % 2 == 1 else "a datastore needs an odd number of servers, and \(name) has \(servers.size())"
  // The rest of the machines is for the system and for the page cache.
  check cpu <= host.map((h) => h.cpu).sum() else "\(name) asks for \(cpu) processors, more than its machines have"
  check memory <= host.map((h) => h.memory).sum() * 0.8 else "\(name) asks for \(memory), too much for its machines"

  check taken.duplicates().is-empty() else "two parts of \(name) have the address \(taken.duplicates().first())"
}

/// The networks of a cluster. None may touch another.
schema Network in cluster: Cluster {
  nodes: Cidr
  gateway: Ip
  pods: Cidr = 10.42.0.0/16
  services: Cidr = 10.43.0.0/16
  pool: IpRange

  /// Where web traffic arrives: the last address of the pool.
  let ingress = pool.last()

  check gateway in nodes else "the gateway \(gateway) is not in \(nodes)"
  check nodes.contains(pool) else "the pool \(pool) is not in \(nodes): nobody would route it"
  check not pool.contains(gateway) else "the pool \(pool) holds the gateway"
  check not pods.overlaps(nodes) else "pods and machines share addresses"
  check not services.overlaps(nodes) else "services and machines share addresses"
}

/// One machine, and the configuration that k3s starts with there.
schema Host in cluster: Cluster {
  address: Ip
  role: "server" | "agent" = "agent"
  cpu: Cpu
  memory: Bytes

  check address in cluster.network.nodes else "\(name) is outside of \(cluster.network.nodes)"
  check not (address in cluster.network.pool) else "\(name) has an address that load balancers take"

  /// The file `/etc/rancher/k3s/config.yaml`.
  emit config: Any = if role == "server" then {
    node-ip: address
    cluster-cidr: cluster.network.pods
    service-cidr: cluster.network.services
    cluster-dns: cluster.network.services.host(10)
    // Addresses are given out from the pool, so k3s must not do it.
    disable: ["servicelb"]
  } else {
    node-ip: address
    server: "https://\(cluster.servers.first().address):6443"
  }
}

/// Something that runs: a name, an image and a port. What has a host is reached through the ingress.
schema Service in cluster: Cluster {
  image: Image
  port: Port
  replicas: Int where it >= 1 = 1
  cpu: Cpu = 250m
  memory: Bytes = 512MiB
  storage?: Bytes
  host?: Hostname
  address?: Ip

  let labels = { "app.kubernetes.io/name": name }

  check not image.is-floating() else "the image of \(name) has no fixed tag: nobody knows what will run"
  check storage == null or replicas == 1 else "\(name) has one volume, and \(replicas) replicas that would share it"

  emit deployment: Any = {
    apiVersion: "apps/v1"
    kind: "Deployment"
    metadata: { name: name, labels: labels }
    spec: {
      replicas: replicas
      selector: { matchLabels: labels }
      template: {
        metadata: { labels: labels }
        spec: {
          containers: [
            {
              name: name
              image: image
              ports: [{ containerPort: port }]
              resources: { requests: { cpu: cpu, memory: memory }, limits: { memory: memory } }
            },
          ]
        }
      }
    }
  }
}
