//! Strimzi: its operator, Apache Kafka by it, and all of its kinds.

import std/chart

/// The operator of Strimzi.
schema Operator is Release {
  chart = "strimzi-kafka-operator"
  repository = "https://strimzi.io/charts"
  version = Version("1.2.0")
  /// Where it looks, beside its own namespace: everywhere if nothing is named.
  watches: [Namespace] = []
  replicas: Int where it >= 1 = 1
  resources: chart.Share = chart.Share { cpu: 200m, memory: 384MiB }
  pods = { name: "strimzi-cluster-operator" }
  tier = "core"
  kinds = ["kafka.strimzi.io", "core.strimzi.io"]
  provides = ["strimzi"]
  workloads = ["deployment/strimzi-cluster-operator"]
  values = {
    replicas: replicas
    watchAnyNamespace: watches.is-empty()
    // Its own is always among them, and the chart fails where it is named again.
    watchNamespaces: [for space in watches if space.name != namespace.name => space.name]
    kubernetesServiceDnsDomain: "\(namespace.cluster.domain)"
    resources: chart.sized(resources)
  }
}

/// Kafka without ZooKeeper: hosts that are brokers and controllers at once.
schema KafkaCluster is Component {
  /// The version of Kafka; by default the newest that the operator knows.
  kafka?: Version
  replicas: Int where it >= 1 = 3
  /// How much each broker keeps, and in which class of storage.
  size: Bytes = 50GiB
  storage-class?: Name
  /// How long messages are kept.
  retention: Duration = 168h
  resources: chart.Share = chart.Share { cpu: 500m, memory: 2GiB }
  /// Whether topics and users are made from `KafkaTopic` and `KafkaUser`.
  entities: Bool = true
  pods = { "strimzi.io/cluster": name, "strimzi.io/kind": "Kafka" }
  tier = "core"
  requires = ["strimzi"]
  provides = ["kafka"]
  isolate = false
  workloads = [if entities => "deployment/\(name)-entity-operator"]
  each port: chart.MadePort
  let operators-in = namespace.cluster.namespace.filter(
    (n) => n.release.any((r) => r is Operator),
  ).map((n) => n.name)
  port bootstrap {
    number: 9092
    service: "\(maker.name)-kafka-bootstrap"
    operators: operators-in
  }
  check replicas != 2 else "\(name) has two controllers: without one of them the other has no majority; take one or three"
  /// How many copies there are of a message, and how many of these must be written before it counts.
  let copies = if replicas < 3 then replicas else 3
  emit cluster: Kafka = {
    spec: {
      kafka: {
        version: if kafka == null then null else "\(kafka)"
        listeners: [{ name: "plain", port: 9092, type: "internal", tls: false }]
        config: {
          "default.replication.factor": copies
          "min.insync.replicas": if copies == 3 then 2 else 1
          "offsets.topic.replication.factor": copies
          "transaction.state.log.replication.factor": copies
          "transaction.state.log.min.isr": if copies == 3 then 2 else 1
          "log.retention.hours": retention.hours()
        }
      }
      entityOperator: if entities then { topicOperator: {}, userOperator: {} } else null
    }
  }
  emit brokers: KafkaNodePool = {
    metadata: { name: "\(name)-brokers", labels: { "strimzi.io/cluster": name } }
    spec: {
      replicas: replicas
      roles: ["controller", "broker"]
      resources: {
        requests: { cpu: resources.cpu, memory: resources.memory }
        limits: { memory: resources.memory-limit }
      }
      storage: {
        type: "jbod"
        volumes: [{
          id: 0
          type: "persistent-claim"
          size: "\(size)"
          class: storage-class
          kraftMetadata: "shared"
        }]
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("kafka.strimzi.io/v1", "Kafka")
type Kafka = {
  spec: {
    clientsCa?: ClientsCa
    clusterCa?: ClientsCa
    cruiseControl?: {
      apiUsers?: {
        type: "hashLoginService"
        valueFrom: ValueFrom
      }
      autoRebalance?: [{
        mode: "add-brokers" | "remove-brokers"
        template?: {
          name?: String
        }
      }]
      brokerCapacity?: {
        cpu?: String
        inboundNetwork?: String
        outboundNetwork?: String
        overrides?: [{
          brokers: [Int]
          cpu?: String
          inboundNetwork?: String
          outboundNetwork?: String
        }]
      }
      config?: {String: Any}
      image?: String
      jvmOptions?: JvmOptions
      livenessProbe?: LivenessProbe
      logging?: Logging
      metricsConfig?: MetricsConfig
      readinessProbe?: LivenessProbe
      resources?: Resources
      template?: {
        apiService?: ApiService
        cruiseControlContainer?: CruiseControlContainer
        deployment?: Deployment
        pod?: Pod
        podDisruptionBudget?: PodDisruptionBudget
        serviceAccount?: ServiceAccount
      }
    }
    entityOperator?: {
      template?: {
        deployment?: Deployment
        entityOperatorRole?: ServiceAccount
        pod?: Pod
        podDisruptionBudget?: PodDisruptionBudget
        serviceAccount?: ServiceAccount
        topicOperatorContainer?: CruiseControlContainer
        topicOperatorRoleBinding?: ServiceAccount
        userOperatorContainer?: CruiseControlContainer
        userOperatorRoleBinding?: ServiceAccount
      }
      topicOperator?: {
        image?: String
        jvmOptions?: JvmOptions
        livenessProbe?: LivenessProbe
        logging?: Logging
        readinessProbe?: LivenessProbe
        reconciliationIntervalMs?: Int where it >= 0
        resources?: Resources
        startupProbe?: LivenessProbe
        watchedNamespace?: String
      }
      userOperator?: {
        image?: String
        jvmOptions?: JvmOptions
        livenessProbe?: LivenessProbe
        logging?: Logging
        readinessProbe?: LivenessProbe
        reconciliationIntervalMs?: Int where it >= 0
        resources?: Resources
        secretPrefix?: String
        watchedNamespace?: String
      }
    }
    kafka: {
      authorization?: {
        authorizerClass?: String
        superUsers?: [String]
        supportsAdminApi?: Bool
        type: "simple" | "custom"
      }
      brokerRackInitImage?: String
      config?: {String: Any}
      image?: String
      jmxOptions?: {
        authentication?: {
          type: "password"
        }
      }
      jvmOptions?: JvmOptions
      listeners: [{
        authentication?: {
          listenerConfig?: {String: Any}
          sasl?: Bool
          type: "tls" | "scram-sha-512" | "custom"
        }
        configuration?: {
          advertisedHostTemplate?: String
          allocateLoadBalancerNodePorts?: Bool
          bootstrap?: {
            alternativeNames?: [String]
            annotations?: {String: String}
            externalIPs?: [String]
            host?: String
            labels?: {String: String}
            loadBalancerIP?: String
            nodePort?: Int
          }
          brokerCertChainAndKey?: BrokerCertChainAndKey
          brokers?: [{
            advertisedHost?: String
            advertisedPort?: Int
            annotations?: {String: String}
            broker: Int
            externalIPs?: [String]
            host?: String
            labels?: {String: String}
            loadBalancerIP?: String
            nodePort?: Int
          }]
          class?: String
          createBootstrapService?: Bool
          externalTrafficPolicy?: "Local" | "Cluster"
          finalizers?: [String]
          hostTemplate?: String
          ipFamilies?: ["IPv4" | "IPv6"]
          ipFamilyPolicy?: "SingleStack" | "PreferDualStack" | "RequireDualStack"
          loadBalancerSourceRanges?: [String]
          maxConnectionCreationRate?: Int
          maxConnections?: Int
          preferredNodePortAddressType?: "ExternalIP" | "ExternalDNS" | "InternalIP" | "InternalDNS" | "Hostname"
          publishNotReadyAddresses?: Bool
          useServiceDnsDomain?: Bool
        }
        name: String
        networkPolicyPeers?: [{
          ipBlock?: {
            cidr?: String
            except?: [String]
          }
          namespaceSelector?: k8s.LabelSelector
          podSelector?: k8s.LabelSelector
        }]
        port: Int where it >= 9092
        tls: Bool
        type: "internal" | "route" | "loadbalancer" | "nodeport" | "ingress" | "cluster-ip"
      }]
      livenessProbe?: LivenessProbe
      logging?: Logging
      metadataVersion?: String
      metricsConfig?: MetricsConfig
      quotas?: {
        consumerByteRate?: Int where it >= 0
        controllerMutationRate?: Float where it >= 0
        excludedPrincipals?: [String]
        minAvailableBytesPerVolume?: Int where it >= 0
        minAvailableRatioPerVolume?: Float where 0 <= it and it <= 1
        producerByteRate?: Int where it >= 0
        requestPercentage?: Int where it >= 0
        type: "kafka" | "strimzi"
      }
      rack?: {
        topologyKey: String
      }
      readinessProbe?: LivenessProbe
      template?: {
        bootstrapService?: ApiService
        brokersService?: ApiService
        clusterCaCert?: ServiceAccount
        clusterRoleBinding?: ServiceAccount
        externalBootstrapIngress?: ServiceAccount
        externalBootstrapRoute?: ServiceAccount
        externalBootstrapService?: ServiceAccount
        initContainer?: CruiseControlContainer
        jmxSecret?: ServiceAccount
        kafkaContainer?: CruiseControlContainer
        perPodIngress?: ServiceAccount
        perPodRoute?: ServiceAccount
        perPodService?: ServiceAccount
        persistentVolumeClaim?: ServiceAccount
        pod?: Pod
        podDisruptionBudget?: PodDisruptionBudget
        podSet?: ServiceAccount
        serviceAccount?: ServiceAccount
      }
      tieredStorage?: {
        remoteStorageManager?: {
          className?: String
          classPath?: String
          config?: {String: String}
        }
        type: "custom"
      }
      version?: String
    }
    kafkaExporter?: {
      enableSaramaLogging?: Bool
      groupExcludeRegex?: String
      groupRegex?: String
      image?: String
      livenessProbe?: LivenessProbe
      logging?: String
      readinessProbe?: LivenessProbe
      resources?: Resources
      showAllOffsets?: Bool
      template?: {
        container?: CruiseControlContainer
        deployment?: Deployment
        pod?: Pod
        podDisruptionBudget?: PodDisruptionBudget
        serviceAccount?: ServiceAccount
      }
      topicExcludeRegex?: String
      topicRegex?: String
    }
    maintenanceTimeWindows?: [String]
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaBridge")
type KafkaBridge = {
  spec: {
    adminClient?: {
      config?: {String: Any}
    }
    authentication?: Authentication
    bootstrapServers: String
    clientRackInitImage?: String
    consumer?: {
      config?: {String: Any}
      enabled?: Bool
      timeoutSeconds?: Int
    }
    http?: {
      cors?: {
        allowedMethods: [String]
        allowedOrigins: [String]
      }
      port?: Int where it >= 1023
    }
    image?: String
    jvmOptions?: JvmOptions
    livenessProbe?: LivenessProbe
    logging?: Logging
    metricsConfig?: MetricsConfig
    producer?: {
      config?: {String: Any}
      enabled?: Bool
    }
    rack?: {
      topologyKey: String
    }
    readinessProbe?: LivenessProbe
    replicas: Int where it >= 0
    resources?: Resources
    template?: {
      apiService?: ApiService
      bridgeContainer?: CruiseControlContainer
      clusterRoleBinding?: ServiceAccount
      deployment?: Deployment
      initContainer?: CruiseControlContainer
      pod?: Pod
      podDisruptionBudget?: PodDisruptionBudget
      serviceAccount?: ServiceAccount
    }
    tls?: Tls
    tracing?: {
      type: "opentelemetry"
    }
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaConnect")
type KafkaConnect = {
  spec: {
    authentication?: Authentication
    bootstrapServers: String
    build?: {
      output: {
        additionalBuildOptions?: [String]
        additionalPushOptions?: [String]
        image: String
        pushSecret?: String
        type: "docker" | "imagestream"
      }
      plugins: [{
        artifacts: [{
          artifact?: String
          fileName?: String
          group?: String
          insecure?: Bool
          repository?: String
          sha512sum?: String
          type: "jar" | "tgz" | "zip" | "maven" | "other"
          url?: String
          version?: String
        }]
        name: String
      }]
      resources?: Resources
    }
    clientRackInitImage?: String
    config?: {String: Any}
    configStorageTopic: String
    groupId: String
    image?: String
    jmxOptions?: {
      authentication?: {
        type: "password"
      }
    }
    jvmOptions?: JvmOptions
    livenessProbe?: LivenessProbe
    logging?: Logging
    metricsConfig?: MetricsConfig
    offsetStorageTopic: String
    plugins?: [{
      artifacts: [{
        pullPolicy?: String
        reference: String
        type: "image"
      }]
      name: String
    }]
    rack?: {
      topologyKey: String
    }
    readinessProbe?: LivenessProbe
    replicas: Int
    resources?: Resources
    statusStorageTopic: String
    template?: Template
    tls?: Tls
    tracing?: {
      type: "opentelemetry"
    }
    version?: String
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaConnector")
type KafkaConnector = {
  spec: {
    alterOffsets?: {
      fromConfigMap: {
        name?: String
      }
    }
    autoRestart?: {
      enabled?: Bool
      maxRestarts?: Int
    }
    class?: String
    config?: {String: Any}
    listOffsets?: {
      toConfigMap: {
        name?: String
      }
    }
    state?: "paused" | "stopped" | "running"
    tasksMax?: Int where it >= 1
    version?: String
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaMirrorMaker2")
type KafkaMirrorMaker2 = {
  spec: {
    clientRackInitImage?: String
    image?: String
    jmxOptions?: {
      authentication?: {
        type: "password"
      }
    }
    jvmOptions?: JvmOptions
    livenessProbe?: LivenessProbe
    logging?: Logging
    metricsConfig?: MetricsConfig
    mirrors: [{
      checkpointConnector?: CheckpointConnector
      groupsExcludePattern?: String
      groupsPattern?: String
      source: {
        alias: String
        authentication?: Authentication
        bootstrapServers: String
        config?: {String: Any}
        tls?: Tls
      }
      sourceConnector?: CheckpointConnector
      topicsExcludePattern?: String
      topicsPattern?: String
    }]
    rack?: {
      topologyKey: String
    }
    readinessProbe?: LivenessProbe
    replicas: Int
    resources?: Resources
    target: {
      alias: String
      authentication?: Authentication
      bootstrapServers: String
      config?: {String: Any}
      configStorageTopic: String
      groupId: String
      offsetStorageTopic: String
      statusStorageTopic: String
      tls?: Tls
    }
    template?: Template
    tracing?: {
      type: "opentelemetry"
    }
    version?: String
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaNodePool")
type KafkaNodePool = {
  spec: {
    jvmOptions?: JvmOptions
    replicas: Int where it >= 0
    resources?: Resources
    roles: ["controller" | "broker"]
    storage: {
      class?: String
      deleteClaim?: Bool
      id?: Int where it >= 0
      kraftMetadata?: "shared"
      selector?: {String: String}
      size?: String
      sizeLimit?: String
      type: "ephemeral" | "persistent-claim" | "jbod"
      volumeAttributesClass?: String
      volumes?: [{
        class?: String
        deleteClaim?: Bool
        id?: Int where it >= 0
        kraftMetadata?: "shared"
        selector?: {String: String}
        size?: String
        sizeLimit?: String
        type: "ephemeral" | "persistent-claim"
        volumeAttributesClass?: String
      }]
    }
    template?: {
      initContainer?: CruiseControlContainer
      kafkaContainer?: CruiseControlContainer
      perPodIngress?: ServiceAccount
      perPodRoute?: ServiceAccount
      perPodService?: ServiceAccount
      persistentVolumeClaim?: ServiceAccount
      pod?: Pod
      podSet?: ServiceAccount
    }
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaRebalance")
type KafkaRebalance = {
  spec: {
    brokers?: [Int]
    concurrentIntraBrokerPartitionMovements?: Int where it >= 0
    concurrentLeaderMovements?: Int where it >= 0
    concurrentPartitionMovementsPerBroker?: Int where it >= 0
    excludedTopics?: String
    goals?: [String]
    mode?: "full" | "add-brokers" | "remove-brokers" | "remove-disks"
    moveReplicasOffVolumes?: [{
      brokerId?: Int
      volumeIds?: [Int]
    }]
    rebalanceDisk?: Bool
    replicaMovementStrategies?: [String]
    replicationThrottle?: Int where it >= 0
    skipHardGoalCheck?: Bool
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaTopic")
type KafkaTopic = {
  spec: {
    config?: {String: Any}
    partitions?: Int where it >= 1
    replicas?: Int where 1 <= it and it <= 32767
    topicName?: String
  }
  status?: Any
}

@kubernetes("kafka.strimzi.io/v1", "KafkaUser")
type KafkaUser = {
  spec: {
    authentication?: {
      password?: {
        valueFrom: ValueFrom
      }
      type: "tls" | "tls-external" | "scram-sha-512"
    }
    authorization?: {
      acls: [{
        host?: String
        operations: ["Read" | "Write" | "Create" | "Delete" | "Alter" | "Describe" | "ClusterAction" | "AlterConfigs" | "DescribeConfigs" | "IdempotentWrite" | "All"]
        resource: {
          name?: String
          patternType?: "literal" | "prefix"
          type: "topic" | "group" | "cluster" | "transactionalId"
        }
        type?: "allow" | "deny"
      }]
      type: "simple"
    }
    quotas?: {
      consumerByteRate?: Int where it >= 0
      controllerMutationRate?: Float where it >= 0
      producerByteRate?: Int where it >= 0
      requestPercentage?: Int where it >= 0
    }
    template?: {
      secret?: ServiceAccount
    }
  }
  status?: Any
}

@kubernetes("core.strimzi.io/v1beta2", "StrimziPodSet")
type StrimziPodSet = {
  spec?: {
    pods: [{String: Any}]
    selector: k8s.LabelSelector
  }
  status?: Any
}

type ClientsCa = {
  certificateExpirationPolicy?: "renew-certificate" | "replace-key"
  generateCertificateAuthority?: Bool
  generateSecretOwnerReference?: Bool
  renewalDays?: Int where it >= 1
  validityDays?: Int where it >= 1
}

type ValueFrom = {
  secretKeyRef?: SecretKeyRef
}

type JvmOptions = {
  "-XX"?: {String: String}
  "-Xms"?: String
  "-Xmx"?: String
  gcLoggingEnabled?: Bool
  javaSystemProperties?: [{
    name?: String
    value?: String
  }]
}

type LivenessProbe = {
  failureThreshold?: Int where it >= 1
  initialDelaySeconds?: Int where it >= 0
  periodSeconds?: Int where it >= 1
  successThreshold?: Int where it >= 1
  timeoutSeconds?: Int where it >= 1
}

type Logging = {
  loggers?: {String: String}
  type: "inline" | "external"
  valueFrom?: LoggingValueFrom
}

type MetricsConfig = {
  type: "jmxPrometheusExporter" | "strimziMetricsReporter"
  valueFrom?: LoggingValueFrom
  values?: {
    allowList?: [String]
  }
}

type Resources = {
  claims?: [{
    name?: String
    request?: String
  }]
  limits?: Limits
  requests?: Limits
}

type ApiService = {
  ipFamilies?: ["IPv4" | "IPv6"]
  ipFamilyPolicy?: "SingleStack" | "PreferDualStack" | "RequireDualStack"
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
}

type CruiseControlContainer = {
  env?: [{
    name?: String
    value?: String
    valueFrom?: {
      configMapKeyRef?: SecretKeyRef
      secretKeyRef?: SecretKeyRef
    }
  }]
  securityContext?: {
    allowPrivilegeEscalation?: Bool
    appArmorProfile?: {
      localhostProfile?: String
      type?: String
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
      type?: String
    }
    windowsOptions?: WindowsOptions
  }
  volumeMounts?: [{
    mountPath?: String
    mountPropagation?: String
    name?: String
    readOnly?: Bool
    recursiveReadOnly?: String
    subPath?: String
    subPathExpr?: String
  }]
}

type Deployment = {
  deploymentStrategy?: "RollingUpdate" | "Recreate"
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
}

type Pod = {
  affinity?: {
    nodeAffinity?: {
      preferredDuringSchedulingIgnoredDuringExecution?: [{
        preference?: Preference
        weight?: Int
      }]
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: [Preference]
      }
    }
    podAffinity?: PodAffinity
    podAntiAffinity?: PodAffinity
  }
  dnsConfig?: {
    nameservers?: [String]
    options?: [{
      name?: String
      value?: String
    }]
    searches?: [String]
  }
  dnsPolicy?: "ClusterFirst" | "ClusterFirstWithHostNet" | "Default" | "None"
  enableServiceLinks?: Bool
  hostAliases?: [{
    hostnames?: [String]
    ip?: String
  }]
  imagePullSecrets?: [{
    name?: String
  }]
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  priorityClassName?: String
  schedulerName?: String
  securityContext?: {
    appArmorProfile?: {
      localhostProfile?: String
      type?: String
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
      type?: String
    }
    supplementalGroups?: [Int]
    supplementalGroupsPolicy?: String
    sysctls?: [{
      name?: String
      value?: String
    }]
    windowsOptions?: WindowsOptions
  }
  terminationGracePeriodSeconds?: Int where it >= 0
  tmpDirSizeLimit?: String
  tolerations?: [{
    effect?: String
    key?: String
    operator?: String
    tolerationSeconds?: Int
    value?: String
  }]
  topologySpreadConstraints?: [{
    labelSelector?: k8s.LabelSelector
    matchLabelKeys?: [String]
    maxSkew?: Int
    minDomains?: Int
    nodeAffinityPolicy?: String
    nodeTaintsPolicy?: String
    topologyKey?: String
    whenUnsatisfiable?: String
  }]
  volumes?: [{
    configMap?: {
      defaultMode?: Int
      items?: [Item]
      name?: String
      optional?: Bool
    }
    csi?: {
      driver?: String
      fsType?: String
      nodePublishSecretRef?: {
        name?: String
      }
      readOnly?: Bool
      volumeAttributes?: {String: String}
    }
    emptyDir?: {
      medium?: "Memory"
      sizeLimit?: String
    }
    image?: {
      pullPolicy?: String
      reference?: String
    }
    name?: String
    persistentVolumeClaim?: {
      claimName?: String
      readOnly?: Bool
    }
    secret?: {
      defaultMode?: Int
      items?: [Item]
      optional?: Bool
      secretName?: String
    }
  }]
}

type PodDisruptionBudget = {
  maxUnavailable?: Int where it >= 0
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
}

type ServiceAccount = {
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
}

type BrokerCertChainAndKey = {
  certificate: String
  key: String
  secretName: String
}

type Authentication = {
  certificateAndKey?: BrokerCertChainAndKey
  config?: {String: Any}
  passwordSecret?: {
    password: String
    secretName: String
  }
  sasl?: Bool
  type: "tls" | "scram-sha-256" | "scram-sha-512" | "plain" | "custom"
  username?: String
}

type Tls = {
  trustedCertificates?: [{
    certificate?: String
    pattern?: String
    secretName: String
  }]
}

type Template = {
  apiService?: ApiService
  buildConfig?: {
    metadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    pullSecret?: String
  }
  buildContainer?: CruiseControlContainer
  buildPod?: Pod
  buildServiceAccount?: ServiceAccount
  clusterRoleBinding?: ServiceAccount
  connectContainer?: CruiseControlContainer
  headlessService?: ApiService
  initContainer?: CruiseControlContainer
  jmxSecret?: ServiceAccount
  pod?: Pod
  podDisruptionBudget?: PodDisruptionBudget
  podSet?: ServiceAccount
  serviceAccount?: ServiceAccount
}

type CheckpointConnector = {
  alterOffsets?: {
    fromConfigMap: {
      name?: String
    }
  }
  autoRestart?: {
    enabled?: Bool
    maxRestarts?: Int
  }
  config?: {String: Any}
  listOffsets?: {
    toConfigMap: {
      name?: String
    }
  }
  state?: "paused" | "stopped" | "running"
  tasksMax?: Int where it >= 1
  version?: String
}

type SecretKeyRef = {
  key?: String
  name?: String
  optional?: Bool
}

type LoggingValueFrom = {
  configMapKeyRef?: SecretKeyRef
}

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
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

type Preference = {
  matchExpressions?: [MatchExpression]
  matchFields?: [MatchExpression]
}

type PodAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    podAffinityTerm?: PodAffinityTerm
    weight?: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: [PodAffinityTerm]
}

type Item = {
  key?: String
  mode?: Int
  path?: String
}

type MatchExpression = {
  key?: String
  operator?: String
  values?: [String]
}

type PodAffinityTerm = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  mismatchLabelKeys?: [String]
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  topologyKey?: String
}
