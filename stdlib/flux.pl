//! Flux: delivery from a repository, and its kinds.

import std/chart

/// Flux as what delivers the platform: a tree of `kubernetes/apps/NAMESPACE/APP`, each with a Kustomization that says when
/// it comes and what it waits for, and two roots: `cluster-meta` for the sources, then `cluster-apps`.
schema Flux is Parts {
  layout = "flux"
  keeps = { "kustomize.toolkit.fluxcd.io/prune": "disabled" }
  path = "kubernetes"
  version: Version = "2.7.0"
  repository: Url
  branch: String = "main"
  /// Where the directory of the cluster is in the repository: by default, the tree lies at its root.
  within: String = cluster.name
  /// How often it looks for what is new.
  interval: Duration = 1h
  /// How often it compares what there is with what is written.
  intervals: { critical: Duration, core: Duration, standard: Duration } = {
    critical: 5m
    core: 15m
    standard: 1h
  }
  retry: Duration = 2m
  /// How long it waits for what it made, unless it looks again before that.
  timeout: Duration = 10m
  /// How often it tries a chart again before it goes back to what was there.
  retries: Int where it >= 0 = 3
  /// Whether files are decrypted with SOPS, by the key in the secret `sops-age`.
  sops: Bool = false

  about = { flux: ["\(version)"], delivery: ["flux-system"], sops: [if sops then "yes" else "no"] }
  namespace-files = [for n in cluster.namespace => "\(path)/apps/\(n.name)/namespace.yaml"]
  own-names = ["cluster-meta", "cluster-apps"]
  by-hand = [for p in in-order => { part: p, commands: commands-of(p) }]
  let root = if within.is-empty() then "./\(path)" else "./\(within)/\(path)"
  let source: { kind: "GitRepository", name: String, namespace: String } = {
    kind: "GitRepository"
    name: "flux-system"
    namespace: "flux-system"
  }
  let key: { provider: "sops", secretRef: { name: String } }? = if sops then {
    provider: "sops"
    secretRef.name: "sops-age"
  } else null

  GitRepository flux-system {
    metadata.namespace: "flux-system"
    spec: { interval: interval, url: "\(repository)", ref.branch: branch }
  }
  Kustomization cluster-meta {
    metadata.namespace: "flux-system"
    spec: {
      interval: intervals.core
      retryInterval: retry
      timeout: timeout
      prune: true
      wait: true
      path: "\(root)/flux/meta"
      sourceRef: source
    }
  }
  Kustomization cluster-apps {
    metadata.namespace: "flux-system"
    spec: {
      interval: intervals.core
      retryInterval: retry
      timeout: timeout
      prune: true
      path: "\(root)/apps"
      sourceRef: source
      dependsOn: [{ name: "cluster-meta" }]
    }
  }
  for p in part {
    Kustomization "\(p.name)" {
      metadata.namespace: "flux-system"
      spec: {
        // It would move every object there: so it is said where they all are there anyway.
        targetNamespace: if p.in-one-namespace then p.namespace else null
        commonMetadata: if p.component == null
          then null
          else { labels: { "app.kubernetes.io/name": p.app } }
        dependsOn: if p.needs.is-empty() then null else [for n in p.needs => { name: n.name }]
        interval: intervals[p.tier]
        retryInterval: retry
        timeout: [timeout, intervals[p.tier] - 30s].min()
        prune: true
        wait: true
        path: "\(root)/apps/\(p.directory)/app"
        sourceRef: source
        decryption: key
      }
    }
  }
  for p in part {
    for r in p.charts {
      HelmRelease "\(p.name)" {
        metadata: { name: r.name, namespace: r.namespace.name }
        spec: {
          interval: intervals[r.tier]
          timeout: [timeout, intervals[r.tier] - 30s].min()
          chart: if is-oci(r) then null else {
            spec: {
              chart: r.chart
              version: "\(r.version)"
              sourceRef: {
                kind: "HelmRepository"
                name: source-name(r.repository ?? "", repositories)
                namespace: "flux-system"
              }
            }
          }
          // Without its namespace it would be looked for beside the release.
          chartRef: if is-oci(r) then {
            kind: "OCIRepository"
            name: p.name
            namespace: "flux-system"
          } else null
          install: { crds: "CreateReplace", remediation.retries: retries }
          upgrade: {
            crds: "CreateReplace"
            cleanupOnFail: true
            remediation: { retries: retries, strategy: "rollback" }
          }
          values: r.values
        }
      }
      if is-oci(r) {
        OCIRepository "\(p.name)" {
          metadata.namespace: "flux-system"
          spec: {
            interval: interval
            url: "\(r.repository ?? "")/\(r.chart)"
            ref.tag: "\(r.version)"
          }
        }
      }
    }
  }
  let repositories = cluster.all(Release).map((r) => r.repository ?? "").unique()
  for url in repositories.filter((url) => not url.is-empty() and not url.starts-with("oci://")) {
    HelmRepository "\(source-name(url, repositories))" {
      metadata.namespace: "flux-system"
      spec: { interval: interval, url: url }
    }
  }
}

/// `https://charts.jetstack.io` is `charts-jetstack-io`; where another has that name already, this one is marked.
fn source-name(url: String, all: [String]) -> Name = if all.take(all.index-of(url) ?? 0).any(
  (other) => words-of(other) == words-of(url),
)
  then Name("\(words-of(url).slice(0, 54).without-suffix("-"))-\(url.sha256().slice(0, 8))")
  else Name(short(words-of(url)))

fn words-of(url: String) -> String = url.replace-matches(r"^[a-z]+://", "").lower().replace-matches(
  r"[^a-z0-9]+",
  "-",
).without-suffix("-")

/// How a part is looked at, held, and fetched again.
fn commands-of(part: Part) -> [String] = [
  "flux get kustomization \(part.name)",
  "flux suspend kustomization \(part.name)",
  "flux resume kustomization \(part.name)",
  "flux reconcile kustomization \(part.name) --with-source",
  for r in part.charts => [
    "flux suspend helmrelease \(r.name) -n \(r.namespace.name)",
    "flux resume helmrelease \(r.name) -n \(r.namespace.name)",
    "flux reconcile helmrelease \(r.name) -n \(r.namespace.name) --force --reset",
    if is-oci(r) => "flux reconcile source oci \(part.name)",
  ].join("\n"),
  for workload in part.component?.workloads ?? [] => "flux trace \(workload) -n \(part.namespace ?? "default")",
]

/// The operator of Flux, which installs Flux as an instance says and keeps it so.
schema Operator is Release {
  chart = "flux-operator"
  repository = "oci://ghcr.io/controlplaneio-fluxcd/charts"
  version = "0.49.0"
  /// Whether it has a page, which shows what Flux does.
  web: Bool = false
  resources: Resources = Resources { cpu: 50m, memory: 128MiB, memory-limit: 512MiB }
  pods = { "app.kubernetes.io/name": "flux-operator", "app.kubernetes.io/instance": name }
  tier = "critical"
  kinds = ["fluxcd.controlplane.io"]
  provides = ["flux-operator"]
  workloads = ["deployment/\(name)"]
  values = {
    fullnameOverride: name
    installCRDs: true
    web: { enabled: web }
    resources: chart.sized(resources)
  }
}

/// What Flux is made of.
type Controller = "source-controller" | "kustomize-controller" | "helm-controller" | "notification-controller" | "image-reflector-controller" | "image-automation-controller"

/// Flux itself, in the namespace `flux-system`.
schema Instance is Component {
  /// The version, which is that of the delivery where that is Flux.
  version: Version = match cluster.delivery { Flux => cluster.delivery.version, _ => "2.7.0" }
  /// Whether it looks for new images too, and writes them into the repository.
  images: Bool = false
  size: "small" | "medium" | "large" = "small"
  pods = { "app.kubernetes.io/part-of": "flux" }
  isolate = false
  tier = "critical"
  kinds = [
    "source.toolkit.fluxcd.io",
    "kustomize.toolkit.fluxcd.io",
    "helm.toolkit.fluxcd.io",
    "notification.toolkit.fluxcd.io",
    if images => "image.toolkit.fluxcd.io",
  ]
  requires = ["flux-operator"]
  provides = ["flux"]
  let controllers: [Controller] = [
    "source-controller",
    "kustomize-controller",
    "helm-controller",
    "notification-controller",
    if images => "image-reflector-controller",
    if images => "image-automation-controller",
  ]
  workloads = controllers.map((controller) => "deployment/\(controller)")
  emit instance: FluxInstance = {
    // The one name that the operator accepts.
    metadata.name: "flux"
    spec: {
      distribution: { version: "\(version)", registry: "ghcr.io/fluxcd" }
      components: controllers
      cluster: { type: "kubernetes", size: size, domain: cluster.domain, networkPolicy: true }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("source.toolkit.fluxcd.io/v1", "Bucket")
type Bucket = {
  spec?: {
    bucketName: String
    certSecretRef?: {
      name: String
    }
    endpoint: String
    ignore?: String
    insecure?: Bool
    interval: Duration | String
    prefix?: String
    provider?: "generic" | "aws" | "gcp" | "azure"
    proxySecretRef?: {
      name: String
    }
    region?: String
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    sts?: {
      certSecretRef?: {
        name: String
      }
      endpoint: String
      provider: "aws" | "ldap"
      secretRef?: {
        name: String
      }
    }
    suspend?: Bool
    timeout?: String
  }
  status?: Any
}

@kubernetes("source.toolkit.fluxcd.io/v1", "ExternalArtifact")
type ExternalArtifact = {
  spec?: {
    sourceRef?: SourceRef
  }
  status?: Any
}

@kubernetes("source.toolkit.fluxcd.io/v1", "GitRepository")
type GitRepository = {
  spec?: {
    ignore?: String
    include?: [{
      fromPath?: String
      repository: {
        name: String
      }
      toPath?: String
    }]
    interval: Duration | String
    provider?: "generic" | "aws" | "azure" | "github"
    proxySecretRef?: {
      name: String
    }
    recurseSubmodules?: Bool
    ref?: Ref
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    sparseCheckout?: [String]
    suspend?: Bool
    timeout?: String
    url: String
    verify?: {
      mode?: "head" | "HEAD" | "Tag" | "TagAndHEAD"
      secretRef: {
        name: String
      }
    }
  }
  status?: Any
}

@kubernetes("source.toolkit.fluxcd.io/v1", "HelmChart")
type HelmChart = {
  spec?: {
    chart: String
    ignoreMissingValuesFiles?: Bool
    interval: Duration | String
    reconcileStrategy?: "ChartVersion" | "Revision"
    sourceRef: {
      apiVersion?: String
      kind: "HelmRepository" | "GitRepository" | "Bucket"
      name: String
    }
    suspend?: Bool
    valuesFiles?: [String]
    verify?: {
      matchOIDCIdentity?: [{
        issuer: String
        subject: String
      }]
      provider: "cosign" | "notation"
      secretRef?: {
        name: String
      }
    }
    version?: String
  }
  status?: Any
}

@kubernetes("source.toolkit.fluxcd.io/v1", "HelmRepository")
type HelmRepository = {
  spec?: {
    accessFrom?: {
      namespaceSelectors: [{
        matchLabels?: {String: String}
      }]
    }
    certSecretRef?: {
      name: String
    }
    insecure?: Bool
    interval?: Duration | String
    passCredentials?: Bool
    provider?: "generic" | "aws" | "azure" | "gcp"
    secretRef?: {
      name: String
    }
    suspend?: Bool
    timeout?: String
    type?: "default" | "oci"
    url: String
  }
  status?: Any
}

@kubernetes("source.toolkit.fluxcd.io/v1", "OCIRepository")
type OCIRepository = {
  spec?: {
    certSecretRef?: {
      name: String
    }
    ignore?: String
    insecure?: Bool
    interval: Duration | String
    layerSelector?: {
      mediaType?: String
      operation?: "extract" | "copy"
    }
    provider?: "generic" | "aws" | "azure" | "gcp"
    proxySecretRef?: {
      name: String
    }
    ref?: {
      digest?: String
      semver?: String
      semverFilter?: String
      tag?: String
    }
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    suspend?: Bool
    timeout?: String
    url: String
    verify?: {
      matchOIDCIdentity?: [{
        issuer: String
        subject: String
      }]
      provider: "cosign" | "notation"
      secretRef?: {
        name: String
      }
      trustedRootSecretRef?: {
        name: String
      }
    }
  }
  status?: Any
}

@kubernetes("kustomize.toolkit.fluxcd.io/v1", "Kustomization")
type Kustomization = {
  spec?: {
    buildMetadata?: ["originAnnotations" | "transformerAnnotations"]
    commonMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    components?: [String]
    decryption?: {
      provider: "sops"
      secretRef?: {
        name: String
      }
      serviceAccountName?: String
    }
    deletionPolicy?: "MirrorPrune" | "Delete" | "WaitForTermination" | "Orphan"
    dependsOn?: [DependsOn]
    force?: Bool
    healthCheckExprs?: [HealthCheckExpr]
    healthChecks?: [SourceRef]
    ignore?: [Ignore]
    ignoreMissingComponents?: Bool
    images?: [Image]
    interval: Duration | String
    kubeConfig?: KubeConfig
    namePrefix?: String
    nameSuffix?: String
    patches?: [Patche]
    path?: String
    postBuild?: {
      substitute?: {String: String}
      substituteFrom?: [{
        kind: "Secret" | "ConfigMap"
        name: String
        optional?: Bool
      }]
      substituteStrategy?: "WithVariables" | "Always"
    }
    prune: Bool
    retryInterval?: Duration | String
    serviceAccountName?: String
    sourceRef: {
      apiVersion?: String
      kind: "OCIRepository" | "GitRepository" | "Bucket" | "ExternalArtifact"
      name: String
      namespace?: String
    }
    suspend?: Bool
    targetNamespace?: String
    timeout?: Duration | String
    wait?: Bool
  }
  status?: Any
}

@kubernetes("helm.toolkit.fluxcd.io/v2", "HelmRelease")
type HelmRelease = {
  spec?: {
    chart?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec: {
        chart: String
        ignoreMissingValuesFiles?: Bool
        interval?: Duration | String
        reconcileStrategy?: "ChartVersion" | "Revision"
        sourceRef: {
          apiVersion?: String
          kind: "HelmRepository" | "GitRepository" | "Bucket"
          name: String
          namespace?: String
        }
        valuesFiles?: [String]
        verify?: {
          provider: "cosign" | "notation"
          secretRef?: {
            name: String
          }
        }
        version?: String
      }
    }
    chartRef?: {
      apiVersion?: String
      kind: "OCIRepository" | "HelmChart" | "ExternalArtifact"
      name: String
      namespace?: String
    }
    commonMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    dependsOn?: [DependsOn]
    driftDetection?: {
      ignore?: [Ignore]
      mode?: "enabled" | "warn" | "disabled"
    }
    healthCheckExprs?: [HealthCheckExpr]
    install?: {
      crds?: "Skip" | "Create" | "CreateReplace"
      createNamespace?: Bool
      disableHooks?: Bool
      disableOpenAPIValidation?: Bool
      disableSchemaValidation?: Bool
      disableTakeOwnership?: Bool
      disableWait?: Bool
      disableWaitForJobs?: Bool
      remediation?: {
        ignoreTestFailures?: Bool
        remediateLastFailure?: Bool
        retries?: Int
      }
      replace?: Bool
      serverSideApply?: Bool
      skipCRDs?: Bool
      strategy?: {
        name: "RemediateOnFailure" | "RetryOnFailure"
        retryInterval?: Duration | String
      }
      timeout?: Duration | String
    }
    interval: Duration | String
    kubeConfig?: KubeConfig
    maxHistory?: Int
    persistentClient?: Bool
    postRenderStrategy?: "nohooks" | "combined" | "separate"
    postRenderers?: [{
      kustomize?: {
        images?: [Image]
        patches?: [Patche]
      }
    }]
    releaseName?: String
    rollback?: {
      cleanupOnFail?: Bool
      disableHooks?: Bool
      disableWait?: Bool
      disableWaitForJobs?: Bool
      force?: Bool
      recreate?: Bool
      serverSideApply?: "enabled" | "disabled" | "auto"
      timeout?: Duration | String
    }
    serviceAccountName?: String
    storageNamespace?: String
    suspend?: Bool
    targetNamespace?: String
    test?: {
      enable?: Bool
      filters?: [{
        exclude?: Bool
        name: String
      }]
      ignoreFailures?: Bool
      timeout?: Duration | String
    }
    timeout?: Duration | String
    uninstall?: {
      deletionPropagation?: "background" | "foreground" | "orphan"
      disableHooks?: Bool
      disableWait?: Bool
      keepHistory?: Bool
      timeout?: Duration | String
    }
    upgrade?: {
      chartNameChangeStrategy?: "InPlaceUpdate" | "Reinstall"
      cleanupOnFail?: Bool
      crds?: "Skip" | "Create" | "CreateReplace"
      disableHooks?: Bool
      disableOpenAPIValidation?: Bool
      disableSchemaValidation?: Bool
      disableTakeOwnership?: Bool
      disableWait?: Bool
      disableWaitForJobs?: Bool
      force?: Bool
      preserveValues?: Bool
      remediation?: {
        ignoreTestFailures?: Bool
        remediateLastFailure?: Bool
        retries?: Int
        strategy?: "rollback" | "uninstall"
      }
      serverSideApply?: "enabled" | "disabled" | "auto"
      strategy?: {
        name: "RemediateOnFailure" | "RetryOnFailure"
        retryInterval?: Duration | String
      }
      timeout?: Duration | String
    }
    values?: Any
    valuesFrom?: [{
      kind: "Secret" | "ConfigMap"
      literal?: Bool
      name: String
      optional?: Bool
      targetPath?: String
      valuesKey?: String
    }]
    waitStrategy?: {
      name: "poller" | "legacy"
    }
  }
  status?: Any
}

@kubernetes("notification.toolkit.fluxcd.io/v1beta3", "Alert")
type Alert = {
  spec?: {
    eventMetadata?: {String: String}
    eventSeverity?: "info" | "error"
    eventSources: [{
      apiVersion?: String
      kind: "Bucket" | "GitRepository" | "Kustomization" | "HelmRelease" | "HelmChart" | "HelmRepository" | "ImageRepository" | "ImagePolicy" | "ImageUpdateAutomation" | "OCIRepository" | "ArtifactGenerator" | "ExternalArtifact" | "FluxInstance" | "ResourceSet" | "ResourceSetInputProvider"
      matchLabels?: {String: String}
      name: String
      namespace?: String
    }]
    exclusionList?: [String]
    inclusionList?: [String]
    providerRef: {
      name: String
    }
    summary?: String
    suspend?: Bool
  }
}

@kubernetes("notification.toolkit.fluxcd.io/v1beta3", "Provider")
type Provider = {
  spec?: {
    address?: String
    certSecretRef?: {
      name: String
    }
    channel?: String
    commitStatusExpr?: String
    interval?: Duration | String
    proxy?: String
    proxySecretRef?: {
      name: String
    }
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    suspend?: Bool
    timeout?: String
    type: "slack" | "discord" | "msteams" | "rocket" | "generic" | "generic-hmac" | "github" | "gitlab" | "gitea" | "giteapullrequestcomment" | "bitbucketserver" | "bitbucket" | "azuredevops" | "googlechat" | "googlepubsub" | "webex" | "sentry" | "azureeventhub" | "telegram" | "lark" | "matrix" | "opsgenie" | "alertmanager" | "grafana" | "githubdispatch" | "githubpullrequestcomment" | "gitlabmergerequestcomment" | "pagerduty" | "datadog" | "nats" | "zulip" | "otel"
    username?: String
  }
}

@kubernetes("notification.toolkit.fluxcd.io/v1", "Receiver")
type Receiver = {
  spec?: {
    events?: [String]
    interval?: Duration | String
    oidcProviders?: [issuerURL: {
      audience?: String
      issuerURL: String
      validations: [{
        expression: String
        message: String
      }]
      variables?: [{
        expression: String
        name: String
      }]
    }]
    resourceFilter?: String
    resources: [{
      apiVersion?: String
      filter?: String
      kind: "Bucket" | "GitRepository" | "Kustomization" | "HelmRelease" | "HelmChart" | "HelmRepository" | "ImageRepository" | "ImagePolicy" | "ImageUpdateAutomation" | "OCIRepository" | "ArtifactGenerator" | "ExternalArtifact" | "FluxInstance" | "ResourceSet" | "ResourceSetInputProvider"
      matchLabels?: {String: String}
      name: String
      namespace?: String
    }]
    secretRef?: {
      name: String
    }
    suspend?: Bool
    type: "generic" | "generic-hmac" | "generic-oidc" | "github" | "gitlab" | "bitbucket" | "harbor" | "dockerhub" | "quay" | "gcr" | "nexus" | "acr" | "cdevents"
  }
  status?: Any
}

@kubernetes("image.toolkit.fluxcd.io/v1", "ImagePolicy")
type ImagePolicy = {
  spec?: {
    digestReflectionPolicy?: "Always" | "IfNotPresent" | "Never"
    filterTags?: {
      extract?: String
      pattern?: String
    }
    imageRepositoryRef: {
      name: String
      namespace?: String
    }
    interval?: Duration | String
    policy: {
      alphabetical?: {
        order?: "asc" | "desc"
      }
      numerical?: {
        order?: "asc" | "desc"
      }
      semver?: {
        range: String
      }
    }
    suspend?: Bool
  }
  status?: Any
}

@kubernetes("image.toolkit.fluxcd.io/v1", "ImageRepository")
type ImageRepository = {
  spec?: {
    accessFrom?: {
      namespaceSelectors: [{
        matchLabels?: {String: String}
      }]
    }
    certSecretRef?: {
      name: String
    }
    exclusionList?: [String]
    image: String
    insecure?: Bool
    interval: Duration | String
    provider?: "generic" | "aws" | "azure" | "gcp"
    proxySecretRef?: {
      name: String
    }
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    suspend?: Bool
    timeout?: String
  }
  status?: Any
}

@kubernetes("image.toolkit.fluxcd.io/v1", "ImageUpdateAutomation")
type ImageUpdateAutomation = {
  spec?: {
    git?: {
      checkout?: {
        ref: Ref
      }
      commit: {
        author: {
          email: String
          name?: String
        }
        messageTemplate?: String
        messageTemplateValues?: {String: String}
        signingKey?: {
          secretRef: {
            name: String
          }
          type?: "gpg" | "ssh"
        }
      }
      push?: {
        branch?: String
        options?: {String: String}
        refspec?: String
      }
    }
    interval: Duration | String
    policySelector?: k8s.LabelSelector
    sourceRef: {
      apiVersion?: String
      kind: "GitRepository"
      name: String
      namespace?: String
    }
    suspend?: Bool
    update?: {
      path?: String
      strategy?: "Setters"
    }
  }
  status?: Any
}

@kubernetes("fluxcd.controlplane.io/v1", "FluxInstance")
type FluxInstance = {
  spec?: {
    cluster?: {
      domain?: String
      multitenant?: Bool
      multitenantWorkloadIdentity?: Bool
      networkPolicy?: Bool
      objectLevelWorkloadIdentity?: Bool
      size?: "small" | "medium" | "large"
      tenantDefaultDecryptionServiceAccount?: String
      tenantDefaultKubeConfigServiceAccount?: String
      tenantDefaultServiceAccount?: String
      type?: "kubernetes" | "openshift" | "aws" | "azure" | "gcp"
    }
    commonMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    components?: ["source-controller" | "kustomize-controller" | "helm-controller" | "notification-controller" | "image-reflector-controller" | "image-automation-controller" | "source-watcher"]
    distribution: {
      artifact?: String
      artifactPullSecret?: String
      imagePullSecret?: String
      registry: String
      variant?: "upstream-alpine" | "enterprise-alpine" | "enterprise-distroless" | "enterprise-distroless-fips"
      version: String
    }
    kustomize?: {
      patches?: [Patche]
    }
    migrateResources?: Bool
    sharding?: {
      key?: String
      shards: [String]
      storage?: "ephemeral" | "persistent"
    }
    storage?: {
      class: String
      size: String
    }
    sync?: {
      interval?: Duration | String
      kind: "OCIRepository" | "GitRepository" | "Bucket"
      name?: String
      path: String
      provider?: "generic" | "aws" | "azure" | "gcp" | "github"
      pullSecret?: String
      ref: String
      url: String
    }
    wait?: Bool
  }
  status?: Any
}

@kubernetes("fluxcd.controlplane.io/v1", "FluxReport")
type FluxReport = {
  spec?: {
    cluster?: {
      nodes?: Int
      platform: String
      serverVersion: String
    }
    components?: [{
      image: String
      name: String
      ready: Bool
      status: String
    }]
    distribution: {
      entitlement: String
      managedBy?: String
      status: String
      version?: String
    }
    operator?: {
      apiVersion: String
      platform: String
      version: String
    }
    reconcilers?: [{
      apiVersion: String
      kind: String
      stats?: {
        failing: Int
        running: Int
        suspended: Int
        totalSize?: String
      }
    }]
    sync?: {
      id: String
      path?: String
      ready: Bool
      source?: String
      status: String
    }
  }
  status?: Any
}

@kubernetes("fluxcd.controlplane.io/v1", "ResourceSet")
type ResourceSet = {
  spec?: {
    commonMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    dependsOn?: [{
      apiVersion: String
      kind: String
      name: String
      namespace?: String
      ready?: Bool
      readyExpr?: String
    }]
    inputStrategy?: {
      name: "Flatten" | "Permute"
    }
    inputs?: [{String: Any}]
    inputsFrom?: [{
      apiVersion?: "fluxcd.controlplane.io/v1"
      kind?: "ResourceSetInputProvider"
      name?: String
      selector?: k8s.LabelSelector
    }]
    resources?: [Any]
    resourcesTemplate?: String
    serviceAccountName?: String
    wait?: Bool
  }
  status?: Any
}

@kubernetes("fluxcd.controlplane.io/v1", "ResourceSetInputProvider")
type ResourceSetInputProvider = {
  spec?: {
    certSecretRef?: {
      name: String
    }
    defaultValues?: {String: Any}
    filter?: {
      excludeBranch?: String
      excludeEnvironment?: String
      excludeTag?: String
      includeBranch?: String
      includeEnvironment?: String
      includeTag?: String
      labels?: [String]
      limit?: Int
      semver?: String
    }
    insecure?: Bool
    schedule?: [{
      cron: String
      timeZone?: String
      window?: Duration | String
    }]
    secretRef?: {
      name: String
    }
    serviceAccountName?: String
    skip?: {
      labels?: [String]
    }
    type: "Static" | "GitHubBranch" | "GitHubTag" | "GitHubPullRequest" | "GitLabBranch" | "GitLabTag" | "GitLabMergeRequest" | "GitLabEnvironment" | "AzureDevOpsBranch" | "AzureDevOpsTag" | "AzureDevOpsPullRequest" | "AWSCodeCommitBranch" | "AWSCodeCommitTag" | "AWSCodeCommitPullRequest" | "GiteaBranch" | "GiteaTag" | "GiteaPullRequest" | "OCIArtifactTag" | "ACRArtifactTag" | "ECRArtifactTag" | "GARArtifactTag" | "ExternalService"
    url?: String
  }
  status?: Any
}

type SourceRef = {
  apiVersion?: String
  kind: String
  name: String
  namespace?: String
}

type Ref = {
  branch?: String
  commit?: String
  name?: String
  semver?: String
  tag?: String
}

type DependsOn = {
  name: String
  namespace?: String
  readyExpr?: String
}

type HealthCheckExpr = {
  apiVersion: String
  current: String
  failed?: String
  inProgress?: String
  kind?: String
}

type Ignore = {
  paths: [String]
  target?: Target
}

type Image = {
  digest?: String
  name: String
  newName?: String
  newTag?: String
}

type KubeConfig = {
  configMapRef?: {
    name: String
  }
  secretRef?: {
    key?: String
    name: String
  }
}

type Patche = {
  patch: String
  target?: Target
}

type Target = {
  annotationSelector?: String
  group?: String
  kind?: String
  labelSelector?: String
  name?: String
  namespace?: String
  version?: String
}
