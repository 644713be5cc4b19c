//! Flux: it looks at a repository and makes the cluster what stands there, in the order that parts need each other.

schema Repository {
  source: Url
  branch: String = "main"
  each namespace: Namespace

  emit git: Any = {
    apiVersion: "source.toolkit.fluxcd.io/v1"
    kind: "GitRepository"
    metadata: { name: "flux-system", namespace: "flux-system" }
    spec: { interval: 1m30s, url: source, ref: { branch: branch } }
  }
}

schema Namespace in repository: Repository {
  each app: App
}

/// How much it hurts if an app is not what the repository says.
type Tier = "critical" | "core" | "standard"

/// An app: a chart with its values, and what must be there before it.
schema App in namespace: Namespace {
  tier: Tier = "standard"
  chart: Chart
  values: Any = {}
  needs: [App] = []

  /// How often it is compared with the repository.
  let interval: Duration = match tier {
    "critical" => 5m
    "core" => 15m
    "standard" => 1h
  }
  let path = "./kubernetes/apps/\(namespace.name)/\(name)/app"
  /// The place among all apps: what needs nothing is first.
  let order: Int = ([0] + needs.map((app) => app.order + 1)).max()

  emit kustomization: Any = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1"
    kind: "Kustomization"
    metadata: { name: name, namespace: "flux-system" }
    spec: {
      targetNamespace: namespace.name
      path: path
      prune: true
      wait: true
      interval: interval
      retryInterval: "2m"
      timeout: "10m"
      dependsOn: [for app in needs => { name: app.name }]
      // Left out, the source would be looked for in the namespace of the app.
      sourceRef: { kind: "GitRepository", name: "flux-system", namespace: "flux-system" }
    }
  }
  emit source: Any = {
    apiVersion: "source.toolkit.fluxcd.io/v1"
    kind: "OCIRepository"
    metadata: { name: name, namespace: namespace.name }
    spec: { interval: interval, url: chart.url, ref: { tag: chart.version } }
  }
  emit release: Any = {
    apiVersion: "helm.toolkit.fluxcd.io/v2"
    kind: "HelmRelease"
    metadata: { name: name, namespace: namespace.name }
    spec: {
      interval: interval
      chartRef: { kind: "OCIRepository", name: name }
      // Trying for ever would hide what is wrong, and wear out the cluster.
      install: { remediation: { retries: 3 } }
      upgrade: { remediation: { retries: 3 } }
      values: values
    }
  }
}

schema Chart {
  url: Url
  version: Version
}
