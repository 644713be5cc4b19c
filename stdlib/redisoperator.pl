//! An operator of Redis, and servers by it that copy each other and find out themselves who writes.

import std/chart

/// The operator of Redis by OT-Container-Kit, which looks after servers in every namespace or in those that are named.
schema Operator is Release {
  chart = "redis-operator"
  repository = "https://ot-container-kit.github.io/helm-charts"
  version = Version("0.26.1")
  /// Where servers are looked after: everywhere if nothing is named.
  watches: [Namespace] = []
  replicas: Int where it >= 1 = 1
  resources: chart.Share = chart.Share { cpu: 100m, memory: 128MiB, memory-limit: 256MiB }
  pods = { name: name }
  tier = "core"
  kinds = ["redis.redis.opstreelabs.in"]
  provides = ["redis-operator"]
  workloads = ["deployment/\(name)"]
  values = {
    replicas: replicas
    resources: chart.sized(resources)
    serviceAccountName: name
    redisOperator: {
      name: name
      imagePullPolicy: "IfNotPresent"
      watchNamespace: [for space in watches => "\(space.name)"].join(",")
      serviceDNSDomain: "\(namespace.cluster.domain)"
    }
  }
}

/// Servers of which one writes and the others copy it, by the operator. With `watchers`, another takes its place where it is lost.
schema Replicated is Component {
  image: Image = "quay.io/opstree/redis:v7.0.15"
  replicas: Int where it >= 1 = 3
  /// Who watches the one that writes, and lets another write where most of them miss it: none, or three and more.
  watchers: Int = if replicas >= 3 then 3 else 0
  watcher-image: Image = "quay.io/opstree/redis-sentinel:v7.0.15"
  /// What everybody must know who asks them.
  password: SecretKey
  size: Bytes = 5GiB
  storage-class?: Name
  resources: chart.Share = chart.Share { cpu: 100m, memory: 256MiB }
  pods = { app: name, "redis_setup_type": "replication" }
  tier = "core"
  requires = ["redis-operator"]
  provides = ["redis"]
  isolate = false
  workloads = ["statefulset/\(name)", if watchers > 0 => "statefulset/\(name)-s"]
  each port: chart.MadePort
  let operators-in = namespace.cluster.namespace.filter(
    (n) => n.release.any((r) => r is Operator),
  ).map((n) => n.name)
  port redis {
    number: 6379
    service: "\(maker.name)-master"
    pods: { ...maker.pods, "redis-role": "master" }
    own: [maker.pods, { app: "\(maker.name)-s" }]
    operators: operators-in
  }
  /// Those that copy, for who only reads.
  port read {
    number: 6379
    service: "\(maker.name)-replica"
    pods: { ...maker.pods, "redis-role": "slave" }
    own: [maker.pods, { app: "\(maker.name)-s" }]
    operators: operators-in
  }
  check watchers == 0 or watchers >= 3 and watchers % 2 == 1 else "\(name) has \(watchers) watchers: without a majority none of them may act; take 3 or 5, or none"
  check watchers == 0 or replicas >= 2 else "\(name) has \(watchers) watchers and one server, whose place nobody can take"
  let wrong = chart.lacks(password.secret, [password.name], namespace)
  check wrong.is-empty() else wrong.join(", ")
  let limits: Any = {
    requests: { cpu: resources.cpu, memory: resources.memory }
    limits: { memory: resources.memory-limit }
  }
  let asks: Any = { name: password.secret.object, key: password.name }
  emit object: RedisReplication = {
    spec: {
      clusterSize: replicas
      kubernetesConfig: { image: "\(image)", redisSecret: asks, resources: limits }
      podSecurityContext: { runAsUser: 1000, fsGroup: 1000 }
      storage: {
        volumeClaimTemplate.spec: {
          accessModes: ["ReadWriteOnce"]
          storageClassName: storage-class
          resources.requests.storage: size
        }
      }
      sentinel: if watchers == 0
        then null
        else {
          size: watchers
          image: "\(watcher-image)"
          redisSecret: asks
          resources: { requests: { cpu: 50m, memory: 64MiB }, limits: { memory: 64MiB } }
        }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("redis.redis.opstreelabs.in/v1beta2", "Redis")
type Redis = {
  spec: {
    "TLS"?: TLS
    acl?: Acl
    affinity?: Affinity
    env?: [Env]
    hostPort?: Int
    initContainer?: InitContainer
    kubernetesConfig: KubernetesConfig
    livenessProbe?: LivenessProbe
    nodeSelector?: {String: String}
    podSecurityContext?: PodSecurityContext
    priorityClassName?: String
    readinessProbe?: LivenessProbe
    redisConfig?: RedisConfig
    redisExporter?: RedisExporter
    securityContext?: SecurityContext
    serviceAccountName?: String
    sidecars?: [Sidecar]
    storage?: Storage
    terminationGracePeriodSeconds?: Int
    tolerations?: [Toleration]
  }
  status?: Any
}

@kubernetes("redis.redis.opstreelabs.in/v1beta2", "RedisCluster")
type RedisCluster = {
  spec: {
    "TLS"?: TLS
    acl?: Acl
    clusterSize: Int
    clusterVersion?: String
    env?: [Env]
    hostNetwork?: Bool
    hostPort?: Int
    initContainer?: InitContainer
    kubernetesConfig: KubernetesConfig
    persistenceEnabled?: Bool
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podSecurityContext?: PodSecurityContext
    port?: Int
    priorityClassName?: String
    redisConfig?: RedisConfig
    redisExporter?: RedisExporter
    redisFollower?: RedisFollower
    redisLeader?: RedisFollower
    resources?: Resources
    serviceAccountName?: String
    sidecars?: [Sidecar]
    storage?: {
      keepAfterDelete?: Bool
      nodeConfVolume?: Bool
      nodeConfVolumeClaimTemplate?: NodeConfVolumeClaimTemplate
      volumeClaimTemplate?: NodeConfVolumeClaimTemplate
      volumeMount?: VolumeMount
    }
  }
  status?: Any
}

@kubernetes("redis.redis.opstreelabs.in/v1beta2", "RedisReplication")
type RedisReplication = {
  spec: {
    "TLS"?: TLS
    acl?: Acl
    affinity?: Affinity
    clusterSize: Int
    env?: [Env]
    hostPort?: Int
    initContainer?: InitContainer
    kubernetesConfig: KubernetesConfig
    livenessProbe?: LivenessProbe
    nodeSelector?: {String: String}
    pdb?: Pdb
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podSecurityContext?: PodSecurityContext
    priorityClassName?: String
    readinessProbe?: LivenessProbe
    redisConfig?: RedisConfig
    redisExporter?: RedisExporter
    securityContext?: SecurityContext
    sentinel?: {
      additionalSentinelConfig?: String
      affinity?: Affinity
      announceHostnames?: String
      downAfterMilliseconds?: String
      failoverTimeout?: String
      ignoreAnnotations?: [String]
      image: String
      imagePullPolicy?: String
      imagePullSecrets?: [{
        name?: String
      }]
      minReadySeconds?: Int
      nodeSelector?: {String: String}
      parallelSyncs?: String
      persistentVolumeClaimRetentionPolicy?: {
        whenDeleted?: String
        whenScaled?: String
      }
      podSecurityContext?: PodSecurityContext
      priorityClassName?: String
      quorum?: String
      redisSecret?: {
        key?: String
        name?: String
      }
      resolveHostnames?: String
      resources?: Resources
      securityContext?: SecurityContext
      service?: Service
      serviceAccountName?: String
      size: Int
      terminationGracePeriodSeconds?: Int
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
      updateStrategy?: UpdateStrategy
    }
    serviceAccountName?: String
    sidecars?: [Sidecar]
    storage?: Storage
    terminationGracePeriodSeconds?: Int
    tolerations?: [Toleration]
    topologySpreadConstraints?: [TopologySpreadConstraint]
  }
  status?: Any
}

@kubernetes("redis.redis.opstreelabs.in/v1beta2", "RedisSentinel")
type RedisSentinel = {
  spec: {
    "TLS"?: TLS
    affinity?: Affinity
    clusterSize: Int where it >= 1
    env?: [Env]
    hostPort?: Int
    initContainer?: InitContainer
    kubernetesConfig: KubernetesConfig
    livenessProbe?: LivenessProbe
    nodeSelector?: {String: String}
    pdb?: Pdb
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podSecurityContext?: PodSecurityContext
    priorityClassName?: String
    readinessProbe?: LivenessProbe
    redisExporter?: RedisExporter
    redisSentinelConfig?: {
      additionalSentinelConfig?: String
      announceHostnames?: String
      downAfterMilliseconds?: String
      failoverTimeout?: String
      masterGroupName?: String
      parallelSyncs?: String
      quorum?: String
      redisPort?: String
      redisReplicationName: String
      redisReplicationPassword?: RedisReplicationPassword
      resolveHostnames?: String
    }
    securityContext?: SecurityContext
    serviceAccountName?: String
    sidecars?: [Sidecar]
    terminationGracePeriodSeconds?: Int
    tolerations?: [Toleration]
    topologySpreadConstraints?: [TopologySpreadConstraint]
    volumeMount?: VolumeMount
  }
  status?: Any
}

type TLS = {
  ca?: String
  cert?: String
  key?: String
  secret: Secret
}

type Acl = {
  persistentVolumeClaim?: String
  secret?: Secret
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

type Env = {
  name: String
  value?: String
  valueFrom?: RedisReplicationPassword
}

type InitContainer = {
  args?: [String]
  command?: [String]
  enabled?: Bool
  env?: [Env]
  image: String
  imagePullPolicy?: String
  resources?: Resources
  securityContext?: SecurityContext
}

type KubernetesConfig = {
  ignoreAnnotations?: [String]
  image: String
  imagePullPolicy?: String
  imagePullSecrets?: [{
    name?: String
  }]
  minReadySeconds?: Int
  persistentVolumeClaimRetentionPolicy?: {
    whenDeleted?: String
    whenScaled?: String
  }
  redisSecret?: {
    key?: String
    name?: String
  }
  resources?: Resources
  service?: Service
  updateStrategy?: UpdateStrategy
}

type LivenessProbe = {
  exec?: {
    command?: [String]
  }
  failureThreshold?: Int
  grpc?: {
    port: Int
    service?: String
  }
  httpGet?: {
    host?: String
    httpHeaders?: [{
      name: String
      value: String
    }]
    path?: String
    port: Int | String
    scheme?: String
  }
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

type PodSecurityContext = {
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
  sysctls?: [{
    name: String
    value: String
  }]
  windowsOptions?: WindowsOptions
}

type RedisConfig = {
  additionalRedisConfig?: String
  dynamicConfig?: [String]
  maxMemoryPercentOfLimit?: Int where 1 <= it and it <= 100
}

type RedisExporter = {
  enabled?: Bool
  env?: [Env]
  image: String
  imagePullPolicy?: String
  port?: Int
  resources?: Resources
  securityContext?: SecurityContext
}

type SecurityContext = {
  allowPrivilegeEscalation?: Bool
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

type Sidecar = {
  command?: [String]
  env?: [Env]
  image: String
  imagePullPolicy?: String
  mountPath?: [MountPath]
  name: String
  ports?: [{
    containerPort: Int
    hostIP?: String
    hostPort?: Int
    name?: String
    protocol?: String
  }]
  resources?: Resources
  securityContext?: SecurityContext
}

type Storage = {
  keepAfterDelete?: Bool
  volumeClaimTemplate?: NodeConfVolumeClaimTemplate
  volumeMount?: VolumeMount
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
}

type RedisFollower = {
  affinity?: Affinity
  livenessProbe?: LivenessProbe
  nodeSelector?: {String: String}
  pdb?: Pdb
  readinessProbe?: LivenessProbe
  redisConfig?: RedisConfig
  replicas?: Int
  resources?: Resources
  securityContext?: SecurityContext
  terminationGracePeriodSeconds?: Int
  tolerations?: [Toleration]
  topologySpreadConstraints?: [TopologySpreadConstraint]
}

type Resources = {
  claims?: [name: {
    name: String
  }]
  limits?: Limits
  requests?: Limits
}

type NodeConfVolumeClaimTemplate = {
  apiVersion?: String
  kind?: String
  metadata?: {String: Any}
  spec?: Spec
  status?: {
    accessModes?: [String]
    allocatedResourceStatuses?: {String: String}
    allocatedResources?: Limits
    capacity?: Limits
    conditions?: [{
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

type VolumeMount = {
  mountPath?: [MountPath]
  volume?: [{
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
        metadata?: {String: Any}
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
    secret?: Secret
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
  }]
}

type Pdb = {
  enabled?: Bool
  maxUnavailable?: Int
  minAvailable?: Int
}

type Service = {
  additional?: Additional
  annotations?: {String: String}
  headless?: Additional
  includeBusPort?: Bool
  serviceType?: "LoadBalancer" | "NodePort" | "ClusterIP"
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

type UpdateStrategy = {
  rollingUpdate?: {
    maxUnavailable?: Int | String
    partition?: Int
  }
  type?: String
}

type RedisReplicationPassword = {
  configMapKeyRef?: ConfigMapKeyRef
  fieldRef?: {
    apiVersion?: String
    fieldPath: String
  }
  resourceFieldRef?: ResourceFieldRef
  secretKeyRef?: ConfigMapKeyRef
}

type Secret = {
  defaultMode?: Int
  items?: [Item]
  optional?: Bool
  secretName?: String
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

type MountPath = {
  mountPath: String
  mountPropagation?: String
  name: String
  readOnly?: Bool
  subPath?: String
  subPathExpr?: String
}

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
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

type ConfigMap = {
  items?: [Item]
  name?: String
  optional?: Bool
}

type Additional = {
  additionalAnnotations?: {String: String}
  enabled?: Bool
  includeBusPort?: Bool
  type?: "LoadBalancer" | "NodePort" | "ClusterIP"
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
