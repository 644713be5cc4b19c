//! CloudNativePG: its operator, PostgreSQL by it, databases and backups.

import std/chart

/// The operator of CloudNativePG, which looks after clusters in every namespace.
schema Operator is Release {
  chart = "cloudnative-pg"
  repository = "https://cloudnative-pg.github.io/charts"
  version = Version("0.29.0")
  replicas: Int where it >= 1 = 1
  resources: chart.Share = chart.Share { cpu: 100m, memory: 256MiB }
  pods = { "app.kubernetes.io/name": "cloudnative-pg", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["postgresql.cnpg.io"]
  provides = ["cloudnative-pg"]
  workloads = ["deployment/\(name)"]
  values = {
    fullnameOverride: name
    replicaCount: replicas
    resources: chart.sized(resources)
  }
}

/// PostgreSQL with copies of itself, and a database of one owner.
schema Postgres is Component {
  image: Image = "ghcr.io/cloudnative-pg/postgresql:17.5"
  /// How many there are: one writes, the others copy it and may take its place.
  instances: Int where it >= 1 = 2
  database: Name = "app"
  owner: Name = database
  size: Bytes = 20GiB
  storage-class?: Name
  parameters: {String: String} = {}
  resources: chart.Share = chart.Share { cpu: 250m, memory: 1GiB }
  /// Where copies are kept, outside of the cluster: `s3://backups/shop`, the address of the store, and who may write there, by
  /// the keys `access-key` and `secret-key`.
  backup?: { to: String, store: Url, credentials: Secret, schedule: String, kept: String }
  pods = { "cnpg.io/cluster": name }
  tier = "core"
  requires = ["cloudnative-pg"]
  provides = ["postgresql"]
  isolate = false
  each port: chart.MadePort
  let operators-in = namespace.cluster.namespace.filter(
    (n) => n.release.any((r) => r is Operator),
  ).map((n) => n.name)
  port sql { number: 5432, service: "\(maker.name)-rw", operators: operators-in }
  port read { number: 5432, service: "\(maker.name)-ro", operators: operators-in }
  /// What the operator makes for those who use the database.
  login: Secret = Secret {
    object: "\(postgres-name)-app"
    for k in ["username", "password", "dbname", "host", "port", "uri"] { key "\(k)" {} }
  }
  let postgres-name = name
  let wrong = chart.lacks(backup?.credentials, ["access-key", "secret-key"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  emit object: Cluster = {
    spec: {
      instances: instances
      imageName: "\(image)"
      storage: { size: "\(size)", storageClass: storage-class }
      bootstrap.initdb: { database: database, owner: owner }
      postgresql.parameters: if parameters.is-empty() then null else parameters
      resources: {
        requests: { cpu: resources.cpu, memory: resources.memory }
        limits: { memory: resources.memory-limit }
      }
      backup: if backup == null then null else {
        retentionPolicy: backup.kept
        barmanObjectStore: {
          destinationPath: backup.to
          endpointURL: "\(backup.store)"
          s3Credentials: {
            accessKeyId: { name: backup.credentials.object, key: "access-key" }
            secretAccessKey: { name: backup.credentials.object, key: "secret-key" }
          }
        }
      }
    }
  }
  emit timer: ScheduledBackup? = if backup == null then null else {
    spec: { cluster.name: name, schedule: backup.schedule, backupOwnerReference: "self" }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("postgresql.cnpg.io/v1", "Backup")
type Backup = {
  spec: {
    cluster: {
      name: String
    }
    method?: "barmanObjectStore" | "volumeSnapshot" | "plugin"
    online?: Bool
    onlineConfiguration?: {
      immediateCheckpoint?: Bool
      waitForArchive?: Bool
    }
    pluginConfiguration?: {
      name: String
      parameters?: {String: String}
    }
    target?: "primary" | "prefer-standby"
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "Cluster")
type Cluster = {
  spec: {
    affinity?: {
      additionalPodAffinity?: AdditionalPodAffinity
      additionalPodAntiAffinity?: AdditionalPodAffinity
      enablePodAntiAffinity?: Bool
      nodeAffinity?: NodeAffinity
      nodeSelector?: {String: String}
      podAntiAffinityType?: String
      tolerations?: [Toleration]
      topologyKey?: String
    }
    backup?: {
      barmanObjectStore?: BarmanObjectStore
      retentionPolicy?: String
      target?: "primary" | "prefer-standby"
      volumeSnapshot?: {
        annotations?: {String: String}
        className?: String
        labels?: {String: String}
        online?: Bool
        onlineConfiguration?: {
          immediateCheckpoint?: Bool
          waitForArchive?: Bool
        }
        snapshotOwnerReference?: "none" | "cluster" | "backup"
        tablespaceClassName?: {String: String}
        walClassName?: String
      }
    }
    bootstrap?: {
      initdb?: {
        builtinLocale?: String
        dataChecksums?: Bool
        database?: String
        encoding?: String
        icuLocale?: String
        icuRules?: String
        import?: {
          databases: [String]
          pgDumpExtraOptions?: [String]
          pgRestoreDataOptions?: [String]
          pgRestoreExtraOptions?: [String]
          pgRestorePostdataOptions?: [String]
          pgRestorePredataOptions?: [String]
          postImportApplicationSQL?: [String]
          roles?: [String]
          schemaOnly?: Bool
          source: {
            externalCluster: String
          }
          type: "microservice" | "monolith"
        }
        locale?: String
        localeCType?: String
        localeCollate?: String
        localeProvider?: String
        options?: [String]
        owner?: String
        postInitApplicationSQL?: [String]
        postInitApplicationSQLRefs?: PostInitApplicationSQLRefs
        postInitSQL?: [String]
        postInitSQLRefs?: PostInitApplicationSQLRefs
        postInitTemplateSQL?: [String]
        postInitTemplateSQLRefs?: PostInitApplicationSQLRefs
        secret?: {
          name: String
        }
        walSegmentSize?: Int where 1 <= it and it <= 1024
      }
      "pg_basebackup"?: {
        database?: String
        owner?: String
        secret?: {
          name: String
        }
        source: String
      }
      recovery?: {
        backup?: {
          endpointCA?: {
            key: String
            name: String
          }
          name: String
        }
        database?: String
        owner?: String
        recoveryTarget?: {
          backupID?: String
          exclusive?: Bool
          targetImmediate?: Bool
          targetLSN?: String
          targetName?: String
          targetTLI?: String
          targetTime?: String
          targetXID?: String
        }
        secret?: {
          name: String
        }
        source?: String
        volumeSnapshots?: {
          storage: Storage
          tablespaceStorage?: {String: Storage}
          walStorage?: Storage
        }
      }
    }
    certificates?: {
      clientCASecret?: String
      replicationTLSSecret?: String
      serverAltDNSNames?: [String]
      serverCASecret?: String
      serverTLSSecret?: String
    }
    description?: String
    enablePDB?: Bool
    enableSuperuserAccess?: Bool
    env?: [Env]
    envFrom?: [EnvFrom]
    ephemeralVolumeSource?: EphemeralVolumeSource
    ephemeralVolumesSizeLimit?: {
      shm?: Cpu | Bytes | String
      temporaryData?: Cpu | Bytes | String
    }
    externalClusters?: [{
      barmanObjectStore?: BarmanObjectStore
      connectionParameters?: {String: String}
      name: String
      password?: Password
      plugin?: Plugin
      sslCert?: Password
      sslKey?: Password
      sslRootCert?: Password
    }]
    failoverDelay?: Int
    imageCatalogRef?: {
      apiGroup?: String
      kind: String
      major: Int
      name: String
    }
    imageName?: String
    imagePullPolicy?: String
    imagePullSecrets?: [{
      name: String
    }]
    inheritedMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    instances: Int where it >= 1
    livenessProbeTimeout?: Int
    logLevel?: "error" | "warning" | "info" | "debug" | "trace"
    managed?: {
      roles?: [{
        bypassrls?: Bool
        comment?: String
        connectionLimit?: Int
        createdb?: Bool
        createrole?: Bool
        disablePassword?: Bool
        ensure?: "present" | "absent"
        inRoles?: [String]
        inherit?: Bool
        login?: Bool
        name: String
        passwordSecret?: {
          name: String
        }
        replication?: Bool
        superuser?: Bool
        validUntil?: String
      }]
      services?: {
        additional?: [{
          selectorType: "rw" | "r" | "ro"
          serviceTemplate: ServiceTemplate
          updateStrategy?: "patch" | "replace"
        }]
        disabledDefaultServices?: ["rw" | "r" | "ro"]
      }
    }
    maxSyncReplicas?: Int where it >= 0
    minSyncReplicas?: Int where it >= 0
    monitoring?: {
      customQueriesConfigMap?: [{
        key: String
        name: String
      }]
      customQueriesSecret?: [{
        key: String
        name: String
      }]
      disableDefaultQueries?: Bool
      enablePodMonitor?: Bool
      metricsQueriesTTL?: String
      podMonitorMetricRelabelings?: [PodMonitorMetricRelabeling]
      podMonitorRelabelings?: [PodMonitorMetricRelabeling]
      tls?: {
        enabled?: Bool
      }
    }
    nodeMaintenanceWindow?: {
      inProgress?: Bool
      reusePVC?: Bool
    }
    plugins?: [Plugin]
    podSecurityContext?: PodSecurityContext
    podSelectorRefs?: [name: {
      name: String
      selector: k8s.LabelSelector
    }]
    postgresGID?: Int
    postgresUID?: Int
    postgresql?: {
      enableAlterSystem?: Bool
      extensions?: [name: Extension]
      ldap?: {
        bindAsAuth?: {
          prefix?: String
          suffix?: String
        }
        bindSearchAuth?: {
          baseDN?: String
          bindDN?: String
          bindPassword?: Password
          searchAttribute?: String
          searchFilter?: String
        }
        port?: Int
        scheme?: "ldap" | "ldaps"
        server?: String
        tls?: Bool
      }
      parameters?: {String: String}
      "pg_hba"?: [String]
      "pg_ident"?: [String]
      promotionTimeout?: Int
      "shared_preload_libraries"?: [String]
      syncReplicaElectionConstraint?: {
        enabled: Bool
        nodeLabelsAntiAffinity?: [String]
      }
      synchronous?: {
        dataDurability?: "required" | "preferred"
        failoverQuorum?: Bool
        maxStandbyNamesFromCluster?: Int
        method: "any" | "first"
        number: Int
        standbyNamesPost?: [String]
        standbyNamesPre?: [String]
      }
    }
    primaryUpdateMethod?: "switchover" | "restart"
    primaryUpdateStrategy?: "unsupervised" | "supervised"
    priorityClassName?: String
    probes?: {
      liveness?: {
        failureThreshold?: Int
        initialDelaySeconds?: Int
        isolationCheck?: {
          connectionTimeout?: Int
          enabled?: Bool
          requestTimeout?: Int
        }
        periodSeconds?: Int
        successThreshold?: Int
        terminationGracePeriodSeconds?: Int
        timeoutSeconds?: Int
      }
      readiness?: Readiness
      startup?: Readiness
    }
    projectedVolumeTemplate?: ProjectedVolumeTemplate
    replica?: {
      enabled?: Bool
      minApplyDelay?: String
      primary?: String
      promotionToken?: String
      self?: String
      source: String
    }
    replicationSlots?: {
      highAvailability?: {
        enabled?: Bool
        slotPrefix?: String
        synchronizeLogicalDecoding?: Bool
      }
      synchronizeReplicas?: {
        enabled: Bool
        excludePatterns?: [String]
      }
      updateInterval?: Int where it >= 1
    }
    resources?: Resources
    schedulerName?: String
    seccompProfile?: {
      localhostProfile?: String
      type: String
    }
    securityContext?: SecurityContext
    serviceAccountName?: String
    serviceAccountTemplate?: {
      metadata: Metadata
    }
    smartShutdownTimeout?: Int
    startDelay?: Int
    stopDelay?: Int
    storage?: SpecStorage
    superuserSecret?: {
      name: String
    }
    switchoverDelay?: Int
    tablespaces?: [{
      name: String
      owner?: {
        name?: String
      }
      storage: SpecStorage
      temporary?: Bool
    }]
    topologySpreadConstraints?: [TopologySpreadConstraint]
    walStorage?: SpecStorage
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "ClusterImageCatalog", "cluster")
type ClusterImageCatalog = {
  spec: Spec
}

@kubernetes("postgresql.cnpg.io/v1", "Database")
type Database = {
  spec: {
    allowConnections?: Bool
    builtinLocale?: String
    cluster: {
      name?: String
    }
    collationVersion?: String
    connectionLimit?: Int
    databaseReclaimPolicy?: "delete" | "retain"
    encoding?: String
    ensure?: "present" | "absent"
    extensions?: [{
      ensure?: "present" | "absent"
      name: String
      schema?: String
      version?: String
    }]
    fdws?: [{
      ensure?: "present" | "absent"
      handler?: String
      name: String
      options?: [Option]
      owner?: String
      usage?: [{
        name: String
        type?: "grant" | "revoke"
      }]
      validator?: String
    }]
    icuLocale?: String
    icuRules?: String
    isTemplate?: Bool
    locale?: String
    localeCType?: String
    localeCollate?: String
    localeProvider?: String
    name: String
    owner: String
    schemas?: [{
      ensure?: "present" | "absent"
      name: String
      owner?: String
    }]
    servers?: [{
      ensure?: "present" | "absent"
      fdw: String
      name: String
      options?: [Option]
      usage?: [{
        name: String
        type?: "grant" | "revoke"
      }]
    }]
    tablespace?: String
    template?: String
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "DatabaseRole")
type DatabaseRole = {
  spec: {
    bypassrls?: Bool
    clientCertificate?: {
      enabled?: Bool
    }
    cluster: {
      name?: String
    }
    comment?: String
    connectionLimit?: Int
    createdb?: Bool
    createrole?: Bool
    databaseRoleReclaimPolicy?: "delete" | "retain"
    disablePassword?: Bool
    ensure?: "present" | "absent"
    inRoles?: [String]
    inherit?: Bool
    login?: Bool
    name: String
    passwordSecret?: {
      name: String
    }
    replication?: Bool
    superuser?: Bool
    validUntil?: String
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "FailoverQuorum")
type FailoverQuorum = {
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "ImageCatalog")
type ImageCatalog = {
  spec: Spec
}

@kubernetes("postgresql.cnpg.io/v1", "Pooler")
type Pooler = {
  spec: {
    cluster: {
      name: String
    }
    deploymentStrategy?: {
      rollingUpdate?: {
        maxSurge?: Int | String
        maxUnavailable?: Int | String
      }
      type?: String
    }
    instances?: Int
    monitoring?: {
      enablePodMonitor?: Bool
      podMonitorMetricRelabelings?: [PodMonitorMetricRelabeling]
      podMonitorRelabelings?: [PodMonitorMetricRelabeling]
    }
    pgbouncer: {
      authQuery?: String
      authQuerySecret?: {
        name: String
      }
      clientCASecret?: {
        name: String
      }
      clientTLSSecret?: {
        name: String
      }
      parameters?: {String: String}
      paused?: Bool
      "pg_hba"?: [String]
      poolMode?: "session" | "transaction"
      serverCASecret?: {
        name: String
      }
      serverTLSSecret?: {
        name: String
      }
    }
    serviceAccountName?: String
    serviceTemplate?: ServiceTemplate
    template?: {
      metadata?: Metadata
      spec?: {
        activeDeadlineSeconds?: Int
        affinity?: {
          nodeAffinity?: NodeAffinity
          podAffinity?: AdditionalPodAffinity
          podAntiAffinity?: AdditionalPodAffinity
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
        securityContext?: PodSecurityContext
        serviceAccount?: String
        serviceAccountName?: String
        setHostnameAsFQDN?: Bool
        shareProcessNamespace?: Bool
        subdomain?: String
        terminationGracePeriodSeconds?: Int
        tolerations?: [Toleration]
        topologySpreadConstraints?: [TopologySpreadConstraint]
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
          ephemeral?: EphemeralVolumeSource
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
          projected?: ProjectedVolumeTemplate
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
        workloadRef?: {
          name: String
          podGroup: String
          podGroupReplicaKey?: String
        }
      }
    }
    type?: "rw" | "ro" | "r"
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "Publication")
type Publication = {
  spec: {
    cluster: {
      name?: String
    }
    dbname: String
    name: String
    parameters?: {String: String}
    publicationReclaimPolicy?: "delete" | "retain"
    target: {
      allTables?: Bool
      objects?: [{
        table?: {
          columns?: [String]
          name: String
          only?: Bool
          schema?: String
        }
        tablesInSchema?: String
      }]
    }
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "ScheduledBackup")
type ScheduledBackup = {
  spec: {
    backupOwnerReference?: "none" | "self" | "cluster"
    cluster: {
      name: String
    }
    immediate?: Bool
    method?: "barmanObjectStore" | "volumeSnapshot" | "plugin"
    online?: Bool
    onlineConfiguration?: {
      immediateCheckpoint?: Bool
      waitForArchive?: Bool
    }
    pluginConfiguration?: {
      name: String
      parameters?: {String: String}
    }
    schedule: String
    suspend?: Bool
    target?: "primary" | "prefer-standby"
  }
  status?: Any
}

@kubernetes("postgresql.cnpg.io/v1", "Subscription")
type Subscription = {
  spec: {
    cluster: {
      name?: String
    }
    dbname: String
    externalClusterName: String
    name: String
    parameters?: {String: String}
    publicationDBName?: String
    publicationName: String
    subscriptionReclaimPolicy?: "delete" | "retain"
  }
  status?: Any
}

type AdditionalPodAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    podAffinityTerm: PodAffinityTerm
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: [PodAffinityTerm]
}

type NodeAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    preference: Preference
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: {
    nodeSelectorTerms: [Preference]
  }
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
}

type BarmanObjectStore = {
  azureCredentials?: {
    connectionString?: {
      key: String
      name: String
    }
    inheritFromAzureAD?: Bool
    storageAccount?: {
      key: String
      name: String
    }
    storageKey?: {
      key: String
      name: String
    }
    storageSasToken?: {
      key: String
      name: String
    }
    useDefaultAzureCredentials?: Bool
  }
  data?: {
    additionalCommandArgs?: [String]
    compression?: "bzip2" | "gzip" | "snappy"
    encryption?: "AES256" | "aws:kms"
    immediateCheckpoint?: Bool
    jobs?: Int where it >= 1
  }
  destinationPath: String
  endpointCA?: {
    key: String
    name: String
  }
  endpointURL?: String
  googleCredentials?: {
    applicationCredentials?: {
      key: String
      name: String
    }
    gkeEnvironment?: Bool
  }
  historyTags?: {String: String}
  s3Credentials?: {
    accessKeyId?: {
      key: String
      name: String
    }
    inheritFromIAMRole?: Bool
    region?: {
      key: String
      name: String
    }
    secretAccessKey?: {
      key: String
      name: String
    }
    sessionToken?: {
      key: String
      name: String
    }
  }
  serverName?: String
  tags?: {String: String}
  wal?: {
    archiveAdditionalCommandArgs?: [String]
    compression?: "bzip2" | "gzip" | "lz4" | "snappy" | "xz" | "zstd"
    encryption?: "AES256" | "aws:kms"
    maxParallel?: Int where it >= 1
    restoreAdditionalCommandArgs?: [String]
  }
}

type PostInitApplicationSQLRefs = {
  configMapRefs?: [{
    key: String
    name: String
  }]
  secretRefs?: [{
    key: String
    name: String
  }]
}

type Storage = {
  apiGroup?: String
  kind: String
  name: String
}

type Env = {
  name: String
  value?: String
  valueFrom?: {
    configMapKeyRef?: Password
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
    secretKeyRef?: Password
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

type EphemeralVolumeSource = {
  volumeClaimTemplate?: {
    metadata?: {String: Any}
    spec: VolumeClaimTemplateSpec
  }
}

type Password = {
  key: String
  name?: String
  optional?: Bool
}

type Plugin = {
  enabled?: Bool
  isWALArchiver?: Bool
  name: String
  parameters?: {String: String}
}

type ServiceTemplate = {
  metadata?: Metadata
  spec?: {
    allocateLoadBalancerNodePorts?: Bool
    clusterIP?: String
    clusterIPs?: [String]
    externalIPs?: [String]
    externalName?: String
    externalTrafficPolicy?: String
    healthCheckNodePort?: Int
    internalTrafficPolicy?: String
    ipFamilies?: [String]
    ipFamilyPolicy?: String
    loadBalancerClass?: String
    loadBalancerIP?: String
    loadBalancerSourceRanges?: [String]
    ports?: [{
      appProtocol?: String
      name?: String
      nodePort?: Int
      port: Int
      protocol?: String
      targetPort?: Int | String
    }]
    publishNotReadyAddresses?: Bool
    selector?: {String: String}
    sessionAffinity?: String
    sessionAffinityConfig?: {
      clientIP?: {
        timeoutSeconds?: Int
      }
    }
    trafficDistribution?: String
    type?: String
  }
}

type PodMonitorMetricRelabeling = {
  action?: "replace" | "Replace" | "keep" | "Keep" | "drop" | "Drop" | "hashmod" | "HashMod" | "labelmap" | "LabelMap" | "labeldrop" | "LabelDrop" | "labelkeep" | "LabelKeep" | "lowercase" | "Lowercase" | "uppercase" | "Uppercase" | "keepequal" | "KeepEqual" | "dropequal" | "DropEqual"
  modulus?: Int
  regex?: String
  replacement?: String
  separator?: String
  sourceLabels?: [String]
  targetLabel?: String
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

type Extension = {
  "bin_path"?: [String]
  "dynamic_library_path"?: [String]
  env?: [name: {
    name: String
    value: String
  }]
  "extension_control_path"?: [String]
  image?: {
    pullPolicy?: String
    reference?: String
  }
  "ld_library_path"?: [String]
  name: String
}

type Readiness = {
  failureThreshold?: Int
  initialDelaySeconds?: Int
  maximumLag?: Cpu | Bytes | String
  periodSeconds?: Int
  successThreshold?: Int
  terminationGracePeriodSeconds?: Int
  timeoutSeconds?: Int
  type?: "pg_isready" | "streaming" | "query"
}

type ProjectedVolumeTemplate = {
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
      userAnnotations?: {String: String}
    }
    secret?: ConfigMap
    serviceAccountToken?: {
      audience?: String
      expirationSeconds?: Int
      path: String
    }
  }]
}

type Resources = {
  claims?: [name: {
    name: String
    request?: String
  }]
  limits?: Overhead
  requests?: Overhead
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

type Metadata = {
  annotations?: {String: String}
  labels?: {String: String}
  name?: String
}

type SpecStorage = {
  pvcTemplate?: VolumeClaimTemplateSpec
  resizeInUseVolumes?: Bool
  size?: String
  storageClass?: String
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

type Spec = {
  componentImages?: [key: {
    image: String
    key: String
  }]
  images: [{
    extensions?: [name: Extension]
    image: String
    major: Int where it >= 10
  }]
}

type Option = {
  ensure?: "present" | "absent"
  name: String
  value: String
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

type RestartPolicyRule = {
  action: String
  exitCodes?: {
    operator: String
    values?: [Int]
  }
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

type PodAffinityTerm = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  mismatchLabelKeys?: [String]
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  topologyKey: String
}

type Preference = {
  matchExpressions?: [MatchExpression]
  matchFields?: [MatchExpression]
}

type ResourceFieldRef = {
  containerName?: String
  divisor?: Cpu | Bytes | String
  resource: String
}

type VolumeClaimTemplateSpec = {
  accessModes?: [String]
  dataSource?: Storage
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

type ConfigMap = {
  items?: [Item]
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

type MatchExpression = {
  key: String
  operator: String
  values?: [String]
}
