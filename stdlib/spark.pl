//! Apache Spark: its operator, and applications, once and on schedule.

import std/chart

/// The operator of Spark.
schema Operator is Release {
  chart = "spark-operator"
  repository = "https://kubeflow.github.io/spark-operator"
  version = Version("2.5.2")
  /// Where applications are looked after: everywhere if nothing is named.
  watches: [Namespace] = []
  resources: chart.Share = chart.Share { cpu: 100m, memory: 300MiB }
  pods = { "app.kubernetes.io/name": "spark-operator", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["sparkoperator.k8s.io"]
  provides = ["spark-operator"]
  workloads = ["deployment/\(name)-controller", "deployment/\(name)-webhook"]
  /// The account with which drivers run, in each of the namespaces that are named.
  let account = "\(name)-spark"
  values = {
    fullnameOverride: name
    spark: {
      jobNamespaces: if watches.is-empty() then [""] else [for space in watches => space.name]
      serviceAccount: { name: account }
    }
    controller: { resources: chart.sized(resources) }
    webhook: { resources: chart.sized(resources) }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("sparkoperator.k8s.io/v1beta2", "ScheduledSparkApplication")
type ScheduledSparkApplication = {
  spec: {
    concurrencyPolicy?: String
    failedRunHistoryLimit?: Int
    schedule: String
    successfulRunHistoryLimit?: Int
    suspend?: Bool
    template: Template
    timeZone?: String
  }
  status?: Any
}

@kubernetes("sparkoperator.k8s.io/v1beta2", "SparkApplication")
type SparkApplication = {
  spec: Template
  status?: Any
}

type Template = {
  arguments?: [String]
  batchScheduler?: String
  batchSchedulerOptions?: {
    priorityClassName?: String
    queue?: String
    resources?: Resources
  }
  deps?: {
    archives?: [String]
    excludePackages?: [String]
    files?: [String]
    jars?: [String]
    packages?: [String]
    pyFiles?: [String]
    repositories?: [String]
  }
  driver: {
    affinity?: Affinity
    annotations?: {String: String}
    configMaps?: [{
      name: String
      path: String
    }]
    coreLimit?: String
    coreRequest?: String
    cores?: Int where it >= 1
    dnsConfig?: DnsConfig
    env?: [Env]
    envFrom?: [EnvFrom]
    envSecretKeyRefs?: {
      String: {
        key: String
        name: String
      }
    }
    envVars?: {String: String}
    gpu?: {
      name: String
      quantity: Int
    }
    hostAliases?: [{
      hostnames?: [String]
      ip: String
    }]
    hostNetwork?: Bool
    image?: String
    initContainers?: [InitContainer]
    javaOptions?: String
    kubernetesMaster?: String
    labels?: {String: String}
    lifecycle?: Lifecycle
    memory?: String
    memoryLimit?: String
    memoryOverhead?: String
    nodeSelector?: {String: String}
    podName?: String
    podSecurityContext?: PodSecurityContext
    ports?: [Port]
    priorityClassName?: String
    schedulerName?: String
    secrets?: [Secret]
    securityContext?: SecurityContext
    serviceAccount?: String
    serviceAnnotations?: {String: String}
    serviceLabels?: {String: String}
    shareProcessNamespace?: Bool
    sidecars?: [InitContainer]
    template?: {String: Any}
    terminationGracePeriodSeconds?: Int
    tolerations?: [Toleration]
    volumeMounts?: [VolumeMount]
  }
  driverIngressOptions?: [{
    ingressAnnotations?: {String: String}
    ingressTLS?: [{
      hosts?: [String]
      secretName?: String
    }]
    ingressURLFormat?: String
    serviceAnnotations?: {String: String}
    serviceLabels?: {String: String}
    servicePort: Int
    servicePortName: String
    serviceType?: String
  }]
  dynamicAllocation?: {
    enabled?: Bool
    initialExecutors?: Int
    maxExecutors?: Int
    minExecutors?: Int
    shuffleTrackingEnabled?: Bool
    shuffleTrackingTimeout?: Int
  }
  executor: {
    affinity?: Affinity
    annotations?: {String: String}
    configMaps?: [{
      name: String
      path: String
    }]
    coreLimit?: String
    coreRequest?: String
    cores?: Int where it >= 1
    deleteOnTermination?: Bool
    dnsConfig?: DnsConfig
    env?: [Env]
    envFrom?: [EnvFrom]
    envSecretKeyRefs?: {
      String: {
        key: String
        name: String
      }
    }
    envVars?: {String: String}
    gpu?: {
      name: String
      quantity: Int
    }
    hostAliases?: [{
      hostnames?: [String]
      ip: String
    }]
    hostNetwork?: Bool
    image?: String
    initContainers?: [InitContainer]
    instances?: Int where it >= 1
    javaOptions?: String
    labels?: {String: String}
    lifecycle?: Lifecycle
    memory?: String
    memoryLimit?: String
    memoryOverhead?: String
    nodeSelector?: {String: String}
    podSecurityContext?: PodSecurityContext
    ports?: [Port]
    priorityClassName?: String
    schedulerName?: String
    secrets?: [Secret]
    securityContext?: SecurityContext
    serviceAccount?: String
    shareProcessNamespace?: Bool
    sidecars?: [InitContainer]
    template?: {String: Any}
    terminationGracePeriodSeconds?: Int
    tolerations?: [Toleration]
    volumeMounts?: [VolumeMount]
  }
  failureRetries?: Int
  hadoopConf?: {String: String}
  hadoopConfigMap?: String
  image?: String
  imagePullPolicy?: String
  imagePullSecrets?: [String]
  mainApplicationFile: String
  mainClass?: String
  memoryOverheadFactor?: String
  mode?: "cluster" | "client"
  monitoring?: {
    exposeDriverMetrics: Bool
    exposeExecutorMetrics: Bool
    metricsProperties?: String
    metricsPropertiesFile?: String
    prometheus?: {
      configFile?: String
      configuration?: String
      jmxExporterJar: String
      port?: Int where 1024 <= it and it <= 49151
      portName?: String
    }
  }
  nodeSelector?: {String: String}
  proxyUser?: String
  pythonVersion?: "2" | "3"
  restartPolicy?: {
    onFailureRetries?: Int where it >= 0
    onFailureRetryInterval?: Int where it >= 1
    onSubmissionFailureRetries?: Int where it >= 0
    onSubmissionFailureRetryInterval?: Int where it >= 1
    type?: "Never" | "Always" | "OnFailure"
  }
  retryInterval?: Int
  sparkConf?: {String: String}
  sparkConfigMap?: String
  sparkUIOptions?: {
    ingressAnnotations?: {String: String}
    ingressTLS?: [{
      hosts?: [String]
      secretName?: String
    }]
    serviceAnnotations?: {String: String}
    serviceLabels?: {String: String}
    servicePort?: Int
    servicePortName?: String
    serviceType?: String
  }
  sparkVersion: String
  timeToLiveSeconds?: Int
  type: "Java" | "Python" | "Scala" | "R"
  volumes?: [{
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
        metadata?: {
          annotations?: {String: String}
          finalizers?: [String]
          labels?: {String: String}
          name?: String
          namespace?: String
        }
        spec: {
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
            limits?: Resources
            requests?: Resources
          }
          selector?: k8s.LabelSelector
          storageClassName?: String
          volumeAttributesClassName?: String
          volumeMode?: String
          volumeName?: String
        }
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
  }]
}

type Resources = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
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

type DnsConfig = {
  nameservers?: [String]
  options?: [{
    name?: String
    value?: String
  }]
  searches?: [String]
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

type EnvFrom = {
  configMapRef?: {
    name?: String
    optional?: Bool
  }
  prefix?: String
  secretRef?: {
    name?: String
    optional?: Bool
  }
}

type InitContainer = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: LivenessProbe
  name: String
  ports?: [{
    containerPort: Int
    hostIP?: String
    hostPort?: Int
    name?: String
    protocol?: String
  }]
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: {
    claims?: [name: {
      name: String
      request?: String
    }]
    limits?: Resources
    requests?: Resources
  }
  restartPolicy?: String
  securityContext?: SecurityContext
  startupProbe?: LivenessProbe
  stdin?: Bool
  stdinOnce?: Bool
  terminationMessagePath?: String
  terminationMessagePolicy?: String
  tty?: Bool
  volumeDevices?: [devicePath: {
    devicePath: String
    name: String
  }]
  volumeMounts?: [mountPath: VolumeMount]
  workingDir?: String
}

type Lifecycle = {
  postStart?: PostStart
  preStop?: PostStart
}

type PodSecurityContext = {
  appArmorProfile?: {
    localhostProfile?: String
    type: String
  }
  fsGroup?: Int
  fsGroupChangePolicy?: String
  runAsGroup?: Int
  runAsNonRoot?: Bool
  runAsUser?: Int
  seLinuxChangePolicy?: String
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

type Port = {
  containerPort: Int
  name: String
  protocol: String
}

type Secret = {
  name: String
  path: String
  secretType: String
}

type SecurityContext = {
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

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
}

type VolumeMount = {
  mountPath: String
  mountPropagation?: String
  name: String
  readOnly?: Bool
  recursiveReadOnly?: String
  subPath?: String
  subPathExpr?: String
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

type LivenessProbe = {
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
