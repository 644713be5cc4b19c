//! KServe: its charts, models and what serves them.

import std/chart

/// The kinds.
schema Kinds is Release {
  chart = "kserve-crd"
  repository = "oci://ghcr.io/kserve/charts"
  version = Version("v0.15.2")
  tier = "core"
  kinds = ["serving.kserve.io"]
  provides = ["kserve.crds"]
}

/// The controller, with what is known of servers of models.
schema KServe is Release {
  chart = "kserve"
  repository = "oci://ghcr.io/kserve/charts"
  version = Version("v0.15.2")
  /// Whether models are plain deployments, or run by Knative, which starts them when they are asked.
  mode: "RawDeployment" | "Serverless" = "RawDeployment"
  /// The domain below which models have names.
  domain: Hostname
  /// How they are reached: through a class of ingress, or a gateway, `NAMESPACE/NAME`.
  class: Name = namespace.cluster.ingress-class ?? "istio"
  gateway?: String where it.matches("^[a-z0-9-]+/[a-z0-9-]+$")
  resources: chart.Share = chart.Share { cpu: 100m, memory: 300MiB }
  pods = { "control-plane": "kserve-controller-manager" }
  tier = "core"
  requires = [
    "kserve.crds",
    "cert-manager",
    if mode == "Serverless" => "knative",
    if mode == "RawDeployment" and gateway == null and class == "istio" => "istio",
  ]
  provides = ["kserve"]
  workloads = ["deployment/kserve-controller-manager"]
  values = {
    kserve: {
      controller: {
        deploymentMode: mode
        resources: chart.sized(resources)
        gateway: {
          domain: "\(domain)"
          ingressGateway: {
            className: class
            if gateway != null { enableGatewayApi: true, kserveGateway: gateway }
          }
        }
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("serving.kserve.io/v1alpha1", "ClusterServingRuntime", "cluster")
type ClusterServingRuntime = {
  spec?: Spec
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "ClusterStorageContainer", "cluster")
type ClusterStorageContainer = {
  disabled?: Bool
  spec?: {
    container: Container
    supportedUriFormats: [{
      prefix?: String
      regex?: String
    }]
    supportsMultiModelDownload?: Bool
    workloadType?: String
  }
}

@kubernetes("serving.kserve.io/v1alpha1", "InferenceGraph")
type InferenceGraph = {
  spec?: {
    affinity?: Affinity
    maxReplicas?: Int
    minReplicas?: Int
    nodeName?: String
    nodeSelector?: {String: String}
    nodes: {
      String: {
        routerType: "Sequence" | "Splitter" | "Ensemble" | "Switch"
        steps?: [{
          condition?: String
          data?: String
          dependency?: "Soft" | "Hard"
          mapPredictionsToInstances?: Bool
          name?: String
          nodeName?: String
          serviceName?: String
          serviceUrl?: String
          weight?: Int
        }]
      }
    }
    resources?: Resources
    routerTimeouts?: {
      serverIdle?: Int
      serverRead?: Int
      serverWrite?: Int
      serviceClient?: Int
    }
    scaleMetric?: "cpu" | "memory" | "concurrency" | "rps"
    scaleTarget?: Int
    serviceAccountName?: String
    timeout?: Int
    tolerations?: [Toleration]
  }
  status?: Any
}

@kubernetes("serving.kserve.io/v1beta1", "InferenceService")
type InferenceService = {
  spec?: {
    explainer?: {
      activeDeadlineSeconds?: Int
      affinity?: Affinity
      annotations?: {String: String}
      art?: {
        args?: [String]
        command?: [String]
        config?: {String: String}
        env?: [name: Env]
        envFrom?: [EnvFrom]
        image?: String
        imagePullPolicy?: String
        lifecycle?: Lifecycle
        livenessProbe?: LivenessProbe
        name?: String
        ports?: [Port]
        readinessProbe?: LivenessProbe
        resizePolicy?: [{
          resourceName: String
          restartPolicy: String
        }]
        resources?: Resources
        restartPolicy?: String
        runtimeVersion?: String
        securityContext?: SecurityContext
        startupProbe?: StartupProbe
        stdin?: Bool
        stdinOnce?: Bool
        storage?: Storage
        storageUri?: String
        terminationMessagePath?: String
        terminationMessagePolicy?: String
        tty?: Bool
        type?: String
        volumeDevices?: [devicePath: {
          devicePath: String
          name: String
        }]
        volumeMounts?: [mountPath: VolumeMount]
        workingDir?: String
      }
      autoScaling?: AutoScaling
      automountServiceAccountToken?: Bool
      batcher?: Batcher
      canaryTrafficPercent?: Int
      containerConcurrency?: Int
      containers?: [ExplainerContainer]
      deploymentStrategy?: DeploymentStrategy
      dnsConfig?: DnsConfig
      dnsPolicy?: String
      enableServiceLinks?: Bool
      hostAliases?: [{
        hostnames?: [String]
        ip: String
      }]
      hostIPC?: Bool
      hostNetwork?: Bool
      hostPID?: Bool
      hostUsers?: Bool
      hostname?: String
      imagePullSecrets?: [{
        name?: String
      }]
      initContainers?: [Container]
      labels?: {String: String}
      logger?: Logger
      maxReplicas?: Int
      minReplicas?: Int
      nodeName?: String
      nodeSelector?: {String: String}
      os?: {
        name?: String
      }
      overhead?: Overhead
      preemptionPolicy?: String
      priority?: Int
      priorityClassName?: String
      readinessGates?: [{
        conditionType: String
      }]
      resourceClaims?: [name: ResourceClaim]
      resources?: Resources
      restartPolicy?: String
      runtimeClassName?: String
      scaleMetric?: "cpu" | "memory" | "concurrency" | "rps"
      scaleMetricType?: "Utilization" | "Value" | "AverageValue"
      scaleTarget?: Int
      schedulerName?: String
      schedulingGates?: [name: {
        name: String
      }]
      securityContext?: ExplainerSecurityContext
      serviceAccount?: String
      serviceAccountName?: String
      setHostnameAsFQDN?: Bool
      shareProcessNamespace?: Bool
      storageUris?: [{
        mountPath?: String
        uri: String
      }]
      subdomain?: String
      terminationGracePeriodSeconds?: Int
      timeout?: Int
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
      volumes?: [Volume]
    }
    predictor: {
      activeDeadlineSeconds?: Int
      affinity?: Affinity
      annotations?: {String: String}
      autoScaling?: AutoScaling
      automountServiceAccountToken?: Bool
      batcher?: Batcher
      canaryTrafficPercent?: Int
      containerConcurrency?: Int
      containers?: [ExplainerContainer]
      deploymentStrategy?: DeploymentStrategy
      dnsConfig?: DnsConfig
      dnsPolicy?: String
      enableServiceLinks?: Bool
      hostAliases?: [{
        hostnames?: [String]
        ip: String
      }]
      hostIPC?: Bool
      hostNetwork?: Bool
      hostPID?: Bool
      hostUsers?: Bool
      hostname?: String
      huggingface?: Huggingface
      imagePullSecrets?: [{
        name?: String
      }]
      initContainers?: [Container]
      labels?: {String: String}
      lightgbm?: Huggingface
      logger?: Logger
      maxReplicas?: Int
      minReplicas?: Int
      model?: {
        args?: [String]
        command?: [String]
        env?: [name: Env]
        envFrom?: [EnvFrom]
        image?: String
        imagePullPolicy?: String
        lifecycle?: Lifecycle
        livenessProbe?: LivenessProbe
        modelFormat?: {
          name: String
          version?: String
        }
        name?: String
        ports?: [Port]
        protocolVersion?: String
        readinessProbe?: LivenessProbe
        resizePolicy?: [{
          resourceName: String
          restartPolicy: String
        }]
        resources?: Resources
        restartPolicy?: String
        runtime?: String
        runtimeVersion?: String
        securityContext?: SecurityContext
        startupProbe?: StartupProbe
        stdin?: Bool
        stdinOnce?: Bool
        storage?: Storage
        storageUri?: String
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
      nodeName?: String
      nodeSelector?: {String: String}
      onnx?: Huggingface
      os?: {
        name?: String
      }
      overhead?: Overhead
      paddle?: Huggingface
      pmml?: Huggingface
      preemptionPolicy?: String
      priority?: Int
      priorityClassName?: String
      pytorch?: Huggingface
      readinessGates?: [{
        conditionType: String
      }]
      resourceClaims?: [name: ResourceClaim]
      resources?: Resources
      restartPolicy?: String
      runtimeClassName?: String
      scaleMetric?: "cpu" | "memory" | "concurrency" | "rps"
      scaleMetricType?: "Utilization" | "Value" | "AverageValue"
      scaleTarget?: Int
      schedulerName?: String
      schedulingGates?: [name: {
        name: String
      }]
      securityContext?: ExplainerSecurityContext
      serviceAccount?: String
      serviceAccountName?: String
      setHostnameAsFQDN?: Bool
      shareProcessNamespace?: Bool
      sklearn?: Huggingface
      storageUris?: [{
        mountPath?: String
        uri: String
      }]
      subdomain?: String
      tensorflow?: Huggingface
      terminationGracePeriodSeconds?: Int
      timeout?: Int
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
      triton?: Huggingface
      volumes?: [Volume]
      workerSpec?: {
        activeDeadlineSeconds?: Int
        affinity?: Affinity
        automountServiceAccountToken?: Bool
        containers?: [Container]
        dnsConfig?: DnsConfig
        dnsPolicy?: String
        enableServiceLinks?: Bool
        ephemeralContainers?: [{
          args?: [String]
          command?: [String]
          env?: [name: Env]
          envFrom?: [EnvFrom]
          image?: String
          imagePullPolicy?: String
          lifecycle?: Lifecycle
          livenessProbe?: StartupProbe
          name: String
          ports?: [Port]
          readinessProbe?: StartupProbe
          resizePolicy?: [{
            resourceName: String
            restartPolicy: String
          }]
          resources?: Resources
          restartPolicy?: String
          securityContext?: SecurityContext
          startupProbe?: StartupProbe
          stdin?: Bool
          stdinOnce?: Bool
          targetContainerName?: String
          terminationMessagePath?: String
          terminationMessagePolicy?: String
          tty?: Bool
          volumeDevices?: [devicePath: {
            devicePath: String
            name: String
          }]
          volumeMounts?: [mountPath: VolumeMount]
          workingDir?: String
        }]
        hostAliases?: [{
          hostnames?: [String]
          ip: String
        }]
        hostIPC?: Bool
        hostNetwork?: Bool
        hostPID?: Bool
        hostUsers?: Bool
        hostname?: String
        imagePullSecrets?: [{
          name?: String
        }]
        initContainers?: [Container]
        nodeName?: String
        nodeSelector?: {String: String}
        os?: {
          name: String
        }
        overhead?: Overhead
        pipelineParallelSize?: Int
        preemptionPolicy?: String
        priority?: Int
        priorityClassName?: String
        readinessGates?: [{
          conditionType: String
        }]
        resourceClaims?: [name: ResourceClaim]
        resources?: Resources
        restartPolicy?: String
        runtimeClassName?: String
        schedulerName?: String
        schedulingGates?: [name: {
          name: String
        }]
        securityContext?: ExplainerSecurityContext
        serviceAccount?: String
        serviceAccountName?: String
        setHostnameAsFQDN?: Bool
        shareProcessNamespace?: Bool
        subdomain?: String
        tensorParallelSize?: Int
        terminationGracePeriodSeconds?: Int
        tolerations?: [Toleration]
        topologySpreadConstraints?: [TopologySpreadConstraint]
        volumes?: [Volume]
      }
      xgboost?: Huggingface
    }
    transformer?: {
      activeDeadlineSeconds?: Int
      affinity?: Affinity
      annotations?: {String: String}
      autoScaling?: AutoScaling
      automountServiceAccountToken?: Bool
      batcher?: Batcher
      canaryTrafficPercent?: Int
      containerConcurrency?: Int
      containers?: [ExplainerContainer]
      deploymentStrategy?: DeploymentStrategy
      dnsConfig?: DnsConfig
      dnsPolicy?: String
      enableServiceLinks?: Bool
      hostAliases?: [{
        hostnames?: [String]
        ip: String
      }]
      hostIPC?: Bool
      hostNetwork?: Bool
      hostPID?: Bool
      hostUsers?: Bool
      hostname?: String
      imagePullSecrets?: [{
        name?: String
      }]
      initContainers?: [Container]
      labels?: {String: String}
      logger?: Logger
      maxReplicas?: Int
      minReplicas?: Int
      nodeName?: String
      nodeSelector?: {String: String}
      os?: {
        name?: String
      }
      overhead?: Overhead
      preemptionPolicy?: String
      priority?: Int
      priorityClassName?: String
      readinessGates?: [{
        conditionType: String
      }]
      resourceClaims?: [name: ResourceClaim]
      resources?: Resources
      restartPolicy?: String
      runtimeClassName?: String
      scaleMetric?: "cpu" | "memory" | "concurrency" | "rps"
      scaleMetricType?: "Utilization" | "Value" | "AverageValue"
      scaleTarget?: Int
      schedulerName?: String
      schedulingGates?: [name: {
        name: String
      }]
      securityContext?: ExplainerSecurityContext
      serviceAccount?: String
      serviceAccountName?: String
      setHostnameAsFQDN?: Bool
      shareProcessNamespace?: Bool
      storageUris?: [{
        mountPath?: String
        uri: String
      }]
      subdomain?: String
      terminationGracePeriodSeconds?: Int
      timeout?: Int
      tolerations?: [Toleration]
      topologySpreadConstraints?: [TopologySpreadConstraint]
      volumes?: [Volume]
    }
  }
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "LocalModelCache", "cluster")
type LocalModelCache = {
  spec?: {
    modelSize: Cpu | Bytes | String
    nodeGroups: [String]
    sourceModelUri: String
  }
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "LocalModelNode", "cluster")
type LocalModelNode = {
  spec?: {
    localModels: [{
      modelName: String
      sourceModelUri: String
    }]
  }
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "LocalModelNodeGroup", "cluster")
type LocalModelNodeGroup = {
  spec?: {
    persistentVolumeClaimSpec: PersistentVolumeClaimSpec
    persistentVolumeSpec: {
      accessModes?: [String]
      awsElasticBlockStore?: AwsElasticBlockStore
      azureDisk?: AzureDisk
      azureFile?: {
        readOnly?: Bool
        secretName: String
        secretNamespace?: String
        shareName: String
      }
      capacity?: Overhead
      cephfs?: {
        monitors: [String]
        path?: String
        readOnly?: Bool
        secretFile?: String
        secretRef?: {
          name?: String
          namespace?: String
        }
        user?: String
      }
      cinder?: {
        fsType?: String
        readOnly?: Bool
        secretRef?: {
          name?: String
          namespace?: String
        }
        volumeID: String
      }
      claimRef?: ClaimRef
      csi?: {
        controllerExpandSecretRef?: {
          name?: String
          namespace?: String
        }
        controllerPublishSecretRef?: {
          name?: String
          namespace?: String
        }
        driver: String
        fsType?: String
        nodeExpandSecretRef?: {
          name?: String
          namespace?: String
        }
        nodePublishSecretRef?: {
          name?: String
          namespace?: String
        }
        nodeStageSecretRef?: {
          name?: String
          namespace?: String
        }
        readOnly?: Bool
        volumeAttributes?: {String: String}
        volumeHandle: String
      }
      fc?: Fc
      flexVolume?: {
        driver: String
        fsType?: String
        options?: {String: String}
        readOnly?: Bool
        secretRef?: {
          name?: String
          namespace?: String
        }
      }
      flocker?: {
        datasetName?: String
        datasetUUID?: String
      }
      gcePersistentDisk?: GcePersistentDisk
      glusterfs?: {
        endpoints: String
        endpointsNamespace?: String
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
          namespace?: String
        }
        targetPortal: String
      }
      local?: {
        fsType?: String
        path: String
      }
      mountOptions?: [String]
      nfs?: Nfs
      nodeAffinity?: {
        required?: Required
      }
      persistentVolumeReclaimPolicy?: String
      photonPersistentDisk?: {
        fsType?: String
        pdID: String
      }
      portworxVolume?: PortworxVolume
      quobyte?: Quobyte
      rbd?: {
        fsType?: String
        image: String
        keyring?: String
        monitors: [String]
        pool?: String
        readOnly?: Bool
        secretRef?: {
          name?: String
          namespace?: String
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
          namespace?: String
        }
        sslEnabled?: Bool
        storageMode?: String
        storagePool?: String
        system: String
        volumeName?: String
      }
      storageClassName?: String
      storageos?: {
        fsType?: String
        readOnly?: Bool
        secretRef?: ClaimRef
        volumeName?: String
        volumeNamespace?: String
      }
      volumeAttributesClassName?: String
      volumeMode?: String
      vsphereVolume?: VsphereVolume
    }
    storageLimit: Cpu | Bytes | String
  }
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "ServingRuntime")
type ServingRuntime = {
  spec?: Spec
  status?: Any
}

@kubernetes("serving.kserve.io/v1alpha1", "TrainedModel")
type TrainedModel = {
  spec?: {
    inferenceService: String
    model: {
      framework: String
      memory: Cpu | Bytes | String
      storageUri: String
    }
  }
  status?: Any
}

type Spec = {
  affinity?: Affinity
  annotations?: {String: String}
  builtInAdapter?: {
    env?: [Env]
    memBufferBytes?: Int
    modelLoadingTimeoutMillis?: Int
    runtimeManagementPort?: Int
    serverType?: String
  }
  containers: [Container]
  disabled?: Bool
  grpcDataEndpoint?: String
  grpcEndpoint?: String
  hostIPC?: Bool
  httpDataEndpoint?: String
  imagePullSecrets?: [{
    name?: String
  }]
  labels?: {String: String}
  multiModel?: Bool
  nodeSelector?: {String: String}
  protocolVersions?: [String]
  replicas?: Int
  storageHelper?: {
    disabled?: Bool
  }
  supportedModelFormats?: [{
    autoSelect?: Bool
    name: String
    priority?: Int where it >= 1
    version?: String
  }]
  tolerations?: [Toleration]
  volumes?: [Volume]
  workerSpec?: {
    affinity?: Affinity
    annotations?: {String: String}
    containers: [Container]
    hostIPC?: Bool
    imagePullSecrets?: [{
      name?: String
    }]
    labels?: {String: String}
    nodeSelector?: {String: String}
    pipelineParallelSize?: Int
    tensorParallelSize?: Int
    tolerations?: [Toleration]
    volumes?: [Volume]
  }
}

type Container = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: StartupProbe
  name: String
  ports?: [Port]
  readinessProbe?: StartupProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
  restartPolicy?: String
  securityContext?: SecurityContext
  startupProbe?: StartupProbe
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

type Affinity = {
  nodeAffinity?: {
    preferredDuringSchedulingIgnoredDuringExecution?: [{
      preference: Preference
      weight: Int
    }]
    requiredDuringSchedulingIgnoredDuringExecution?: Required
  }
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

type Resources = {
  claims?: [name: {
    name: String
    request?: String
  }]
  limits?: Overhead
  requests?: Overhead
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
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

type Lifecycle = {
  postStart?: PostStart
  preStop?: PostStart
  stopSignal?: String
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
    port?: Int | String
  }
  terminationGracePeriodSeconds?: Int
  timeoutSeconds?: Int
}

type Port = {
  containerPort: Int
  hostIP?: String
  hostPort?: Int
  name?: String
  protocol?: String
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

type StartupProbe = {
  exec?: {
    command?: [String]
  }
  failureThreshold?: Int
  grpc?: {
    port: Int
    service?: String
  }
  httpGet?: StartupProbeHttpGet
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

type Storage = {
  key?: String
  parameters?: {String: String}
  path?: String
  schemaPath?: String
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

type AutoScaling = {
  behavior?: {
    scaleDown?: ScaleDown
    scaleUp?: ScaleDown
  }
  metrics?: [{
    external?: {
      authenticationRef?: {
        authModes?: String
        authenticationRef: {
          name: String
        }
      }
      metric: {
        backend?: "prometheus" | "graphite"
        namespace?: String
        query?: String
        serverAddress?: String
      }
      target: Target
    }
    podmetric?: {
      metric: {
        backend?: "opentelemetry"
        metricNames?: [String]
        operationOverTime?: String
        query?: String
        serverAddress?: String
      }
      target: Target
    }
    resource?: {
      name: "cpu" | "memory"
      target: Target
    }
    type: "Resource" | "External" | "PodMetric"
  }]
}

type Batcher = {
  maxBatchSize?: Int
  maxLatency?: Int
  timeout?: Int
}

type ExplainerContainer = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: ExplainerContainerLivenessProbe
  name: String
  ports?: [Port]
  readinessProbe?: ExplainerContainerLivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
  restartPolicy?: String
  securityContext?: SecurityContext
  startupProbe?: StartupProbe
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

type DeploymentStrategy = {
  rollingUpdate?: {
    maxSurge?: Int | String
    maxUnavailable?: Int | String
  }
  type?: String
}

type DnsConfig = {
  nameservers?: [String]
  options?: [{
    name?: String
    value?: String
  }]
  searches?: [String]
}

type Logger = {
  metadataAnnotations?: [String]
  metadataHeaders?: [String]
  mode?: "all" | "request" | "response"
  storage?: {
    key?: String
    parameters?: {String: String}
    path?: String
    serviceAccountName?: String
  }
  url?: String
}

type Overhead = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type ResourceClaim = {
  name: String
  resourceClaimName?: String
  resourceClaimTemplateName?: String
}

type ExplainerSecurityContext = {
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

type Volume = {
  awsElasticBlockStore?: AwsElasticBlockStore
  azureDisk?: AzureDisk
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
      spec: PersistentVolumeClaimSpec
    }
  }
  fc?: Fc
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
  gcePersistentDisk?: GcePersistentDisk
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
  nfs?: Nfs
  persistentVolumeClaim?: {
    claimName: String
    readOnly?: Bool
  }
  photonPersistentDisk?: {
    fsType?: String
    pdID: String
  }
  portworxVolume?: PortworxVolume
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
  quobyte?: Quobyte
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
  vsphereVolume?: VsphereVolume
}

type Huggingface = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: LivenessProbe
  name?: String
  ports?: [Port]
  protocolVersion?: String
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
  restartPolicy?: String
  runtimeVersion?: String
  securityContext?: SecurityContext
  startupProbe?: StartupProbe
  stdin?: Bool
  stdinOnce?: Bool
  storage?: Storage
  storageUri?: String
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

type PersistentVolumeClaimSpec = {
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
    limits?: Overhead
    requests?: Overhead
  }
  selector?: k8s.LabelSelector
  storageClassName?: String
  volumeAttributesClassName?: String
  volumeMode?: String
  volumeName?: String
}

type AwsElasticBlockStore = {
  fsType?: String
  partition?: Int
  readOnly?: Bool
  volumeID: String
}

type AzureDisk = {
  cachingMode?: String
  diskName: String
  diskURI: String
  fsType?: String
  kind?: String
  readOnly?: Bool
}

type ClaimRef = {
  apiVersion?: String
  fieldPath?: String
  kind?: String
  name?: String
  namespace?: String
  resourceVersion?: String
  uid?: String
}

type Fc = {
  fsType?: String
  lun?: Int
  readOnly?: Bool
  targetWWNs?: [String]
  wwids?: [String]
}

type GcePersistentDisk = {
  fsType?: String
  partition?: Int
  pdName: String
  readOnly?: Bool
}

type Nfs = {
  path: String
  readOnly?: Bool
  server: String
}

type Required = {
  nodeSelectorTerms: [Preference]
}

type PortworxVolume = {
  fsType?: String
  readOnly?: Bool
  volumeID: String
}

type Quobyte = {
  group?: String
  readOnly?: Bool
  registry: String
  tenant?: String
  user?: String
  volume: String
}

type VsphereVolume = {
  fsType?: String
  storagePolicyID?: String
  storagePolicyName?: String
  volumePath: String
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

type PostStart = {
  exec?: {
    command?: [String]
  }
  httpGet?: StartupProbeHttpGet
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
  port?: Int | String
  scheme?: String
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

type StartupProbeHttpGet = {
  host?: String
  httpHeaders?: [{
    name: String
    value: String
  }]
  path?: String
  port: Int | String
  scheme?: String
}

type ScaleDown = {
  policies?: [{
    periodSeconds: Int
    type: String
    value: Int
  }]
  selectPolicy?: String
  stabilizationWindowSeconds?: Int
  tolerance?: Cpu | Bytes | String
}

type Target = {
  averageUtilization?: Int
  averageValue?: Cpu | Bytes | String
  type?: "Utilization" | "Value" | "AverageValue"
  value?: Cpu | Bytes | String
}

type ExplainerContainerLivenessProbe = {
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
