//! Grafana by itself: pages over what others measure.

import std/chart

/// Grafana, by the chart of its community. The stack of `std/prometheus` brings one of its own.
schema Grafana is chart.Chart {
  chart = "grafana"
  repository = "https://grafana-community.github.io/helm-charts"
  version = Version("12.11.1")
  /// Who administers it: `admin-user` and `admin-password`.
  admin: Secret
  /// Where it finds what it shows, by name: servers that are asked as Prometheus is.
  sources: {String: Endpoint} = {}
  size: Bytes = 5GiB
  storage-class?: Name
  resources: chart.Share = chart.Share { cpu: 100m, memory: 256MiB }
  /// The port of every host at which it answers too.
  @auto("node-ports")
  node-port?: Port
  pods = { "app.kubernetes.io/name": "grafana", "app.kubernetes.io/instance": name }
  uses = [for _name, to in sources => to]
  tier = "standard"
  provides = ["grafana"]
  workloads = ["deployment/\(name)"]
  port web {
    number: 80
    target: 3000
    node-port: node-port
    web: "http"
    login: admin
  }
  let wrong = chart.lacks(admin, ["admin-user", "admin-password"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  values = {
    fullnameOverride: name
    admin: { existingSecret: admin.object, userKey: "admin-user", passwordKey: "admin-password" }
    persistence: {
      enabled: true
      size: "\(size)"
      if storage-class != null { storageClassName: storage-class }
    }
    // Its volume can be mounted by one host at a time.
    deploymentStrategy: { type: "Recreate" }
    service: {
      type: port.web.exposed
      if node-port != null { nodePort: node-port }
    }
    resources: chart.sized(resources)
    if not sources.is-empty() {
      datasources: {
        "datasources.yaml": {
          apiVersion: 1
          datasources: [for called, to in sources => {
            name: called
            type: "prometheus"
            access: "proxy"
            url: "http://\(to.host):\(to.number)"
          }]
        }
      }
    }
  }
}
