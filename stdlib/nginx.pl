//! The ingress controller of NGINX.

import std/chart

/// A controller with a class of its own, delivered as a chart. Several stand beside each other: each has its class, the value
/// by which it knows its ingresses, and its election.
schema Controller is IngressController {
  chart = "ingress-nginx"
  repository = "https://kubernetes.github.io/ingress-nginx"
  version = "4.14.1"
  replicas: Int where it >= 1 = 2
  /// How it is reached: at an address of its own where the cluster has who gives one, otherwise at ports of the hosts.
  by: chart.Way = chart.best(cluster)
  /// The address of its service.
  @auto("pools")
  address?: Ip
  /// Ports of the hosts for HTTP and HTTPS.
  @auto("node-ports")
  http-node-port?: Port
  @auto("node-ports")
  https-node-port?: Port
  /// Annotations of its service.
  annotations: {String: String} = {}
  /// Whether it sees the addresses that callers have.
  keeps-source: Bool = false
  /// What the controller is set to: `{ "proxy-body-size": "64m" }`.
  settings: {String: String} = {}
  /// Whether ingresses may bring pieces of its configuration, and with these whoever writes one everything it can read.
  snippets: Bool = false
  /// Whether it answers to who measures it.
  metrics: Bool = false
  resources: Resources = Resources { cpu: 100m, memory: 192MiB, memory-limit: 512MiB }
  tier = "core"
  pods = { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/instance": name }
  workloads = ["deployment/\(name)-controller"]
  provides = ["ingress:\(class)"]
  check by == "LoadBalancer" or address == null else "\(name) has the address \(address ?? 0.0.0.0), and a service of type `\(by)`, which has none"
  makes = chart.fronts("\(name)-controller", by, [
    { name: "http", port: 80, node-port: http-node-port },
    { name: "https", port: 443, node-port: https-node-port },
  ], address)
  values = {
    fullnameOverride: name
    controller: {
      replicaCount: replicas
      ingressClass: class
      ingressClassResource: { name: class, default: default, controllerValue: controller }
      electionID: "\(class)-leader"
      allowSnippetAnnotations: snippets
      config: settings
      metrics: { enabled: metrics }
      resources: chart.sized(resources)
      service: {
        type: by
        annotations: annotations
        ...(if address == null then {} else { loadBalancerIP: address })
        ...(if keeps-source then { externalTrafficPolicy: "Local" } else {})
        ...(if by != "NodePort" then {} else {
          nodePorts: {
            ...(if http-node-port == null then {} else { http: http-node-port })
            ...(if https-node-port == null then {} else { https: https-node-port })
          }
        })
      }
    }
  }
}
