//! 1Password: items as secrets.

import std/chart

/// 1Password as what brings the values of a secret: the fields of an item are its keys.
schema Item is SecretProvider {
  /// Where the item is: `vaults/homelab/items/database`.
  @main path: String where it.matches("^vaults/[^/]+/items/[^/]+$")
  emit item: OnePasswordItem = {
    metadata.name: secret.object
    spec.itemPath: path
  }
}

/// The operator of 1Password and the server that it asks, which keeps a copy of the vaults.
schema Connect is Release {
  chart = "connect"
  repository = "https://1password.github.io/connect-helm-charts"
  version = "2.4.1"
  /// The key of a secret that is the file `1password-credentials.json` of the server.
  credentials: SecretKey
  /// The key of a secret that is the token of the operator.
  token: SecretKey
  /// How often vaults are looked at.
  every: Duration = 10m
  /// The namespaces whose items it looks after; all where none is named.
  watches: [Name] = []
  /// Whether pods are started anew when an item changes.
  restarts: Bool = false
  resources: Resources = Resources { cpu: 50m, memory: 64MiB, memory-limit: 128MiB }
  pods = { app: "onepassword-connect" }
  tier = "critical"
  kinds = ["onepassword.com"]
  provides = ["onepassword"]
  workloads = ["deployment/onepassword-connect", "deployment/onepassword-connect-operator"]
  api: Endpoint = Endpoint {
    number: 8080
    pods: { app: "onepassword-connect" }
    id: name
    host: "onepassword-connect.\(namespace.name).svc.\(cluster.domain)"
  }
  values = {
    connect: {
      credentialsName: credentials.secret.object
      credentialsKey: credentials.name
      api: { resources: chart.sized(resources) }
      sync: { resources: chart.sized(resources) }
    }
    operator: {
      create: true
      autoRestart: restarts
      pollingInterval: every.seconds()
      watchNamespace: watches
      token: { name: token.secret.object, key: token.name }
      resources: chart.sized(resources)
    }
    acceptanceTests: { healthCheck: { enabled: false } }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("onepassword.com/v1", "OnePasswordItem")
type OnePasswordItem = {
  spec?: {
    itemPath?: String
  }
  status?: Any
  type?: String
}
