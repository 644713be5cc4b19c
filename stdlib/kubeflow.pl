//! Kubeflow: notebooks, profiles and MPI jobs.

@kubernetes("kubeflow.org/v2beta1", "MPIJob")
type MPIJob = {
  spec?: {
    launcherCreationPolicy?: String
    mpiImplementation?: "OpenMPI" | "Intel" | "MPICH"
    mpiReplicaSpecs: {
      String: {
        replicas?: Int
        restartPolicy?: String
        template?: {
          metadata?: Metadata
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
            resources?: Resources
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
            volumes?: [name: {
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
                  spec: {
                    accessModes?: [String]
                    dataSource?: {
                      apiGroup?: String
                      kind: String
                      name: String
                    }
                    dataSourceRef?: DataSourceRef
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
                  podCertificate?: {
                    certificateChainPath?: String
                    credentialBundlePath?: String
                    keyPath?: String
                    keyType: String
                    maxExpirationSeconds?: Int
                    signerName: String
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
        }
      }
    }
    runLauncherAsWorker?: Bool
    runPolicy?: {
      activeDeadlineSeconds?: Int
      backoffLimit?: Int
      cleanPodPolicy?: String
      managedBy?: String
      schedulingPolicy?: {
        minAvailable?: Int
        minResources?: Overhead
        priorityClass?: String
        queue?: String
        scheduleTimeoutSeconds?: Int
      }
      suspend?: Bool
      ttlSecondsAfterFinished?: Int
    }
    slotsPerWorker?: Int
    sshAuthMountPath?: String
  }
  status?: Any
}

@kubernetes("kubeflow.org/v1", "Notebook")
type Notebook = {
  spec?: {
    template?: {
      spec?: {String: Any}
    }
  }
  status?: Any
}

@kubernetes("kubeflow.org/v1alpha1", "PodDefault")
type PodDefault = {
  spec?: {
    desc?: String
    serviceAccountName?: String
    env?: [{String: Any}]
    envFrom?: [{String: Any}]
    selector: {String: Any}
    volumeMounts?: [{String: Any}]
    volumes?: [{String: Any}]
  }
  status?: Any
}

@kubernetes("kubeflow.org/v1", "Profile", "cluster")
type Profile = {
  spec?: {
    owner?: DataSourceRef
    plugins?: [{
      apiVersion?: String
      kind?: String
      spec?: {String: Any}
    }]
    resourceQuotaSpec?: {
      hard?: Overhead
      scopeSelector?: {
        matchExpressions?: [{
          operator: String
          scopeName: String
          values?: [String]
        }]
      }
      scopes?: [String]
    }
  }
  status?: Any
}

type Metadata = {
  annotations?: {String: String}
  finalizers?: [String]
  labels?: {String: String}
  name?: String
  namespace?: String
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
  limits?: Overhead
  requests?: Overhead
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

type DataSourceRef = {
  apiGroup?: String
  kind: String
  name: String
  namespace?: String
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
