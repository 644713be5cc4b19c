//! Sealed Secrets: secrets that may be published.

import std/chart

/// What was sealed for a cluster, as `platc seal -o` keeps it: for whom, of which secret (`NAMESPACE/NAME`), which key.
type Kept = {String: {String: {String: String}}}

/// Sealed Secrets as what brings the values of a secret: they stand here, sealed for the controller of one cluster.
schema Sealed is SecretProvider {
  /// The file of what was sealed for the cluster: `import "./sealed/lab.json" as lab-sealed: sealedsecrets.Kept`.
  kept: Kept = {}
  /// For whom they are sealed: for this name in this namespace, for the namespace, or for the cluster.
  scope: "strict" | "namespace-wide" | "cluster-wide" = "strict"
  /// The sealed values, by key.
  @main values: {String: String} = kept.get(scope)?.get("\(namespace.name)/\(secret.object)") ?? {}
  let of-scope: {String: String} = if scope == "strict" then {} else {
    "sealedsecrets.bitnami.com/\(scope)": "true"
  }
  emit sealed: SealedSecret = {
    metadata: {
      name: secret.object
      annotations: if of-scope.is-empty() then null else of-scope
    }
    spec: {
      // A key without a value is not sealed yet.
      encryptedData: {
        ...values
        for k in secret.key { if not values.has(k.name) { "\(k.name)": "" } }
      }
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
  /// Where in the source its certificate is, and what was sealed for it: the script `seal.sh` seals what is missing there.
  certificate: String = "sealed/\(cluster.name).pem"
  kept: String = "sealed/\(cluster.name).json"
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
  let sealed = cluster.all(Sealed)
  emit script: Artifact? = if sealed.is-empty() then null else Artifact {
    path: "seal.sh"
    program: "seal"
    data: {
      cluster: [cluster.name]
      controller: [name]
      space: [namespace.name]
      certificate: [certificate]
      kept: [kept]
      secrets: [for s in sealed => "\(s.namespace.name)/\(s.secret.object)"]
      scopes: [for s in sealed => s.scope]
      keys: [for s in sealed => s.secret.key.map((k) => k.name).join(" ")]
    }
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
