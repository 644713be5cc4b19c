//! Charts: what the components of the standard library say alike.

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
fn fronts(name: Name, way: Way, ports: [Front], address: Ip?) -> [Object] = if way == "ClusterIP" then [] else [{
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

/// A port of hosts, for modules in which `Port` is something else.
type HostPort = Port

/// A port of such a service.
type Front = { name: Name, port: Port, protocol?: "TCP" | "UDP", node-port?: Port }

/// Where something is that answers at a port of every host.
fn at-host(cluster: Cluster, scheme: "http" | "https", port: Port?) -> Url =
  "\(scheme)://\(cluster.host.find((h) => h.role == "control-plane")?.address ?? "localhost"):\(port ?? 80)"
