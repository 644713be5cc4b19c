//! Argo CD: applications and projects.

import std/chart

/// Argo CD as what delivers the platform: a project, one application that looks at `root`, and below it an application for each
/// part, in waves.
schema Apps is Parts {
  layout = "argocd"
  keeps = { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" }
  path = "argocd"
  repository: Url
  branch: String = "main"
  /// Where the directory of the cluster is in the repository: by default, the tree lies at its root.
  within: String = cluster.name
  /// Where Argo CD runs.
  namespace: Name = "argocd"
  project: Name = cluster.name
  /// The cluster as Argo CD knows it.
  server: String = "https://kubernetes.default.svc"
  /// How often it tries again where something is refused.
  retries: Int where it >= 0 = 5

  about = { flux: [""], delivery: [namespace], sops: ["no"] }
  namespace-files = [for n in cluster.namespace => "\(path)/root/namespace-\(n.name).yaml"]
  let root = if within.is-empty() then path else "\(within)/\(path)"
  own-names = ["\(cluster.name)-root"]
  by-hand = [for p in in-order => {
    part: p
    commands: [
      "argocd app get \(p.name)",
      "argocd app diff \(p.name)",
      "argocd app set \(p.name) --sync-policy none",
      "argocd app set \(p.name) --sync-policy automated --auto-prune --self-heal",
      "argocd app sync \(p.name)",
      "argocd app history \(p.name)",
    ]
  }]
  let charts = cluster.all(Release).map((r) => without-scheme(r.repository ?? "")).unique()

  AppProject "\(project)" {
    metadata.namespace: namespace
    spec: {
      description: "What platc makes of the cluster \(cluster.name)"
      sourceRepos: ["\(repository)", ...charts.filter((url) => not url.is-empty())]
      destinations: [{ server: server, namespace: "*" }]
      clusterResourceWhitelist: [{ group: "*", kind: "*" }]
    }
  }
  Application "\(cluster.name)-root" {
    metadata: { namespace: namespace }
    spec: {
      project: project
      destination: { server: server, namespace: namespace }
      source: { repoURL: "\(repository)", targetRevision: branch, path: "\(root)/root" }
      syncPolicy: { automated: { prune: true, selfHeal: true } }
    }
  }
  for p in part {
    Application "\(p.name)" {
      metadata: {
        namespace: namespace
        annotations: { "argocd.argoproj.io/sync-wave": "\(p.wave)" }
        // What it made goes with it.
        finalizers: ["resources-finalizer.argocd.argoproj.io"]
      }
      spec: {
        project: project
        destination: { server: server, namespace: p.namespace }
        sources: [
          ...p.charts.map((r) => source-of(r)),
          if not p.stands.is-empty() => {
            repoURL: "\(repository)"
            targetRevision: branch
            path: "\(root)/parts/\(p.directory)"
          },
        ]
        syncPolicy: {
          automated: { prune: true, selfHeal: true }
          // A definition can be longer than an annotation, which is where a client keeps what it applied.
          syncOptions: ["ServerSideApply=true"]
          retry: { limit: retries, backoff: { duration: "10s", factor: 2, maxDuration: "3m" } }
        }
      }
    }
  }
}

/// A chart, as Argo CD looks for it.
fn source-of(release: Release) -> Source = {
  repoURL: without-scheme(release.repository ?? "")
  chart: release.chart
  targetRevision: "\(release.version)"
  helm: { releaseName: release.name, valuesObject: release.values }
}

/// Registries have no scheme there, other repositories do.
fn without-scheme(repository: String) -> String = repository.without-prefix("oci://")

/// How an application is, as Argo CD asks it: like that which it brings.
let health-of-applications: String = r"""
  local health = (obj.status or {}).health or {}
  return { status = health.status or "Progressing", message = health.message or "" }
  """

/// Argo CD itself. Who signs in first finds the password in the secret `argocd-initial-admin-secret`, and changes it.
schema ArgoCd is Release {
  chart = "argo-cd"
  repository = "https://argoproj.github.io/argo-helm"
  version = "10.1.1"
  replicas: Int where it >= 1 = 1
  /// How it is reached: at an address, at ports of the hosts, or only through an ingress.
  by: chart.Way = if node-port != null or http-node-port != null
    then "NodePort"
    else if address != null then "LoadBalancer" else "ClusterIP"
  /// The address of its service.
  @auto("pools")
  address?: Ip
  /// The ports of every host at which it answers: by HTTPS, and by HTTP, which leads there unless `plain`.
  @auto("node-ports")
  node-port?: Port
  @auto("node-ports")
  http-node-port?: Port
  /// Whether it speaks HTTP itself, behind something that speaks HTTPS for it.
  plain: Bool = false
  /// The name by which it is called.
  host: Hostname = "argocd.\(cluster.domain)"
  /// Whether there is the user `admin`.
  admin: Bool = true
  /// Namespaces beside its own whose applications it looks after.
  watches: [Name] = []
  resources: Resources = Resources { cpu: 100m, memory: 256MiB, memory-limit: 512MiB }
  pods = { "app.kubernetes.io/instance": name }
  tier = "critical"
  kinds = ["argoproj.io"]
  provides = ["argocd"]
  workloads = [
    "statefulset/\(name)-application-controller",
    "deployment/\(name)-repo-server",
    "deployment/\(name)-server",
    "deployment/\(name)-redis",
    "deployment/\(name)-applicationset-controller",
  ]
  sign-in = if admin then "secret \(namespace.name)/argocd-initial-admin-secret" else null
  check http-node-port == null or plain or node-port != null else "at port \(http-node-port ?? 0) every call is led on to HTTPS, which has no port: give a `node-port`, or say `plain: true`"
  web: Endpoint = Endpoint {
    number: if plain then 80 else 443
    target: 8080
    pods: { "app.kubernetes.io/name": "argocd-server", "app.kubernetes.io/instance": name }
    host: "\(name)-server.\(namespace.name).svc.\(cluster.domain)"
    id: "\(name)-server"
  }
  if node-port != null { access web: chart.at-host(cluster, "https", node-port) }
  if plain and http-node-port != null {
    access web-plain: chart.at-host(cluster, "http", http-node-port)
  }
  if address != null {
    access address: "\(if plain then "http" else "https")://\(address ?? 0.0.0.0)"
  }
  makes = chart.fronts("\(name)-server", by, [
    { name: "http", port: 80, node-port: http-node-port },
    { name: "https", port: 443, node-port: node-port },
  ], address)
  values = {
    fullnameOverride: name
    global: { domain: "\(host)" }
    configs: {
      cm: {
        "admin.enabled": admin
        // A wave waits for the one before only where an application has a health of its own.
        ...(match cluster.delivery {
          Apps => {
            "resource.customizations.health.argoproj.io_Application": health-of-applications
          }
          _ => {}
        })
      }
      params: {
        "server.insecure": plain
        ...(if watches.is-empty() then {} else { "application.namespaces": watches.join(",") })
      }
    }
    controller: { resources: chart.sized(resources) }
    repoServer: { replicas: replicas, resources: chart.sized(resources) }
    applicationSet: { resources: chart.sized(resources) }
    redis: { resources: chart.sized(resources) }
    dex: { enabled: false }
    notifications: { enabled: false }
    server: {
      replicas: replicas
      resources: chart.sized(resources)
      service: {
        type: by
        ...(if http-node-port == null then {} else { nodePortHttp: http-node-port })
        ...(if node-port == null then {} else { nodePortHttps: node-port })
        ...(if address == null then {} else { loadBalancerIP: "\(address)" })
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("argoproj.io/v1alpha1", "Application")
type Application = {
  operation?: {
    info?: [{
      name: String
      value: String
    }]
    initiatedBy?: {
      automated?: Bool
      username?: String
    }
    retry?: Retry
    sync?: {
      autoHealAttemptsCount?: Int
      dryRun?: Bool
      manifests?: [String]
      prune?: Bool
      resources?: [{
        group?: String
        kind: String
        name: String
        namespace?: String
      }]
      revision?: String
      revisions?: [String]
      source?: Source
      sources?: [Source]
      syncOptions?: [String]
      syncStrategy?: {
        apply?: {
          force?: Bool
        }
        hook?: {
          force?: Bool
        }
      }
    }
  }
  spec: Spec
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "ApplicationSet")
type ApplicationSet = {
  spec: {
    applyNestedSelectors?: Bool
    generators: [{
      clusterDecisionResource?: ClusterDecisionResource
      clusters?: Clusters
      git?: Git
      list?: List
      matrix?: {
        generators: [Generator]
        template?: Template
      }
      merge?: {
        generators: [Generator]
        mergeKeys: [String]
        template?: Template
      }
      plugin?: Plugin
      pullRequest?: PullRequest
      scmProvider?: ScmProvider
      selector?: k8s.LabelSelector
    }]
    goTemplate?: Bool
    goTemplateOptions?: [String]
    ignoreApplicationDifferences?: [{
      jqPathExpressions?: [String]
      jsonPointers?: [String]
      name?: String
    }]
    preservedFields?: {
      annotations?: [String]
      labels?: [String]
    }
    strategy?: {
      deletionOrder?: String
      rollingSync?: {
        steps?: [{
          matchExpressions?: [{
            key?: String
            operator?: String
            values?: [String]
          }]
          maxUpdate?: Int | String
        }]
      }
      type?: String
    }
    syncPolicy?: {
      applicationsSync?: "create-only" | "create-update" | "create-delete" | "sync"
      preserveResourcesOnDeletion?: Bool
    }
    template: Template
    templatePatch?: String
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "AppProject")
type AppProject = {
  spec: {
    clusterResourceBlacklist?: [ClusterResourceBlacklist]
    clusterResourceWhitelist?: [ClusterResourceBlacklist]
    description?: String
    destinationServiceAccounts?: [{
      defaultServiceAccount: String
      namespace?: String
      server: String
    }]
    destinations?: [Destination]
    namespaceResourceBlacklist?: [{
      group: String
      kind: String
    }]
    namespaceResourceWhitelist?: [{
      group: String
      kind: String
    }]
    orphanedResources?: {
      ignore?: [{
        group?: String
        kind?: String
        name?: String
      }]
      warn?: Bool
    }
    permitOnlyProjectScopedClusters?: Bool
    roles?: [{
      description?: String
      groups?: [String]
      jwtTokens?: [{
        exp?: Int
        iat: Int
        id?: String
      }]
      name: String
      policies?: [String]
    }]
    signatureKeys?: [{
      keyID: String
    }]
    sourceIntegrity?: {
      git: {
        policies: [{
          gpg: {
            keys: [String]
            mode: String
          }
          repos: [{
            url: String
          }]
        }]
      }
    }
    sourceNamespaces?: [String]
    sourceRepos?: [String]
    syncWindows?: [{
      andOperator?: Bool
      applications?: [String]
      clusters?: [String]
      description?: String
      duration?: String
      kind?: String
      manualSync?: Bool
      namespaces?: [String]
      schedule?: String
      syncOverrun?: Bool
      timeZone?: String
    }]
  }
  status?: Any
}

type Retry = {
  backoff?: {
    duration?: String
    factor?: Int
    maxDuration?: String
  }
  limit?: Int
  refresh?: Bool
}

type Source = {
  chart?: String
  directory?: Directory
  helm?: Helm
  kustomize?: Kustomize
  name?: String
  path?: String
  plugin?: SourcePlugin
  ref?: String
  repoURL: String
  tagPrefix?: String
  targetRevision?: String
}

type Spec = {
  destination: Destination
  ignoreDifferences?: [{
    group?: String
    jqPathExpressions?: [String]
    jsonPointers?: [String]
    kind: String
    managedFieldsManagers?: [String]
    name?: String
    namespace?: String
  }]
  info?: [{
    name: String
    value: String
  }]
  project: String
  revisionHistoryLimit?: Int
  source?: Source
  sourceHydrator?: {
    drySource: {
      directory?: Directory
      helm?: Helm
      kustomize?: Kustomize
      path: String
      plugin?: SourcePlugin
      repoURL: String
      targetRevision: String
    }
    hydrateTo?: {
      targetBranch: String
    }
    syncSource: {
      path: String
      repoURL?: String
      targetBranch: String
    }
  }
  sources?: [Source]
  syncPolicy?: {
    automated?: {
      allowEmpty?: Bool
      enabled?: Bool
      prune?: Bool
      selfHeal?: Bool
    }
    managedNamespaceMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    retry?: Retry
    syncOptions?: [String]
  }
}

type ClusterDecisionResource = {
  configMapRef: String
  labelSelector?: k8s.LabelSelector
  name?: String
  requeueAfterSeconds?: Int
  template?: Template
  values?: {String: String}
}

type Clusters = {
  flatList?: Bool
  selector?: k8s.LabelSelector
  template?: Template
  values?: {String: String}
}

type Git = {
  directories?: [{
    exclude?: Bool
    path: String
  }]
  files?: [{
    exclude?: Bool
    path: String
  }]
  pathParamPrefix?: String
  repoURL: String
  requeueAfterSeconds?: Int
  revision: String
  template?: Template
  values?: {String: String}
}

type List = {
  elements?: [Any]
  elementsYaml?: String
  template?: Template
}

type Generator = {
  clusterDecisionResource?: ClusterDecisionResource
  clusters?: Clusters
  git?: Git
  list?: List
  matrix?: Any
  merge?: Any
  plugin?: Plugin
  pullRequest?: PullRequest
  scmProvider?: ScmProvider
  selector?: k8s.LabelSelector
}

type Template = {
  metadata: {
    annotations?: {String: String}
    finalizers?: [String]
    labels?: {String: String}
    name?: String
    namespace?: String
  }
  spec: Spec
}

type Plugin = {
  configMapRef: {
    name: String
  }
  input?: {
    parameters?: {String: Any}
  }
  requeueAfterSeconds?: Int
  template?: Template
  values?: {String: String}
}

type PullRequest = {
  azuredevops?: {
    api?: String
    labels?: [String]
    organization: String
    project: String
    repo: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  bitbucket?: {
    api?: String
    basicAuth?: BasicAuth
    bearerToken?: BearerToken
    owner: String
    repo: String
  }
  bitbucketServer?: {
    api: String
    basicAuth?: BasicAuth
    bearerToken?: BearerToken
    caRef?: {
      configMapName: String
      key: String
    }
    insecure?: Bool
    project: String
    repo: String
  }
  continueOnRepoNotFoundError?: Bool
  filters?: [{
    branchMatch?: String
    targetBranchMatch?: String
    titleMatch?: String
  }]
  gitea?: {
    api: String
    insecure?: Bool
    labels?: [String]
    owner: String
    repo: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  github?: {
    api?: String
    appSecretName?: String
    labels?: [String]
    owner: String
    repo: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  gitlab?: {
    api?: String
    caRef?: {
      configMapName: String
      key: String
    }
    insecure?: Bool
    labels?: [String]
    project: String
    pullRequestState?: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  requeueAfterSeconds?: Int
  template?: Template
  values?: {String: String}
}

type ScmProvider = {
  awsCodeCommit?: {
    allBranches?: Bool
    region?: String
    role?: String
    tagFilters?: [{
      key: String
      value?: String
    }]
  }
  azureDevOps?: {
    accessTokenRef: {
      key: String
      secretName: String
    }
    allBranches?: Bool
    api?: String
    organization: String
    teamProject: String
  }
  bitbucket?: {
    allBranches?: Bool
    appPasswordRef: {
      key: String
      secretName: String
    }
    owner: String
    user: String
  }
  bitbucketServer?: {
    allBranches?: Bool
    api: String
    basicAuth?: BasicAuth
    bearerToken?: BearerToken
    caRef?: {
      configMapName: String
      key: String
    }
    insecure?: Bool
    project: String
  }
  cloneProtocol?: String
  filters?: [{
    branchMatch?: String
    labelMatch?: String
    pathsDoNotExist?: [String]
    pathsExist?: [String]
    repositoryMatch?: String
  }]
  gitea?: {
    allBranches?: Bool
    api: String
    excludeArchivedRepos?: Bool
    insecure?: Bool
    owner: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  github?: {
    allBranches?: Bool
    api?: String
    appSecretName?: String
    excludeArchivedRepos?: Bool
    organization: String
    tokenRef?: {
      key: String
      secretName: String
    }
  }
  gitlab?: {
    allBranches?: Bool
    api?: String
    caRef?: {
      configMapName: String
      key: String
    }
    group: String
    includeArchivedRepos?: Bool
    includeSharedProjects?: Bool
    includeSubgroups?: Bool
    insecure?: Bool
    tokenRef?: {
      key: String
      secretName: String
    }
    topic?: String
  }
  requeueAfterSeconds?: Int
  template?: Template
  values?: {String: String}
}

type ClusterResourceBlacklist = {
  group: String
  kind: String
  name?: String
}

type Destination = {
  name?: String
  namespace?: String
  server?: String
}

type Directory = {
  exclude?: String
  include?: String
  jsonnet?: {
    extVars?: [ExtVar]
    libs?: [String]
    tlas?: [ExtVar]
  }
  recurse?: Bool
}

type Helm = {
  apiVersions?: [String]
  fileParameters?: [{
    name?: String
    path?: String
  }]
  ignoreMissingValueFiles?: Bool
  kubeVersion?: String
  namespace?: String
  parameters?: [{
    forceString?: Bool
    name?: String
    value?: String
  }]
  passCredentials?: Bool
  releaseName?: String
  skipCrds?: Bool
  skipSchemaValidation?: Bool
  skipTests?: Bool
  valueFiles?: [String]
  values?: String
  valuesObject?: {String: Any}
  version?: String
}

type Kustomize = {
  apiVersions?: [String]
  commonAnnotations?: {String: String}
  commonAnnotationsEnvsubst?: Bool
  commonLabels?: {String: String}
  components?: [String]
  forceCommonAnnotations?: Bool
  forceCommonLabels?: Bool
  ignoreMissingComponents?: Bool
  images?: [String]
  kubeVersion?: String
  labelIncludeTemplates?: Bool
  labelWithoutSelector?: Bool
  namePrefix?: String
  nameSuffix?: String
  namespace?: String
  patches?: [{
    options?: {String: Bool}
    patch?: String
    path?: String
    target?: {
      annotationSelector?: String
      group?: String
      kind?: String
      labelSelector?: String
      name?: String
      namespace?: String
      version?: String
    }
  }]
  replicas?: [{
    count: Int | String
    name: String
  }]
  version?: String
}

type SourcePlugin = {
  env?: [{
    name: String
    value: String
  }]
  name?: String
  parameters?: [{
    array?: [String]
    map?: {String: String}
    name?: String
    string?: String
  }]
}

type BasicAuth = {
  passwordRef: {
    key: String
    secretName: String
  }
  username: String
}

type BearerToken = {
  tokenRef: {
    key: String
    secretName: String
  }
}

type ExtVar = {
  code?: Bool
  name: String
  value: String
}
