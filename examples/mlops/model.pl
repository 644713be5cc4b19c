//! What the platform team gives to everybody: clusters, namespaces, services, and the rules that hold for all of them.

/// How often a service runs.
type Replicas = Int where 1 <= it and it <= 20

schema Cluster {
  lan: Cidr
  balancers: IpRange
  /// The ports that are open to the outside, by the name of the service.
  open-ports: {Name: Port} = {}
  each node: Node
  each namespace: Namespace

  let services = self.all(Service)
  let requested = services.map((service) => service.memory * service.replicas).sum()
  let capacity = node.filter((n) => n.role == "worker").map((n) => n.memory).sum()

  check lan.contains(balancers) else "\(balancers) is not in \(lan)"
  check open-ports.values().duplicates().is-empty() else "port \(open-ports.values().duplicates().first()) is open twice"
  check requested <= capacity else "the services ask for \(requested), and the workers have \(capacity)"
}

schema Node in cluster: Cluster {
  address: Ip
  role: "control" | "worker"
  cpu: Cpu
  memory: Bytes
  check address in cluster.lan else "\(name) is outside of \(cluster.lan)"
}

/// A namespace starts closed: what it may reach is written down by who uses it.
schema Namespace in cluster: Cluster {
  owner: String = "platform"
  each service: Service

  emit default-deny: Any = {
    apiVersion: "networking.k8s.io/v1"
    kind: "NetworkPolicy"
    metadata: { name: "default-deny", namespace: name }
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] }
  }
  // Whoever closes a namespace closes name resolution too, unless it is opened by both protocols.
  emit allow-dns: Any = {
    apiVersion: "networking.k8s.io/v1"
    kind: "NetworkPolicy"
    metadata: { name: "allow-dns", namespace: name }
    spec: {
      podSelector: {}
      policyTypes: ["Egress"]
      egress: [
        {
          to: [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
          ]
          ports: [for protocol in ["UDP", "TCP"] => { protocol: protocol, port: 53 }]
        },
      ]
    }
  }
}

schema Service in namespace: Namespace {
  image: Image
  port: Port
  replicas: Replicas = 1
  cpu: Cpu = 500m
  memory: Bytes = 1GiB
  priority: "low" | "normal" | "high" = "normal"
  /// Whether it is reachable from outside of the cluster.
  open: Bool = false
  /// What it talks to. The policies of both sides follow from this.
  uses: [Service] = []

  let address = "\(name).\(namespace.name).svc.cluster.local:\(port)"
  let labels = { "app.kubernetes.io/name": name }
  let users = cluster.services.filter((other) => other.uses.contains(self))
  let node-port = if open then cluster.open-ports.get(name) else null

  check not open or node-port != null else "\(name) is open, and has no port among the open ports"
  check node-port == null or 30000 <= node-port and node-port <= 32767 else "\(name): node ports are 30000 to 32767"

  emit to-used: Any? = if uses.is-empty() then null else {
    apiVersion: "networking.k8s.io/v1"
    kind: "NetworkPolicy"
    metadata: { name: "\(name)-to-used", namespace: namespace.name }
    spec: {
      podSelector: { matchLabels: labels }
      policyTypes: ["Egress"]
      egress: [
        for used in uses => { to: [peer(used)], ports: [{ protocol: "TCP", port: used.port }] },
      ]
    }
  }
  emit from-users: Any? = if users.is-empty() then null else {
    apiVersion: "networking.k8s.io/v1"
    kind: "NetworkPolicy"
    metadata: { name: "\(name)-from-users", namespace: namespace.name }
    spec: {
      podSelector: { matchLabels: labels }
      policyTypes: ["Ingress"]
      ingress: [{ from: users.map(peer), ports: [{ protocol: "TCP", port: port }] }]
    }
  }
}

/// A service as the end of a connection.
fn peer(service: Service) -> Any = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": service.namespace.name } }
  podSelector: { matchLabels: service.labels }
}
