//! Charts: what the components of the standard library say alike.

import std/talos

/// What pods ask for, as charts want it.
fn sized(resources: Resources) -> Any = {
  requests: { cpu: resources.cpu, memory: resources.memory }
  limits: {
    memory: resources.memory-limit
    ...(if resources.cpu-limit == null then {} else { cpu: resources.cpu-limit })
  }
}

/// How a chart is reached from outside: at an address of its own, at ports of the hosts, or not at all.
type Way = "LoadBalancer" | "NodePort" | "ClusterIP"

/// What can be reached where nobody says it: addresses where something gives them, otherwise ports of the hosts.
fn best(cluster: Cluster) -> Way = if cluster.balancer == null then "NodePort" else "LoadBalancer"

/// The service that a chart makes for that, as far as others must know of it.
fn fronts(
  name: Name,
  way: Way,
  ports: [Front],
  address: Ip?,
) -> [Object] = if way == "ClusterIP" then [] else [{
  apiVersion: "v1"
  kind: "Service"
  metadata: { name: name }
  spec: {
    type: way
    ports: [for p in ports => {
      name: p.name
      port: p.port
      protocol: p.protocol ?? "TCP"
      ...(if p.node-port == null then {} else { nodePort: p.node-port })
    }]
    ...(if address == null then {} else { loadBalancerIP: address })
  }
}]

/// A port of hosts, and what pods ask for, in modules in which `Port` and `Resources` are something else.
type HostPort = Port
schema Share is Resources {}

/// A port of such a service.
type Front = { name: Name, port: Port, protocol?: "TCP" | "UDP", node-port?: Port }

/// Where something is that answers at a port of every host.
fn at-host(cluster: Cluster, scheme: "http" | "https", port: Port?) -> Url =
  "\(scheme)://\(cluster.host.find((h) => h.role == "control-plane")?.address ?? "localhost"):\(port ?? 80)"

/// A class of storage that a chart makes.
fn storage-class(
  name: Name,
  default: Bool,
  provisioner: String,
  binding: "Immediate" | "WaitForFirstConsumer",
) -> Object = {
  apiVersion: "storage.k8s.io/v1"
  kind: "StorageClass"
  metadata: {
    name: name
    annotations: if default then { "storageclass.kubernetes.io/is-default-class": "true" } else null
  }
  provisioner: provisioner
  volumeBindingMode: binding
}

/// Whether hosts are set up by Talos: nothing but `/var` can be written there, and namespaces are closed by default.
fn is-talos(cluster: Cluster) -> Bool = match cluster.distribution {
  talos.Talos => true
  _ => false
}

/// Whether pods of a namespace may do what only the system does: use the network of hosts, mount their directories.
fn is-open(namespace: Namespace) -> Bool = not is-talos(
  namespace.cluster,
) or namespace.name == "kube-system" or namespace.labels.get(
  "pod-security.kubernetes.io/enforce",
) == "privileged"

/// What to say where they may not.
fn closed(
  namespace: Namespace,
) -> String = "Talos lets no pod of `\(namespace.name)` use the network or the directories of a host: say `labels: { \"pod-security.kubernetes.io/enforce\": \"privileged\" }` in the namespace"

// -- What others use ---

/// A chart whose pods answer at ports.
schema Chart is Release {
  each port: MadePort
  makes = [for p in port if p.exposed != "ClusterIP" and not p.beside => p.front]
  for p in port if p.web != null and p.exposed == "NodePort" {
    access "\(p.name)" {
      url: at-host(namespace.cluster, if p.web == "https" then "https" else "http", p.node-port)
      credentials: p.login
    }
  }
}

/// A port at which pods answer that a chart or an operator makes, behind a service that it makes too. It is used as any port
/// of a service.
schema MadePort is Endpoint in maker: Component {
  pods = maker.pods
  owner = maker
  /// Who reaches its pods at any port, by labels in its namespace: its own. And in which namespaces its operators are.
  own: [{String: String}] = [maker.pods]
  operators: [Name] = []
  service: Name = maker.name
  id = "\(maker.name)-\(name)"
  host = "\(service).\(namespace.name).svc.\(namespace.cluster.domain)"
  /// The port of every host at which it answers too.
  node-port?: Port
  exposed: Way = if node-port == null
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
