//! Kubernetes Dashboard: pages that show a cluster. It is archived; Headlamp follows it.

import std/chart

/// The dashboard. It speaks HTTPS only, and who signs in brings a token of the cluster.
schema Dashboard is Release {
  chart = "kubernetes-dashboard"
  repository = "https://kubernetes-retired.github.io/dashboard/"
  version = "7.13.0"
  replicas: Int where it >= 1 = 1
  /// The port of every host at which it answers.
  @auto("node-ports")
  node-port?: Port
  /// Whether it shows what pods use, for which it asks the API of metrics.
  metrics: Bool = true
  resources: Resources = Resources { cpu: 50m, memory: 128MiB, memory-limit: 256MiB }
  pods = { "app.kubernetes.io/instance": name }
  requires = [if metrics => "metrics.k8s.io"]
  workloads = [
    "deployment/\(name)-kong",
    "deployment/\(name)-web",
    "deployment/\(name)-api",
    "deployment/\(name)-auth",
    if metrics => "deployment/\(name)-metrics-scraper",
  ]
  web: Endpoint = Endpoint {
    number: 443
    target: 8443
    pods: { "app.kubernetes.io/name": "kong", "app.kubernetes.io/instance": name }
    host: "\(name)-kong-proxy.\(namespace.name).svc.\(cluster.domain)"
    id: "\(name)-web"
  }
  sign-in = "a token: kubectl -n \(namespace.name) create token ACCOUNT"
  if node-port != null { access web: chart.at-host(cluster, "https", node-port) }
  makes = if node-port == null
    then []
    else chart.fronts(
      "\(name)-kong-proxy",
      "NodePort",
      [{ name: "kong-proxy-tls", port: 443, node-port: node-port }],
      null,
    )
  let asked = { containers: { resources: chart.sized(resources) }, scaling: { replicas: replicas } }
  values = {
    fullnameOverride: name
    web: asked
    api: asked
    auth: asked
    metricsScraper: { enabled: metrics, containers: { resources: chart.sized(resources) } }
    ...(if node-port == null then {} else {
      kong: { proxy: { type: "NodePort", tls: { nodePort: node-port } } }
    })
  }
}
