//! Argo Rollouts: rollouts and their analyses.

@kubernetes("argoproj.io/v1alpha1", "AnalysisRun")
type AnalysisRun = {
  spec: {
    args?: [Arg]
    dryRun?: [{
      metricName: String
    }]
    measurementRetention?: [{
      limit: Int
      metricName: String
    }]
    metrics: [Metric]
    terminate?: Bool
    ttlStrategy?: {
      secondsAfterCompletion?: Int
      secondsAfterFailure?: Int
      secondsAfterSuccess?: Int
    }
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "AnalysisTemplate")
type AnalysisTemplate = {
  spec: Spec
}

@kubernetes("argoproj.io/v1alpha1", "ClusterAnalysisTemplate", "cluster")
type ClusterAnalysisTemplate = {
  spec: Spec
}

@kubernetes("argoproj.io/v1alpha1", "Experiment")
type Experiment = {
  spec: {
    analyses?: [{
      args?: [Arg]
      clusterScope?: Bool
      name: String
      requiredForCompletion?: Bool
      templateName: String
    }]
    analysisRunMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    dryRun?: [{
      metricName: String
    }]
    duration?: String
    measurementRetention?: [{
      limit: Int
      metricName: String
    }]
    progressDeadlineSeconds?: Int
    scaleDownDelaySeconds?: Int
    templates: [{
      minReadySeconds?: Int
      name: String
      replicas?: Int
      selector: k8s.LabelSelector
      service?: {
        name?: String
      }
      template: Template
    }]
    terminate?: Bool
  }
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "Rollout")
type Rollout = {
  spec: {
    analysis?: {
      successfulRunHistoryLimit?: Int
      unsuccessfulRunHistoryLimit?: Int
    }
    minReadySeconds?: Int
    paused?: Bool
    progressDeadlineAbort?: Bool
    progressDeadlineSeconds?: Int
    replicas?: Int
    restartAt?: String
    revisionHistoryLimit?: Int
    rollbackWindow?: {
      revisions?: Int
    }
    selector?: k8s.LabelSelector
    strategy?: {
      blueGreen?: {
        abortScaleDownDelaySeconds?: Int
        activeMetadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
        activeService: String
        antiAffinity?: AntiAffinity
        autoPromotionEnabled?: Bool
        autoPromotionSeconds?: Int
        maxUnavailable?: Int | String
        postPromotionAnalysis?: PostPromotionAnalysis
        prePromotionAnalysis?: PostPromotionAnalysis
        previewMetadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
        previewReplicaCount?: Int
        previewService?: String
        scaleDownDelayRevisionLimit?: Int
        scaleDownDelaySeconds?: Int
      }
      canary?: {
        abortScaleDownDelaySeconds?: Int
        analysis?: {
          analysisRunMetadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          args?: [AnalysisArg]
          dryRun?: [{
            metricName: String
          }]
          measurementRetention?: [{
            limit: Int
            metricName: String
          }]
          startingStep?: Int
          templates?: [{
            clusterScope?: Bool
            templateName?: String
          }]
        }
        antiAffinity?: AntiAffinity
        canaryMetadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
        canaryService?: String
        dynamicStableScale?: Bool
        maxSurge?: Int | String
        maxUnavailable?: Int | String
        minPodsPerReplicaSet?: Int
        pingPong?: {
          pingService: String
          pongService: String
        }
        replicaProgressThreshold?: {
          type: String
          value: Int
        }
        scaleDownDelayRevisionLimit?: Int
        scaleDownDelaySeconds?: Int
        stableMetadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
        stableService?: String
        steps?: [{
          analysis?: PostPromotionAnalysis
          experiment?: {
            analyses?: [{
              args?: [AnalysisArg]
              clusterScope?: Bool
              name: String
              requiredForCompletion?: Bool
              templateName: String
            }]
            analysisRunMetadata?: {
              annotations?: {String: String}
              labels?: {String: String}
            }
            dryRun?: [{
              metricName: String
            }]
            duration?: String
            scaleDownDelaySeconds?: Int
            templates: [{
              metadata?: {
                annotations?: {String: String}
                labels?: {String: String}
              }
              name: String
              replicas?: Int
              selector?: k8s.LabelSelector
              service?: {
                name?: String
              }
              specRef: String
              weight?: Int
            }]
          }
          pause?: {
            duration?: Int | String
          }
          plugin?: {
            config?: {String: Any}
            name: String
          }
          setCanaryScale?: {
            matchTrafficWeight?: Bool
            replicas?: Int
            weight?: Int
          }
          setHeaderRoute?: {
            match?: [{
              headerName: String
              headerValue: HeaderValue
            }]
            name?: String
          }
          setMirrorRoute?: {
            match?: [{
              headers?: {String: HeaderValue}
              method?: HeaderValue
              path?: HeaderValue
            }]
            name: String
            percentage?: Int
          }
          setWeight?: Int
        }]
        trafficRouting?: {
          alb?: {
            annotationPrefix?: String
            ingress?: String
            ingresses?: [String]
            rootService?: String
            servicePort: Int
            stickinessConfig?: {
              durationSeconds: Int
              enabled: Bool
            }
          }
          ambassador?: {
            mappings: [String]
          }
          apisix?: {
            route?: {
              name: String
              rules?: [String]
            }
          }
          appMesh?: {
            virtualNodeGroup?: {
              canaryVirtualNodeRef: {
                name: String
              }
              stableVirtualNodeRef: {
                name: String
              }
            }
            virtualService?: {
              name: String
              routes?: [String]
            }
          }
          istio?: {
            destinationRule?: {
              additionalSubsetNames?: [String]
              canarySubsetName: String
              name: String
              stableSubsetName: String
            }
            virtualService?: VirtualService
            virtualServices?: [VirtualService]
          }
          managedRoutes?: [{
            name: String
          }]
          maxTrafficWeight?: Int
          nginx?: {
            additionalIngressAnnotations?: {String: String}
            annotationPrefix?: String
            canaryIngressAnnotations?: {String: String}
            stableIngress?: String
            stableIngresses?: [String]
          }
          plugins?: {String: Any}
          smi?: {
            rootService?: String
            trafficSplitName?: String
          }
          traefik?: {
            weightedTraefikServiceName: String
          }
        }
      }
    }
    template?: Template
    workloadRef?: {
      apiVersion?: String
      kind?: String
      name?: String
      scaleDown?: String
    }
  }
  status?: Any
}

type Arg = {
  name: String
  value?: String
  valueFrom?: {
    fieldRef?: {
      fieldPath: String
    }
    secretKeyRef?: {
      key: String
      name: String
    }
  }
}

type Metric = {
  consecutiveErrorLimit?: Int | String
  consecutiveSuccessLimit?: Int | String
  count?: Int | String
  failureCondition?: String
  failureLimit?: Int | String
  inconclusiveLimit?: Int | String
  initialDelay?: String
  interval?: String
  name: String
  provider: {
    cloudWatch?: {
      interval?: String
      metricDataQueries: [{
        expression?: String
        id?: String
        label?: String
        metricStat?: {
          metric?: {
            dimensions?: [{
              name?: String
              value?: String
            }]
            metricName?: String
            namespace?: String
          }
          period?: Int | String
          stat?: String
          unit?: String
        }
        period?: Int | String
        returnData?: Bool
      }]
    }
    datadog?: {
      aggregator?: "avg" | "min" | "max" | "sum" | "last" | "percentile" | "mean" | "l2norm" | "area"
      apiVersion?: "v1" | "v2"
      formula?: String
      interval?: String
      queries?: {String: String}
      query?: String
      secretRef?: {
        name?: String
        namespaced?: Bool
      }
    }
    graphite?: {
      address?: String
      query?: String
    }
    influxdb?: {
      profile?: String
      query?: String
    }
    job?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec: {
        activeDeadlineSeconds?: Int
        backoffLimit?: Int
        backoffLimitPerIndex?: Int
        completionMode?: String
        completions?: Int
        managedBy?: String
        manualSelector?: Bool
        maxFailedIndexes?: Int
        parallelism?: Int
        podFailurePolicy?: {
          rules: [{
            action: String
            onExitCodes?: {
              containerName?: String
              operator: String
              values: [Int]
            }
            onPodConditions?: [{
              status: String
              type: String
            }]
          }]
        }
        podReplacementPolicy?: String
        selector?: k8s.LabelSelector
        successPolicy?: {
          rules: [{
            succeededCount?: Int
            succeededIndexes?: String
          }]
        }
        suspend?: Bool
        template: Template
        ttlSecondsAfterFinished?: Int
      }
    }
    kayenta?: {
      address: String
      application: String
      canaryConfigName: String
      configurationAccountName: String
      lookback?: Bool
      metricsAccountName: String
      scopes: [{
        controlScope: ControlScope
        experimentScope: ControlScope
        name: String
      }]
      storageAccountName: String
      threshold: {
        marginal: Int
        pass: Int
      }
    }
    newRelic?: {
      profile?: String
      query: String
      timeout?: Int
    }
    plugin?: {String: Any}
    prometheus?: {
      address?: String
      authentication?: Authentication
      headers?: [{
        key: String
        value: String
      }]
      insecure?: Bool
      query?: String
      rangeQuery?: {
        end?: String
        start?: String
        step?: String
      }
      timeout?: Int
    }
    skywalking?: {
      address?: String
      interval?: String
      query?: String
    }
    wavefront?: {
      address?: String
      query?: String
    }
    web?: {
      authentication?: Authentication
      body?: String
      headers?: [{
        key: String
        value: String
      }]
      insecure?: Bool
      jsonBody?: {String: Any}
      jsonPath?: String
      method?: String
      timeoutSeconds?: Int
      url: String
    }
  }
  successCondition?: String
}

type Spec = {
  args?: [Arg]
  dryRun?: [{
    metricName: String
  }]
  measurementRetention?: [{
    limit: Int
    metricName: String
  }]
  metrics?: [Metric]
  templates?: [{
    clusterScope?: Bool
    templateName?: String
  }]
}

type Template = {
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  spec?: {
    activeDeadlineSeconds?: Int
    affinity?: {
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
    automountServiceAccountToken?: Bool
    containers: [name: Container]
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
    ephemeralContainers?: [name: {
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
      restartPolicyRules?: [RestartPolicyRule]
      securityContext?: SecurityContext
      startupProbe?: LivenessProbe
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
    hostAliases?: [ip: {
      hostnames?: [String]
      ip: String
    }]
    hostIPC?: Bool
    hostNetwork?: Bool
    hostPID?: Bool
    hostUsers?: Bool
    hostname?: String
    hostnameOverride?: String
    imagePullSecrets?: [name: {
      name?: String
    }]
    initContainers?: [name: Container]
    nodeName?: String
    nodeSelector?: {String: String}
    os?: {
      name: String
    }
    overhead?: Overhead
    preemptionPolicy?: String
    priority?: Int
    priorityClassName?: String
    readinessGates?: [{
      conditionType: String
    }]
    resourceClaims?: [name: {
      name: String
      resourceClaimName?: String
      resourceClaimTemplateName?: String
    }]
    resources?: {
      claims?: [name: {
        name: String
        request?: String
      }]
      limits?: Overhead
      requests?: Overhead
    }
    restartPolicy?: String
    runtimeClassName?: String
    schedulerName?: String
    schedulingGates?: [name: {
      name: String
    }]
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
      maxSkew: Int
      minDomains?: Int
      nodeAffinityPolicy?: String
      nodeTaintsPolicy?: String
      topologyKey: String
      whenUnsatisfiable: String
    }]
    volumes?: Any
  }
}

type AntiAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: {
    weight: Int
  }
  requiredDuringSchedulingIgnoredDuringExecution?: {String: Any}
}

type PostPromotionAnalysis = {
  analysisRunMetadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  args?: [AnalysisArg]
  dryRun?: [{
    metricName: String
  }]
  measurementRetention?: [{
    limit: Int
    metricName: String
  }]
  templates?: [{
    clusterScope?: Bool
    templateName?: String
  }]
}

type AnalysisArg = {
  name: String
  value?: String
  valueFrom?: {
    fieldRef?: {
      fieldPath: String
    }
    podTemplateHashValue?: String
  }
}

type HeaderValue = {
  exact?: String
  prefix?: String
  regex?: String
}

type VirtualService = {
  name: String
  routes?: [String]
  tcpRoutes?: [{
    port?: Int
  }]
  tlsRoutes?: [{
    port?: Int
    sniHosts?: [String]
  }]
}

type ControlScope = {
  end?: String
  region: String
  scope: String
  start?: String
  step: Int
}

type Authentication = {
  oauth2?: {
    clientId?: String
    clientSecret?: String
    scopes?: [String]
    tokenUrl?: String
  }
  sigv4?: {
    profile?: String
    region?: String
    roleArn?: String
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

type Container = {
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
  restartPolicyRules?: [RestartPolicyRule]
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

type Env = {
  name: String
  value?: String
  valueFrom?: {
    configMapKeyRef?: ConfigMapKeyRef
    fieldRef?: {
      apiVersion?: String
      fieldPath: String
    }
    fileKeyRef?: {
      key: String
      optional?: Bool
      path: String
      volumeName: String
    }
    resourceFieldRef?: {
      containerName?: String
      divisor?: Cpu | Bytes | String
      resource: String
    }
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
    request?: String
  }]
  limits?: Any
  requests?: Any
}

type RestartPolicyRule = {
  action: String
  exitCodes?: {
    operator: String
    values?: [Int]
  }
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

type Overhead = {
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

type ConfigMapKeyRef = {
  key: String
  name?: String
  optional?: Bool
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
