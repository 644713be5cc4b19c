//! Argo Workflows: templates, schedules and bindings.

import std/chart

/// Argo Workflows: the controller, and the server with its page.
schema Workflows is Release {
  chart = "argo-workflows"
  repository = "https://argoproj.github.io/argo-helm"
  version = "1.0.18"
  /// The namespaces where workflows run.
  runs-in: [Name] = [namespace.name]
  let missing = runs-in.filter((n) => not cluster.namespace.has(n))
  check missing.is-empty() else "workflows shall run in \(missing.join(", ")), which `\(cluster.name)` does not have"
  replicas: Int where it >= 1 = 1
  /// How people show who they are: by a token of the cluster, by somebody else, or not at all, as the server itself.
  who: "client" | "server" | "sso" = "client"
  /// The port of every host at which the page answers.
  @auto("node-ports")
  node-port?: chart.HostPort
  /// Whether the server speaks HTTPS, with a certificate of its own.
  secure: Bool = false
  /// How many workflows run at once.
  most?: Int
  resources: chart.Share = chart.Share { cpu: 100m, memory: 128MiB, memory-limit: 512MiB }
  pods = { "app.kubernetes.io/instance": name }
  kinds = ["argoproj.io"]
  provides = ["argo-workflows"]
  workloads = ["deployment/\(name)-workflow-controller", "deployment/\(name)-server"]
  check who != "server" or node-port == null else "whoever reaches port \(node-port ?? 0) may run what they like, as the server itself: let them show who they are, by `who: \"client\"`"
  web: Endpoint = Endpoint {
    number: 2746
    pods: { "app.kubernetes.io/name": "argo-workflows-server", "app.kubernetes.io/instance": name }
    host: "\(name)-server.\(namespace.name).svc.\(cluster.domain)"
    id: "\(name)-server"
  }
  if node-port != null {
    access web: chart.at-host(cluster, if secure then "https" else "http", node-port)
  }
  makes = if node-port == null
    then []
    else chart.fronts(
      "\(name)-server",
      "NodePort",
      [{ name: "web", port: 2746, node-port: node-port }],
      null,
    )
  values = {
    fullnameOverride: name
    controller: {
      workflowNamespaces: runs-in
      replicas: replicas
      resources: chart.sized(resources)
      ...(if most == null then {} else { parallelism: most })
    }
    server: {
      replicas: replicas
      authModes: [who]
      secure: secure
      resources: chart.sized(resources)
      ...(if node-port == null then {} else { serviceType: "NodePort", serviceNodePort: node-port })
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("argoproj.io/v1alpha1", "ClusterWorkflowTemplate", "cluster")
type ClusterWorkflowTemplate = {
  spec: Spec
}

@kubernetes("argoproj.io/v1alpha1", "CronWorkflow")
type CronWorkflow = {
  spec: {
    concurrencyPolicy?: String
    failedJobsHistoryLimit?: Int
    schedule?: String
    schedules?: [String]
    startingDeadlineSeconds?: Int
    stopStrategy?: {
      expression: String
    }
    successfulJobsHistoryLimit?: Int
    suspend?: Bool
    timezone?: String
    when?: String
    workflowMetadata?: WorkflowMetadata
    workflowSpec: Spec
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "WorkflowArtifactGCTask")
type WorkflowArtifactGCTask = {
  spec: {
    artifactsByNode?: {
      String: {
        archiveLocation?: ArchiveLocation
        artifacts?: {String: Artifact}
      }
    }
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "WorkflowEventBinding")
type WorkflowEventBinding = {
  spec: {
    event: {
      selector: String
    }
    submit?: {
      arguments?: Arguments
      metadata?: {String: Any}
      workflowTemplateRef: {
        clusterScope?: Bool
        name?: String
      }
    }
  }
}

@kubernetes("argoproj.io/v1alpha1", "WorkflowTaskResult")
type WorkflowTaskResult = {
  message?: String
  outputs?: Outputs
  phase?: String
  progress?: String
}

@kubernetes("argoproj.io/v1alpha1", "WorkflowTaskSet")
type WorkflowTaskSet = {
  spec: {
    tasks?: {
      String: {
        activeDeadlineSeconds?: Int | String
        affinity?: Affinity
        archiveLocation?: ArchiveLocation
        automountServiceAccountToken?: Bool
        container?: {
          args?: [String]
          command?: [String]
          env?: [name: Env]
          envFrom?: [EnvFrom]
          image?: String
          imagePullPolicy?: String
          lifecycle?: Lifecycle
          livenessProbe?: LivenessProbe
          name: String
          ports?: [Port]
          readinessProbe?: LivenessProbe
          resizePolicy?: [{
            resourceName: String
            restartPolicy: String
          }]
          resources?: Resources
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
        containerSet?: {
          containers: [{
            args?: [String]
            command?: [String]
            dependencies?: [String]
            env?: [name: Env]
            envFrom?: [EnvFrom]
            image?: String
            imagePullPolicy?: String
            lifecycle?: Lifecycle
            livenessProbe?: LivenessProbe
            name: String
            ports?: [Port]
            readinessProbe?: LivenessProbe
            resizePolicy?: [{
              resourceName: String
              restartPolicy: String
            }]
            resources?: Resources
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
          }]
          retryStrategy?: {
            duration?: String
            retries: Int | String
          }
          volumeMounts?: [VolumeMount]
        }
        daemon?: Bool
        dag?: {
          failFast?: Bool
          target?: String
          tasks: [{
            arguments?: Arguments
            continueOn?: {
              error?: Bool
              failed?: Bool
            }
            dependencies?: [String]
            depends?: String
            hooks?: {String: Hook}
            inline?: Any
            name: String
            onExit?: String
            template?: String
            templateRef?: TemplateRef
            when?: String
            withItems?: [{String: Any}]
            withParam?: String
            withSequence?: WithSequence
          }]
        }
        data?: Data
        executor?: {
          serviceAccountName?: String
        }
        failFast?: Bool
        hostAliases?: [{
          hostnames?: [String]
          ip: String
        }]
        http?: Http
        initContainers?: [InitContainer]
        inputs?: Arguments
        memoize?: Memoize
        metadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
        metrics?: Metrics
        name?: String
        nodeSelector?: {String: String}
        outputs?: Outputs
        parallelism?: Int
        plugin?: {String: Any}
        podSpecPatch?: String
        priority?: Int
        priorityClassName?: String
        resource?: Resource
        retryStrategy?: {
          affinity?: {
            nodeAntiAffinity?: {String: Any}
          }
          backoff?: {
            duration?: String
            factor?: Int | String
            maxDuration?: String
          }
          expression?: String
          limit?: Int | String
          retryPolicy?: String
        }
        schedulerName?: String
        script?: {
          args?: [String]
          command?: [String]
          env?: [name: Env]
          envFrom?: [EnvFrom]
          image?: String
          imagePullPolicy?: String
          lifecycle?: Lifecycle
          livenessProbe?: LivenessProbe
          name: String
          ports?: [Port]
          readinessProbe?: LivenessProbe
          resizePolicy?: [{
            resourceName: String
            restartPolicy: String
          }]
          resources?: Resources
          restartPolicy?: String
          securityContext?: SecurityContext
          source: String
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
        securityContext?: {
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
          sysctls?: [{
            name: String
            value: String
          }]
          windowsOptions?: WindowsOptions
        }
        serviceAccountName?: String
        sidecars?: [InitContainer]
        steps?: [[Any]]
        suspend?: {
          duration?: String
        }
        synchronization?: {
          mutex?: {
            name?: String
            namespace?: String
          }
          mutexes?: [{
            name?: String
            namespace?: String
          }]
          semaphore?: Semaphore
          semaphores?: [Semaphore]
        }
        timeout?: String
        tolerations?: [Toleration]
        volumes?: [{
          awsElasticBlockStore?: AwsElasticBlockStore
          azureDisk?: AzureDisk
          azureFile?: AzureFile
          cephfs?: Cephfs
          cinder?: Cinder
          configMap?: ConfigMap
          csi?: Csi
          downwardAPI?: DownwardAPI
          emptyDir?: {
            medium?: String
            sizeLimit?: Cpu | Bytes | String
          }
          ephemeral?: {
            volumeClaimTemplate?: {
              metadata?: {String: Any}
              spec: VolumeClaimTemplateSpec
            }
          }
          fc?: Fc
          flexVolume?: FlexVolume
          flocker?: {
            datasetName?: String
            datasetUUID?: String
          }
          gcePersistentDisk?: GcePersistentDisk
          gitRepo?: GitRepo
          glusterfs?: Glusterfs
          hostPath?: {
            path: String
            type?: String
          }
          iscsi?: Iscsi
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
          projected?: Projected
          quobyte?: Quobyte
          rbd?: Rbd
          scaleIO?: ScaleIO
          secret?: Secret
          storageos?: Storageos
          vsphereVolume?: VsphereVolume
        }]
      }
    }
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "WorkflowTemplate")
type WorkflowTemplate = {
  spec: Spec
}

type Spec = {
  activeDeadlineSeconds?: Int
  affinity?: Affinity
  archiveLogs?: Bool
  arguments?: Arguments
  artifactGC?: {
    forceFinalizerRemoval?: Bool
    podMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    podSpecPatch?: String
    serviceAccountName?: String
    strategy?: "" | "OnWorkflowCompletion" | "OnWorkflowDeletion" | "Never"
  }
  artifactRepositoryRef?: {
    configMap?: String
    key?: String
  }
  automountServiceAccountToken?: Bool
  dnsConfig?: {
    nameservers?: [String]
    options?: [{
      name?: String
      value?: String
    }]
    searches?: [String]
  }
  dnsPolicy?: String
  entrypoint?: String
  executor?: {
    serviceAccountName?: String
  }
  hooks?: {String: Hook}
  hostAliases?: [{
    hostnames?: [String]
    ip: String
  }]
  hostNetwork?: Bool
  imagePullSecrets?: [{
    name?: String
  }]
  metrics?: Metrics
  nodeSelector?: {String: String}
  onExit?: String
  parallelism?: Int
  podDisruptionBudget?: {
    maxUnavailable?: Int | String
    minAvailable?: Int | String
    selector?: k8s.LabelSelector
    unhealthyPodEvictionPolicy?: String
  }
  podGC?: {
    deleteDelayDuration?: String
    labelSelector?: k8s.LabelSelector
    strategy?: String
  }
  podMetadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  podPriorityClassName?: String
  podSpecPatch?: String
  priority?: Int
  retryStrategy?: RetryStrategy
  schedulerName?: String
  securityContext?: SpecSecurityContext
  serviceAccountName?: String
  shutdown?: String
  suspend?: Bool
  synchronization?: Synchronization
  templateDefaults?: TemplateDefaults
  templates?: [TemplateDefaults]
  tolerations?: [Toleration]
  ttlStrategy?: {
    secondsAfterCompletion?: Int
    secondsAfterFailure?: Int
    secondsAfterSuccess?: Int
  }
  volumeClaimGC?: {
    strategy?: String
  }
  volumeClaimTemplates?: [{
    apiVersion?: String
    kind?: String
    metadata?: WorkflowMetadata
    spec?: VolumeClaimTemplateSpec
    status?: {
      accessModes?: [String]
      allocatedResourceStatuses?: {String: String}
      allocatedResources?: AllocatedResources
      capacity?: AllocatedResources
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
  }]
  volumes?: [Volume]
  workflowMetadata?: {
    annotations?: {String: String}
    labels?: {String: String}
    labelsFrom?: {
      String: {
        expression: String
      }
    }
  }
  workflowTemplateRef?: {
    clusterScope?: Bool
    name?: String
  }
}

type WorkflowMetadata = {
  annotations?: {String: String}
  finalizers?: [String]
  generateName?: String
  labels?: {String: String}
  name?: String
  namespace?: String
}

type ArchiveLocation = {
  archiveLogs?: Bool
  artifactory?: Artifactory
  azure?: Azure
  gcs?: Gcs
  git?: Git
  hdfs?: Hdfs
  http?: ArchiveLocationHttp
  oss?: Oss
  raw?: {
    data: String
  }
  s3?: S3
}

type Artifact = {
  archive?: {
    none?: {String: Any}
    tar?: {
      compressionLevel?: Int
    }
    zip?: {String: Any}
  }
  archiveLogs?: Bool
  artifactGC?: {
    podMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    serviceAccountName?: String
    strategy?: "" | "OnWorkflowCompletion" | "OnWorkflowDeletion" | "Never"
  }
  artifactory?: Artifactory
  azure?: Azure
  deleted?: Bool
  from?: String
  fromExpression?: String
  gcs?: Gcs
  git?: Git
  globalName?: String
  hdfs?: Hdfs
  http?: ArchiveLocationHttp
  mode?: Int
  name: String
  optional?: Bool
  oss?: Oss
  path?: String
  raw?: {
    data: String
  }
  recurseMode?: Bool
  s3?: S3
  subPath?: String
}

type Arguments = {
  artifacts?: [Artifact]
  parameters?: [Parameter]
}

type Outputs = {
  artifacts?: [Artifact]
  exitCode?: String
  parameters?: [Parameter]
  result?: String
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

type Port = {
  containerPort: Int
  hostIP?: String
  hostPort?: Int
  name?: String
  protocol?: String
}

type Resources = {
  claims?: [name: {
    name: String
  }]
  limits?: AllocatedResources
  requests?: AllocatedResources
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

type VolumeMount = {
  mountPath: String
  mountPropagation?: String
  name: String
  readOnly?: Bool
  recursiveReadOnly?: String
  subPath?: String
  subPathExpr?: String
}

type Hook = {
  arguments?: Arguments
  expression?: String
  template?: String
  templateRef?: TemplateRef
}

type TemplateRef = {
  clusterScope?: Bool
  name?: String
  template?: String
}

type WithSequence = {
  count?: Int | String
  end?: Int | String
  format?: String
  start?: Int | String
}

type Data = {
  source: {
    artifactPaths?: Artifact
  }
  transformation: [{
    expression: String
  }]
}

type Http = {
  body?: String
  bodyFrom?: {
    bytes?: String
  }
  headers?: [{
    name: String
    value?: String
    valueFrom?: {
      secretKeyRef?: ConfigMapKeyRef
    }
  }]
  insecureSkipVerify?: Bool
  method?: String
  successCondition?: String
  timeoutSeconds?: Int
  url: String
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
  mirrorVolumeMounts?: Bool
  name: String
  ports?: [Port]
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
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

type Memoize = {
  cache: {
    configMap: ConfigMapKeyRef
  }
  key: String
  maxAge: String
}

type Metrics = {
  prometheus: [{
    counter?: {
      value: String
    }
    gauge?: {
      operation?: String
      realtime: Bool
      value: String
    }
    help: String
    histogram?: {
      buckets: [Float]
      value: String
    }
    labels?: [{
      key: String
      value: String
    }]
    name: String
    when?: String
  }]
}

type Resource = {
  action: String
  failureCondition?: String
  flags?: [String]
  manifest?: String
  manifestFrom?: {
    artifact: Artifact
  }
  mergeStrategy?: String
  setOwnerReference?: Bool
  successCondition?: String
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

type Semaphore = {
  configMapKeyRef?: ConfigMapKeyRef
  namespace?: String
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
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

type AzureFile = {
  readOnly?: Bool
  secretName: String
  shareName: String
}

type Cephfs = {
  monitors: [String]
  path?: String
  readOnly?: Bool
  secretFile?: String
  secretRef?: {
    name?: String
  }
  user?: String
}

type Cinder = {
  fsType?: String
  readOnly?: Bool
  secretRef?: {
    name?: String
  }
  volumeID: String
}

type ConfigMap = {
  defaultMode?: Int
  items?: [Item]
  name?: String
  optional?: Bool
}

type Csi = {
  driver: String
  fsType?: String
  nodePublishSecretRef?: {
    name?: String
  }
  readOnly?: Bool
  volumeAttributes?: {String: String}
}

type DownwardAPI = {
  defaultMode?: Int
  items?: [DownwardAPIItem]
}

type VolumeClaimTemplateSpec = {
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
    limits?: AllocatedResources
    requests?: AllocatedResources
  }
  selector?: k8s.LabelSelector
  storageClassName?: String
  volumeAttributesClassName?: String
  volumeMode?: String
  volumeName?: String
}

type Fc = {
  fsType?: String
  lun?: Int
  readOnly?: Bool
  targetWWNs?: [String]
  wwids?: [String]
}

type FlexVolume = {
  driver: String
  fsType?: String
  options?: {String: String}
  readOnly?: Bool
  secretRef?: {
    name?: String
  }
}

type GcePersistentDisk = {
  fsType?: String
  partition?: Int
  pdName: String
  readOnly?: Bool
}

type GitRepo = {
  directory?: String
  repository: String
  revision?: String
}

type Glusterfs = {
  endpoints: String
  path: String
  readOnly?: Bool
}

type Iscsi = {
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

type Nfs = {
  path: String
  readOnly?: Bool
  server: String
}

type PortworxVolume = {
  fsType?: String
  readOnly?: Bool
  volumeID: String
}

type Projected = {
  defaultMode?: Int
  sources?: [{
    clusterTrustBundle?: {
      labelSelector?: k8s.LabelSelector
      name?: String
      optional?: Bool
      path: String
      signerName?: String
    }
    configMap?: SourceConfigMap
    downwardAPI?: {
      items?: [DownwardAPIItem]
    }
    secret?: SourceConfigMap
    serviceAccountToken?: {
      audience?: String
      expirationSeconds?: Int
      path: String
    }
  }]
}

type Quobyte = {
  group?: String
  readOnly?: Bool
  registry: String
  tenant?: String
  user?: String
  volume: String
}

type Rbd = {
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

type ScaleIO = {
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

type Secret = {
  defaultMode?: Int
  items?: [Item]
  optional?: Bool
  secretName?: String
}

type Storageos = {
  fsType?: String
  readOnly?: Bool
  secretRef?: {
    name?: String
  }
  volumeName?: String
  volumeNamespace?: String
}

type VsphereVolume = {
  fsType?: String
  storagePolicyID?: String
  storagePolicyName?: String
  volumePath: String
}

type RetryStrategy = {
  affinity?: {
    nodeAntiAffinity?: {String: Any}
  }
  backoff?: {
    cap?: String
    duration?: String
    factor?: Int | String
    maxDuration?: String
  }
  expression?: String
  limit?: Int | String
  retryPolicy?: String
}

type SpecSecurityContext = {
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

type Synchronization = {
  mutex?: Mutex
  mutexes?: [Mutex]
  semaphore?: SynchronizationSemaphore
  semaphores?: [SynchronizationSemaphore]
}

type TemplateDefaults = {
  activeDeadlineSeconds?: Int | String
  affinity?: Affinity
  annotations?: {String: String}
  archiveLocation?: ArchiveLocation
  automountServiceAccountToken?: Bool
  container?: {
    args?: [String]
    command?: [String]
    env?: [name: Env]
    envFrom?: [EnvFrom]
    image?: String
    imagePullPolicy?: String
    lifecycle?: ContainerLifecycle
    livenessProbe?: LivenessProbe
    name?: String
    ports?: [Port]
    readinessProbe?: LivenessProbe
    resizePolicy?: [{
      resourceName: String
      restartPolicy: String
    }]
    resources?: ContainerResources
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
  containerSet?: {
    containers: [{
      args?: [String]
      command?: [String]
      dependencies?: [String]
      env?: [name: Env]
      envFrom?: [EnvFrom]
      image?: String
      imagePullPolicy?: String
      lifecycle?: ContainerLifecycle
      livenessProbe?: LivenessProbe
      name: String
      ports?: [Port]
      readinessProbe?: LivenessProbe
      resizePolicy?: [{
        resourceName: String
        restartPolicy: String
      }]
      resources?: ContainerResources
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
    }]
    retryStrategy?: {
      duration?: String
      retries: Int | String
    }
    volumeMounts?: [VolumeMount]
  }
  daemon?: Bool
  dag?: {
    failFast?: Bool
    target?: String
    tasks: [{
      arguments?: Arguments
      continueOn?: {
        error?: Bool
        failed?: Bool
      }
      dependencies?: [String]
      depends?: String
      hooks?: {String: Hook}
      inline?: Any
      name: String
      onExit?: String
      template?: String
      templateRef?: TemplateRef
      when?: String
      withItems?: Any
      withParam?: String
      withSequence?: WithSequence
    }]
  }
  data?: Data
  executor?: {
    serviceAccountName?: String
  }
  failFast?: Bool
  hostAliases?: [{
    hostnames?: [String]
    ip: String
  }]
  http?: Http
  initContainers?: [TemplateDefaultsInitContainer]
  inputs?: Arguments
  memoize?: Memoize
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  metrics?: Metrics
  name?: String
  nodeSelector?: {String: String}
  outputs?: Outputs
  parallelism?: Int
  plugin?: {String: Any}
  podSpecPatch?: String
  priorityClassName?: String
  resource?: Resource
  retryStrategy?: RetryStrategy
  schedulerName?: String
  script?: {
    args?: [String]
    command?: [String]
    env?: [name: Env]
    envFrom?: [EnvFrom]
    image?: String
    imagePullPolicy?: String
    lifecycle?: ContainerLifecycle
    livenessProbe?: LivenessProbe
    name?: String
    ports?: [Port]
    readinessProbe?: LivenessProbe
    resizePolicy?: [{
      resourceName: String
      restartPolicy: String
    }]
    resources?: ContainerResources
    restartPolicy?: String
    securityContext?: SecurityContext
    source?: String
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
  securityContext?: SpecSecurityContext
  serviceAccountName?: String
  sidecars?: [TemplateDefaultsInitContainer]
  steps?: [[{
    arguments?: Arguments
    continueOn?: {
      error?: Bool
      failed?: Bool
    }
    hooks?: {String: Hook}
    inline?: Any
    name?: String
    onExit?: String
    template?: String
    templateRef?: TemplateRef
    when?: String
    withItems?: Any
    withParam?: String
    withSequence?: WithSequence
  }]]
  suspend?: {
    duration?: String
  }
  synchronization?: Synchronization
  timeout?: String
  tolerations?: [Toleration]
  volumes?: [Volume]
}

type AllocatedResources = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type Volume = {
  awsElasticBlockStore?: AwsElasticBlockStore
  azureDisk?: AzureDisk
  azureFile?: AzureFile
  cephfs?: Cephfs
  cinder?: Cinder
  configMap?: ConfigMap
  csi?: Csi
  downwardAPI?: DownwardAPI
  emptyDir?: {
    medium?: String
    sizeLimit?: Cpu | Bytes | String
  }
  ephemeral?: {
    volumeClaimTemplate?: {
      metadata?: WorkflowMetadata
      spec: VolumeClaimTemplateSpec
    }
  }
  fc?: Fc
  flexVolume?: FlexVolume
  flocker?: {
    datasetName?: String
    datasetUUID?: String
  }
  gcePersistentDisk?: GcePersistentDisk
  gitRepo?: GitRepo
  glusterfs?: Glusterfs
  hostPath?: {
    path: String
    type?: String
  }
  image?: {
    pullPolicy?: String
    reference?: String
  }
  iscsi?: Iscsi
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
  projected?: Projected
  quobyte?: Quobyte
  rbd?: Rbd
  scaleIO?: ScaleIO
  secret?: Secret
  storageos?: Storageos
  vsphereVolume?: VsphereVolume
}

type Artifactory = {
  passwordSecret?: ConfigMapKeyRef
  url: String
  usernameSecret?: ConfigMapKeyRef
}

type Azure = {
  accountKeySecret?: ConfigMapKeyRef
  blob: String
  container: String
  endpoint: String
  useSDKCreds?: Bool
}

type Gcs = {
  bucket?: String
  key: String
  serviceAccountKeySecret?: ConfigMapKeyRef
}

type Git = {
  branch?: String
  depth?: Int
  disableSubmodules?: Bool
  fetch?: [String]
  insecureIgnoreHostKey?: Bool
  insecureSkipTLS?: Bool
  passwordSecret?: ConfigMapKeyRef
  repo: String
  revision?: String
  singleBranch?: Bool
  sshPrivateKeySecret?: ConfigMapKeyRef
  usernameSecret?: ConfigMapKeyRef
}

type Hdfs = {
  addresses?: [String]
  dataTransferProtection?: String
  force?: Bool
  hdfsUser?: String
  krbCCacheSecret?: ConfigMapKeyRef
  krbConfigConfigMap?: ConfigMapKeyRef
  krbKeytabSecret?: ConfigMapKeyRef
  krbRealm?: String
  krbServicePrincipalName?: String
  krbUsername?: String
  path: String
}

type ArchiveLocationHttp = {
  auth?: {
    basicAuth?: {
      passwordSecret?: ConfigMapKeyRef
      usernameSecret?: ConfigMapKeyRef
    }
    clientCert?: {
      clientCertSecret?: ConfigMapKeyRef
      clientKeySecret?: ConfigMapKeyRef
    }
    oauth2?: {
      clientIDSecret?: ConfigMapKeyRef
      clientSecretSecret?: ConfigMapKeyRef
      endpointParams?: [{
        key: String
        value?: String
      }]
      scopes?: [String]
      tokenURLSecret?: ConfigMapKeyRef
    }
  }
  headers?: [{
    name: String
    value: String
  }]
  url: String
}

type Oss = {
  accessKeySecret?: ConfigMapKeyRef
  bucket?: String
  createBucketIfNotPresent?: Bool
  endpoint?: String
  key: String
  lifecycleRule?: {
    markDeletionAfterDays?: Int
    markInfrequentAccessAfterDays?: Int
  }
  secretKeySecret?: ConfigMapKeyRef
  securityToken?: String
  useSDKCreds?: Bool
}

type S3 = {
  accessKeySecret?: ConfigMapKeyRef
  bucket?: String
  caSecret?: ConfigMapKeyRef
  createBucketIfNotPresent?: {
    objectLocking?: Bool
  }
  encryptionOptions?: {
    enableEncryption?: Bool
    kmsEncryptionContext?: String
    kmsKeyId?: String
    serverSideCustomerKeySecret?: ConfigMapKeyRef
  }
  endpoint?: String
  insecure?: Bool
  key?: String
  region?: String
  roleARN?: String
  secretKeySecret?: ConfigMapKeyRef
  sessionTokenSecret?: ConfigMapKeyRef
  useSDKCreds?: Bool
}

type Parameter = {
  default?: String
  description?: String
  enum?: [String]
  globalName?: String
  name: String
  value?: String
  valueFrom?: {
    configMapKeyRef?: ConfigMapKeyRef
    default?: String
    event?: String
    expression?: String
    jqFilter?: String
    jsonPath?: String
    parameter?: String
    path?: String
    supplied?: {String: Any}
  }
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

type SourceConfigMap = {
  items?: [Item]
  name?: String
  optional?: Bool
}

type Mutex = {
  database?: Bool
  name?: String
  namespace?: String
}

type SynchronizationSemaphore = {
  configMapKeyRef?: ConfigMapKeyRef
  database?: {
    key: String
  }
  namespace?: String
}

type ContainerLifecycle = {
  postStart?: PostStart
  preStop?: PostStart
  stopSignal?: String
}

type ContainerResources = {
  claims?: [name: {
    name: String
    request?: String
  }]
  limits?: AllocatedResources
  requests?: AllocatedResources
}

type TemplateDefaultsInitContainer = {
  args?: [String]
  command?: [String]
  env?: [name: Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: ContainerLifecycle
  livenessProbe?: LivenessProbe
  mirrorVolumeMounts?: Bool
  name: String
  ports?: [Port]
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: ContainerResources
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
