//! Sealed Secrets: secrets that may be published.

import std/chart

/// Sealed Secrets as what brings the values of a secret: they stand here, sealed for the controller of one cluster.
schema Sealed is SecretProvider {
  /// The sealed values, by key.
  @main values: {String: String}
  /// For whom they are sealed: for this name in this namespace, for the namespace, or for the cluster.
  scope: "strict" | "namespace-wide" | "cluster-wide" = "strict"
  let of-scope: {String: String} = if scope == "strict" then {} else {
    "sealedsecrets.bitnami.com/\(scope)": "true"
  }
  let missing = [for k in secret.key if not values.has(k.name) => k.name]
  check missing.is-empty() else "\(secret.name) has no sealed value for \(missing.join(", "))"
  emit sealed: SealedSecret = {
    metadata: {
      name: secret.object
      annotations: if of-scope.is-empty() then null else of-scope
    }
    spec: {
      encryptedData: values
      template.metadata: {
        name: secret.object
        namespace: namespace.name
        annotations: if of-scope.is-empty() then null else of-scope
      }
    }
  }
}

/// The controller, which alone can open what was sealed for its cluster.
schema Controller is Release {
  chart = "sealed-secrets"
  repository = "https://bitnami-labs.github.io/sealed-secrets"
  version = "2.18.5"
  /// How often it makes a new key; what was sealed with old ones stays open.
  renew: Duration = 720h
  /// Whether Prometheus is told to measure it.
  metrics: Bool = false
  resources: Resources = Resources { cpu: 50m, memory: 64MiB, memory-limit: 256MiB }
  pods = { "app.kubernetes.io/name": "sealed-secrets", "app.kubernetes.io/instance": name }
  tier = "critical"
  kinds = ["bitnami.com"]
  provides = ["sealed-secrets"]
  workloads = ["deployment/\(name)"]
  /// How `kubeseal` finds it: by itself, it looks for `sealed-secrets-controller` in `kube-system`.
  let finds = ["--controller-name=\(name)", "--controller-namespace=\(namespace.name)"]
  api: Endpoint = Endpoint {
    number: 8080
    pods: { "app.kubernetes.io/name": "sealed-secrets", "app.kubernetes.io/instance": name }
    id: name
    host: "\(name).\(namespace.name).svc.\(cluster.domain)"
  }
  values = {
    fullnameOverride: name
    keyrenewperiod: "\(renew)"
    metrics: { serviceMonitor: { enabled: metrics } }
    resources: chart.sized(resources)
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("bitnami.com/v1alpha1", "SealedSecret")
type SealedSecret = {
  spec: {
    data?: String
    encryptedData: {String: String}
    template?: {
      data?: {String: String}
      immutable?: Bool
      metadata?: {
        annotations?: {String: String}
        finalizers?: [String]
        labels?: {String: String}
        name?: String
        namespace?: String
        String: Any
      }
      type?: String
    }
  }
  status?: Any
}
