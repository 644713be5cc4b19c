//! What charts and operators make that others use: ports at which pods answer, and how these are reached.

/// A chart whose pods answer at ports.
schema Chart is Release {
  each port: MadePort
  makes = [for p in port if p.exposed != "ClusterIP" and not p.beside => p.front]
  let reached = namespace.cluster.network.vip ?? namespace.cluster.host.find((h) => true)?.address
  for p in port if p.web != null and p.exposed == "NodePort" and reached != null {
    access "\(p.name)" {
      url: "\(p.web ?? "http")://\(reached ?? 127.0.0.1):\(p.node-port ?? 0)"
      credentials: p.login
    }
  }
}

/// A port at which pods answer that a chart or an operator makes, behind a service that it makes too. It is used as any port
/// of a service.
schema MadePort is Endpoint in maker: Component {
  pods = maker.pods
  /// Who reaches its pods at any port, by labels in its namespace: its own. And in which namespaces its operators are.
  own: [{String: String}] = [maker.pods]
  operators: [Name] = []
  service: Name = maker.name
  id = "\(maker.name)-\(name)"
  host = "\(service).\(namespace.name).svc.\(namespace.cluster.domain)"
  /// The port of every host at which it answers too.
  node-port?: Port
  exposed: "ClusterIP" | "NodePort" | "LoadBalancer" = if node-port == null
    then "ClusterIP"
    else "NodePort"
  /// What people speak to it, where it is theirs, and who it lets in.
  web?: "http" | "https"
  login?: Secret
  /// Whether its maker has no value for how it is exposed, so that a service beside it does that.
  beside: Bool = false
  let front: Object = {
    apiVersion: "v1"
    kind: "Service"
    metadata: { name: if beside then "\(service)-outside" else service, namespace: namespace.name }
    spec: {
      type: exposed
      selector: pods
      ports: [{ name: name, port: number, targetPort: target, nodePort: node-port }]
    }
  }
  emit outside: Object? = if beside and exposed != "ClusterIP" then front else null
  /// Whom it lets in beside those who use it: its own, and everybody where it is exposed.
  emit entrance: k8s.NetworkPolicy? = if not namespace.isolate then null else {
    metadata: { name: "\(id)-entrance" }
    spec: {
      podSelector.matchLabels: pods
      policyTypes: ["Ingress"]
      ingress: [
        {
          from: [
            for labels in own => { podSelector.matchLabels: labels },
            for space in operators => all-of(space),
          ]
        },
        if exposed != "ClusterIP" => {
          from: [{ ipBlock.cidr: 0.0.0.0/0 }]
          ports: [{ protocol: protocol, port: target }]
        },
      ]
    }
  }
}

/// What a secret lacks for the pods of a namespace that read these keys of it.
fn lacks(secret: Secret?, keys: [String], space: Namespace) -> [String] = if secret == null
  then []
  else [
    if secret.namespace.name != space.name => "`\(secret.name)` must stand in `\(space.name)`, where the pods are that read it",
    for key in keys if not secret.key.has(key) => "`\(secret.name)` needs the key `\(key)`",
  ]

/// What a container asks for, as most charts take it.
fn asked(cpu: Cpu, memory: Bytes) -> Any = {
  requests: { cpu: cpu, memory: memory }
  limits: { memory: memory }
}
