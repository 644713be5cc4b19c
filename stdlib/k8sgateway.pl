//! k8s_gateway: a name server for the names of ingresses and services, for the network at home.

import std/chart

/// The name server: whoever asks it for a name of its domain learns the address of the ingress that has it.
schema Gateway is Release {
  chart = "k8s-gateway"
  repository = "https://ori-edge.github.io/k8s_gateway/"
  version = "2.0.4"
  /// The domain whose names it knows.
  domain: Hostname
  replicas: Int where it >= 1 = 2
  /// The address at which it is asked; the router sends questions for the domain there.
  @auto("pools")
  address?: Ip
  /// Where names are read from.
  watches: ["Ingress" | "Service" | "HTTPRoute" | "DNSEndpoint"] = ["Ingress", "Service"]
  /// How long an answer may be kept.
  keep: Duration = 60s
  /// Whether what it does not know is asked elsewhere.
  passes-on: Bool = false
  /// Annotations of its service.
  annotations: {String: String} = {}
  resources: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 128MiB }
  pods = { "app.kubernetes.io/name": "k8s-gateway", "app.kubernetes.io/instance": name }
  tier = "critical"
  requires = ["load-balancer"]
  workloads = ["deployment/\(name)"]
  makes = chart.fronts(
    name,
    "LoadBalancer",
    [{ name: "dns-udp", port: 53, protocol: "UDP" }],
    address,
  )
  values = {
    fullnameOverride: name
    domain: "\(domain)"
    replicaCount: replicas
    watchedResources: watches
    ttl: keep.seconds()
    fallthrough: { enabled: passes-on }
    service: {
      type: "LoadBalancer"
      port: 53
      annotations: annotations
      ...(if address == null then {} else { loadBalancerIP: "\(address)" })
    }
    resources: chart.sized(resources)
  }
}
