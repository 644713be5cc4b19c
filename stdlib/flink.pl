//! Apache Flink: its operator, deployments, jobs and snapshots.

import std/chart

/// The operator of Flink.
schema Operator is Release {
  chart = "flink-kubernetes-operator"
  // Each version has a repository of its own, and only the archive keeps those that are no longer the newest.
  repository = "https://archive.apache.org/dist/flink/flink-kubernetes-operator-\(version)"
  version = Version("1.15.0")
  /// Where it looks: everywhere if nothing is named.
  watches: [Namespace] = []
  /// Whether what it is given is judged before it is stored, which takes certificates.
  webhook: Bool = true
  /// The password of the store of these certificates; everybody knows that of the chart.
  keystore?: SecretKey
  resources: chart.Share = chart.Share { cpu: 100m, memory: 512MiB }
  pods = { "app.kubernetes.io/name": "flink-kubernetes-operator" }
  tier = "core"
  kinds = ["flink.apache.org"]
  provides = ["flink-operator"]
  requires = [if webhook => "cert-manager"]
  workloads = ["deployment/flink-kubernetes-operator"]
  values = {
    image: { repository: "docker.io/apache/flink-kubernetes-operator", tag: "\(version)" }
    watchNamespaces: [for space in watches => space.name]
    operatorPod: { resources: chart.sized(resources) }
    webhook: {
      create: webhook
      if keystore != null {
        keystore: {
          useDefaultPassword: false
          passwordSecretRef: { name: keystore.secret.object, key: keystore.name }
        }
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("flink.apache.org/v1beta1", "FlinkDeployment")
type FlinkDeployment = {
  spec?: {
    flinkConfiguration?: Any
    flinkVersion?: "v1_13" | "v1_14" | "v1_15" | "v1_16" | "v1_17" | "v1_18" | "v1_19" | "v1_20" | "v2_0" | "v2_1" | "v2_2" | "v2_3" | "v2_4"
    image?: String
    imagePullPolicy?: String
    ingress?: {
      annotations?: {String: String}
      className?: String
      labels?: {String: String}
      template?: String
      tls?: [{
        hosts?: [String]
        secretName?: String
      }]
    }
    job?: Job
    jobManager?: JobManager
    logConfiguration?: {String: String}
    mode?: "native" | "standalone"
    podTemplate?: PodTemplate
    restartNonce?: Int
    serviceAccount?: String
    taskManager?: JobManager
  }
  status?: Any
}

@kubernetes("flink.apache.org/v1beta1", "FlinkSessionJob")
type FlinkSessionJob = {
  spec?: {
    deploymentName?: String
    flinkConfiguration?: Any
    job?: Job
    restartNonce?: Int
  }
  status?: Any
}

@kubernetes("flink.apache.org/v1beta1", "FlinkStateSnapshot")
type FlinkStateSnapshot = {
  spec?: {
    backoffLimit?: Int
    checkpoint?: {String: Any}
    jobReference?: {
      kind?: "FlinkDeployment" | "FlinkSessionJob"
      name?: String
    }
    savepoint?: {
      alreadyExists?: Bool
      disposeOnDelete?: Bool
      formatType?: "CANONICAL" | "NATIVE" | "UNKNOWN"
      path?: String
    }
  }
  status?: Any
}

type Job = {
  allowNonRestoredState?: Bool
  args?: [String]
  autoscalerResetNonce?: Int
  checkpointTriggerNonce?: Int
  entryClass?: String
  initialSavepointPath?: String
  jarURI?: String
  parallelism?: Int
  savepointRedeployNonce?: Int
  savepointTriggerNonce?: Int
  state?: "running" | "suspended"
  upgradeMode?: "last-state" | "savepoint" | "stateless"
}

type JobManager = {
  podTemplate?: PodTemplate
  replicas?: Int
  resource?: {
    cpu?: Float
    ephemeralStorage?: String
    memory?: String
  }
}

type PodTemplate = {
  apiVersion?: String
  kind?: String
  metadata?: Metadata
  spec?: {
    activeDeadlineSeconds?: Int
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
    automountServiceAccountToken?: Bool
    containers?: [Container]
    dnsConfig?: {
      nameservers?: [String]
      options?: [{
        name?: String
        value?: String
      }]
      searches?: [String]
    }
    dnsPolicy?: String
    enableServiceLinks?: Bool
    ephemeralContainers?: [{
      args?: [String]
      command?: [String]
      env?: [Env]
      envFrom?: [EnvFrom]
      image?: String
      imagePullPolicy?: String
      lifecycle?: Lifecycle
      livenessProbe?: LivenessProbe
      name?: String
      ports?: [Port]
      readinessProbe?: LivenessProbe
      resizePolicy?: [{
        resourceName?: String
        restartPolicy?: String
      }]
      resources?: Resources
      restartPolicy?: String
      securityContext?: SecurityContext
      startupProbe?: LivenessProbe
      stdin?: Bool
      stdinOnce?: Bool
      targetContainerName?: String
      terminationMessagePath?: String
      terminationMessagePolicy?: String
      tty?: Bool
      volumeDevices?: [{
        devicePath?: String
        name?: String
      }]
      volumeMounts?: [VolumeMount]
      workingDir?: String
    }]
    hostAliases?: [{
      hostnames?: [String]
      ip?: String
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
      name?: String
    }
    overhead?: {String: Int | String}
    preemptionPolicy?: String
    priority?: Int
    priorityClassName?: String
    readinessGates?: [{
      conditionType?: String
    }]
    resourceClaims?: [{
      name?: String
      resourceClaimName?: String
      resourceClaimTemplateName?: String
    }]
    resources?: Resources
    restartPolicy?: String
    runtimeClassName?: String
    schedulerName?: String
    schedulingGates?: [{
      name?: String
    }]
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
    serviceAccount?: String
    serviceAccountName?: String
    setHostnameAsFQDN?: Bool
    shareProcessNamespace?: Bool
    subdomain?: String
    terminationGracePeriodSeconds?: Int
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
      awsElasticBlockStore?: {
        fsType?: String
        partition?: Int
        readOnly?: Bool
        volumeID?: String
      }
      azureDisk?: {
        cachingMode?: String
        diskName?: String
        diskURI?: String
        fsType?: String
        kind?: String
        readOnly?: Bool
      }
      azureFile?: {
        readOnly?: Bool
        secretName?: String
        shareName?: String
      }
      cephfs?: {
        monitors?: [String]
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
        volumeID?: String
      }
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
      downwardAPI?: {
        defaultMode?: Int
        items?: [DownwardAPIItem]
      }
      emptyDir?: {
        medium?: String
        sizeLimit?: Int | String
      }
      ephemeral?: {
        volumeClaimTemplate?: {
          metadata?: Metadata
          spec?: {
            accessModes?: [String]
            dataSource?: {
              apiGroup?: String
              kind?: String
              name?: String
            }
            dataSourceRef?: {
              apiGroup?: String
              kind?: String
              name?: String
              namespace?: String
            }
            resources?: {
              limits?: {String: Int | String}
              requests?: {String: Int | String}
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
        driver?: String
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
        pdName?: String
        readOnly?: Bool
      }
      gitRepo?: {
        directory?: String
        repository?: String
        revision?: String
      }
      glusterfs?: {
        endpoints?: String
        path?: String
        readOnly?: Bool
      }
      hostPath?: {
        path?: String
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
        iqn?: String
        iscsiInterface?: String
        lun?: Int
        portals?: [String]
        readOnly?: Bool
        secretRef?: {
          name?: String
        }
        targetPortal?: String
      }
      name?: String
      nfs?: {
        path?: String
        readOnly?: Bool
        server?: String
      }
      persistentVolumeClaim?: {
        claimName?: String
        readOnly?: Bool
      }
      photonPersistentDisk?: {
        fsType?: String
        pdID?: String
      }
      portworxVolume?: {
        fsType?: String
        readOnly?: Bool
        volumeID?: String
      }
      projected?: {
        defaultMode?: Int
        sources?: [{
          clusterTrustBundle?: {
            labelSelector?: k8s.LabelSelector
            name?: String
            optional?: Bool
            path?: String
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
            path?: String
          }
        }]
      }
      quobyte?: {
        group?: String
        readOnly?: Bool
        registry?: String
        tenant?: String
        user?: String
        volume?: String
      }
      rbd?: {
        fsType?: String
        image?: String
        keyring?: String
        monitors?: [String]
        pool?: String
        readOnly?: Bool
        secretRef?: {
          name?: String
        }
        user?: String
      }
      scaleIO?: {
        fsType?: String
        gateway?: String
        protectionDomain?: String
        readOnly?: Bool
        secretRef?: {
          name?: String
        }
        sslEnabled?: Bool
        storageMode?: String
        storagePool?: String
        system?: String
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
        volumePath?: String
      }
    }]
  }
  status?: {
    conditions?: [{
      lastProbeTime?: String
      lastTransitionTime?: String
      message?: String
      observedGeneration?: Int
      reason?: String
      status?: String
      type?: String
    }]
    containerStatuses?: [ContainerStatuse]
    ephemeralContainerStatuses?: [ContainerStatuse]
    hostIP?: String
    hostIPs?: [{
      ip?: String
    }]
    initContainerStatuses?: [ContainerStatuse]
    message?: String
    nominatedNodeName?: String
    observedGeneration?: Int
    phase?: String
    podIP?: String
    podIPs?: [{
      ip?: String
    }]
    qosClass?: String
    reason?: String
    resize?: String
    resourceClaimStatuses?: [{
      name?: String
      resourceClaimName?: String
    }]
    startTime?: String
  }
}

type Metadata = {
  annotations?: {String: String}
  creationTimestamp?: String
  deletionGracePeriodSeconds?: Int
  deletionTimestamp?: String
  finalizers?: [String]
  generateName?: String
  generation?: Int
  labels?: {String: String}
  managedFields?: [{
    apiVersion?: String
    fieldsType?: String
    fieldsV1?: {String: Any}
    manager?: String
    operation?: String
    subresource?: String
    time?: String
  }]
  name?: String
  namespace?: String
  ownerReferences?: [{
    apiVersion?: String
    blockOwnerDeletion?: Bool
    controller?: Bool
    kind?: String
    name?: String
    uid?: String
  }]
  resourceVersion?: String
  selfLink?: String
  uid?: String
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

type Container = {
  args?: [String]
  command?: [String]
  env?: [Env]
  envFrom?: [EnvFrom]
  image?: String
  imagePullPolicy?: String
  lifecycle?: Lifecycle
  livenessProbe?: LivenessProbe
  name?: String
  ports?: [Port]
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName?: String
    restartPolicy?: String
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
  volumeDevices?: [{
    devicePath?: String
    name?: String
  }]
  volumeMounts?: [VolumeMount]
  workingDir?: String
}

type Env = {
  name?: String
  value?: String
  valueFrom?: {
    configMapKeyRef?: ConfigMapKeyRef
    fieldRef?: {
      apiVersion?: String
      fieldPath?: String
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
    port?: Int
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
  containerPort?: Int
  hostIP?: String
  hostPort?: Int
  name?: String
  protocol?: String
}

type Resources = {
  claims?: [{
    name?: String
    request?: String
  }]
  limits?: {String: Int | String}
  requests?: {String: Int | String}
}

type SecurityContext = {
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

type VolumeMount = {
  mountPath?: String
  mountPropagation?: String
  name?: String
  readOnly?: Bool
  recursiveReadOnly?: String
  subPath?: String
  subPathExpr?: String
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

type Item = {
  key?: String
  mode?: Int
  path?: String
}

type DownwardAPIItem = {
  fieldRef?: {
    apiVersion?: String
    fieldPath?: String
  }
  mode?: Int
  path?: String
  resourceFieldRef?: ResourceFieldRef
}

type ConfigMap = {
  items?: [Item]
  name?: String
  optional?: Bool
}

type ContainerStatuse = {
  allocatedResources?: {String: Int | String}
  allocatedResourcesStatus?: [{
    name?: String
    resources?: [{
      health?: String
      resourceID?: String
    }]
  }]
  containerID?: String
  image?: String
  imageID?: String
  lastState?: LastState
  name?: String
  ready?: Bool
  resources?: Resources
  restartCount?: Int
  started?: Bool
  state?: LastState
  stopSignal?: String
  user?: {
    linux?: {
      gid?: Int
      supplementalGroups?: [Int]
      uid?: Int
    }
  }
  volumeMounts?: [{
    mountPath?: String
    name?: String
    readOnly?: Bool
    recursiveReadOnly?: String
  }]
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

type ConfigMapKeyRef = {
  key?: String
  name?: String
  optional?: Bool
}

type ResourceFieldRef = {
  containerName?: String
  divisor?: Int | String
  resource?: String
}

type PostStart = {
  exec?: {
    command?: [String]
  }
  httpGet?: HttpGet
  sleep?: {
    seconds?: Int
  }
  tcpSocket?: {
    host?: String
    port?: Int | String
  }
}

type HttpGet = {
  host?: String
  httpHeaders?: [{
    name?: String
    value?: String
  }]
  path?: String
  port?: Int | String
  scheme?: String
}

type LastState = {
  running?: {
    startedAt?: String
  }
  terminated?: {
    containerID?: String
    exitCode?: Int
    finishedAt?: String
    message?: String
    reason?: String
    signal?: Int
    startedAt?: String
  }
  waiting?: {
    message?: String
    reason?: String
  }
}
