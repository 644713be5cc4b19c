//! MinIO: stores of objects by its chart and by its operator, and the kinds of that.

import std/chart

/// MinIO by its own chart: one server, or several that keep parts of everything.
schema MinIO is chart.Chart {
  chart = "minio"
  repository = "https://charts.min.io"
  version = Version("5.4.0")
  /// Who is root: `rootUser` and `rootPassword`.
  credentials: Secret
  /// How many servers keep the data: one, or four and more, each on a host of its own.
  replicas: Int where it == 1 or it >= 4 = 1
  /// How much each of them keeps, and in which class of storage.
  size: Bytes = 100GiB
  storage-class?: Name
  /// What is there from the beginning.
  buckets: [Name] = []
  resources: chart.Share = chart.Share { cpu: 250m, memory: 1GiB }
  /// Ports of every host at which the store and its console answer too.
  @auto("node-ports")
  node-port?: Port
  @auto("node-ports")
  console-node-port?: Port
  pods = { app: "minio", release: name }
  tier = "core"
  provides = ["s3"]
  workloads = [if replicas == 1 then "deployment/\(name)" else "statefulset/\(name)"]
  port api { number: 9000, own: [{ release: maker.name }], node-port: node-port }
  port console {
    number: 9001
    service: "\(maker.name)-console"
    own: [{ release: maker.name }]
    node-port: console-node-port
    web: "http"
    login: credentials
  }
  let wrong = chart.lacks(credentials, ["rootUser", "rootPassword"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  values = {
    fullnameOverride: name
    mode: if replicas == 1 then "standalone" else "distributed"
    existingSecret: credentials.object
    replicas: replicas
    persistence: {
      size: "\(size)"
      if storage-class != null { storageClass: storage-class }
    }
    resources: chart.sized(resources)
    // By default it makes a user `console` with a password that everybody knows.
    users: []
    buckets: [for b in buckets => { name: b, policy: "none", purge: false }]
    service: { type: port.api.exposed, nodePort: node-port }
    consoleService: { type: port.console.exposed, nodePort: console-node-port }
  }
}

/// The operator of MinIO, which looks after tenants in every namespace.
schema Operator is Release {
  chart = "operator"
  repository = "https://operator.min.io"
  version = Version("7.1.1")
  /// No two of its pods stand on one host.
  replicas: Int where it >= 1 = 1
  resources: chart.Share = chart.Share { cpu: 200m, memory: 256MiB }
  pods = { "app.kubernetes.io/name": "operator", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["minio.min.io", "sts.min.io"]
  provides = ["minio-operator"]
  workloads = ["deployment/minio-operator"]
  values = {
    operator: { replicaCount: replicas, resources: chart.sized(resources) }
  }
}

/// A store that the operator looks after: servers with volumes of their own.
schema Store is Component {
  image: Image = "quay.io/minio/minio:RELEASE.2025-04-08T15-41-24Z"
  /// A file with `export MINIO_ROOT_USER=..` and `export MINIO_ROOT_PASSWORD=..`, as the key `config.env`.
  credentials: Secret
  /// How many servers there are, each on a host of its own, and how many volumes each has.
  servers: Int where it >= 4 = 4
  volumes: Int where it >= 1 = 1
  size: Bytes = 100GiB
  storage-class?: Name
  buckets: [Name] = []
  resources: chart.Share = chart.Share { cpu: 500m, memory: 2GiB }
  pods = { "v1.min.io/tenant": name }
  tier = "core"
  provides = ["s3"]
  requires = ["minio-operator"]
  workloads = ["statefulset/\(name)-pool-0"]
  isolate = false
  each port: chart.MadePort
  let operators-in = namespace.cluster.namespace.filter(
    (n) => n.release.any((r) => r is Operator),
  ).map((n) => n.name)
  // Without TLS: nobody outside of its namespace trusts the certificates that the operator makes.
  port api { number: 80, target: 9000, service: "minio", operators: operators-in }
  port console { number: 9090, service: "\(maker.name)-console", operators: operators-in }
  let wrong = chart.lacks(credentials, ["config.env"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  let room = namespace.cluster.host.size()
  check room == 0 or servers <= room else "\(name) has \(servers) servers, each on a host of its own, and there are \(room)"
  emit tenant: Tenant = {
    metadata.labels: pods
    spec: {
      image: "\(image)"
      configuration.name: credentials.object
      requestAutoCert: false
      buckets: [for b in buckets => { name: b }]
      pools: [{
        name: "pool-0"
        servers: servers
        volumesPerServer: volumes
        resources: {
          requests: { cpu: resources.cpu, memory: resources.memory }
          limits: { memory: resources.memory-limit }
        }
        affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: [{
          labelSelector.matchLabels: pods
          topologyKey: "kubernetes.io/hostname"
        }]
        securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 }
        volumeClaimTemplate: {
          metadata.name: "data"
          spec: {
            accessModes: ["ReadWriteOnce"]
            storageClassName: storage-class
            resources.requests.storage: size
          }
        }
      }]
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("minio.min.io/v2", "Tenant")
type Tenant = {
  scheduler?: {
    name: String
  }
  spec: {
    additionalVolumeMounts?: [AdditionalVolumeMount]
    additionalVolumes?: [AdditionalVolume]
    buckets?: [{
      name?: String
      objectLock?: Bool
      region?: String
    }]
    certConfig?: {
      commonName?: String
      dnsNames?: [String]
      organizationName?: [String]
    }
    certExpiryAlertThreshold?: Int
    configuration?: {
      name?: String
    }
    env?: [Env]
    exposeServices?: {
      console?: Bool
      minio?: Bool
    }
    externalCaCertSecret?: [{
      name: String
      type?: String
    }]
    externalCertSecret?: [{
      name: String
      type?: String
    }]
    externalClientCertSecret?: {
      name: String
      type?: String
    }
    externalClientCertSecrets?: [{
      name: String
      type?: String
    }]
    features?: {
      bucketDNS?: Bool
      domains?: {
        console?: String
        minio?: [String]
      }
      enableSFTP?: Bool
    }
    image?: String
    imagePullPolicy?: String
    imagePullSecret?: {
      name?: String
    }
    initContainers?: [InitContainer]
    kes?: {
      affinity?: Affinity
      annotations?: {String: String}
      clientCertSecret?: {
        name: String
        type?: String
      }
      containerSecurityContext?: ContainerSecurityContext
      env?: [Env]
      externalCertSecret?: {
        name: String
        type?: String
      }
      gcpCredentialSecretName?: String
      gcpWorkloadIdentityPool?: String
      image?: String
      imagePullPolicy?: String
      kesSecret: {
        name?: String
      }
      keyName?: String
      labels?: {String: String}
      nodeSelector?: {String: String}
      replicas?: Int
      resources?: Resources
      securityContext?: SecurityContext
      serviceAccountName?: String
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
    }
    lifecycle?: Lifecycle
    liveness?: Liveness
    logging?: {
      anonymous?: Bool
      json?: Bool
      quiet?: Bool
    }
    mountPath?: String
    podManagementPolicy?: String
    pools: [name: {
      affinity?: Affinity
      annotations?: {String: String}
      containerSecurityContext?: ContainerSecurityContext
      labels?: {String: String}
      name: String
      nodeSelector?: {String: String}
      resources?: Resources
      runtimeClassName?: String
      securityContext?: SecurityContext
      servers: Int
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
      volumeClaimTemplate: VolumeClaimTemplate
      volumesPerServer: Int
    }]
    poolsMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    priorityClassName?: String
    prometheusOperator?: Bool
    readiness?: Liveness
    requestAutoCert?: Bool
    serviceAccountName?: String
    serviceMetadata?: {
      consoleServiceAnnotations?: {String: String}
      consoleServiceLabels?: {String: String}
      kesServiceAnnotations?: {String: String}
      kesServiceLabels?: {String: String}
      minioServiceAnnotations?: {String: String}
      minioServiceLabels?: {String: String}
    }
    sideCars?: {
      containers?: [InitContainer]
      resources?: Resources
      volumeClaimTemplates?: [VolumeClaimTemplate]
      volumes?: [AdditionalVolume]
    }
    startup?: Liveness
    subPath?: String
    users?: [{
      name?: String
    }]
  }
  status?: Any
}

@kubernetes("sts.min.io/v1beta1", "PolicyBinding")
type PolicyBinding = {
  spec?: {
    application: {
      namespace: String
      serviceaccount: String
    }
    policies: [String]
  }
  status?: Any
}

type AdditionalVolumeMount = {
  mountPath: String
  mountPropagation?: String
  name: String
  readOnly?: Bool
  recursiveReadOnly?: String
  subPath?: String
  subPathExpr?: String
}

type AdditionalVolume = {
  awsElasticBlockStore?: {
    fsType?: String
    partition?: Int
    readOnly?: Bool
    volumeID: String
  }
  azureDisk?: {
    cachingMode?: String
    diskName: String
    diskURI: String
    fsType?: String
    kind?: String
    readOnly?: Bool
  }
  azureFile?: {
    readOnly?: Bool
    secretName: String
    shareName: String
  }
  cephfs?: {
    monitors: [String]
    path?: String
    readOnly?: Bool
    secretFile?: String
    secretRef?: {
      name?: String
    }
    user?: String
  }
  cinder?: {
    fsType?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    volumeID: String
  }
  configMap?: {
    defaultMode?: Int
    items?: [Item]
    name?: String
    optional?: Bool
  }
  csi?: {
    driver: String
    fsType?: String
    nodePublishSecretRef?: {
      name?: String
    }
    readOnly?: Bool
    volumeAttributes?: {String: String}
  }
  downwardAPI?: {
    defaultMode?: Int
    items?: [DownwardAPIItem]
  }
  emptyDir?: {
    medium?: String
    sizeLimit?: Cpu | Bytes | String
  }
  ephemeral?: {
    volumeClaimTemplate?: {
      metadata?: Metadata
      spec: Spec
    }
  }
  fc?: {
    fsType?: String
    lun?: Int
    readOnly?: Bool
    targetWWNs?: [String]
    wwids?: [String]
  }
  flexVolume?: {
    driver: String
    fsType?: String
    options?: {String: String}
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
  }
  flocker?: {
    datasetName?: String
    datasetUUID?: String
  }
  gcePersistentDisk?: {
    fsType?: String
    partition?: Int
    pdName: String
    readOnly?: Bool
  }
  gitRepo?: {
    directory?: String
    repository: String
    revision?: String
  }
  glusterfs?: {
    endpoints: String
    path: String
    readOnly?: Bool
  }
  hostPath?: {
    path: String
    type?: String
  }
  image?: {
    pullPolicy?: String
    reference?: String
  }
  iscsi?: {
    chapAuthDiscovery?: Bool
    chapAuthSession?: Bool
    fsType?: String
    initiatorName?: String
    iqn: String
    iscsiInterface?: String
    lun: Int
    portals?: [String]
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    targetPortal: String
  }
  name: String
  nfs?: {
    path: String
    readOnly?: Bool
    server: String
  }
  persistentVolumeClaim?: {
    claimName: String
    readOnly?: Bool
  }
  photonPersistentDisk?: {
    fsType?: String
    pdID: String
  }
  portworxVolume?: {
    fsType?: String
    readOnly?: Bool
    volumeID: String
  }
  projected?: {
    defaultMode?: Int
    sources?: [{
      clusterTrustBundle?: {
        labelSelector?: k8s.LabelSelector
        name?: String
        optional?: Bool
        path: String
        signerName?: String
      }
      configMap?: ConfigMap
      downwardAPI?: {
        items?: [DownwardAPIItem]
      }
      secret?: ConfigMap
      serviceAccountToken?: {
        audience?: String
        expirationSeconds?: Int
        path: String
      }
    }]
  }
  quobyte?: {
    group?: String
    readOnly?: Bool
    registry: String
    tenant?: String
    user?: String
    volume: String
  }
  rbd?: {
    fsType?: String
    image: String
    keyring?: String
    monitors: [String]
    pool?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    user?: String
  }
  scaleIO?: {
    fsType?: String
    gateway: String
    protectionDomain?: String
    readOnly?: Bool
    secretRef: {
      name?: String
    }
    sslEnabled?: Bool
    storageMode?: String
    storagePool?: String
    system: String
    volumeName?: String
  }
  secret?: {
    defaultMode?: Int
    items?: [Item]
    optional?: Bool
    secretName?: String
  }
  storageos?: {
    fsType?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    volumeName?: String
    volumeNamespace?: String
  }
  vsphereVolume?: {
    fsType?: String
    storagePolicyID?: String
    storagePolicyName?: String
    volumePath: String
  }
}

type Env = {
  name: String
  value?: String
  valueFrom?: {
    configMapKeyRef?: ConfigMapKeyRef
    fieldRef?: {
      apiVersion?: String
      fieldPath: String
    }
    resourceFieldRef?: ResourceFieldRef
    secretKeyRef?: ConfigMapKeyRef
  }
}

type InitContainer = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [{
    configMapRef?: {
      name?: String
      optional?: Bool
    }
    prefix?: String
    secretRef?: {
      name?: String
      optional?: Bool
    }
  }]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: Liveness
  name: String
  ports?: [{
    containerPort: Int
    hostIP?: String
    hostPort?: Int
    name?: String
    protocol?: String
  }]
  readinessProbe?: Liveness
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
  restartPolicy?: String
  securityContext?: ContainerSecurityContext
  startupProbe?: Liveness
  stdin?: Bool
  stdinOnce?: Bool
  terminationMessagePath?: String
  terminationMessagePolicy?: String
  tty?: Bool
  volumeDevices?: [devicePath: {
    devicePath: String
    name: String
  }]
  volumeMounts?: [mountPath: AdditionalVolumeMount]
  workingDir?: String
}

type Affinity = {
  nodeAffinity?: {
    preferredDuringSchedulingIgnoredDuringExecution?: [{
      preference: Preference
      weight: Int
    }]
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: [Preference]
    }
  }
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

type ContainerSecurityContext = {
  allowPrivilegeEscalation?: Bool
  appArmorProfile?: {
    localhostProfile?: String
    type: String
  }
  capabilities?: {
    add?: [String]
    drop?: [String]
  }
  privileged?: Bool
  procMount?: String
  readOnlyRootFilesystem?: Bool
  runAsGroup?: Int
  runAsNonRoot?: Bool
  runAsUser?: Int
  seLinuxOptions?: SeLinuxOptions
  seccompProfile?: {
    localhostProfile?: String
    type: String
  }
  windowsOptions?: WindowsOptions
}

type Resources = {
  claims?: [name: {
    name: String
    request?: String
  }]
  limits?: Limits
  requests?: Limits
}

type SecurityContext = {
  appArmorProfile?: {
    localhostProfile?: String
    type: String
  }
  fsGroup?: Int
  fsGroupChangePolicy?: String
  runAsGroup?: Int
  runAsNonRoot?: Bool
  runAsUser?: Int
  seLinuxOptions?: SeLinuxOptions
  seccompProfile?: {
    localhostProfile?: String
    type: String
  }
  supplementalGroups?: [Int]
  supplementalGroupsPolicy?: String
  sysctls?: [{
    name: String
    value: String
  }]
  windowsOptions?: WindowsOptions
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
}

type TopologySpreadConstraint = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  maxSkew: Int
  minDomains?: Int
  nodeAffinityPolicy?: String
  nodeTaintsPolicy?: String
  topologyKey: String
  whenUnsatisfiable: String
}

type Lifecycle = {
  postStart?: PostStart
  preStop?: PostStart
}

type Liveness = {
  exec?: {
    command?: [String]
  }
  failureThreshold?: Int
  grpc?: {
    port: Int
    service?: String
  }
  httpGet?: HttpGet
  initialDelaySeconds?: Int
  periodSeconds?: Int
  successThreshold?: Int
  tcpSocket?: {
    host?: String
    port: Int | String
  }
  terminationGracePeriodSeconds?: Int
  timeoutSeconds?: Int
}

type VolumeClaimTemplate = {
  apiVersion?: String
  kind?: String
  metadata?: Metadata
  spec?: Spec
  status?: {
    accessModes?: [String]
    allocatedResourceStatuses?: {String: String}
    allocatedResources?: Limits
    capacity?: Limits
    conditions?: [type: {
      lastProbeTime?: String
      lastTransitionTime?: String
      message?: String
      reason?: String
      status: String
      type: String
    }]
    currentVolumeAttributesClassName?: String
    modifyVolumeStatus?: {
      status: String
      targetVolumeAttributesClassName?: String
    }
    phase?: String
  }
}

type Item = {
  key: String
  mode?: Int
  path: String
}

type DownwardAPIItem = {
  fieldRef?: {
    apiVersion?: String
    fieldPath: String
  }
  mode?: Int
  path: String
  resourceFieldRef?: ResourceFieldRef
}

type Metadata = {
  annotations?: {String: String}
  finalizers?: [String]
  labels?: {String: String}
  name?: String
  namespace?: String
}

type Spec = {
  accessModes?: [String]
  dataSource?: {
    apiGroup?: String
    kind: String
    name: String
  }
  dataSourceRef?: {
    apiGroup?: String
    kind: String
    name: String
    namespace?: String
  }
  resources?: {
    limits?: Limits
    requests?: Limits
  }
  selector?: k8s.LabelSelector
  storageClassName?: String
  volumeAttributesClassName?: String
  volumeMode?: String
  volumeName?: String
}

type ConfigMap = {
  items?: [Item]
  name?: String
  optional?: Bool
}

type ConfigMapKeyRef = {
  key: String
  name?: String
  optional?: Bool
}

type ResourceFieldRef = {
  containerName?: String
  divisor?: Cpu | Bytes | String
  resource: String
}

type Preference = {
  matchExpressions?: [MatchExpression]
  matchFields?: [MatchExpression]
}

type PodAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    podAffinityTerm: PodAffinityTerm
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: [PodAffinityTerm]
}

type SeLinuxOptions = {
  level?: String
  role?: String
  type?: String
  user?: String
}

type WindowsOptions = {
  gmsaCredentialSpec?: String
  gmsaCredentialSpecName?: String
  hostProcess?: Bool
  runAsUserName?: String
}

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type PostStart = {
  exec?: {
    command?: [String]
  }
  httpGet?: HttpGet
  sleep?: {
    seconds: Int
  }
  tcpSocket?: {
    host?: String
    port: Int | String
  }
}

type HttpGet = {
  host?: String
  httpHeaders?: [{
    name: String
    value: String
  }]
  path?: String
  port: Int | String
  scheme?: String
}

type MatchExpression = {
  key: String
  operator: String
  values?: [String]
}

type PodAffinityTerm = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  mismatchLabelKeys?: [String]
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  topologyKey: String
}
